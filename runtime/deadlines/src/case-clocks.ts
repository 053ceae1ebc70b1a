import type {CaseClocks, CaseEvent, ClockSubject, ClockView, ExtensionRequest} from '@banli/cases';
import {isTrue} from '@banli/expressions';
import type {Tx} from '@banli/store';
import {formatLimit, formatMoment} from '@banli/time';
import {lockClocks, readBreaches, readClock, readClocks, readClocksOf, writeRow} from './clock-store.js';
import type {ClockDeps} from './deps.js';
import {deadlineErrors} from './errors.js';
import {explainClock} from './explain-clock.js';
import {isActive, openStand, type CasePause, type ClockRow} from './model.js';
import {change, moveClock, type Board} from './move-clock.js';
import {refitBoard, toldRefits} from './refit-clocks.js';
import {reminderOf} from './pause-reminder.js';
import {dropPause, lockPause, writePause} from './pause-store.js';
import {readPlanMoves} from './plans/plan-store.js';
import {resumeRows} from './resume-rows.js';
import {recordLapsesBefore, settleClocks} from './settle.js';
import {viewOf} from './view.js';

/** Makes the clocks of cases on the table `case_clock`: the only truth about due times. */
export function createCaseClocks(deps: ClockDeps): CaseClocks {
  return {
    apply: (tx, subject, events) => applyEvents(deps, tx, subject, events),
    pause: (tx, subject, pause) => withBoard(deps, tx, subject, deps.clock.now(), async board => {
      for (const row of board.rows.filter(isActive)) {
        if (openStand(row.facts, 'pause') || runsOn(subject, row.clock)) continue;
        const from = Math.max(row.startedAt, pause.from);
        change(board, {...row, facts: {...row.facts, stands: [...row.facts.stands, {kind: 'pause', from, to: null, reason: pause.reason}]}});
      }
      await writePause(tx, {...pause, caseId: subject.caseId, ...(await reminderFor(board, pause.until))});
    }),
    resume: (tx, subject, at) => withBoard(deps, tx, subject, at, async board => {
      board.rows = resumeRows(board.rows, at);
      await dropPause(tx, subject.caseId);
    }),
    checkExtension: async (tx, subject, request) => {
      checkExtension(await lockClocks(tx, deps.store.dialect, subject.caseId), request);
    },
    extend: (tx, subject, request) => withBoard(deps, tx, subject, deps.clock.now(), board => {
      const row = checkExtension(board.rows, request);
      change(board, {...row, facts: {...row.facts, extension: {amount: request.amount, filedAt: request.filedAt, grantedAt: deps.clock.now()}}});
    }),
    refit: async (tx, subject, event) => {
      const board = await openBoard(deps, tx, subject, event.at);
      const fits = await refitBoard(board, event);
      return toldRefits(board, fits, await settleClocks(deps, tx, board.stored, board.rows, deps.clock.now()));
    },
    of: async caseId => (await viewsOf(deps, [caseId])).get(caseId) ?? [],
    leading: async caseIds => {
      const views = await viewsOf(deps, caseIds);
      return new Map([...views].flatMap(([caseId, list]) => {
        const view = leadingOf(list);
        return view ? [[caseId, view] as const] : [];
      }));
    },
    explain: async id => {
      const row = await readClock(deps.store.knex, id);
      if (!row) return null;
      const {calendarVersion, calendarAt, facts: {areaCode}} = row;
      const own = calendarVersion === null ? null : await deps.catalogs.calendarOfVersion?.(areaCode, calendarVersion);
      return explainClock(row, (own ?? (await deps.catalogs.calendar(areaCode, calendarAt))).calendar, await readPlanMoves(deps.store.knex, row));
    },
    snapshot: async (tx, {caseId, isNew = false, withPause = false}) => {
      const clocks = isNew ? [] : await readClocks(tx, caseId);
      return withPause ? {clocks, pause: await lockPause(tx, deps.store.dialect, caseId)} satisfies Snapshot : clocks;
    },
    restore: async (tx, caseId, snapshot) => {
      const {clocks, pause} = Array.isArray(snapshot) ? {clocks: snapshot as readonly ClockRow[], pause: undefined} : (snapshot as Snapshot);
      await restore(deps, tx, caseId, clocks);
      if (pause !== undefined) await restorePause(deps, tx, caseId, pause);
    },
  };
}

/** The clocks of a case as they were, and where a command begins or ends a pause, the pause; only clocks where it leaves that alone. */
interface Snapshot {
  readonly clocks: readonly ClockRow[];
  readonly pause: CasePause | null;
}

/** Whether a clock goes on while the case is paused, as the rules of the case say now. */
function runsOn({rules}: ClockSubject, clock: string): boolean {
  return rules.find(({id}) => id === clock)?.onPause === 'runs';
}

/** The reminder before the promised date of a pause, as the bundle of the case says. */
async function reminderFor({deps, tx, subject}: Board, until: number | null): Promise<Pick<CasePause, 'reminder'>> {
  if (until === null || !subject.pauses) return {};
  const now = deps.clock.now();
  const {calendar} = await deps.catalogs.calendar(subject.areaCode, now, tx);
  const reminder = reminderOf(subject.pauses.remind, until, calendar, now);
  return reminder ? {reminder} : {};
}

async function applyEvents(deps: ClockDeps, tx: Tx, subject: ClockSubject, events: readonly CaseEvent[]): Promise<void> {
  for (const [index, at] of [...new Set(events.map(event => event.at))].entries()) {
    await withBoard(deps, tx, index === 0 ? subject : {...subject, isNew: false}, at, async board => {
      for (const each of events.filter(candidate => candidate.at === at)) await moveAll(board, each);
    });
  }
}

