import type {ClockRule, ClockTrigger} from '@banli/formats';
import type {ClockSubject} from '@banli/cases';
import {newId, type Tx} from '@banli/store';
import {formatLimit, hourMs, parseDuration, type Limit} from '@banli/time';
import type {ClockDeps} from './deps.js';
import {deadlineErrors} from './errors.js';
import {closeStands, isActive, openStand, type ClockFacts, type ClockRow, type LimitAsked} from './model.js';
import {lockPause} from './pause-store.js';
import {limitFacts, type LimitFacts} from './put-on-limit.js';

/** A fixed limit of a bundle has no row; its warning comes a quarter of the limit before due, like a lead as long as the limit. */
const fixedLeadMs = Number.MAX_SAFE_INTEGER;

/** The clocks of a case while events move them; rows are changed in memory and written when all are settled. */
export interface Board {
  readonly deps: ClockDeps;
  readonly tx: Tx;
  readonly subject: ClockSubject;
  /** As they stand in the database. */
  readonly stored: readonly ClockRow[];
  /** As they are to stand; a clock that begins has revision 0. */
  rows: readonly ClockRow[];
}

/** What moves a clock: a rule's trigger at a moment, in a strand or in the whole case. */
export interface ClockMovement {
  readonly rule: ClockRule;
  readonly trigger: ClockTrigger;
  readonly at: number;
  readonly strand: string | undefined;
}

/**
 * Moves the clocks of one rule for one trigger: the active one, or of a rule for strands that of the strand, and all of them for what happens to the whole case.
 *
 * `start` does nothing while the clock is active; `restart` stops the active one and begins a new row; `halt` and `continue` bracket time that
 * is not counted; `stop` counts the moment of the halt when it was halted; `drop` makes it void.
 *
 * @throws AppError `DEADLINE_RULE_INVALID`, and what the catalogs throw when a limit is not there.
 */
export async function moveClock(board: Board, {rule, trigger, at, strand}: ClockMovement): Promise<void> {
  const active = board.rows.filter(candidate => candidate.clock === rule.id && isActive(candidate));
  const own = rule.strand === undefined ? active.slice(-1) : active.filter(row => strand === undefined || row.facts.strand === strand);
  if (trigger.do === 'start' || trigger.do === 'restart') {
    const [row] = own;
    if (trigger.do === 'start' && row) return;
    if (row) change(board, stopped(row, at));
    await begin(board, rule, at, rule.strand === undefined ? undefined : strand);
    return;
  }
  for (const row of own) move(board, row, trigger, at);
}

function move(board: Board, row: ClockRow, trigger: ClockTrigger, at: number): void {
  if (trigger.do === 'halt' && !openStand(row.facts, 'halt')) change(board, {...row, facts: {...row.facts, stands: [...row.facts.stands, {kind: 'halt', from: at, to: null, reason: trigger.event}]}});
  if (trigger.do === 'continue') change(board, {...row, facts: closeStands(row.facts, 'halt', at)});
  if (trigger.do === 'stop') change(board, stopped(row, at));
  if (trigger.do === 'drop') change(board, {...row, status: 'dropped', stoppedAt: at});
}

/** Puts a changed row in its place. */
export function change(board: Board, row: ClockRow): void {
  board.rows = board.rows.map(candidate => (candidate.id === row.id ? row : candidate));
}

function stopped(row: ClockRow, at: number): ClockRow {
  const stoppedAt = Math.max(row.startedAt, openStand(row.facts, 'halt')?.from ?? at);
  const facts = closeStands(closeStands(row.facts, 'halt', stoppedAt), 'pause', stoppedAt);
  return {...row, status: 'stopped', stoppedAt, facts};
}

async function begin(board: Board, rule: ClockRule, at: number, strand: string | undefined): Promise<void> {
  const {subject, deps} = board;
  const pause = subject.isPaused && rule.onPause !== 'runs' ? await lockPause(board.tx, deps.store.dialect, subject.caseId) : null;
  const facts: ClockFacts = {
    ...(await limitOf(board, rule, at)),
    title: rule.title,
    ...(strand === undefined ? {} : {strand}),
    areaCode: subject.areaCode,
    extension: null,
    stands: pause ? [{kind: 'pause', from: at, to: null, reason: pause.reason}] : [],
    notAfter: rule.notAfter ?? null,
    cap: null,
    lapse: [...rule.lapse].sort((a, b) => parseDuration(a.after) - parseDuration(b.after)),
    warn: rule.warn ?? [],
    provisional: false,
    calendarMissing: false,
    lapsed: false,
  };
  const row: ClockRow = {
    id: newId(deps.clock.now()), revision: 0, caseId: subject.caseId, clock: rule.id, round: subject.round, status: 'running', startedAt: at, stoppedAt: null, dueAt: null, warnAt: null, criticalAt: null,
    warnedDueAt: null, criticalDueAt: null, fireAt: null, calendarVersion: null, calendarAt: at, limitId: null, facts,
  };
  board.rows = [...board.rows, row];
}

async function limitOf(board: Board, rule: ClockRule, at: number): Promise<Pick<ClockFacts, 'limit' | 'origin' | 'warnBeforeMs' | 'asked' | 'ladder' | 'warnReceivers'>> {
  const {subject, tx, deps} = board;
  if ('kind' in rule.limit) {
    return lookLimitUp(deps, tx, askedOf(subject, rule.limit.kind), subject.areaCode, at);
  }
  const limit = fixedLimit(rule.id, rule.limit.fixed, rule.limit.unit);
  const text = {'zh-CN': formatLimit(limit, 'zh-CN'), en: formatLimit(limit, 'en')};
  return {limit, warnBeforeMs: fixedLeadMs, origin: {catalog: subject.bundleId, version: subject.releaseHash.slice(0, 12), row: rule.id, source: rule.limit.source, text}};
}

/** What the limit of a kind is looked up by in a case as it is now; what it does not say yet is `null`, and asked again once it does (ADR 0043). */
export function askedOf({matter, urgency, industry}: Pick<ClockSubject, 'matter' | 'urgency' | 'industry'>, kind: LimitAsked['kind']): LimitAsked {
  return {matter, urgency, kind, ...(industry == null ? {} : {industry})};
}

/** The limit that the catalogs of a day give, as a clock keeps it. @throws AppError what the catalogs throw when a limit is not there */
export async function lookLimitUp(deps: ClockDeps, tx: Tx, asked: LimitAsked, areaCode: string, at: number): Promise<LimitFacts & {readonly asked: LimitAsked}> {
  const found = await deps.catalogs.limit({matterCode: asked.matter, urgency: asked.urgency, kind: asked.kind, areaCode, at, ...(asked.industry === undefined ? {} : {industryCode: asked.industry})}, tx);
  return {...limitFacts(found), asked};
}

/** `P3D` with unit `workingDay` is three working days, `PT24H` with unit `hour` is 24 hours; minutes become parts of an hour. */
function fixedLimit(clock: string, fixed: string, unit: 'workingDay' | 'hour'): Limit {
  const days = /^P(\d+)D$/.exec(fixed)?.[1];
  if (unit === 'workingDay' && days === undefined) throw deadlineErrors.RULE_INVALID({clock, limit: fixed});
  return unit === 'workingDay' ? {value: Number(days), unit} : {value: parseDuration(fixed) / hourMs, unit};
}
