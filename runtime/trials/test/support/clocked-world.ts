import {createHash} from 'node:crypto';
import type {ExecutionContext} from 'ava';
import {createCases, createCaseSignals, type CaseClocks, type CaseDeps} from '@banli/cases';
import {createCaseClocks, createClockLoop, type ClockCatalogs} from '@banli/deadlines';
import {createWorkingCalendar, hourMs} from '@banli/time';
import {nationalLayer} from '../../../../platform/time/test/fixtures/notices.js';
import {keep, setup, work, type World} from '../../../cases/test/support/world.js';

/** The small application of the cases' tests on real clocks: each case may take two working days, each supervision a day. */
export async function clockedWorld(t: ExecutionContext) {
  const world = await setup(t);
  const calendar = createWorkingCalendar([nationalLayer()]);
  const catalogs: ClockCatalogs = {
    limit: async () => ({limit: {value: 2, unit: 'workingDay'}, warnBeforeMs: 24 * hourMs, text: {'zh-CN': '2个工作日'}, row: 'general', version: '1', source: 'own:'}),
    calendar: async () => ({calendar, version: '1'}),
  };
  const {store, clock, notices: told} = world;
  const base = {store, clock, catalogs};
  const real = createCaseClocks(base);
  // The small application has no field for the urgency by which a limit is looked up.
  const clocks: CaseClocks = {...real, apply: (tx, subject, events) => real.apply(tx, {...subject, urgency: 'normal'}, events)};
  const deps: CaseDeps = {...world.deps, clocks};
  const signals = createCaseSignals(deps);
  const loop = createClockLoop({...base, signals, notices: {notify: async (tx, notice) => keep(tx, told, notice)}, people: deps.people, log: deps.log, holder: 'property'});
  const parts = createCases(deps);
  return {...world, ...parts, deps, signals, fire: () => loop.round()};
}

/** The world that `clockedWorld` gives. */
export type ClockedWorld = Awaited<ReturnType<typeof clockedWorld>>;

/** What is written of a case, as far as an invariant speaks of it. */
export interface Written {
  readonly record: {readonly status: string; readonly state: string; readonly publicState: string | null; readonly round: number; readonly version: number};
  readonly routing: {readonly returnCount: number; readonly excludedUnits: readonly string[]; readonly returns: readonly unknown[]; readonly paused: object | null};
  readonly openTasks: number;
  readonly clocks: ReadonlyArray<{readonly kind: string; readonly status: string}>;
  readonly breaches: readonly string[];
  /** Id and kind of each line. */
  readonly lines: readonly string[];
  /** Equal as long as nothing of the case was written. */
  readonly mark: string;
}

/** Reads a case as it stands in the tables. */
export async function readWritten({store: {knex}}: Pick<World, 'store'>, caseId: string): Promise<Written> {
  const rowsOf = (table: string, key = 'id') => knex(table).where({case_id: caseId}).orderBy(key).select<Array<Record<string, unknown>>>('*');
  const [record, tasks, clocks, breaches, lines, outbox] = [
    await knex('case_record').where({id: caseId}).first<Record<string, unknown>>(), await rowsOf('case_task'), await rowsOf('case_clock'), await rowsOf('case_clock_breach', 'clock_id'), await rowsOf('case_timeline'), await rowsOf('case_outbox'),
  ];
  return {
    record: {status: String(record['status']), state: String(record['state_id']), publicState: record['public_state'] === null ? null : String(record['public_state']), round: Number(record['round']), version: Number(record['values_version'])},
    routing: JSON.parse(String(record['routing'])) as Written['routing'],
    openTasks: tasks.filter(task => task['status'] === 'open').length,
    clocks: clocks.map(clock => ({kind: `${String(clock['clock'])} ${(JSON.parse(String(clock['facts'])) as {strand?: string}).strand ?? ''}`, status: String(clock['status'])})),
    breaches: breaches.map(breach => `${String(breach['clock_id'])} ${String(breach['due_at'])}`).sort(),
    lines: lines.map(line => `${String(line['id'])} ${String(line['kind'])}`),
    mark: createHash('sha256').update(JSON.stringify([record, tasks, clocks, breaches, lines, outbox])).digest('hex'),
  };
}

/** Lets workers of a case finish what the engine gave them. */
export async function workAll(world: ClockedWorld, caseId: string): Promise<void> {
  for (let state = await world.engine.state(caseId); state?.externalTasks[0]; state = await world.engine.state(caseId)) await work(world, caseId);
}
