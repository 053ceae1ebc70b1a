import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {isAppError} from '@banli/errors';
import {propertySeed} from '@banli/testing/property-seed';
import {release} from '../../cases/test/support/bundle.js';
import {ordinary, person, startOne} from '../../cases/test/support/world.js';
import {clockedWorld, readWritten, workAll, type ClockedWorld, type Written} from './support/clocked-world.js';

const persons = ['anna', 'bela', 'carl', 'dora', 'emil', 'finn', 'nobody'] as const;
const actions = ['askTime', 'askPause', 'askResume'] as const;

interface Who {
  /** Somebody else than those for whom the task is; they may be among them, too. */
  readonly stranger: (typeof persons)[number] | null;
  readonly pick: number;
  readonly stale: boolean;
}
type Command =
  | (Who & {readonly do: 'complete'; readonly choice: number; readonly unit: string; readonly cause: string})
  | (Who & {readonly do: 'request'; readonly action: (typeof actions)[number]; readonly days: number})
  | (Who & {readonly do: 'cancel'})
  | {readonly do: 'twice'}
  | {readonly do: 'later'; readonly hours: number};

const rarely = <Value>(value: fc.Arbitrary<Value>, otherwise: Value) => fc.oneof({weight: 7, arbitrary: fc.constant(otherwise)}, {weight: 1, arbitrary: value});
const who = {stranger: rarely<(typeof persons)[number] | null>(fc.constantFrom(...persons), null), pick: fc.nat(20), stale: rarely(fc.constant(true), false)};
const commands: fc.Arbitrary<Command> = fc.oneof(
  {weight: 10, arbitrary: fc.record({do: fc.constant('complete' as const), ...who, choice: fc.nat(60), unit: fc.constantFrom('roads', 'roads', 'street'), cause: fc.constantFrom('wrong', 'unclear')})},
  {weight: 5, arbitrary: fc.record({do: fc.constant('request' as const), ...who, action: fc.constantFrom(...actions), days: fc.constantFrom(1, 2, 9)})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('cancel' as const), ...who})},
  {weight: 2, arbitrary: fc.constant({do: 'twice' as const})},
  {weight: 3, arbitrary: fc.record({do: fc.constant('later' as const), hours: fc.constantFrom(1, 7, 30, 100)})},
);

/** What the model counts by itself, from commands that were accepted. */
interface Model {
  returns: number;
  round: number;
  completed: number;
  excluded: Set<string>;
  last: (() => Promise<unknown>) | null;
}

interface OpenTask {
  readonly id: string;
  readonly step_id: string;
  readonly home_queue: string;
}

/** An open task of the case, and somebody for it. A request goes to whoever handles, where somebody does. */
async function choose({store, deps}: ClockedWorld, caseId: string, command: Exclude<Command, {do: 'twice' | 'later'}>): Promise<{readonly taskId: string; readonly stepId: string; readonly actor: ReturnType<typeof person>}> {
  const open = await store.knex('case_task').where({case_id: caseId, status: 'open'}).orderBy('id').select<OpenTask[]>('id', 'step_id', 'home_queue');
  const handled = command.do === 'request' ? open.filter(task => task.step_id === 'handle') : [];
  const tasks = handled.length > 0 ? handled : open;
  const task = tasks[command.pick % Math.max(1, tasks.length)];
  const [roles = '', unitId = ''] = task?.home_queue.split('@') ?? [];
  const holders = command.do === 'cancel' ? [] : deps.people.holders(roles.split(','), unitId);
  return {taskId: task?.id ?? 'none', stepId: task?.step_id ?? '', actor: person(command.stranger ?? holders[command.pick % Math.max(1, holders.length)]?.id ?? 'anna')};
}

/** Does one command; answers step and outcome that were accepted, if it was one. */
async function run(world: ClockedWorld, caseId: string, command: Command, model: Model, before: Written): Promise<string | null> {
  const {cases} = world;
  if (command.do === 'later') {
    world.clock.moveBy(command.hours * 3_600_000);
    await world.fire();
    await world.loop.round();
    return null;
  }
  if (command.do === 'twice') return model.last?.().then(() => null) ?? null;
  const {taskId, stepId, actor} = await choose(world, caseId, command);
  const caseVersion = before.record.version - (command.stale ? 1 : 0);
  if (command.do === 'cancel') return cases.cancel(actor, {caseId, reason: '重复', caseVersion}).then(() => null);
  if (command.do === 'request') return cases.request(actor, {taskId, actionId: command.action, values: {...(command.action === 'askTime' ? {days: command.days} : {}), why: '原因'}, caseVersion}).then(() => null);
  const drawn = release.steps[stepId]?.outcomes.filter(({id}) => id !== 'broken') ?? [];
  const outcome = drawn[command.choice % Math.max(1, drawn.length)]?.id ?? 'hand';
  const send = () => cases.complete(actor, {taskId, outcome, values: {unit: command.unit, why: '原因', cause: command.cause, result: '结果', reply: '答复', opinion: '意见'}, caseVersion});
  await send();
  model.last = send;
  return `${stepId}.${outcome}`;
}

