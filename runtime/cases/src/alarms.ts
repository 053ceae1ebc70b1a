import type {LocalizedText} from '@banli/formats';
import {fromRow, newId, type SqlRow, type Store, type Tx} from '@banli/store';
import {dayMs} from '@banli/time';
import type {CaseDeps} from './deps.js';
import {caseErrors} from './errors.js';
import type {Actor} from './ports.js';

/** An alarm for the operators. Moments in UTC milliseconds. */
export interface AlarmView {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly caseId: string | null;
  readonly text: LocalizedText;
  readonly closedAt: number | null;
  readonly closedByName: string | null;
  readonly closeReason: string | null;
}

/** `compensated`: a command was undone; `incident`: a worker gave up; `lost`, `ahead`, `counters`: what the reconciler found. */
export interface NewAlarm {
  readonly kind: 'compensated' | 'incident' | 'lost' | 'ahead' | 'counters';
  readonly caseId: string | null;
  readonly text: LocalizedText;
  readonly at: number;
}

/** Which units and persons a case concerns: what the right to close its alarm is measured by. */
export interface AlarmTarget {
  readonly unitIds: readonly string[];
  readonly personIds: readonly string[];
}

type Reader = Tx | Store['knex'];

const mostAlarms = 200;
/** A lasting fault whose alarm was closed is not raised again before this, in milliseconds: whoever closed it is at it. */
const quietMs = dayMs;

/** Raises an alarm in the transaction of its cause. */
export async function raiseAlarm(using: Reader, alarm: NewAlarm): Promise<void> {
  await using('case_alarm').insert({id: newId(alarm.at), at: alarm.at, kind: alarm.kind, case_id: alarm.caseId, text: JSON.stringify(alarm.text), closed_at: null});
}

/** Raises an alarm about a fault that is found again and again: one per case and kind while it is open, and a day after it was closed if the fault is still there. */
export async function raiseLasting(using: Reader, alarm: NewAlarm & {readonly caseId: string}): Promise<void> {
  const known = await using('case_alarm').where({case_id: alarm.caseId, kind: alarm.kind}).andWhere(any => void any.whereNull('closed_at').orWhere('closed_at', '>', alarm.at - quietMs)).first<{id: string} | undefined>('id');
  if (!known) await raiseAlarm(using, alarm);
}

/** Alarms, the open ones first, then newest first. */
export async function listAlarms(deps: Pick<CaseDeps, 'store'>): Promise<readonly AlarmView[]> {
  const {knex} = deps.store;
  const open: SqlRow[] = await knex('case_alarm').whereNull('closed_at').orderBy([{column: 'at', order: 'desc'}, {column: 'id', order: 'desc'}]).limit(mostAlarms);
  const closed: SqlRow[] = open.length === mostAlarms ? [] : await knex('case_alarm').whereNotNull('closed_at').orderBy([{column: 'at', order: 'desc'}, {column: 'id', order: 'desc'}]).limit(mostAlarms - open.length);
  return [...open, ...closed].map(toView);
}

/**
 * Closes an alarm: somebody has seen to it, and says how. Who, when and why stand with the alarm and in the audit log.
 *
 * @param covers - Whether the actor's right reaches the case; an alarm of no case concerns the installation, and its target is empty.
 * @throws AppError `CASE_ALARM_UNKNOWN`, also outside of the actor's reach; `CASE_ALARM_CLOSED` when somebody was first.
 */
export async function closeAlarm(deps: Pick<CaseDeps, 'store' | 'clock' | 'audit'>, actor: Actor, input: {readonly alarmId: string; readonly reason: string}, covers: (target: AlarmTarget) => boolean): Promise<AlarmView> {
  const at = deps.clock.now();
  const reason = input.reason.trim();
  return deps.store.tx(async tx => {
    const row: SqlRow | undefined = await tx('case_alarm').where({id: input.alarmId}).first();
    if (!row || !covers(await targetOf(tx, row['case_id']))) throw caseErrors.ALARM_UNKNOWN();
    const alarm = toView(row);
    const changed = await tx('case_alarm').where({id: alarm.id}).whereNull('closed_at').update({closed_at: at, closed_by: actor.personId, closed_by_name: actor.personName, close_reason: reason});
    if (changed === 0) throw caseErrors.ALARM_CLOSED({name: alarm.closedByName ?? ''});
    await deps.audit.record(tx, {actor, action: 'alarm.close', subject: alarm.caseId ?? alarm.id, result: 'done', at, data: {alarmId: alarm.id, kind: alarm.kind, reason}});
    return {...alarm, closedAt: at, closedByName: actor.personName, closeReason: reason};
  });
}

async function targetOf(tx: Tx, caseId: unknown): Promise<AlarmTarget> {
  const rows: SqlRow[] = caseId === null ? [] : await tx('case_party').where({case_id: caseId}).select('party');
  const parties = rows.map(row => String(row['party']));
  const named = (kind: string) => parties.filter(party => party.startsWith(kind)).map(party => party.slice(kind.length));
  return {unitIds: named('unit:'), personIds: named('person:')};
}

function toView(row: SqlRow): AlarmView {
  const {text, ...rest} = fromRow<Omit<AlarmView, 'text'> & {text: string}>(row);
  const {id, kind, caseId, closedByName, closeReason} = rest;
  return {id, at: Number(rest.at), kind, caseId, text: JSON.parse(text) as LocalizedText, closedAt: rest.closedAt === null ? null : Number(rest.closedAt), closedByName, closeReason};
}
