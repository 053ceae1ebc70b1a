import {isDeepStrictEqual} from 'node:util';
import {createCatalogService} from '@banli/catalogs';
import type {Store} from '@banli/store';
import {dueOf, systemClock, type Interval, type Limit} from '@banli/time';
import type {Checks} from '../checks.js';
import type {DrivenHotline} from './drive-hotline.js';

interface ClockLine {readonly id: string; readonly case_id: string; readonly clock: string; readonly status: string; readonly started_at: number; readonly stopped_at: number | null; readonly due_at: number | null; readonly fire_at: number | null; readonly facts: string; readonly limit_facts: string | null}
interface Facts {readonly limit: Limit; readonly areaCode: string; readonly cap: number | null; readonly extension: {readonly amount: number} | null; readonly stands: ReadonlyArray<Interval & {readonly kind: string}>}
/** Works the clocks of all cases out anew, and compares those of hotline orders with their timelines: a kill neither lost nor doubled a move. */
export async function checkClocks(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const catalogs = createCatalogService(store, systemClock);
  try {
    const clocks = (await store.knex('case_clock').leftJoin('clock_limit', 'clock_limit.id', 'case_clock.limit_id').orderBy(['case_id', 'started_at', 'case_clock.id']).select('case_clock.*', 'clock_limit.facts as limit_facts')) as ClockLine[];
    const moved: string[] = [];
    for (const clock of clocks) {
      const facts = {...(JSON.parse(clock.facts) as object), ...(JSON.parse(clock.limit_facts ?? '{}') as object)} as Facts;
      const {calendar} = await catalogs.calendar(facts.areaCode, Number(clock.stopped_at ?? clock.started_at));
      const due = dueOf({startAt: Number(clock.started_at), limit: facts.limit, extension: facts.extension?.amount ?? 0, intervals: facts.stands}, calendar);
      const cut = facts.cap === null || due === null ? due : Math.min(due, facts.cap);
      if (cut !== (clock.due_at === null ? null : Number(clock.due_at)) || (cut === null && clock.status !== 'paused')) moved.push(`${clock.case_id} ${clock.clock}`);
    }
    checks.check(`the due time of each of ${clocks.length} clocks equals a recomputation`, moved.length === 0, moved.slice(0, 3));
    checkStanding(clocks, driven, checks);
    await checkLapses(store, clocks, driven, checks);
    await checkMoves(store, clocks, driven, checks);
  } finally {
    await catalogs.close();
  }
}

/** Of an ended case nothing goes on; of an open one what its plan says. */
function checkStanding(clocks: readonly ClockLine[], driven: readonly DrivenHotline[], checks: Checks): void {
  const left = new Map(driven.flatMap(order => (order.plan.leaves ? [[order.caseId, order.plan.leaves] as const] : [])));
  const running = clocks.filter(clock => !left.has(clock.case_id) && (clock.status !== 'stopped' || clock.fire_at !== null)).map(clock => `${clock.case_id} ${clock.clock}`);
  checks.check('no clock of an ended case goes on', running.length === 0, running.slice(0, 3));
  const apart = [...left].flatMap(([caseId, leaves]) => {
    const newest = Object.fromEntries(clocks.filter(clock => clock.case_id === caseId).map(clock => [clock.clock, clock.status]));
    return isDeepStrictEqual(newest, leaves.clocks) ? [] : [{caseId, newest, wanted: leaves.clocks}];
  });
  checks.check(`the clocks of ${left.size} open orders stand as they were left`, apart.length === 0, apart.slice(0, 2));
}

/** A limit that lapsed did so once, at its due moment, with one supervision; no other lapsed. */
async function checkLapses(store: Store, clocks: readonly ClockLine[], driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const breaches = (await store.knex('case_clock_breach').whereIn('case_id', ids).select('case_id', 'clock_id', 'due_at')) as ReadonlyArray<{case_id: string; clock_id: string; due_at: number}>;
  const begun = (await store.knex('case_timeline').whereIn('case_id', ids).whereIn('kind', ['strand.begun', 'clock.lapsed']).select('case_id', 'kind')) as ReadonlyArray<{case_id: string; kind: string}>;
  const apart = driven.flatMap(order => {
    const lapses = breaches.filter(breach => breach.case_id === order.caseId).map(breach => `${breach.clock_id} ${Number(breach.due_at)}`);
    const wanted = order.plan.afterLapse === undefined ? [] : clocks.filter(clock => clock.case_id === order.caseId && clock.clock === 'resolve').map(clock => `${clock.id} ${Number(clock.due_at)}`);
    const told = ['strand.begun', 'clock.lapsed'].map(kind => begun.filter(line => line.case_id === order.caseId && line.kind === kind).length);
    return isDeepStrictEqual([lapses, told], [wanted, wanted.length === 0 ? [0, 0] : [1, 1]]) ? [] : [{number: order.number, lapses, wanted, told}];
  });
  checks.check(`each of ${breaches.length} lapses is recorded once, at the due moment, with one supervision`, apart.length === 0, apart.slice(0, 2));
}

