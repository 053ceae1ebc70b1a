import {queryRows, type SqlRow, type Store} from '@banli/store';
import {areaPrefix} from '../area-prefix.js';
import {textOrNull} from '../context.js';
import type {CaseAttributes, CaseRouting} from '../model.js';
import {readAttributes} from '../rows.js';

/** What a case is besides, its urgency included; empty where nothing was kept. */
export interface DispatchedAttributes extends CaseAttributes {
  readonly urgencyCode?: string;
}

/** A case as dispatch saw it: what it was about, where, and who leads it. */
export interface DispatchedCase {
  readonly id: string;
  readonly number: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly attributes: DispatchedAttributes;
  readonly leadUnitId: string | null;
}

/** A return that was agreed to, as the case noted it; `finalUnitId` has the case now: it leads it, or below a sender holds it. */
export interface ReturnedCase {
  readonly caseId: string;
  /** What the case was about when it came back, and where. */
  readonly matterCode: string;
  readonly areaCode: string;
  /** As the case is now. */
  readonly attributes: DispatchedAttributes;
  readonly unitId: string;
  /** The unit that had handed the case down; `null` where it was dispatched. */
  readonly senderId: string | null;
  readonly reason: string | null;
  readonly isWrongUnit: boolean;
  readonly finalUnitId: string | null;
}

/** The latest cases with a matter in an area (its code or prefix; the empty text is everywhere), newest first; no personal data. */
export async function listDispatched(store: Store, limit: number, area = ''): Promise<readonly DispatchedCase[]> {
  const rows = await queryRows(store.knex, 'select id, number, matter, area_code, lead_unit_id, urgency, attributes from case_record where matter is not null and area_code like ? order by id desc limit ?', [`${areaPrefix(area)}%`, limit]);
  return rows.map(row => ({id: String(row['id']), number: String(row['number']), matterCode: String(row['matter']), areaCode: String(row['area_code']), attributes: attributesIn(row), leadUnitId: row['lead_unit_id'] === null ? null : String(row['lead_unit_id'])}));
}

/** Titles of the latest ended cases with a matter, newest first; whoever gets them shows none of them. */
export async function listHandled(store: Store, limit: number): Promise<ReadonlyArray<{readonly title: string; readonly matterCode: string}>> {
  const rows = await queryRows(store.knex, "select title, matter from case_record where status = 'ended' and matter is not null order by id desc limit ?", [limit]);
  return rows.map(row => ({title: String(row['title']), matterCode: String(row['matter'])}));
}

/** Returns of the latest `limit` cases with a matter, cases newest first; only returns of a case that lay in the area and lies there. */
export async function listReturned(store: Store, limit: number, area = ''): Promise<readonly ReturnedCase[]> {
  const rows = await queryRows(store.knex, `select id, lead_unit_id, urgency, attributes, routing from
    (select id, lead_unit_id, urgency, attributes, routing from case_record where matter is not null and area_code like ? order by id desc limit ?) latest
    where routing like '%"returns":[{%'`, [`${areaPrefix(area)}%`, limit]);
  return rows.flatMap(row => {
    const {returns, holding} = JSON.parse(String(row['routing'])) as Pick<CaseRouting, 'returns' | 'holding'>;
    const lead = row['lead_unit_id'] === null ? null : String(row['lead_unit_id']);
    return returns.flatMap(({unitId, senderId, reason, isWrongUnit, matter, areaCode}) => (matter === null || !areaCode.startsWith(areaPrefix(area)) ? [] : [{
      caseId: String(row['id']), matterCode: matter, areaCode, attributes: attributesIn(row), unitId, senderId, reason, isWrongUnit, finalUnitId: senderId === null ? lead : below(holding, senderId),
    }]));
  });
}

function attributesIn(row: SqlRow): DispatchedAttributes {
  const urgency = textOrNull(row['urgency']);
  return {...readAttributes(row['attributes']), ...(urgency === null ? {} : {urgencyCode: urgency})};
}

function below(holding: readonly string[], unitId: string): string | null {
  const place = holding.indexOf(unitId);
  return place < 0 ? null : (holding[place + 1] ?? null);
}
