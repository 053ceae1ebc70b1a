import test, {type ExecutionContext} from 'ava';
import type {CompiledBundle} from '@banli/formats';
import {createRelay} from '../src/relay.js';
import {createAutomaticDispatch, type DispatchVerdict} from '../src/automatic/automatic-dispatch.js';
import {listSwitches, readSwitches, standingOf, throwSwitch, type CaseDeps, type WaitingOrder} from '../src/index.js';
import {release} from './support/bundle.js';
import {act, openSteps, ordinary, person, setup, startOne, work} from './support/world.js';

const dispatching: CompiledBundle = {...release, bundle: {...release.bundle, manifest: {...release.bundle.manifest, dispatch: {step: 'check', outcome: 'hand'}, caseFields: {...release.bundle.manifest.caseFields, leadUnit: 'unit'}}}};
const sent: DispatchVerdict = {verdict: 'sent', why: 'sure', text: {'zh-CN': '自动派单', en: 'Sent'}, unitId: 'roads', ruleRow: 'all|650000', ruleVersion: '1', confidence: 95, leastConfidence: 80};
const left: DispatchVerdict = {...sent, verdict: 'left', why: 'confidence', text: {'zh-CN': '转人工', en: 'Left'}, confidence: 60};

async function open(t: ExecutionContext) {
  const world = await setup(t);
  const found = {release: dispatching, definitionId: 'matter:1'};
  const deps: CaseDeps = {...world.deps, releases: {...world.deps.releases, current: async () => found, byHash: async () => found}};
  const automatic = createAutomaticDispatch(deps, createRelay(deps));
  const asked: WaitingOrder[] = [];
  const round = (verdict: DispatchVerdict | ((order: WaitingOrder) => Promise<DispatchVerdict>) = sent) => automatic.round(async order => {
    asked.push(order);
    return typeof verdict === 'function' ? verdict(order) : verdict;
  }, async () => true);
  const turn = (on: boolean, unitId = 'city', by = 'carl') => throwSwitch(deps, person(by), {unitId, on, reason: '试行'});
  const lines = async (caseId: string) => (await world.store.knex('case_timeline').where({case_id: caseId}).orderBy('place').select<Array<{kind: string; person_name: string | null}>>('kind', 'person_name')).map(line => `${line.kind} ${line.person_name ?? ''}`.trim());
  return {...world, automatic, deps, asked, round, turn, lines};
}

test('while nobody has switched it on nothing happens', async t => {
  const world = await open(t);
  const {caseId} = await startOne(world);
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  t.deepEqual([await openSteps(world, caseId), world.asked.length], [['check'], 0]);
});

test('an order goes the way a dispatcher would send it, and says by whom and why; a second round finds nothing', async t => {
  const world = await open(t);
  await world.turn(true);
  world.clock.moveBy(1_000);
  const {caseId} = await startOne(world);
  t.deepEqual(await world.round(), {sent: 1, left: 0, putOff: 0});
  t.like(world.asked[0], {caseId, matterCode: '0101', areaCode: '650100', leadUnit: 'roads', centreId: 'city', wasReturned: false, excludedUnitIds: []});
  t.deepEqual((await world.lines(caseId)).slice(-2), ['completed 自动派单', 'dispatch.sent 自动派单']);
  t.like(world.audit.at(-1), {action: 'case.complete', subject: caseId, data: {rule: 'all|650000', ruleVersion: '1', confidence: 95}});
  t.like(await world.store.knex('dispatch_decision').first(), {case_id: caseId, verdict: 'sent', unit_id: 'roads', confidence: 95, least_confidence: 80, centre_id: 'city'});
  await work(world, caseId);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  t.is((await world.store.knex('case_outbox').where({case_id: caseId, kind: 'complete'})).length, 1);
});

test('what is left to a person is noted once and stays his', async t => {
  const world = await open(t);
  await world.turn(true);
  const {caseId} = await startOne(world);
  t.deepEqual(await world.round(left), {sent: 0, left: 1, putOff: 0});
  t.deepEqual(await world.round(sent), {sent: 0, left: 0, putOff: 0});
  t.deepEqual((await world.lines(caseId)).filter(line => line.startsWith('dispatch')), ['dispatch.left 自动派单']);
  await act(world, 'carl', caseId, 'check', 'hand');
  t.is((await world.store.knex('case_task').where({case_id: caseId, step_id: 'check'}).first<{done_by: string}>()).done_by, 'carl');
});

test('what waited before, what somebody has taken or begun, stays with the dispatcher', async t => {
  const world = await open(t);
  const old = await startOne(world);
  world.clock.moveBy(1_000);
  await world.turn(true);
  const [taken, begun] = [await startOne(world, {...ordinary, place: '一'}), await startOne(world, {...ordinary, place: '二'})];
  const taskOf = async (caseId: string) => (await world.store.knex('case_task').where({case_id: caseId}).first<{id: string}>()).id;
  await world.cases.claim(person('anna'), await taskOf(taken.caseId));
  await world.cases.drafts.saveForTask(person('bela'), await taskOf(begun.caseId), {result: '看过'});
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  t.deepEqual(await Promise.all([old, taken, begun].map(({caseId}) => openSteps(world, caseId))), [['check'], ['check'], ['check']]);
});