/** Starts, halts, pauses and stops of the clocks lie at the moments of the commands that made them. */
async function checkMoves(store: Store, clocks: readonly ClockLine[], driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const lines = (await store.knex('case_timeline').whereIn('case_id', ids).whereIn('kind', ['completed', 'requested']).orderBy(['at', 'place']).select('kind', 'task_id', 'at')) as readonly TimelineLine[];
  const accepted = (await store.knex('case_record').whereIn('id', ids).select('id', 'accepted_at')) as ReadonlyArray<{id: string; accepted_at: number}>;
  const apart = driven.flatMap((order): readonly unknown[] => {
    const own = (clock: string) => clocks.filter(row => row.case_id === order.caseId && row.clock === clock);
    const wanted = replay(Number(accepted.find(row => row.id === order.caseId)?.accepted_at), order.commands, lines);
    const pauses = own('resolve').flatMap(row => (JSON.parse(row.facts) as Facts).stands.filter(stand => stand.kind === 'pause'));
    const runs = (clock: string) => own(clock).map(row => ({start: Number(row.started_at), stop: row.stopped_at === null ? null : Number(row.stopped_at)}));
    const seen = {resolve: runs('resolve'), respond: runs('respond'), answered: own('supervise').map(row => (row.stopped_at === null ? null : Number(row.stopped_at))), resumed: pauses.map(stand => stand.to)};
    // A pause counts from its request, which is a moment older than its line.
    const asked = pauses.every((stand, index) => stand.from > (wanted.runs.respond.at(-1)?.stop ?? 0) && stand.from <= (wanted.pausesAsked[index] ?? 0));
    const answered = order.plan.afterLapse === undefined ? [] : [wanted.answered];
    return asked && isDeepStrictEqual({...wanted.runs, answered, resumed: wanted.pausesAsked.map((_, index) => wanted.resumed[index] ?? null)}, seen) ? [] : [{number: order.number, plan: order.plan.name, wanted, seen, asked}];
  });
  checks.check('clocks were moved at the moments of the commands, each once', apart.length === 0, apart.slice(0, 2));
}

interface TimelineLine {readonly kind: string; readonly task_id: string | null; readonly at: number}
interface Run {readonly start: number; stop: number | null}

/** What an order's commands do to its clocks, by the bundle's limits; a clock stops when the result was handed in that was approved later. */
function replay(acceptedAt: number, commands: DrivenHotline['commands'], lines: readonly TimelineLine[]) {
  const resolve: Run[] = [{start: acceptedAt, stop: null}];
  const respond: Run[] = [];
  const pausesAsked: number[] = [];
  const resumed: number[] = [];
  let reported: number | null = null;
  let answered: number | null = null;
  const stop = (run: Run | undefined, moment: number | null) => {
    if (run && run.stop === null) run.stop = moment;
  };
  const asked = new Map<string, number>();
  for (const {act, taskId} of commands) {
    const kind = act.outcome === undefined ? 'requested' : 'completed';
    const place = act.outcome === undefined ? asked.get(taskId) ?? 0 : 0;
    if (act.outcome === undefined) asked.set(taskId, place + 1);
    const moment = Number(lines.filter(line => line.task_id === taskId && line.kind === kind)[place]?.at);
    const moves: Readonly<Record<string, () => void>> = {
      'dispatchCase.dispatch': () => respond.push({start: moment, stop: null}),
      'handleCase.delegate': () => respond.push({start: moment, stop: null}),
      'signCase.sign': () => stop(respond.at(-1), moment),
      'reviewReturn.approve': () => stop(respond.at(-1), moment),
      'handleCase.submit': () => void (reported = moment),
      'confirmLower.quote': () => void (reported = moment),
      'reviewResult.approve': () => stop(resolve.at(-1), reported),
      'recheckCase.again': () => resolve.push({start: moment, stop: null}),
      'handleCase.pause': () => pausesAsked.push(moment),
      'reviewResume.approve': () => resumed.push(moment),
      'superviseFeedback.feedback': () => void (answered = moment),
    };
    moves[`${act.step}.${act.outcome ?? act.action ?? ''}`]?.();
  }
  return {runs: {resolve, respond}, answered: answered as number | null, pausesAsked, resumed};
}
