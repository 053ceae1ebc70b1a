import type {ClockRefit} from '@banli/cases';
import {isAppError} from '@banli/errors';
import type {ClockRule, LocalizedText} from '@banli/formats';
import {formatMoment} from '@banli/time';
import {readBreaches} from './clock-store.js';
import {isActive, type ClockFacts, type ClockRow, type LimitAsked} from './model.js';
import {askedOf, change, lookLimitUp, type Board} from './move-clock.js';
import {putOnLimit} from './put-on-limit.js';
import {dueGoingOn, scheduleClock} from './schedule-clock.js';

/** When a case changed what limits are looked up by, and in words how. */
export interface FactsChange {
  readonly at: number;
  readonly why: LocalizedText;
}

/** A clock before, and how what became of it is told. */
interface Fit {
  readonly row: ClockRow;
  readonly text: LocalizedText;
}

/**
 * Puts the clocks that run on the limits that the case's matter, urgency and area have now. A lapse is never undone: a clock past its due time stays as it is. Where the catalogs have no
 * limit for the new facts, the clock stays on the old one and says so.
 *
 * A due time that moves is warned of again; a threshold that the new due time has left behind, because a later one or the due time itself has passed, counts as passed.
 *
 * @returns What to tell, once all clocks of the case are settled: see `toldRefits`.
 * @see Source: own rule; `requirements/xinjiang-hotline.md` §2.1.10 looks limits up by matter, level and grade and says nothing of a later change.
 */
export async function refitBoard(board: Board, {at, why}: FactsChange): Promise<readonly Fit[]> {
  const {subject, deps, tx} = board;
  const fits: Fit[] = [];
  const lapsed = board.rows.some(row => row.facts.lapsed) ? (await readBreaches(tx, [subject.caseId])).filter(breach => breach.correctedAt === null) : [];
  const timed: ClockRow[] = [];
  for (const row of [...board.rows].sort((a, b) => Number(a.facts.notAfter !== null) - Number(b.facts.notAfter !== null))) {
    const rule = isActive(row) && row.facts.origin.catalog === 'limits' ? subject.rules.find(candidate => candidate.id === row.clock) : undefined;
    const isLate = row.dueAt !== null && (row.dueAt < at || lapsed.some(breach => breach.clockId === row.id && breach.dueAt === row.dueAt));
    const facts = rule && 'kind' in rule.limit ? await factsUnder(board, row, rule, {at, isLate}) : null;
    if (!facts) {
      timed.push(row);
      continue;
    }
    const text = {'zh-CN': `${why['zh-CN']}；${facts.text['zh-CN']}`, en: `${why.en ?? why['zh-CN']}; ${facts.text.en ?? ''}`};
    const changed: ClockRow = {...row, startedAt: facts.startedAt, facts: facts.next};
    const next = await scheduleClock(deps, tx, changed, timed, deps.clock.now(), row);
    timed.push(next);
    if (facts.isSilent && next.dueAt === row.dueAt) {
      change(board, changed);
      continue;
    }
    const recomputed = [...(row.facts.recomputed ?? []), {planId: null, at, before: row.dueAt, text}];
    change(board, {...changed, ...passedThresholds(row, next, deps.clock.now()), facts: {...facts.next, recomputed}});
    fits.push({row, text});
  }
  return fits;
}

interface FactsUnder {
  readonly next: ClockFacts;
  readonly startedAt: number;
  readonly text: LocalizedText;
  /** The same row of the same version: only worth a word if the due time moves. */
  readonly isSilent: boolean;
}

