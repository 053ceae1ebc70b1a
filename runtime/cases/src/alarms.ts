import type {DataScope, LocalizedText} from '@banli/formats';
import type {Knex} from 'knex';
import {fromRow, newId, type SqlRow, type Store, type Tx} from '@banli/store';
import {dayMs} from '@banli/time';
import type {CaseDeps} from './deps.js';
import {caseErrors} from './errors.js';
import type {Actor, CasePeople} from './ports.js';
import {pathRange} from './parties.js';
import {systemActor} from './system-actor.js';

/** An alarm for the operators. Moments in UTC milliseconds. */
export interface AlarmView {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly text: LocalizedText;
  readonly closedAt: number | null;
  readonly closedByName: string | null;
  readonly closeReason: string | null;
}

/** `compensated`: a command was undone; `incident`: a worker gave up; `lost`, `ahead`, `counters`: what the reconciler found; `nobody`: no person may take a task; `unwritten`: what the engine did with a case cannot be written down; `receiver`: the limits catalog names a receiver that the application of a case does not know. */
export interface NewAlarm {
  readonly kind: 'compensated' | 'incident' | 'lost' | 'ahead' | 'counters' | 'nobody' | 'unwritten' | 'receiver';
  readonly caseId: string | null;
  readonly text: LocalizedText;
  readonly at: number;
}

/** Which units and persons a case concerns: what the right to close its alarm is measured by. */
export interface AlarmTarget {
  readonly unitIds: readonly string[];
  readonly personIds: readonly string[];
}

/** Whose alarms are listed: those whose closest relation to the reader (as in closing) is one that his right reaches. */
export interface AlarmReader {
  readonly actor: Pick<Actor, 'personId' | 'unitId'>;
  readonly reach: Readonly<Record<DataScope, boolean>>;
}

/** What lists of alarms stand on. */
export interface AlarmDeps {
  readonly store: Store;
  readonly people: Pick<CasePeople, 'unit'>;
}

type Reader = Tx | Store['knex'];

const mostAlarms = 200;
/** A lasting fault whose alarm was closed is not raised again before this, in milliseconds: whoever closed it is at it. */
const quietMs = dayMs;

/** Raises an alarm in the transaction of its cause. */
export async function raiseAlarm(using: Reader, alarm: NewAlarm): Promise<void> {
  await using('case_alarm').insert({id: newId(alarm.at), at: alarm.at, kind: alarm.kind, case_id: alarm.caseId, text: JSON.stringify(alarm.text), closed_at: null});
}

/** Raises an alarm about a fault that is found again and again: one per case and kind, and without a case per kind and text, while it is open, and a day after somebody closed it if the fault is still there. One that closed by itself keeps nothing quiet. */
export async function raiseLasting(using: Reader, alarm: NewAlarm): Promise<void> {
  const same = {case_id: alarm.caseId, kind: alarm.kind, ...(alarm.caseId === null ? {text: JSON.stringify(alarm.text)} : {})};
  const known = await using('case_alarm').where(same).andWhere(any => void any.whereNull('closed_at').orWhere(closed => void closed.where('closed_at', '>', alarm.at - quietMs).andWhereNot('closed_by', 'system'))).first<{id: string} | undefined>('id');
  if (!known) await raiseAlarm(using, alarm);
}

/** Alarms that the reader's right reaches, the open ones first, then newest first. */
export async function listAlarms(deps: AlarmDeps, reader: AlarmReader): Promise<readonly AlarmView[]> {
  const {knex} = deps.store;
  const some = async (limit: number, isOpen: boolean): Promise<SqlRow[]> => {
    const rows = knex('case_alarm as alarm').leftJoin('case_record as record', 'record.id', 'alarm.case_id').select('alarm.*', 'record.number as case_number');
    void (isOpen ? rows.whereNull('alarm.closed_at') : rows.whereNotNull('alarm.closed_at'));
    return limitToReach(deps, rows, reader).orderBy([{column: 'alarm.at', order: 'desc'}, {column: 'alarm.id', order: 'desc'}]).limit(limit);
  };
  const open = await some(mostAlarms, true);
  const closed = open.length === mostAlarms ? [] : await some(mostAlarms - open.length, false);
  return [...open, ...closed].map(toView);
}

