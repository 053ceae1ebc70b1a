import type {CaseNote} from '@banli/cases';
import {formatMoment} from '@banli/time';
import {byCase, lockActive, readBreaches, updateTimes, type Retimed} from '../clock-store.js';
import type {BreachRow, ClockRow} from '../model.js';
import {ClockMoved} from '../settle.js';
import type {ClockPlan, PlanAudit, PlanDeps} from './model.js';
import {lockInTurn, type BatchTurn} from './plan-batches.js';
import {listedItems, markMovedOn, needPlan, updatePlan, type ListedItem} from './plan-store.js';
import {recomputeCase, type Move, type PlanSources, type Sources} from './recompute.js';

/** Clocks moved in one transaction: few enough that commands on these cases hardly wait. */
const batchSize = 500;

/**
 * Moves the next clocks of an approved plan: times, how far the plan came, one audit line and one line of the timeline a case go together, so that nothing is done twice and
 * applying goes on where it stopped. That a plan moved a clock, from where and why, is told by the plan's item. A clock that has lapsed, ended or changed otherwise since it was listed is left alone.
 *
 * Nothing waits for the disk: what a power failure takes back is done again.
 *
 * @returns Whether there is more to apply.
 */
export function applyBatch(deps: PlanDeps, planId: string, turn: BatchTurn, sourcesOf: PlanSources): Promise<boolean> {
  return deps.store.tx(async tx => {
    const stored = await needPlan(tx, planId);
    if (stored.status !== 'applying') return false;
    const plan = {...stored, appliedCase: turn.after ?? stored.appliedCase};
    const now = deps.clock.now();
    const items = await listedItems(tx, plan, batchSize);
    const last = items.at(-1);
    if (!last) {
      await lockInTurn(tx, turn, plan);
      await updatePlan(tx, plan.id, {status: 'applied', finishedAt: now});
      return false;
    }
    const cases = byCase(items);
    const active = await lockActive(tx, deps.store.dialect, [...cases.keys()]);
    turn.hasRead(last.caseId);
    const sources = await sourcesOf(plan, now, tx)(active);
    const rows = byCase(active);
    const breaches = byCase(await readBreaches(tx, [...rows].flatMap(([caseId, own]) => (own.some(row => row.facts.lapsed) ? [caseId] : []))));
    const applied = new Set<ListedItem>();
    const next: Retimed[] = [];
    const lines: Parameters<PlanAudit['recordAll']>[1][number][] = [];
    const notes: CaseNote[] = [];
    const noteOf = notesOf(plan, now);
    for (const [caseId, listed] of cases) {
      const moved = moveCase({sources, now}, rows.get(caseId) ?? [], breaches.get(caseId) ?? [], listed);
      if (moved.length === 0) continue;
      for (const {item, move, row} of moved) {
        applied.add(item);
        next.push({row, before: move.row});
      }
      const moves = moved.map(({move}) => move);
      lines.push(auditLine(plan, caseId, moves, now));
      notes.push(noteOf(caseId, moves));
    }
    const left = items.filter(item => !applied.has(item));
    // Side by side: while MariaDB writes the clocks, the lines are made.
    const [unchanged] = await Promise.all([updateTimes(tx, deps.store, next), deps.audit.recordAll(tx, lines), deps.timeline.noteAll(tx, notes), markMovedOn(tx, plan.id, left)]);
    if (!unchanged) throw new ClockMoved(`A clock of the plan ${plan.id} was changed meanwhile.`);
    const before = await lockInTurn(tx, turn, plan);
    await updatePlan(tx, plan.id, {appliedCase: last.caseId, applied: before.applied + applied.size, movedOn: before.movedOn + left.length});
    return true;
  }, {durable: false});
}

interface Work {
  readonly sources: Sources;
  readonly now: number;
}

/** A listed clock that moves: what it becomes, and why. */
interface Moved {
  readonly item: ListedItem;
  readonly move: Move;
  readonly row: ClockRow;
}

function moveCase({sources, now}: Work, rows: readonly ClockRow[], breaches: readonly BreachRow[], listed: readonly ListedItem[]): readonly Moved[] {
  const moves = recomputeCase(rows, breaches, sources, now, new Set(listed.map(item => item.clockId)));
  const done: Moved[] = [];
  for (const move of moves) {
    const item = listed.find(candidate => candidate.clockId === move.row.id);
    // What somebody approved is a due time: where another came out meanwhile, nobody has approved it.
    if (!item || move.lapsed || move.standing !== item.standing || (!move.standing && move.after !== item.afterAt)) continue;
    done.push({item, move, row: {...move.next, fireAt: move.fireAt}});
  }
  return done;
}

function auditLine(plan: ClockPlan, caseId: string, moves: readonly Move[], now: number) {
  const actor = plan.decidedBy ?? {personId: 'system', personName: '系统', unitId: '', roles: [], requestId: plan.id, address: ''};
  const clocks = moves.map(({row, before, after}) => ({id: row.id, clock: row.clock, before, after}));
  return {actor, action: 'clocks.recompute', subject: caseId, result: 'done' as const, at: now, data: {plan: plan.id, catalog: plan.catalogId, version: plan.version, clocks}};
}

/** Makes what whoever works on a case reads: which clock was due when, is due when now, and why; of one whose due time stays, that it does. Cases of one batch began close together and mostly read the same: words and data are made once then. */
function notesOf(plan: ClockPlan, at: number): (caseId: string, moves: readonly Move[]) => CaseNote {
  const data = {plan: plan.id, catalog: plan.catalogId, version: plan.version};
  const said = new Map<string, CaseNote['text']>();
  return (caseId, moves) => {
    const key = moves.map(({row: {facts: {title}}, before, after, why}) => [title['zh-CN'], title.en, before, after, why['zh-CN'], why.en].join('\0')).join('\0');
    const text = said.get(key) ?? wordsOf(moves);
    said.set(key, text);
    return {caseId, at, kind: 'clock.recomputed', text, data};
  };
}

function wordsOf(moves: readonly Move[]): CaseNote['text'] {
  const line = (language: 'zh-CN' | 'en'): string => moves.map(move => {
    const named = move.row.facts.title[language] ?? move.row.facts.title['zh-CN'];
    const due = (moment: number | null) => (moment === null ? {'zh-CN': '停表中', en: 'standing'}[language] : formatMoment(moment));
    const moved = move.before === move.after ? `${due(move.before)} ${{'zh-CN': '不变', en: 'as before'}[language]}` : `${due(move.before)} → ${due(move.after)}`;
    return `${named} ${moved}${language === 'en' ? ` (${move.why.en ?? move.why['zh-CN']})` : `（${move.why['zh-CN']}）`}`;
  }).join(language === 'en' ? '; ' : '；');
  return {'zh-CN': `时限经批准重算：${line('zh-CN')}`, en: `Due times worked out again on approval: ${line('en')}`};
}
