import {every} from '@banli/time';
import {newId, takeLease} from '@banli/store';
import {raiseAlarm, raiseLasting} from './alarms.js';
import {watchUnattended} from './unattended.js';
import type {CaseDeps} from './deps.js';
import {recount, type CounterFault} from './counters.js';
import {refresh, rewindFeed} from './feed.js';
import {replayLost} from './replay.js';
import {tryAlone} from './try-alone.js';
import {watchUnwritten} from './unwritten.js';

/** What one pass found and mended. */
export interface ReconcileReport {
  readonly compared: number;
  /** Cases whose last commands the engine had lost, and how many were sent again. */
  readonly replayed: ReadonlyArray<{readonly caseId: string; readonly rows: number}>;
  /** Cases that the engine had moved without our noticing. */
  readonly refreshed: readonly string[];
  /** Cases that the engine lost and whose commands are not kept any more. */
  readonly lost: readonly string[];
  /** Cases that the engine knows and we don't, or knows more of than we do: our database is older than the engine's. */
  readonly ahead: readonly string[];
  readonly counters: readonly CounterFault[];
  /** Outbox rows that both sides agree on and that were deleted. */
  readonly forgotten: number;
  /** Whether the turn was lost on the way: the rest is left to whoever has it. */
  readonly turnLost: boolean;
}

/** Compares both sides again and again, one server at a time. */
export interface Reconciler {
  pass(): Promise<ReconcileReport | null>;
  run(signal: AbortSignal): Promise<void>;
}

interface Ours {
  readonly id: string;
  readonly status: string;
  readonly seq: number;
  readonly ackedSeq: number;
  readonly revision: number;
}

interface Theirs {
  readonly seq: number;
  readonly revision: number;
}

const page = 500;
/** Open cases of ours in one page: more than the engine's, so that a stretch ends with the engine's page unless it lost cases. */
const mostOpen = 1_000;
const pauseMs = 15_000;
const leaseMs = 60_000;
/** With more cases than this that cannot be mended, no applied row is deleted at all. */
const mostBroken = 200;
/** How long an applied row stays at least, in milliseconds. */
const keepMs = 60_000;

/** Makes the reconciler; `pass` answers `null` when another server is at it. */
export function createReconciler(deps: CaseDeps): Reconciler {
  const holder = newId();
  const turn = () => takeLease(deps.store, {name: 'cases.reconciler', holder, now: deps.clock.now(), forMs: leaseMs});
  let unwritten: ReadonlySet<string> = new Set();
  const pass = async () => {
    if (!(await turn())) return null;
    const {report, broken} = await reconcile(deps, turn);
    if (report.turnLost) return report;
    await watchUnwritten(deps, broken, unwritten);
    unwritten = new Set(broken);
    return report;
  };
  return {
    pass,
    run: signal => every(pauseMs, async () => void (await pass()), {signal, waitFirst: true, onError: error => deps.log.warn('cases.reconciler.failed', {error: error instanceof Error ? error.message : String(error)})}),
  };
}

/**
 * One pass. The turn is asked for again before each page, each case that differs and each part of the rest, none of which lasts as long as a turn: whoever was held up
 * longer than that stops there, tells what he found and deletes nothing.
 */
async function reconcile(deps: CaseDeps, turn: () => Promise<boolean>): Promise<{readonly report: ReconcileReport; readonly broken: readonly string[]}> {
  const startedAt = deps.clock.now();
  const report = {compared: 0, replayed: [] as Array<{caseId: string; rows: number}>, refreshed: [] as string[], lost: [] as string[], ahead: [] as string[]};
  /** Could not be mended this time: what the engine may have to be sent again of them stays. */
  const broken: string[] = [];
  let mine = true;
  for (const walk = pagesOf(deps, new Map()); mine; mine = await turn()) {
    const suspects = await walk();
    if (!suspects) break;
    report.compared += suspects.compared;
    for (const caseId of suspects.ids) {
      mine = await turn();
      if (!mine) break;
      if (!(await tryAlone(deps, caseId, () => mend(deps, caseId, report)))) broken.push(caseId);
    }
    if (!mine) break;
  }
  if (report.replayed.length + report.lost.length > 0) await rewindFeed(deps);
  const rest = async <Value>(part: () => Promise<Value>, without: Value): Promise<Value> => {
    mine = mine && (await turn());
    return mine ? part() : without;
  };
  const forgotten = await rest(() => forget(deps, startedAt - keepMs, broken, turn), 0);
  const counters = await rest(() => recount(deps.store), []);
  await tell(deps, {...report, counters});
  await rest(() => watchUnattended(deps), null);
  if (!mine) deps.log.warn('cases.reconciler.turnLost', {compared: report.compared});
  return {report: {...report, counters, forgotten, turnLost: !mine}, broken};
}

/** Walks both sides in the order of the ids, page by page; each call answers the cases of the next stretch that differ. */
function pagesOf(deps: CaseDeps, theirs: Map<string, Theirs>): () => Promise<{compared: number; ids: readonly string[]} | null> {
  let after: string | null = '';
  return async () => {
    if (after === null) return null;
    const running = await deps.engine.runningCases(after, page);
    const theirEnd = running.length === page ? (running.at(-1)?.caseId ?? null) : null;
    const {rows: open, end} = await openCases(deps, after, theirEnd);
    theirs.clear();
    for (const row of running) if (end === null || row.caseId <= end) theirs.set(row.caseId, row);
    const known = new Map([...open, ...(await closedCases(deps, [...theirs.keys()]))].map(each => [each.id, each]));
    const ids = [...new Set([...known.keys(), ...theirs.keys()])].filter(id => differs(known.get(id), theirs.get(id)));
    after = end;
    return {compared: Math.max(known.size, theirs.size), ids};
  };
}

