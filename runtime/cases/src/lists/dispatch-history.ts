import {queryRows, type Store} from '@banli/store';

/** A case as dispatch saw it: what it was about, where, and who leads it. */
export interface DispatchedCase {
  readonly id: string;
  readonly number: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly leadUnitId: string | null;
}

/** A case that a unit returned because it is not responsible; `finalUnitId` leads it now. */
export interface ReturnedCase {
  readonly caseId: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly unitId: string;
  readonly finalUnitId: string | null;
}

/** The latest cases with a matter, newest first; no personal data. */
export async function listDispatched(store: Store, limit: number): Promise<readonly DispatchedCase[]> {
  const rows = await queryRows(store.knex, 'select id, number, matter, area_code, lead_unit_id from case_record where matter is not null order by id desc limit ?', [limit]);
  return rows.map(row => ({id: String(row['id']), number: String(row['number']), matterCode: String(row['matter']), areaCode: String(row['area_code']), leadUnitId: row['lead_unit_id'] === null ? null : String(row['lead_unit_id'])}));
}

/** Titles of the latest ended cases with a matter, newest first; whoever gets them shows none of them. */
export async function listHandled(store: Store, limit: number): Promise<ReadonlyArray<{readonly title: string; readonly matterCode: string}>> {
  const rows = await queryRows(store.knex, "select title, matter from case_record where status = 'ended' and matter is not null order by id desc limit ?", [limit]);
  return rows.map(row => ({title: String(row['title']), matterCode: String(row['matter'])}));
}

/** Units that returned one of the latest `limit` cases, one line for each case and unit. */
export async function listReturned(store: Store, limit: number): Promise<readonly ReturnedCase[]> {
  const rows = await queryRows(store.knex, `select id, matter, area_code, lead_unit_id, routing from
    (select id, matter, area_code, lead_unit_id, routing from case_record where matter is not null order by id desc limit ?) latest
    where routing not like '%"excludedUnits":[]%'`, [limit]);
  return rows.flatMap(row => {
    const {excludedUnits = []} = JSON.parse(String(row['routing'])) as {excludedUnits?: readonly string[]};
    return excludedUnits.map(unitId => ({caseId: String(row['id']), matterCode: String(row['matter']), areaCode: String(row['area_code']), unitId, finalUnitId: row['lead_unit_id'] === null ? null : String(row['lead_unit_id'])}));
  });
}