/** What the clock is to count by; `null` when it was asked for by these very facts. */
async function factsUnder(board: Board, row: ClockRow, rule: ClockRule, {at, isLate}: {readonly at: number; readonly isLate: boolean}): Promise<FactsUnder | null> {
  const {subject} = board;
  const {facts} = row;
  const kind = 'kind' in rule.limit ? rule.limit.kind : 'resolve';
  const stay = (zh: string, en: string): FactsUnder => ({next: facts, startedAt: row.startedAt, text: {'zh-CN': zh, en}, isSilent: false});
  const asked = askedOf(subject, kind);
  if (facts.areaCode === subject.areaCode && facts.asked?.matter === asked.matter && facts.asked.urgency === asked.urgency && facts.asked.industry === asked.industry) return null;
  if (isLate) return stay('已超期，到期时间和超期记录保持不变', 'it has lapsed: due time and lapse stay');
  const isFresh = rule.onChange === 'fromNow';
  // What a case says no more is no reason to count otherwise.
  const isTaken = (asked.matter === null && facts.asked?.matter !== null) || (asked.urgency === null && facts.asked?.urgency !== null);
  const found = isTaken ? null : await limitNow(board, asked, isFresh ? [at] : [facts.limitAt ?? row.startedAt, at]);
  if (!found) return stay(`没有对应的时限，仍按原时限 ${facts.origin.text['zh-CN']}计`, `there is no limit for that: it stays at ${facts.origin.text.en ?? facts.origin.text['zh-CN']}`);
  const isSame = found.origin.row === facts.origin.row && found.limit.value === facts.limit.value && found.limit.unit === facts.limit.unit;
  const next = {...putOnLimit(facts, found, found.asked), areaCode: subject.areaCode};
  const {text} = found.origin;
  const from = isFresh ? {zh: '自变更时起算', en: 'counted from the change'} : {zh: `仍自 ${formatMoment(row.startedAt)} 起算`, en: `still counted from ${formatMoment(row.startedAt)}`};
  const words = {'zh-CN': `时限改为 ${text['zh-CN']}，${from.zh}`, en: `the limit is now ${text.en ?? text['zh-CN']}, ${from.en}`};
  return isFresh ? {next: {...next, extension: null, limitAt: at}, startedAt: at, text: words, isSilent: false} : {next, startedAt: row.startedAt, text: words, isSilent: isSame};
}

/** The limit as of the first of some days that has one: a matter that was published since the clock began is looked up as of now. */
async function limitNow({deps, tx, subject}: Board, asked: LimitAsked, days: readonly number[]): Promise<Awaited<ReturnType<typeof lookLimitUp>> | null> {
  for (const day of days) {
    try {
      return await lookLimitUp(deps, tx, asked, subject.areaCode, day);
    } catch (error) {
      if (!isAppError(error, 'CATALOG_LIMIT_MISSING') && !isAppError(error, 'CATALOG_ROW_UNKNOWN')) throw error;
    }
  }
  return null;
}

/** Thresholds of a due time that moved which are not told any more: those behind it, or behind a later one. */
function passedThresholds(before: ClockRow, {dueAt, criticalAt}: ClockRow, now: number): Partial<Pick<ClockRow, 'warnedDueAt' | 'criticalDueAt'>> {
  if (dueAt === null || dueAt === before.dueAt) return {};
  if (dueAt <= now) return {warnedDueAt: dueAt, criticalDueAt: dueAt};
  return criticalAt !== null && criticalAt <= now ? {warnedDueAt: dueAt} : {};
}

/** What became of the clocks, those that were only cut to another one's due time included. */
export async function toldRefits(board: Board, fits: readonly Fit[], settled: readonly ClockRow[]): Promise<readonly ClockRefit[]> {
  const told: ClockRefit[] = [];
  for (const row of settled) {
    const before = board.stored.find(candidate => candidate.id === row.id);
    if (!before || !isActive(row)) continue;
    const fit = fits.find(candidate => candidate.row.id === row.id);
    if (!fit && before.dueAt === row.dueAt) continue;
    const why = fit?.text ?? {'zh-CN': '不得晚于的时限随之变化', en: 'the clock that it must not outlive moves'};
    told.push({clockId: row.id, clock: row.clock, title: row.facts.title, before: await dueWords(board, before), after: await dueWords(board, row), why});
  }
  return told;
}

async function dueWords({deps, tx}: Board, row: ClockRow): Promise<number | null> {
  if (row.dueAt !== null) return row.dueAt;
  const now = deps.clock.now();
  return dueGoingOn(row, (await deps.catalogs.calendar(row.facts.areaCode, now, tx)).calendar, now);
}