/** Keeps the model's count of what an accepted outcome means. */
function count(model: Model, outcome: string, command: Command, holder: string | null): void {
  model.completed += 1;
  if (outcome === 'confirm.again') model.round += 1;
  if (outcome === 'handle.back' || outcome === 'handle.reject') model.returns += 1;
  if (holder !== null && (outcome === 'handle.back' || (outcome === 'handle.reject' && 'cause' in command && command.cause === 'wrong'))) model.excluded.add(holder);
}

/** What citizens see of each state of staff. */
function citizensState({record}: Written): string | null {
  if (record.status === 'cancelled') return null;
  if (record.state === 'archived') return 'closed';
  return record.state === 'working' && record.round > 1 ? 'again' : 'open';
}

function assertInvariants(now: Written, before: Written, model: Model): void {
  const active = now.clocks.filter(clock => !['stopped', 'dropped'].includes(clock.status)).map(clock => clock.kind);
  assert.equal(new Set(active).size, active.length, `two open clocks of one kind: ${active.join()}`);
  assert.deepEqual(before.breaches.filter(breach => !now.breaches.includes(breach)), [], 'a breach was lost');
  assert.deepEqual(before.lines.filter(line => !now.lines.includes(line)), [], 'a line of the timeline was lost');
  assert.equal(now.lines.filter(line => line.endsWith(' completed')).length, model.completed, 'each accepted outcome has one line');
  assert.equal(now.routing.returnCount, model.returns, 'returns are counted once');
  assert.deepEqual([...now.routing.excludedUnits].sort(), [...model.excluded].sort());
  assert.equal(now.record.round, model.round);
  assert.equal(now.record.publicState, citizensState(now), `${now.record.state} in round ${now.record.round}`);
  if (now.routing.paused !== null) assert.ok(now.clocks.some(clock => clock.status === 'paused'), 'a paused case has a paused clock');
  if (now.record.status !== 'open') assert.deepEqual([active, now.openTasks, now.routing.paused], [[], 0, null], 'an ended case leaves nothing open');
}

async function play(world: ClockedWorld, steps: readonly Command[]): Promise<readonly string[]> {
  const seen: string[] = [];
  const {caseId} = await startOne(world, ordinary);
  let before = await readWritten(world, caseId);
  const model: Model = {returns: 0, round: 1, completed: before.lines.filter(line => line.endsWith(' completed')).length, excluded: new Set(), last: null};
  for (const command of steps) {
    const holder = (before.routing as Written['routing'] & {holding: readonly string[]}).holding.at(-1) ?? null;
    const accepted = await run(world, caseId, command, model, before).catch((error: unknown) => {
      if (!isAppError(error) || error.status >= 500) throw error;
      return error;
    });
    if (typeof accepted === 'string') count(model, accepted, command, holder);
    const isRefused = typeof accepted === 'object' && accepted !== null;
    seen.push(isRefused ? accepted.code : (accepted ?? command.do));
    await workAll(world, caseId);
    const now = await readWritten(world, caseId);
    if (isRefused) assert.equal(now.mark, before.mark, `${accepted.code} left something behind`);
    if (command.do === 'twice' && model.last !== null) assert.ok(isRefused, 'what was done is refused when it comes again');
    assertInvariants(now, before, model);
    before = now;
    world.clock.moveBy(1_000);
  }
  return seen;
}

test('whatever is commanded, by whom and in whatever order: clocks, returns, rounds, states and timeline keep what they promise, and what is refused leaves nothing', async t => {
  t.timeout(120_000);
  const world = await clockedWorld(t);
  const seen = new Set<string>();
  await fc.assert(fc.asyncProperty(fc.array(commands, {minLength: 5, maxLength: 40}), async steps => {
    for (const what of await play(world, steps)) seen.add(what);
  }), {numRuns: Number(process.env['BANLI_PROPERTY_RUNS'] ?? 20), seed: propertySeed, includeErrorInReport: true});
  assert.deepEqual(world.logged.filter(line => line.includes('Error') || line.includes('failed')), []);
  t.log(`seed ${propertySeed}: ${[...seen].sort().join(' ')}`);
  t.pass();
});