async function moveAll(board: Board, {event, at, strand}: CaseEvent): Promise<void> {
  const {rules, context} = board.subject;
  for (const rule of rules) {
    for (const trigger of rule.on) {
      if (trigger.event === event && (trigger.when === undefined || isTrue(trigger.when, context))) await moveClock(board, {rule, trigger, at, strand});
    }
  }
}

/** Reads and locks the clocks of a case, notes what lapsed before `at`, lets `work` change them, works out all times and writes. */
async function withBoard(deps: ClockDeps, tx: Tx, subject: ClockSubject, at: number, work: (board: Board) => Promise<void> | void): Promise<void> {
  const board = await openBoard(deps, tx, subject, at);
  await work(board);
  await settleClocks(deps, tx, board.stored, board.rows, deps.clock.now());
}

async function openBoard(deps: ClockDeps, tx: Tx, subject: ClockSubject, at: number): Promise<Board> {
  const stored = subject.isNew === true ? [] : await lockClocks(tx, deps.store.dialect, subject.caseId);
  return {deps, tx, subject, stored, rows: await recordLapsesBefore(tx, stored, at, deps.clock.now())};
}

/** @throws AppError `DEADLINE_EXTENSION_NO_CLOCK`, `DEADLINE_EXTENSION_TWICE`, `DEADLINE_EXTENSION_LATE`, `DEADLINE_EXTENSION_TOO_LONG` */
function checkExtension(rows: readonly ClockRow[], request: ExtensionRequest): ClockRow {
  const row = rows.findLast(candidate => candidate.clock === request.clock && isActive(candidate));
  if (!row) throw deadlineErrors.EXTENSION_NO_CLOCK({clock: request.clock});
  const {limit, extension} = row.facts;
  if (extension) throw deadlineErrors.EXTENSION_TWICE();
  if (row.dueAt !== null && request.filedAt > row.dueAt) throw deadlineErrors.EXTENSION_LATE({due: formatMoment(row.dueAt)});
  const asked = formatLimit({value: request.amount, unit: limit.unit}, 'zh-CN');
  if (!(request.amount > 0) || request.amount > limit.value || (limit.unit === 'workingDay' && !Number.isInteger(request.amount))) {
    throw deadlineErrors.EXTENSION_TOO_LONG({limit: formatLimit(limit, 'zh-CN'), amount: asked});
  }
  return row;
}

async function viewsOf(deps: ClockDeps, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly ClockView[]>> {
  const rows = await readClocksOf(deps.store.knex, caseIds);
  // A clock remembers that it ever lapsed: where none did, nothing is asked.
  const breaches = await readBreaches(deps.store.knex, [...new Set(rows.filter(row => row.facts.lapsed).map(row => row.caseId))]);
  const views = new Map<string, ClockView[]>();
  for (const row of rows) {
    if (row.status === 'dropped') continue;
    const {calendar} = await deps.catalogs.calendar(row.facts.areaCode, deps.clock.now());
    views.set(row.caseId, [...(views.get(row.caseId) ?? []), viewOf(row, breaches, calendar)]);
  }
  return views;
}

/** The active clock that is due first; one that stands, or has no due time, comes after those that run. */
function leadingOf(views: readonly ClockView[]): ClockView | undefined {
  const active = views.filter(view => view.status !== 'stopped' && view.status !== 'dropped');
  return [...active].sort((a, b) => (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER))[0];
}

/**
 * Puts the clocks of a case back as they were before a command. Lapses that happened meanwhile stay, and what the loop has noted or sent
 * for the same due time is not done again.
 */
async function restore(deps: ClockDeps, tx: Tx, caseId: string, snapshot: readonly ClockRow[]): Promise<void> {
  const current = await lockClocks(tx, deps.store.dialect, caseId);
  const gone = current.filter(row => !snapshot.some(old => old.id === row.id)).map(row => row.id);
  if (gone.length > 0) {
    await tx('case_clock_breach').whereIn('clock_id', gone).delete();
    await tx('case_clock').whereIn('id', gone).delete();
  }
  const back: ClockRow[] = [];
  for (const old of snapshot) {
    const now = current.find(row => row.id === old.id);
    const facts = {...old.facts, lapsed: old.facts.lapsed || (now?.facts.lapsed ?? false)};
    const row: ClockRow = {...old, ...datedAs(old, now), facts, warnedDueAt: toldDue(old, old.warnedDueAt, now?.warnedDueAt), criticalDueAt: toldDue(old, old.criticalDueAt, now?.criticalDueAt), revision: (now?.revision ?? old.revision) + 1};
    if (now) await tx('case_clock').where({id: row.id}).update(await writeRow(tx, deps.store, row));
    else await tx('case_clock').insert(await writeRow(tx, deps.store, row));
    back.push(row);
  }
  await settleClocks(deps, tx, back, back, deps.clock.now());
}

/** The calendar of a clock as a command kept it; of one kept before the calendar stood beside the facts (0148) that of the clock as it is. */
function datedAs(old: Partial<ClockRow>, now: ClockRow | undefined): Pick<ClockRow, 'calendarVersion' | 'calendarAt'> {
  const {calendarVersion = now?.calendarVersion ?? null, calendarAt = now?.calendarAt ?? 0} = old;
  return {calendarVersion, calendarAt};
}

async function restorePause(deps: ClockDeps, tx: Tx, caseId: string, pause: CasePause | null): Promise<void> {
  await lockPause(tx, deps.store.dialect, caseId);
  if (pause) await writePause(tx, pause);
  else await dropPause(tx, caseId);
}

/** Which due time was warned of once a clock is back: what was told meanwhile counts unless it was another due time's. */
function toldDue(old: ClockRow, before: number | null, since: number | null | undefined): number | null {
  return since == null || (old.dueAt !== null && since !== old.dueAt) ? before : since;
}
