import {every} from '@banli/time';
import {newId, takeLease} from '@banli/store';
import {raiseAlarm, raiseLasting} from './alarms.js';
import {watchUnattended} from './unattended.js';
import type {CaseDeps} from './deps.js';
import {recount, type CounterFault} from './counters.js';
import {refresh, rewindFeed} from './feed.js';
import {replayLost} from './replay.js';

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
const pauseMs = 15_000;
const leaseMs = 60_000;
/** How long an applied row stays at least, in milliseconds. */
const keepMs = 60_000;

/** Makes the reconciler; `pass` answers `null` when another server is at it. */
export function createReconciler(deps: CaseDeps): Reconciler {
  const holder = newId();
  const turn = () => takeLease(deps.store, {name: 'cases.reconciler', holder, now: deps.clock.now(), forMs: leaseMs});
  const pass = async () => ((await turn()) ? reconcile(deps, turn) : null);
  return {
    pass,
    run: signal => every(pauseMs, async () => void (await pass()), {signal, waitFirst: true, onError: error => deps.log.warn('cases.reconciler.failed', {error: error instanceof Error ? error.message : String(error)})}),
  };
}

/**
 * One pass. The turn is asked for again before each page, each case that differs and each part of the rest, none of which lasts as long as a turn: whoever was held up
 * longer than that stops there, tells what he found and deletes nothing.
 */
async function reconcile(deps: CaseDeps, turn: () => Promise<boolean>): Promise<ReconcileReport> {
  const startedAt = deps.clock.now();
  const report = {compared: 0, replayed: [] as Array<{caseId: string; rows: number}>, refreshed: [] as string[], lost: [] as string[], ahead: [] as string[]};
  let mine = true;
  for (const walk = pagesOf(deps, new Map()); mine; mine = await turn()) {
    const suspects = await walk();
    if (!suspects) break;
    report.compared += suspects.compared;
    for (const caseId of suspects.ids) {
      mine = await turn();
      if (!mine) break;
      await mend(deps, caseId, report);
    }
    if (!mine) break;
  }
  if (report.replayed.length + report.lost.length > 0) await rewindFeed(deps);
  const rest = async <Value>(part: () => Promise<Value>, without: Value): Promise<Value> => {
    mine = mine && (await turn());
    return mine ? part() : without;
  };
  const forgotten = await rest(() => forget(deps, startedAt - keepMs, turn), 0);
  const counters = await rest(() => recount(deps.store), []);
  await tell(deps, {...report, counters});
  await rest(() => watchUnattended(deps), null);
  if (!mine) deps.log.warn('cases.reconciler.turnLost', {compared: report.compared});
  return {...report, counters, forgotten, turnLost: !mine};
}

/** Walks both sides in the order of the ids, page by page; each call answers the cases of the next stretch that differ. */
function pagesOf(deps: CaseDeps, theirs: Map<string, Theirs>): () => Promise<{compared: number; ids: readonly string[]} | null> {
  let after: string | null = '';
  return async () => {
    if (after === null) return null;
    const running = await deps.engine.runningCases(after, page);
    const end = running.length === page ? (running.at(-1)?.caseId ?? null) : null;
    theirs.clear();
    for (const row of running) theirs.set(row.caseId, row);
    const ours = await openCases(deps, after, end, [...theirs.keys()]);
    const known = new Map(ours.map(each => [each.id, each]));
    const ids = [...new Set([...known.keys(), ...theirs.keys()])].filter(id => differs(known.get(id), theirs.get(id)));
    after = end;
    return {compared: Math.max(known.size, theirs.size), ids};
  };
}

/** Our open cases of the stretch, and those of the engine's whatever their status. */
async function openCases(deps: CaseDeps, after: string, end: string | null, running: readonly string[]): Promise<readonly Ours[]> {
  const {knex} = deps.store;
  const columns = ['id', 'status', 'seq', 'acked_seq', 'revision'];
  const open = knex('case_record').where({status: 'open'}).andWhere('id', '>', after).select<Array<Record<string, unknown>>>(columns);
  const rows = [...(await (end === null ? open : open.andWhere('id', '<=', end))), ...(running.length === 0 ? [] : await knex('case_record').whereIn('id', running).whereNot({status: 'open'}).select<Array<Record<string, unknown>>>(columns))];
  return rows.map(toOurs);
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
async function forget(deps: CaseDeps, before: number, turn: () => Promise<boolean>): Promise<number> {
  const {knex} = deps.store;
  let total = 0;
  for (;;) {
    const rows = await knex('case_outbox').whereIn('status', ['acked', 'compensated']).andWhere('acked_at', '<', before).limit(page).select<Array<{id: string}>>('id');
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
