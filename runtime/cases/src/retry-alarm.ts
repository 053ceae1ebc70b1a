import {isAppError} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import type {ProcessEngine} from '@banli/processes';
import type {SqlRow} from '@banli/store';
import {numberOf, targetOf, toView, type AlarmTarget, type AlarmView} from './alarms.js';
import {insertNotes} from './case-store.js';
import type {CaseDeps} from './deps.js';
import {caseErrors} from './errors.js';
import type {Actor} from './ports.js';

/** Attempts that a step gets anew; a worker that counts its own goes down from here. */
const newAttempts = 3;
const reason = '再试一次';
const text: LocalizedText = {'zh-CN': '自动处理环节再试一次', en: 'The automatic step is tried again'};

/** What trying again stands on. */
export type RetryDeps = Pick<CaseDeps, 'store' | 'clock' | 'audit' | 'vault'> & {readonly engine: Pick<ProcessEngine, 'state' | 'setRetries'>};

/**
 * Gives the automatic steps of an alarm's case that used up their attempts new ones, and closes the alarm with those of its kind that
 * the case had by then: a step that fails again raises a new one. A second call finds the alarm closed and does nothing.
 *
 * @param covers - Whether the actor's right reaches the case.
 * @throws AppError `CASE_ALARM_UNKNOWN`, also outside of the actor's reach; `CASE_ALARM_CLOSED`; `CASE_ALARM_NO_RETRY` for an alarm of
 *   another kind, or when no step waits for it; `ENGINE_DOWN`, `ENGINE_TRY_AGAIN`: nothing was closed.
 */
export async function retryAlarm(deps: RetryDeps, actor: Actor, alarmId: string, covers: (target: AlarmTarget) => boolean): Promise<AlarmView> {
  const {alarm, openIds} = await readOpen(deps, alarmId, covers);
  const {caseId} = alarm;
  if (alarm.kind !== 'incident' || caseId === null) throw caseErrors.ALARM_NO_RETRY();
  const state = await deps.engine.state(caseId);
  const failed = state?.externalTasks.filter(task => task.retries === 0) ?? [];
  // Another kind of incident, such as a job's, is not settled by this; without any the step went on by itself.
  if (failed.length === 0 && (state === null || state.incidents.length > 0)) throw caseErrors.ALARM_NO_RETRY();
  for (const task of failed) await giveAttempts(deps, task.id);
  const at = deps.clock.now();
  return deps.store.tx(async tx => {
    const changed = await tx('case_alarm').whereIn('id', openIds).whereNull('closed_at').update({closed_at: at, closed_by: actor.personId, closed_by_name: actor.personName, close_reason: reason});
    if (changed === 0) throw caseErrors.ALARM_CLOSED({name: actor.personName});
    if (failed.length > 0) await insertNotes(tx, [{caseId, at, kind: 'work.retried', text, data: {personId: actor.personId, steps: failed.map(task => task.stepId)}}]);
    await deps.audit.record(tx, {actor, action: 'alarm.retry', subject: caseId, result: 'done', at, data: {alarmId, steps: failed.map(task => task.stepId)}});
    return {...alarm, closedAt: at, closedByName: actor.personName, closeReason: reason};
  });
}

/** The alarm, and all open ones of its case and kind as of now: what is raised later is about another failure. */
async function readOpen({store}: RetryDeps, alarmId: string, covers: (target: AlarmTarget) => boolean): Promise<{readonly alarm: AlarmView; readonly openIds: readonly string[]}> {
  return store.tx(async tx => {
    const row: SqlRow | undefined = await tx('case_alarm').where({id: alarmId}).first();
    if (!row || !covers(await targetOf(tx, row['case_id']))) throw caseErrors.ALARM_UNKNOWN();
    const alarm = toView({...row, case_number: await numberOf(tx, row['case_id'])});
    if (alarm.closedAt !== null) throw caseErrors.ALARM_CLOSED({name: alarm.closedByName ?? ''});
    const open = await tx('case_alarm').where({case_id: alarm.caseId, kind: alarm.kind}).whereNull('closed_at').select<Array<{id: string}>>('id');
    return {alarm, openIds: open.map(each => each.id)};
  });
}

/** A task that is gone meanwhile needs no attempt. */
async function giveAttempts({engine}: RetryDeps, externalTaskId: string): Promise<void> {
  try {
    await engine.setRetries(externalTaskId, newAttempts);
  } catch (error) {
    if (!isAppError(error, 'ENGINE_GONE')) throw error;
  }
}
