import type {LocalizedText} from '@banli/formats';
import type {CatalogKind, CatalogRisk, CatalogRow} from '@banli/formats/catalogs';
import {readHeads} from '../../version-store.js';
import {layInputs, toldRows} from '../batch.js';
import {putRows, readRows} from '../change-store.js';
import {insertSet, refuseProblems, type Desk} from '../desk.js';
import {putProblems} from '../edit.js';
import {changeErrors} from '../errors.js';
import {fieldsTable} from '../fields/field-rows.js';
import {settingsTable} from '../fields/settings-row.js';
import {draftsOn} from '../make-draft.js';
import type {ChangeSet, ChangeState, LifeActor, RowChange} from '../model.js';
import {holdId, openCreations} from './creation-store.js';
import {isCatalogId, reservedIds} from './kinds.js';
import {unbornVersion} from './unborn.js';

/** A catalog that is to be: what its manifest says of it, and its columns as rows of `.fields` (without `table`). */
export interface NewCatalog {
  readonly id: string;
  readonly kind: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly owner: string;
  readonly risk?: CatalogRisk;
  readonly columns: readonly CatalogRow[];
}

/**
 * Begins a catalog: a set that stands on no version and says titles, owner, review and columns. It takes rows as every set does, and goes through the same review and
 * publishing; the first version is made of it. Its id is held from now on.
 *
 * @throws AppError `CATALOG_CHANGE_ID_INVALID`, `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_CHANGE_ID_TAKEN`; `CATALOG_CHANGE_REFUSED` with every problem of the catalog as a whole and of its columns.
 */
export async function createCatalog(desk: Desk, actor: LifeActor, input: NewCatalog): Promise<ChangeSet> {
  const {id, owner} = input;
  if (!isCatalogId(id)) throw changeErrors.ID_INVALID({id});
  if (reservedIds.has(id)) throw changeErrors.ID_RESERVED({id});
  if (!desk.rights.may(actor, 'catalogs.create', owner)) throw changeErrors.NOT_YOURS({permission: 'catalogs.create', catalog: id, owner});
  if ((await readHeads(desk.store.knex)).has(id)) throw changeErrors.ID_TAKEN({id});
  const at = desk.clock.now();
  const settings: RowChange = {tableName: settingsTable, rowKey: id, op: 'add', before: null, after: settingsIn(input), changedAt: at, changedBy: actor.personId};
  const base = unbornVersion({catalogId: id, createdAt: at, authorId: actor.personId}, [settings]);
  const columns = input.columns.map(cells => ({table: fieldsTable, op: 'add' as const, cells: {...cells, table: id}}));
  const {rows} = layInputs(columns, {base, last: base, before: [settings], at, by: actor.personId});
  refuseProblems(await putProblems((await draftsOn(desk, base))(rows), rows));
  const title = `新建目录：${input.titleZh.trim()}`;
  return insertSet(desk, actor, base, {title, origin: 'manual', creates: true, data: toldRows(rows)}, async (tx, changeId) => {
    await holdId(tx, id, changeId);
    await putRows(tx, changeId, rows);
  });
}

function settingsIn({id, kind, titleZh, titleEn, owner, risk}: NewCatalog): CatalogRow {
  return {catalog: id, kind, titleZh: titleZh.trim(), titleEn: titleEn.trim(), owner, ...(risk === undefined ? {} : {risk})};
}

/** A catalog that is being made. */
export interface CatalogDraft {
  readonly id: string;
  readonly title: LocalizedText;
  readonly kind: CatalogKind;
  readonly owner: string;
  readonly changeId: string;
  readonly state: ChangeState;
  readonly authorName: string;
  readonly updatedAt: number;
}

/** Catalogs that are being made, by id: those whose owner somebody may read. */
export async function listDrafts(desk: Desk, actor: LifeActor): Promise<readonly CatalogDraft[]> {
  const found: CatalogDraft[] = [];
  for (const change of await openCreations(desk.store.knex)) {
    const {manifest} = unbornVersion(change, await readRows(desk.store.knex, change.id));
    if (!desk.rights.may(actor, 'catalogs.read', manifest.owner)) continue;
    found.push({id: manifest.id, title: manifest.title, kind: manifest.kind, owner: manifest.owner, changeId: change.id, state: change.state, authorName: change.authorName, updatedAt: change.updatedAt});
  }
  return found;
}