test('the switch thrown while an order is on its way keeps it with the dispatcher; nothing is half done', async t => {
  const world = await open(t);
  await world.turn(true);
  const {caseId} = await startOne(world);
  const stopped = async () => {
    await world.turn(false);
    return sent;
  };
  t.deepEqual(await world.round(stopped), {sent: 0, left: 0, putOff: 0});
  t.deepEqual([await openSteps(world, caseId), (await world.store.knex('dispatch_decision')).length, (await world.lines(caseId)).some(line => line.startsWith('dispatch'))], [['check'], 0, false]);
});

test('with the engine down the order is dispatched all the same, once, and goes on when it is back', async t => {
  const world = await open(t);
  await world.turn(true);
  const {caseId} = await startOne(world);
  world.engine.faults.down = true;
  t.deepEqual(await world.round(), {sent: 1, left: 0, putOff: 0});
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  t.is((await world.store.knex('case_outbox').where({case_id: caseId, kind: 'complete', status: 'pending'})).length, 1);
  world.engine.faults.down = false;
  await world.relay.deliver(caseId);
  await work(world, caseId);
  t.deepEqual(await openSteps(world, caseId), ['handle']);
});

test('what the engine refuses is undone and left to the dispatcher, and counts as left', async t => {
  const world = await open(t);
  await world.turn(true);
  const {caseId} = await startOne(world);
  world.engine.faults.refuse = operations => operations.some(operation => operation.kind === 'complete');
  t.deepEqual(await world.round(), {sent: 1, left: 0, putOff: 0});
  t.deepEqual(await openSteps(world, caseId), ['check']);
  t.like(await world.store.knex('dispatch_decision').first(), {case_id: caseId, verdict: 'left', why: 'undone'});
  t.deepEqual((await world.lines(caseId)).slice(-1), ['compensated']);
  world.engine.faults.refuse = null;
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  await act(world, 'carl', caseId, 'check', 'hand');
  t.is((await world.store.knex('case_task').where({case_id: caseId, step_id: 'check'}).first<{done_by: string}>()).done_by, 'carl');
});

test('rules that cannot be read put the order off; what the case refuses is left to a person, with the code', async t => {
  const world = await open(t);
  await world.turn(true);
  const {caseId} = await startOne(world, {...ordinary, unit: 'gone'});
  t.deepEqual(await world.round(async () => Promise.reject(new Error('the catalog is not there'))), {sent: 0, left: 0, putOff: 1});
  t.deepEqual(world.logged.filter(event => event.startsWith('cases.dispatch')), ['cases.dispatch.putOff']);
  t.deepEqual(await world.round(), {sent: 0, left: 1, putOff: 0});
  t.like(await world.store.knex('dispatch_decision').first(), {case_id: caseId, verdict: 'left', why: 'refused'});
});

test('a unit above stops it for all below; its own switch goes on once that is lifted, and what waited meanwhile stays', async t => {
  const world = await open(t);
  await world.turn(true);
  world.clock.moveBy(1_000);
  await world.turn(false, 'region', 'rita');
  const {caseId} = await startOne(world);
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  t.deepEqual(standingOf(world.deps.people, await readSwitches(world.store), 'city'), {isOn: false, since: null, stoppedBy: 'region'});
  world.clock.moveBy(1_000);
  await world.turn(true, 'region', 'rita');
  t.deepEqual(await world.round(), {sent: 0, left: 0, putOff: 0});
  world.clock.moveBy(1_000);
  const next = await startOne(world, {...ordinary, place: '二'});
  t.deepEqual(await world.round(), {sent: 1, left: 0, putOff: 0});
  t.deepEqual([await openSteps(world, caseId), world.asked.map(order => order.caseId)], [['check'], [next.caseId]]);
});

test('every switch is kept with who, when and why, and written to the audit log; what stands so already is refused', async t => {
  const world = await open(t);
  await world.turn(true);
  await t.throwsAsync(world.turn(true, 'city', 'anna'), {code: 'CASE_SWITCH_SAME', message: /carl/});
  world.clock.moveBy(1_000);
  await world.turn(false, 'city', 'anna');
  await t.throwsAsync(world.turn(false), {code: 'CASE_SWITCH_SAME'});
  await t.throwsAsync(world.turn(true, 'nowhere'), {code: 'CASE_UNIT_UNKNOWN'});
  t.deepEqual((await listSwitches(world.deps, ['city'], 10)).map(({isOn, personName, reason}) => [isOn, personName, reason]), [[false, 'anna', '试行'], [true, 'carl', '试行']]);
  t.deepEqual(world.audit.filter(row => row.action.startsWith('dispatch.')).map(row => `${row.action} ${row.subject}`), ['dispatch.start city', 'dispatch.stop city']);
  t.deepEqual(await listSwitches(world.deps, [], 10), []);
});
