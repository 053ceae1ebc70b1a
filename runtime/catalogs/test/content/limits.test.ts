import test from 'ava';
import {author, guardedLife, ref, refusal, reviewer, sharedLife} from '../life/setup.js';
import {shippedVersion} from '../sample-service.js';
import {editedSample, publishedFolder} from './setup.js';

const off = (key: string) => ({op: 'offShelf', key}) as const;
const set = (key: string, cells: Record<string, string>) => ({op: 'modify', key, cells}) as const;

const warned = test.macro({
  async exec(t, catalogId: string, rows: Parameters<Awaited<ReturnType<typeof sharedLife>>['put']>[1][], expected: readonly string[]) {
    const {life, draft, close} = await sharedLife();
    t.teardown(close);
    const change = await draft(catalogId, ...rows);
    const {version, problems} = await life.check(author, change.id);
    t.truthy(version, JSON.stringify(problems));
    t.deepEqual(problems.filter(problem => problem.code.startsWith('CATALOG_CONTENT')).map(({code, place, severity}) => `${severity ?? ''} ${code.slice(16)} ${place.element ?? ''} ${place.field ?? ''}`).sort(), [...expected].sort());
  },
  title: (title = '') => `whoever publishes is asked: ${title}`,
});

test('a limit that every order falls back to', warned, 'limits', [off('general|normal|resolve')], ['warning LIMIT_GAP general|normal|resolve status']);
test('a limit of a group, whose orders fall back to a longer one', warned, 'limits', [off('city|normal|resolve')], ['warning LIMIT_LONGER city|normal|resolve status']);
test('respond longer than resolve, also where only the other one changed', warned, 'limits', [set('city|urgent|resolve', {value: '1'})], ['warning RESPOND_LONGER city|urgent|respond value', 'warning LEAD_LONGER city|urgent|resolve warnBefore', 'warning URGENT_LONGER city|major|resolve value']);
test('the more urgent one longer', warned, 'limits', [set('city|urgent|resolve', {value: '9', unit: 'workingDay'})], ['warning URGENT_LONGER city|urgent|resolve value']);
test('a warning before the limit begins', warned, 'limits', [set('city|normal|resolve', {warnBefore: 'P4D'})], ['warning LEAD_LONGER city|normal|resolve warnBefore']);
test('nothing where nothing gets worse: what stood before is left alone', warned, 'limits', [set('city|major|resolve', {value: '11'})], []);
test('a matter without a group keeps the general limits', warned, 'matters', [set('020101', {groupCode: ''})], []);

test('a matter that loses its group where the general one has no limit is a gap', async t => {
  const {life, approved, publish, draft, audit, close} = await guardedLife();
  t.teardown(close);
  const change = await approved('limits', off('general|normal|resolve'));

  await t.throwsAsync(publish(change), {code: 'CATALOG_CHANGE_WARNINGS_NEW'});
  t.is((await life.check(author, change.id)).toConfirm, 1);
  t.is((await life.publish(reviewer, {...ref(change), effectiveFrom: '2026-03-02', acceptWarnings: true})).state, 'published');
  t.like(audit.at(-1)?.data, {acceptedWarnings: ['CATALOG_CONTENT_LIMIT_GAP general|normal|resolve']});
  const matters = await draft('matters', set('020101', {groupCode: ''}));
  const {problems} = await life.check(author, matters.id);
  t.deepEqual(problems.filter(problem => problem.code === 'CATALOG_CONTENT_LIMIT_GAP').map(({place}) => `${place.element ?? ''} ${place.field ?? ''}`), ['020101 groupCode']);
});

test('what nobody may confirm: durations that cannot be read, ladders that are not there, items longer than their matter', async t => {
  const {life, put, draft, close} = await sharedLife();
  t.teardown(close);
  const change = await draft('limits', set('city|major|resolve', {ladderCode: 'nothing'}));
  t.deepEqual(await refusal(put(change, set('city|normal|resolve', {warnBefore: 'PT'}))), ['CONTENT_DURATION limits/limits city|normal|resolve warnBefore']);
  t.deepEqual(await refusal(life.submit(author, ref(change))), ['CONTENT_LADDER_UNKNOWN limits/limits city|major|resolve ladderCode']);
  const item = await draft('items', set('sx-010101-01', {limitValue: '30'}));
  t.deepEqual(await refusal(life.submit(author, ref(item))), ['CONTENT_ITEM_LONGER items/items sx-010101-01 limitValue']);
});

