import {queryRows, type SqlRow, type Store} from '@banli/store';
import {areaPrefix} from '../area-prefix.js';
import type {CaseRouting} from '../model.js';

/** What is asked: cases accepted in a time (UTC milliseconds, `until` not included), in an area, of a branch of matters, that a unit had at some time. */
export interface DispatchPathQuery {
  readonly from: number;
  readonly until: number;
  readonly area: string;
  readonly matter?: string;
  readonly unitId?: string;
  readonly way?: 'automatic' | 'manual';
}

/** The way of one case. */
export interface DispatchPath {
  readonly caseId: string;
  readonly number: string;
  readonly acceptedAt: number;
  readonly matterCode: string | null;
  /** Units that it was dispatched to, one after the other; the last one leads it, or led it last. */
  readonly units: readonly string[];
  /** Returns that were agreed to, at every level. */
  readonly transfers: number;
  /** No unit gave it back as the wrong one. */
  readonly firstWasRight: boolean;
  readonly isAutomatic: boolean;
}

/** Paths, newest first, and what they come to. */
export interface DispatchPaths {
  readonly paths: readonly DispatchPath[];
  readonly orders: number;
  readonly automatic: number;
  readonly firstRight: number;
  readonly automaticRight: number;
  readonly transfers: number;
  /** Older cases of the time were not looked at. */
  readonly isCut: boolean;
}

/** Cases looked at for one answer. */
const mostCases = 5_000;

/** The ways of cases that were dispatched, with how often the first unit was the right one; no personal data. @see Source: requirements/xinjiang-hotline.md §2.1.12 (history by time, department, type). */
export async function listDispatchPaths(store: Store, {from, until, area, matter, unitId, way}: DispatchPathQuery, limit: number): Promise<DispatchPaths> {
  const rows = await queryRows(store.knex, `select id, number, accepted_at, matter, status, lead_unit_id, routing, exists (select 1 from dispatch_decision decision where decision.case_id = record.id and decision.verdict = 'sent') as is_automatic
    from case_record record where accepted_at >= ? and accepted_at < ? and area_code like ?${matter === undefined ? '' : ' and matter like ?'} order by id desc limit ?`,
  [from, until, `${areaPrefix(area)}%`, ...(matter === undefined ? [] : [`${matter}%`]), mostCases + 1]);
  const found = rows.slice(0, mostCases).flatMap(row => pathOf(row) ?? []).filter(path => (unitId === undefined || path.units.includes(unitId)) && (way === undefined || path.isAutomatic === (way === 'automatic')));
  const count = (test: (path: DispatchPath) => boolean): number => found.filter(test).length;
  return {
    paths: found.slice(0, limit), orders: found.length, isCut: rows.length > mostCases,
    automatic: count(path => path.isAutomatic), firstRight: count(path => path.firstWasRight), automaticRight: count(path => path.isAutomatic && path.firstWasRight),
    transfers: found.reduce((sum, path) => sum + path.transfers, 0),
  };
}

/** `null` for a case that no unit ever had: what it names is a proposal. */
function pathOf(row: SqlRow): DispatchPath | null {
  const {returns, wasHeld, holding} = JSON.parse(String(row['routing'])) as Pick<CaseRouting, 'returns' | 'wasHeld' | 'holding'>;
  if (!wasHeld) return null;
  const dispatched = returns.filter(each => each.senderId === null);
  // What an open case names that no unit holds is the next proposal.
  const last = holding[0] ?? (row['status'] === 'open' || row['lead_unit_id'] === null ? null : String(row['lead_unit_id']));
  const before = dispatched.map(each => each.unitId);
  return {
    caseId: String(row['id']), number: String(row['number']), acceptedAt: Number(row['accepted_at']), matterCode: row['matter'] === null ? null : String(row['matter']),
    units: last === null || before.at(-1) === last ? before : [...before, last], transfers: returns.length, firstWasRight: !dispatched.some(each => each.isWrongUnit), isAutomatic: Number(row['is_automatic']) === 1,
  };
}

/** How many orders were sent by rule, and left to a person, since a moment, by the unit whose dispatcher they waited for. */
export async function countDecisions(store: Store, since: number): Promise<ReadonlyMap<string, {readonly sent: number; readonly left: number}>> {
  const rows = await queryRows(store.knex, "select centre_id, sum(case when verdict = 'sent' then 1 else 0 end) as sent, count(*) as total from dispatch_decision where at >= ? group by centre_id", [since]);
  return new Map(rows.map(row => [String(row['centre_id']), {sent: Number(row['sent']), left: Number(row['total']) - Number(row['sent'])}]));
}