const columns = ['id', 'status', 'seq', 'acked_seq', 'revision'];

/** Our open cases of the stretch; where there are too many for one page, because the engine lost most of its own, the stretch ends with the last of them. */
async function openCases({store: {knex}}: CaseDeps, after: string, theirEnd: string | null): Promise<{readonly rows: readonly Ours[]; readonly end: string | null}> {
  const query = knex('case_record').where({status: 'open'}).andWhere('id', '>', after).orderBy('id').limit(mostOpen).select<Array<Record<string, unknown>>>(columns);
  const rows = (await (theirEnd === null ? query : query.andWhere('id', '<=', theirEnd))).map(toOurs);
  return {rows, end: rows.length === mostOpen ? (rows.at(-1)?.id ?? null) : theirEnd};
}

/** Of the engine's running cases those that we have ended. */
async function closedCases({store: {knex}}: CaseDeps, running: readonly string[]): Promise<readonly Ours[]> {
  if (running.length === 0) return [];
  return (await knex('case_record').whereIn('id', running).whereNot({status: 'open'}).select<Array<Record<string, unknown>>>(columns)).map(toOurs);
}

function toOurs(row: Record<string, unknown>): Ours {
  return {id: String(row['id']), status: String(row['status']), seq: Number(row['seq']), ackedSeq: Number(row['acked_seq']), revision: Number(row['revision'])};
}

/** Cases with a command on its way are left to the relay, unless the engine lost what came before it. */
function differs(ours: Ours | undefined, theirs: Theirs | undefined): boolean {
  if (!ours) return true;
  if (ours.ackedSeq < ours.seq) return (theirs?.seq ?? 0) < ours.ackedSeq;
  if (!theirs) return ours.status === 'open';
  return ours.status !== 'open' || theirs.seq !== ours.ackedSeq || theirs.revision !== ours.revision;
}

type Report = {replayed: Array<{caseId: string; rows: number}>; refreshed: string[]; lost: string[]; ahead: string[]};

/** Looks at one case again, both sides fresh, and mends it. */
async function mend(deps: CaseDeps, caseId: string, report: Report): Promise<void> {
  const state = await deps.engine.state(caseId);
  const row = await deps.store.knex('case_record').where({id: caseId}).first<Record<string, unknown> | undefined>();
  if (!row) {
    if (state && !state.ended) report.ahead.push(caseId);
    return;
  }
  const ours = toOurs(row);
  if (ours.status === 'failed') return;
  const engineSeq = state?.seq ?? 0;
  if (engineSeq < ours.ackedSeq) {
    const rows = await replayLost(deps, caseId, engineSeq, state?.revision ?? 0);
    if (rows > 0) report.replayed.push({caseId, rows});
    else report.lost.push(caseId);
  } else if (ours.ackedSeq < ours.seq) {
    return;
  } else if (engineSeq > ours.ackedSeq) {
    await deps.store.knex('case_record').where({id: caseId, acked_seq: ours.ackedSeq, seq: ours.seq}).update({seq: engineSeq, acked_seq: engineSeq, lock_version: deps.store.knex.raw('lock_version + 1')});
    await refresh(deps, caseId, true);
    report.ahead.push(caseId);
  } else if (state && state.revision !== ours.revision && (await refresh(deps, caseId, state.revision < ours.revision))) {
    report.refreshed.push(caseId);
  }
}

/** Deletes applied rows that are old enough: everything that is lost later is older than a pass over both sides. */
async function forget(deps: CaseDeps, before: number, broken: readonly string[], turn: () => Promise<boolean>): Promise<number> {
  const {knex} = deps.store;
  if (broken.length > mostBroken) return 0;
  let total = 0;
  for (;;) {
    const rows = await knex('case_outbox').whereIn('status', ['acked', 'compensated']).andWhere('acked_at', '<', before).whereNotIn('case_id', broken).limit(page).select<Array<{id: string}>>('id');
    if (rows.length === 0) return total;
    total += await knex('case_outbox').whereIn('id', rows.map(row => row.id)).delete();
    if (!(await turn())) return total;
  }
}

async function tell(deps: CaseDeps, report: Omit<ReconcileReport, 'forgotten' | 'turnLost'>): Promise<void> {
  const at = deps.clock.now();
  const {knex} = deps.store;
  const lost = {'zh-CN': '流程引擎丢失该办件的流程，且操作记录已不保留，需人工处理', en: 'The engine lost this case and its commands are not kept any more'};
  const ahead = {'zh-CN': '流程引擎的记录比平台数据库新，数据库可能由旧备份恢复，或断电丢失了尚未答复的最后一次操作', en: 'The engine knows more of this case than the database, which may be an older backup, or lost a last command that nobody was told of to a power failure'};
  for (const caseId of report.lost) await raiseLasting(knex, {kind: 'lost', caseId, text: lost, at});
  for (const caseId of report.ahead) await raiseLasting(knex, {kind: 'ahead', caseId, text: ahead, at});
  const wrong = report.counters.length;
  if (wrong > 0) await raiseAlarm(knex, {kind: 'counters', caseId: null, at, text: {'zh-CN': `待办计数有 ${wrong} 处不符，已更正`, en: `${wrong} inbox counters were wrong and have been mended`}});
  const found = report.lost.length + report.ahead.length + wrong + report.replayed.length + report.refreshed.length;
  if (found > 0) deps.log.warn('cases.reconciled', {replayed: report.replayed.length, refreshed: report.refreshed.length, lost: report.lost.length, ahead: report.ahead.length, counters: report.counters.length});
}
