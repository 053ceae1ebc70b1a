import {createCatalogService} from '@banli/catalogs';
import type {Store} from '@banli/store';
import {dueOf, systemClock, type Interval, type Limit} from '@banli/time';
import type {Checks} from '../checks.js';
import type {DrivenHotline} from './drive-hotline.js';

interface ClockLine {readonly id: string; readonly case_id: string; readonly clock: string; readonly status: string; readonly started_at: number; readonly stopped_at: number | null; readonly due_at: number | null; readonly fire_at: number | null; readonly facts: string}
interface Facts {readonly limit: Limit; readonly areaCode: string; readonly cap: number | null; readonly extension: {readonly amount: number} | null; readonly stands: ReadonlyArray<Interval & {readonly kind: string}>}
interface Line {readonly case_id: string; readonly kind: string; readonly step_id: string | null; readonly at: number}

/** Works the clocks of all cases out anew, and compares those of hotline orders with their timelines: a kill neither lost nor doubled a move. */
export async function checkClocks(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const catalogs = createCatalogService(store, systemClock);
  try {
    const clocks = (await store.knex('case_clock')) as ClockLine[];
    const moved: string[] = [];
    for (const clock of clocks) {
      const facts = JSON.parse(clock.facts) as Facts;
      const {calendar} = await catalogs.calendar(facts.areaCode, Number(clock.stopped_at ?? clock.started_at));
      const due = dueOf({startAt: Number(clock.started_at), limit: facts.limit, extension: facts.extension?.amount ?? 0, intervals: facts.stands}, calendar);
      const cut = facts.cap === null || due === null ? due : Math.min(due, facts.cap);
      if (cut === null || cut !== Number(clock.due_at)) moved.push(`${clock.case_id} ${clock.clock}`);
    }
    checks.check(`the due time of each of ${clocks.length} clocks equals a recomputation`, moved.length === 0, moved.slice(0, 3));
    const running = clocks.filter(clock => clock.status !== 'stopped' || clock.fire_at !== null).map(clock => `${clock.case_id} ${clock.clock}`);
    checks.check('no clock of an ended case goes on', running.length === 0, running.slice(0, 3));
    await checkMoves(store, clocks, driven, checks);
  } finally {
    await catalogs.close();
  }
}

/** Starts, halts, pauses and stops of the clocks lie at the moments of the commands that made them. */
async function checkMoves(store: Store, clocks: readonly ClockLine[], driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const lines = (await store.knex('case_timeline').whereIn('case_id', ids).whereIn('kind', ['completed', 'requested']).select('case_id', 'kind', 'step_id', 'at')) as Line[];
  const accepted = (await store.knex('case_record').whereIn('id', ids).select('id', 'accepted_at')) as ReadonlyArray<{id: string; accepted_at: number}>;
  const apart = driven.flatMap(({caseId, number}): readonly unknown[] => {
    const momentsOf = (kind: string, step: string) => lines.filter(line => line.case_id === caseId && line.kind === kind && line.step_id === step).map(line => Number(line.at)).sort((a, b) => a - b);
    const own = (clock: string) => clocks.filter(row => row.case_id === caseId && row.clock === clock).sort((a, b) => Number(a.started_at) - Number(b.started_at));
    const [resolve, ...more] = own('resolve');
    if (resolve === undefined || more.length > 0) return [{number, what: `${more.length + (resolve ? 1 : 0)} resolve clocks`}];
    const pause = (JSON.parse(resolve.facts) as Facts).stands.filter(stand => stand.kind === 'pause');
    // A pause counts from its request, which is a moment older than its line: it lies between the signing and that line.
    const isAsked = (from: number) => from > (momentsOf('completed', 'signCase').at(-1) ?? 0) && from <= (momentsOf('requested', 'handleCase')[0] ?? 0);
    const wanted = {start: Number(accepted.find(row => row.id === caseId)?.accepted_at), stop: momentsOf('completed', 'handleCase')[0], resumed: momentsOf('completed', 'reviewResume'), respond: momentsOf('completed', 'dispatchCase'), asked: true};
    const seen = {start: Number(resolve.started_at), stop: Number(resolve.stopped_at), resumed: pause.map(stand => stand.to), respond: own('respond').map(row => Number(row.started_at)), asked: pause.every(stand => isAsked(stand.from))};
    return JSON.stringify(wanted) === JSON.stringify(seen) ? [] : [{number, wanted, seen}];
  });
  checks.check('clocks were moved at the moments of the commands, each once', apart.length === 0, apart.slice(0, 2));
}