/** How many alarms are open that the reader's right reaches. */
export async function countAlarms(deps: AlarmDeps, reader: AlarmReader): Promise<number> {
  if (!Object.values(reader.reach).some(Boolean)) return 0;
  const open = limitToReach(deps, deps.store.knex('case_alarm as alarm').whereNull('alarm.closed_at'), reader);
  const found: {total: number | string} | undefined = await open.count({total: '*'}).first();
  return Number(found?.total ?? 0);
}

/** Limits a query over `case_alarm` (named `alarm`) in the query itself, by the same closest relation that decides about closing; an alarm of no case is everybody's, so only `all` reaches it. */
function limitToReach(deps: AlarmDeps, rows: Knex.QueryBuilder, {actor, reach}: AlarmReader): Knex.QueryBuilder {
  if (Object.values(reach).every(Boolean)) return rows;
  const party = (condition: string) => `when exists (select 1 from case_party where case_party.case_id = alarm.case_id and ${condition}) then ?`;
  const bit = (scope: DataScope) => (reach[scope] ? 1 : 0);
  return rows.whereRaw(
    `(case ${party('party = ?')} ${party('party = ?')} ${party('path between ? and ?')} else ? end) = 1`,
    [`person:${actor.personId}`, bit('own'), `unit:${actor.unitId}`, bit('unit'), ...pathRange(deps.people, actor.unitId), bit('unitAndBelow'), bit('all')],
  );
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
    const alarm = toView({...row, case_number: await numberOf(tx, row['case_id'])});
    const changed = await tx('case_alarm').where({id: alarm.id}).whereNull('closed_at').update({closed_at: at, closed_by: actor.personId, closed_by_name: actor.personName, close_reason: reason});
    if (changed === 0) throw caseErrors.ALARM_CLOSED({name: alarm.closedByName ?? ''});
    await deps.audit.record(tx, {actor, action: 'alarm.close', subject: alarm.caseId ?? alarm.id, result: 'done', at, data: {alarmId: alarm.id, kind: alarm.kind, reason}});
    return {...alarm, closedAt: at, closedByName: actor.personName, closeReason: reason};
  });
}

/**
 * Closes the alarm of a fault that is over, in the name of the platform; such a close keeps nothing quiet.
 *
 * @returns Whether it was open.
 */
export async function closeByItself(deps: Pick<CaseDeps, 'store' | 'clock' | 'audit'>, alarm: {readonly alarmId: string; readonly caseId: string; readonly kind: NewAlarm['kind']; readonly reason: string}): Promise<boolean> {
  const at = deps.clock.now();
  const {alarmId, caseId, kind, reason} = alarm;
  return deps.store.tx(async tx => {
    const changed: number = await tx('case_alarm').where({id: alarmId}).whereNull('closed_at').update({closed_at: at, closed_by: systemActor.personId, closed_by_name: systemActor.personName, close_reason: reason});
    if (changed > 0) await deps.audit.record(tx, {actor: systemActor, action: 'alarm.close', subject: caseId, result: 'done', at, data: {alarmId, kind}});
    return changed > 0;
  });
}

/** The number of an alarm's case; `null` without one. */
export async function numberOf(tx: Tx, caseId: unknown): Promise<string | null> {
  const record: {number: string} | undefined = caseId === null ? undefined : await tx('case_record').where({id: caseId}).first('number');
  return record?.number ?? null;
}

/** Whom an alarm's case concerns. */
export async function targetOf(tx: Tx, caseId: unknown): Promise<AlarmTarget> {
  const rows: SqlRow[] = caseId === null ? [] : await tx('case_party').where({case_id: caseId}).select('party');
  const parties = rows.map(row => String(row['party']));
  const named = (kind: string) => parties.filter(party => party.startsWith(kind)).map(party => party.slice(kind.length));
  return {unitIds: named('unit:'), personIds: named('person:')};
}

/** An alarm from its row, joined with the number of its case. */
export function toView(row: SqlRow): AlarmView {
  const {text, ...rest} = fromRow<Omit<AlarmView, 'text'> & {text: string}>(row);
  const {id, kind, caseId, caseNumber, closedByName, closeReason} = rest;
  return {id, at: Number(rest.at), kind, caseId, caseNumber, text: JSON.parse(text) as LocalizedText, closedAt: rest.closedAt === null ? null : Number(rest.closedAt), closedByName, closeReason};
}