test('folders: gaps are told, what cannot hold is refused with line and column', async t => {
  const gap = await publishedFolder(await editedSample('limits', 'limits', csv => csv.replace(/^(general,normal,resolve,.*),active,/m, '$1,retired,')));
  t.deepEqual(gap, {refused: [], warned: ['LIMIT_GAP limits/data/limits.csv:40 status']});
  const ladder = await publishedFolder(await editedSample('limits', 'limits', csv => csv.replace('city,major,resolve,12,hour,PT3H,,supervise', 'city,major,resolve,12,hour,PT3H,,nothing')));
  t.deepEqual(ladder.refused, ['LADDER_UNKNOWN limits/data/limits.csv:2 ladderCode']);
});

test('the coverage report lists limits that are missing, with the levels of areas where that is so', async t => {
  const {life, approved, service, at, close} = await guardedLife();
  t.teardown(close);
  t.deepEqual(await service.reports.limitGaps(at), []);
  const change = await approved('limits', off('general|normal|resolve'));
  await life.publish(reviewer, {...ref(change), effectiveFrom: '2026-03-02', acceptWarnings: true});
  const gaps = await service.reports.limitGaps(at);
  t.true(gaps.length > 0 && gaps.every(gap => gap.urgencyCode === 'normal' && gap.kind === 'resolve'));
  t.true(gaps.some(gap => gap.levels.length === 0));
});

test('receivers of a rung and of a warning: an unknown or retired one is refused at its row and column, on pages and in folders', async t => {
  const {life, draft, put, close} = await sharedLife();
  t.teardown(close);
  const change = await draft('limits', {table: 'ladders', op: 'modify', key: 'supervise|1', cells: {receivers: 'responsible,mayor'}}, set('city|normal|resolve', {warnReceivers: 'mayor'}));
  t.deepEqual(await refusal(life.submit(author, ref(change))), ['FILE_REFERENCE_UNKNOWN limits/limits city|normal|resolve warnReceivers', 'FILE_REFERENCE_UNKNOWN limits/ladders supervise|1 receivers']);
  t.deepEqual(await refusal(put(change, {table: 'ladders', op: 'modify', key: 'supervise|1', cells: {receivers: 'responsible;mayor'}})), ['FILE_ROW_INVALID limits/ladders supervise|1 receivers']);
  const folder = await publishedFolder(await editedSample('limits', 'ladders', csv => csv.replace('"responsible,supervising-unit,', '"responsible,mayor,')));
  t.deepEqual(folder.refused, ['FILE_REFERENCE_UNKNOWN limits/data/ladders.csv:2 receivers']);
  const receivers = await draft('limits', {table: 'receivers', ...off('shift-leader')});
  t.deepEqual(await refusal(put(receivers, {table: 'receivers', ...off('supervising-unit')})), ['USED_BY_ROW limits/receivers supervising-unit']);
});

test('a limit carries its ladder with receivers, in words and by code, and whom it warns', async t => {
  const {service, close} = await sharedLife();
  t.teardown(close);
  const limit = await service.limitOfRow(shippedVersion('limits'), 'J|*|normal|resolve');
  t.deepEqual(limit?.warnReceivers, ['responsible', 'upper-unit', 'industry-supervisor']);
  t.deepEqual(limit?.ladder.map(step => [step.after, step.receivers.join(), step.told['zh-CN']]), [
    ['PT0S', 'responsible,supervising-unit,industry-supervisor', '发起督办，24 小时内反馈进展（告知：当前责任人、上级督办单位、行业主管部门）'], ['PT24H', 'next-level,unit-head,supervising-head', '提级督办（告知：上一级督办员、责任单位负责人、上级督办单位负责人）'],
  ]);
  const urged = await service.limitOfRow(shippedVersion('limits'), 'city|normal|respond');
  t.deepEqual([urged?.warnReceivers, urged?.ladder.map(step => [step.receivers, step.told])], [[], [[[], {'zh-CN': '催办主办单位', en: 'The lead unit is urged'}]]]);
});
