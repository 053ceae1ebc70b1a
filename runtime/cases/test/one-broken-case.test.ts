import test, {type ExecutionContext} from 'ava';
import {sleep} from '@banli/time';
import {createRelayLoop} from '../src/relay-loop.js';
import {act, openSteps, setup, startOne, work, type World} from './support/world.js';

/** Two cases that the engine moved by itself; of the first one it says nothing that can be read. */
async function twoMoved(t: ExecutionContext): Promise<{world: World; broken: string; whole: string; repair: () => void}> {
  const world = await setup(t);
  const ids: string[] = [];
  for (let index = 0; index < 2; index += 1) {
    const {caseId} = await startOne(world);
    await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
    await work(world, caseId);
    world.engine.moveByItself(caseId, 'assist');
    ids.push(caseId);
  }
  const [broken = '', whole = ''] = ids.sort();
  const {state} = world.engine;
  world.engine.state = async caseId => {
    if (caseId === broken) throw new Error('unreadable');
    return state(caseId);
  };
  return {world, broken, whole, repair: () => Object.assign(world.engine, {state})};
}

test('a case that cannot be written down holds up no other one in the feed, and is written down when it can be', async t => {
  const {world, broken, whole, repair} = await twoMoved(t);
  t.is(await world.feed.round(), 1);
  t.deepEqual(await openSteps(world, whole), ['handle']);
  t.true(world.logged.some(line => line.startsWith('cases.alone.failed')));
  repair();
  world.clock.moveBy(1_000);
  t.is(await world.feed.round(), 1);
  t.deepEqual(await openSteps(world, broken), ['handle']);
  t.is(await world.feed.round(), 0);
});

test('a case that cannot be written down is tried with growing pauses up to a minute', async t => {
  const {world, repair} = await twoMoved(t);
  const tries = () => world.logged.filter(line => line.startsWith('cases.alone.failed')).length;
  const seen: number[] = [];
  for (let second = 0; second < 200; second += 1) {
    const before = tries();
    await world.feed.round();
    if (tries() > before) seen.push(second);
    world.clock.moveBy(1_000);
  }
  t.deepEqual(seen, [0, 1, 3, 7, 15, 31, 63, 123, 183]);
  repair();
  world.clock.moveBy(60_000);
  t.is(await world.feed.round(), 1);
});

test('a case that stays unwritten alarms after two passes, once, and the alarm closes by itself', async t => {
  const {world, broken, repair} = await twoMoved(t);
  const alarms = () => world.store.knex('case_alarm').where({kind: 'unwritten'}).select('case_id', 'closed_by', 'close_reason');
  await world.reconciler.pass();
  t.deepEqual(await alarms(), [], 'once may be a passing fault');
  await world.reconciler.pass();
  await world.reconciler.pass();
  t.deepEqual(await alarms(), [{case_id: broken, closed_by: null, close_reason: null}]);
  repair();
  await world.reconciler.pass();
  t.deepEqual(await alarms(), [{case_id: broken, closed_by: 'system', close_reason: '进展已补记，自动关闭'}]);
});

test('an engine that goes away in the middle of a round loses none of its changes', async t => {
  const {world, broken, whole, repair} = await twoMoved(t);
  await world.feed.round();
  const {state} = world.engine;
  world.engine.faults.down = true;
  world.engine.state = state;
  await t.throwsAsync(world.feed.round(), {code: 'ENGINE_DOWN'});
  world.engine.faults.down = false;
  repair();
  world.clock.moveBy(1_000);
  t.is(await world.feed.round(), 1);
  t.deepEqual([await openSteps(world, broken), await openSteps(world, whole)], [['handle'], ['handle']]);
});

test('a case that cannot be mended stops neither the pass nor what follows it, and keeps its commands', async t => {
  const {world, broken, whole, repair} = await twoMoved(t);
  world.clock.moveBy(300_000);
  await world.store.knex('case_queue').update({open_count: 7});
  const kept = (await world.store.knex('case_outbox').where({case_id: broken})).length;
  const report = await world.reconciler.pass();
  t.deepEqual(report?.refreshed, [whole]);
  t.true((report?.counters.length ?? 0) > 0);
  t.deepEqual([...new Set((await world.store.knex('case_outbox').select('case_id')).map((row: {case_id: string}) => row.case_id))], [broken]);
  t.is((await world.store.knex('case_outbox').where({case_id: broken})).length, kept);
  repair();
  t.deepEqual((await world.reconciler.pass())?.refreshed, [broken]);
  t.is((await world.store.knex('case_outbox')).length, 0);
});

test('an engine that lost everything is compared in pages', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const row: Record<string, unknown> = await world.store.knex('case_record').where({id: caseId}).first();
  const copies = Array.from({length: 1_100}, (_, index) => ({...row, id: `copy-${String(index).padStart(4, '0')}`, number: `copy-${index}`, acked_seq: 0, call_id: null}));
  for (let start = 0; start < copies.length; start += 20) await world.store.knex('case_record').insert(copies.slice(start, start + 20));
  const sizes: number[] = [];
  world.store.knex.on('query-response', response => sizes.push(Array.isArray(response) ? response.length : 0));
  t.is((await world.reconciler.pass())?.compared, 1_101);
  t.true(Math.max(...sizes) <= 1_000);
});

test('a relay whose database is away pauses as if there was nothing to do', async t => {
  const world = await setup(t);
  const asked: Array<Promise<void>> = [];
  const away = () => {
    asked.push(sleep(250));
    throw new Error('away');
  };
  const loop = createRelayLoop({...world.deps, store: {...world.store, knex: away as unknown as World['store']['knex']}}, world.relay);
  const stopping = new AbortController();
  const running = loop.run(stopping.signal);
  while (asked.length === 0) await sleep(1);
  await asked[0];
  t.is(asked.length, 1, 'half of the pause is over');
  t.is(world.logged.filter(line => line.startsWith('cases.relay.round')).length, 1);
  stopping.abort();
  await running;
});

test('a relay that is woken while it works looks again at once', async t => {
  const world = await setup(t);
  const stopping = new AbortController();
  let looks = 0;
  const knex = ((table: string) => {
    looks += 1;
    if (looks === 1) loop.wake();
    return world.store.knex(table);
  }) as unknown as World['store']['knex'];
  const loop = createRelayLoop({...world.deps, store: {...world.store, knex}}, world.relay);
  // However long the database takes for the first look: half of the pause after it the second one has begun.
  const answered = new Promise(resolve => void world.store.knex.once('query-response', resolve));
  const running = loop.run(stopping.signal);
  await answered;
  await sleep(250);
  const seen = looks;
  stopping.abort();
  await running;
  t.is(seen, 2);
});
