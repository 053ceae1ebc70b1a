import {newId, queryRows, type SqlRow, type Tx} from '@banli/store';
import type {CaseDeps} from '../deps.js';
import {caseErrors} from '../errors.js';
import type {Actor, CasePeople} from '../ports.js';

/** How a unit has switched automatic dispatch, and since when, in UTC milliseconds. A unit without one never did: it is off. */
export interface SwitchState {
  readonly unitId: string;
  readonly isOn: boolean;
  readonly since: number;
}

/** What holds for a unit: its own state, and the unit above that has stopped it for all below, if one has. */
export interface SwitchStanding {
  readonly isOn: boolean;
  /** Tasks opened before stay with the dispatcher; `null` while it is off. */
  readonly since: number | null;
  readonly stoppedBy: string | null;
}

/** One switch as it was thrown. */
export interface SwitchEntry {
  readonly id: string;
  readonly unitId: string;
  readonly isOn: boolean;
  readonly reason: string;
  readonly personName: string;
  readonly at: number;
}

/** What somebody asks for. The reason is kept with it. */
export interface SwitchInput {
  readonly unitId: string;
  readonly on: boolean;
  readonly reason: string;
}

/** What switches stand on. */
export type SwitchDeps = Pick<CaseDeps, 'store' | 'clock' | 'audit' | 'people'>;

/** States of every unit that has one. */
export async function readSwitches(store: CaseDeps['store']): Promise<readonly SwitchState[]> {
  return (await queryRows(store.knex, selectStates, [])).map(readState);
}

/** States of some units, which stay as they are until the transaction ends. */
export async function holdSwitches(store: CaseDeps['store'], tx: Tx, unitIds: readonly string[]): Promise<readonly SwitchState[]> {
  // SQLite lets one write at a time anyway.
  const lock = store.dialect === 'mysql' ? ' lock in share mode' : '';
  return (await queryRows(tx, `${selectStates} where unit_id in (${unitIds.map(() => '?').join(', ')})${lock}`, unitIds)).map(readState);
}

const selectStates = 'select unit_id, is_on, since from dispatch_switch';

function readState(row: SqlRow): SwitchState {
  return {unitId: String(row['unit_id']), isOn: Number(row['is_on']) === 1, since: Number(row['since'])};
}

/** What holds for a unit: on by its own switch, unless a unit above has stopped it for all below. */
export function standingOf(people: Pick<CasePeople, 'unit'>, states: readonly SwitchState[], unitId: string): SwitchStanding {
  const path = people.unit(unitId)?.path ?? [unitId];
  const line = states.filter(state => path.includes(state.unitId));
  const own = line.find(state => state.unitId === unitId);
  const stopped = line.find(state => state.unitId !== unitId && !state.isOn);
  const isOn = own?.isOn === true && !stopped;
  // What waited while a unit above had stopped it stays with the dispatcher, too.
  return {isOn, since: isOn ? Math.max(...line.map(state => state.since)) : null, stoppedBy: stopped?.unitId ?? null};
}

/**
 * Starts or stops automatic dispatch for a unit, and for all below it where it is stopped. It holds at once: no order is dispatched after this has returned.
 *
 * @throws AppError `CASE_UNIT_UNKNOWN`; `CASE_SWITCH_SAME` when it stands so already.
 */
export async function throwSwitch(deps: SwitchDeps, actor: Actor, {unitId, on, reason}: SwitchInput): Promise<SwitchEntry> {
  if (!deps.people.unit(unitId)) throw caseErrors.UNIT_UNKNOWN({unitId});
  const at = deps.clock.now();
  return deps.store.tx(async tx => {
    const entry: SwitchEntry = {id: newId(at), unitId, isOn: on, reason, personName: actor.personName, at};
    // The row's lock first: who dispatches at this moment ends before, or finds it switched.
    await tx('dispatch_switch').insert({unit_id: unitId, is_on: 0, since: 0}).onConflict('unit_id').ignore();
    const changed = await tx('dispatch_switch').where({unit_id: unitId}).andWhere(other => other.whereNot({is_on: Number(on)}).orWhere({since: 0})).update({is_on: Number(on), since: at});
    if (changed === 0) throw caseErrors.SWITCH_SAME(await lastWords(tx, unitId, on));
    await tx('dispatch_switch_log').insert({id: entry.id, unit_id: unitId, is_on: Number(on), reason, person_id: actor.personId, person_name: actor.personName, at});
    await deps.audit.record(tx, {actor, action: on ? 'dispatch.start' : 'dispatch.stop', subject: unitId, result: 'done', at, data: {reason}});
    return entry;
  });
}

async function lastWords(tx: Tx, unitId: string, on: boolean): Promise<{readonly name: string; readonly state: string; readonly stateEn: string}> {
  const last = await tx('dispatch_switch_log').where({unit_id: unitId}).orderBy('id', 'desc').first<{person_name: string} | undefined>('person_name');
  return {name: last?.person_name ?? '', state: on ? '启用' : '停用', stateEn: on ? 'on' : 'off'};
}

/** Switches of units, newest first. */
export async function listSwitches({store}: Pick<SwitchDeps, 'store'>, unitIds: readonly string[], limit: number): Promise<readonly SwitchEntry[]> {
  if (unitIds.length === 0) return [];
  const rows = await queryRows(store.knex, `select id, unit_id, is_on, reason, person_name, at from dispatch_switch_log where unit_id in (${unitIds.map(() => '?').join(', ')}) order by id desc limit ?`, [...unitIds, limit]);
  return rows.map(row => ({id: String(row['id']), unitId: String(row['unit_id']), isOn: Number(row['is_on']) === 1, reason: String(row['reason']), personName: String(row['person_name']), at: Number(row['at'])}));
}
