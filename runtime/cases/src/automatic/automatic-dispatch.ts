import {isAppError} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import {isDuplicateKey, queryRow, type Tx} from '@banli/store';
import {readQueue} from '../assignment.js';
import {insertLines} from '../case-store.js';
import {completeTask} from '../complete.js';
import type {CaseDeps} from '../deps.js';
import type {LineInput} from '../model.js';
import type {Actor} from '../ports.js';
import type {Relay} from '../relay.js';
import {dispatchActorId} from './decisions.js';
import {holdSwitches, readSwitches, standingOf} from './switches.js';
import {readWaiting, waitingTasks, type WaitingOrder, type WaitingTask} from './waiting.js';

const dispatchActorName = '自动派单';

/** What rules say of a waiting order. `why` is a short code, `text` the whole reason. */
export interface DispatchVerdict {
  readonly verdict: 'sent' | 'left';
  readonly why: string;
  readonly text: LocalizedText;
  /** The unit that is proposed; `null` where there is none or several. */
  readonly unitId: string | null;
  readonly ruleRow: string | null;
  readonly ruleVersion: string | null;
  /** Of 100. */
  readonly confidence: number;
  readonly leastConfidence: number | null;
}

/** Sends orders on that need no dispatcher, where it is switched on. */
export interface AutomaticDispatch {
  /**
   * Looks once at every order that waits at a unit that has it on. Each task is decided about once; what is left to a person stays his.
   *
   * @param decide - What the rules say, as of now; it throws for what is to be tried again.
   * @param goesOn - Asked before each order: whether this process still has the turn.
   * @returns How many orders were sent, left, and put off to the next time.
   */
  round(decide: (order: WaitingOrder) => Promise<DispatchVerdict>, goesOn: () => Promise<boolean>): Promise<RoundReport>;
}

/** What one round did. */
export interface RoundReport {
  readonly sent: number;
  readonly left: number;
  readonly putOff: number;
}

/** Orders of one unit in one round; the next one follows soon. */
const mostAtOnce = 100;

/** It was switched off, or decided about by another process, between looking and writing. */
class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

/** Makes automatic dispatch. @see Source: requirements/xinjiang-hotline.md §2.1.12; ADR 0041 */
export function createAutomaticDispatch(deps: CaseDeps, relay: Relay): AutomaticDispatch {
  return {
    async round(decide, goesOn) {
      const report = {sent: 0, left: 0, putOff: 0};
      const states = await readSwitches(deps.store);
      for (const {unitId} of states.filter(state => state.isOn)) {
        const {since} = standingOf(deps.people, states, unitId);
        if (since === null) continue;
        for (const taskId of await waitingTasks(deps, unitId, since, mostAtOnce)) {
          if (!(await goesOn())) return report;
          const done = await one(deps, relay, taskId, decide);
          if (done) report[done] += 1;
        }
      }
      return report;
    },
  };
}

/** @returns `null` where nothing was left to decide. */
async function one(deps: CaseDeps, relay: Relay, taskId: string, decide: (order: WaitingOrder) => Promise<DispatchVerdict>): Promise<keyof RoundReport | null> {
  try {
    const waiting = await readWaiting(deps, taskId);
    if (!waiting) return null;
    const verdict = await decide(waiting.order);
    if (verdict.verdict === 'left') return (await leave(deps, waiting, verdict)) ? 'left' : null;
    return await send(deps, relay, waiting, verdict);
  } catch (error) {
    if (error instanceof TurnLost) return null;
    deps.log.warn('cases.dispatch.putOff', {taskId, error: error instanceof Error ? error.message : String(error)});
    return 'putOff';
  }
}

/** Finishes the task as a dispatcher would: same checks, same clocks, same way to the engine. What the case itself refuses is left to a person. */
async function send(deps: CaseDeps, relay: Relay, waiting: WaitingTask, verdict: DispatchVerdict): Promise<'sent' | 'left' | null> {
  const {task, record, order, outcome} = waiting;
  const actor: Actor = {personId: dispatchActorId, personName: dispatchActorName, unitId: order.centreId, roles: readQueue(task.homeQueue).roles, requestId: '', address: ''};
  const line = lineOf(waiting, verdict);
  try {
    await completeTask(deps, relay, actor, {
      taskId: task.id, outcome, values: {}, caseVersion: record.valuesVersion,
      byRule: {lines: [line], auditData: {rule: verdict.ruleRow, ruleVersion: verdict.ruleVersion, confidence: verdict.confidence}, check: async tx => {
        // From here on a switch waits for this transaction; one that came before is seen.
        const path = deps.people.unit(order.centreId)?.path ?? [order.centreId];
        if (!standingOf(deps.people, await holdSwitches(deps.store, tx, path), order.centreId).isOn) throw new TurnLost();
        await keep(tx, waiting, verdict, deps.clock.now());
      }},
    });
    return 'sent';
  } catch (error) {
    if (isDuplicateKey(error)) throw new TurnLost();
    if (!isAppError(error) || error.status >= 500 || ['CASE_PENDING', 'CASE_CHANGED'].includes(error.code)) throw error;
    if (['CASE_TASK_DONE', 'CASE_TASK_TAKEN', 'CASE_TASK_UNKNOWN'].includes(error.code)) return null;
    const refused: DispatchVerdict = {...verdict, verdict: 'left', why: 'refused', text: {'zh-CN': `未自动派单，转人工：派单未通过检查（${error.code}）。`, en: `Not dispatched automatically: the dispatch was refused (${error.code}).`}};
    return (await leave(deps, waiting, refused)) ? 'left' : null;
  }
}

/** Notes that a person dispatches, and why; nothing where he did meanwhile, or it was noted before. */
async function leave(deps: CaseDeps, waiting: WaitingTask, verdict: DispatchVerdict): Promise<boolean> {
  const {task, record, release} = waiting;
  const at = deps.clock.now();
  return deps.store.tx(async tx => {
    const row = await queryRow(tx, "select id from case_task where id = ? and status = 'open'", [task.id]);
    if (!row || (await queryRow(tx, 'select task_id from dispatch_decision where task_id = ?', [task.id]))) return false;
    await keep(tx, waiting, verdict, at);
    await insertLines(deps, tx, release, record, at, [lineOf(waiting, verdict)]);
    return true;
  });
}

function lineOf({task, order}: WaitingTask, {verdict, text, why, unitId, ruleRow, ruleVersion, confidence, leastConfidence}: DispatchVerdict): LineInput {
  return {kind: `dispatch.${verdict}`, text, stepId: task.stepId, taskId: task.id, personId: dispatchActorId, personName: dispatchActorName, unitId: order.centreId, data: {why, unit: unitId, rule: ruleRow, version: ruleVersion, confidence, least: leastConfidence}};
}

async function keep(tx: Tx, {task, order}: WaitingTask, verdict: DispatchVerdict, at: number): Promise<void> {
  await tx('dispatch_decision').insert({
    task_id: task.id, case_id: order.caseId, centre_id: order.centreId, verdict: verdict.verdict, why: verdict.why, unit_id: verdict.unitId,
    rule_row: verdict.ruleRow, rule_version: verdict.ruleVersion, confidence: verdict.confidence, least_confidence: verdict.leastConfidence, at,
  });
}
