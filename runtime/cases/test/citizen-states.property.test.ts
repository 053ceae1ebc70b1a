import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {propertySeed} from '@banli/testing/property-seed';
import {stateOf} from '../src/case-state.js';
import {emptyRouting} from '../src/model.js';

/** Staff's state → citizens' state of the hotline. @see Source: requirements/xinjiang-hotline.md §2.3.3 */
const told: Readonly<Record<string, string | null>> = {
  暂存: null, 受理中: '待受理', 待审核: '待受理', 待派发: '待受理', 待签收: '处置中', 处置中: '处置中', 退单待审核: '处置中', 延时待审核: '处置中', 挂起待审批: '处置中', 挂起: '处置中', 待结果审核: '处置中', 待回访: '已办结', 已归档: '已办结', 不满意待复核: '处置中（二次办理）',
};

test('whatever steps of an order are open, in whatever round, staff see the first state that one names, and citizens what the table says of it', async t => {
  const release = await compileBundle(await readBundleFolder(fileURLToPath(new URL('../../../templates/hotline', import.meta.url))));
  const {states, publicStates, pausedState, endState} = release.bundle.manifest;
  const titleOf = (list: typeof states | typeof publicStates, id: string | null) => list.find(each => each.id === id)?.title['zh-CN'] ?? null;
  const rank = (id: string | null | undefined) => states.findIndex(each => each.id === id);
  assert.deepEqual(states.map(state => state.title['zh-CN']).sort(), Object.keys(told).sort(), 'every state stands in the table');
  fc.assert(fc.property(fc.subarray(Object.keys(release.steps), {maxLength: 5}), fc.integer({min: 1, max: 3}), fc.boolean(), fc.constantFrom('open', 'ended', 'cancelled', 'failed'), (steps, round, isPaused, status) => {
    const record = {status: status as 'open', stateId: 'handling', routing: {...emptyRouting, paused: isPaused ? {since: 0, taskId: 't', until: null} : null}};
    const {stateId, publicState} = stateOf(release, record, steps.map(stepId => ({stepId})), {round});
    if (status === 'cancelled' || status === 'failed') return assert.deepEqual([stateId, publicState], [status, null]);
    const named = status === 'ended' ? [] : [...steps.map(id => release.steps[id]?.state), ...(isPaused ? [pausedState] : [])].filter(id => rank(id) >= 0);
    const expected = [...named].sort((a, b) => rank(a) - rank(b))[0] ?? endState;
    assert.equal(stateId, expected);
    const staff = titleOf(states, stateId) ?? '';
    const citizens = round > 1 && !['暂存', '待回访', '已归档'].includes(staff) ? '处置中（二次办理）' : told[staff];
    assert.equal(titleOf(publicStates, publicState), citizens, `${staff} in round ${round}`);
  }), {numRuns: 1_000, seed: propertySeed, includeErrorInReport: true});
  t.log(`seed ${propertySeed}`);
  t.pass();
});
