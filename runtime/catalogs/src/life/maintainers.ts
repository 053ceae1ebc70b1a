import type {AppError} from '@banli/errors';
import type {CatalogManifest, CatalogRow, CatalogTable} from '@banli/formats/catalogs';
import {scopeOf, type Scope} from '../issue/scope.js';
import {isUnborn, type PublishedVersion} from '../version.js';
import type {Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {settingsTable} from './fields/settings-row.js';
import {shapeTable} from './fields/shape-tables.js';
import type {ChangeSet, LifeActor, RowChange} from './model.js';

/**
 * What somebody may write in a catalog: `all` of it, as its owner's right says; `own` rows, which his unit or one below maintains, where a table says in which column
 * that unit stands; or nothing.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.2 (本部门维护).
 */
export type EditScope = 'all' | 'own' | 'none';

/** How far somebody may write in a catalog. */
export function editScope(desk: Pick<Desk, 'rights'>, actor: LifeActor, manifest: CatalogManifest): EditScope {
  if (desk.rights.may(actor, 'catalogs.edit', manifest.owner)) return 'all';
  return isMaintained(manifest) && desk.rights.may(actor, 'catalogs.edit', actor.unitId) ? 'own' : 'none';
}

/** Whether departments maintain rows of a catalog. */
export function isMaintained(manifest: CatalogManifest): boolean {
  return Object.values(manifest.tables).some(table => table.maintainer !== undefined);
}

/** Tells of rows of a table whether somebody may change them. */
export function mayEditRows(desk: Pick<Desk, 'rights'>, actor: LifeActor, manifest: CatalogManifest, table: string): (row: CatalogRow) => boolean {
  const scope = editScope(desk, actor, manifest);
  const column = manifest.tables[table]?.maintainer;
  if (scope !== 'own' || column === undefined) return () => scope === 'all';
  const known = new Map<string, boolean>();
  return row => {
    const unit = row[column] ?? '';
    const may = known.get(unit) ?? (unit !== '' && desk.rights.may(actor, 'catalogs.edit', unit));
    known.set(unit, may);
    return may;
  };
}

/** What stands against a change of a row that another department maintains: as it was, as it holds, or as it would be; `null` for one's own. */
export function foreignError(desk: Desk, actor: LifeActor, last: PublishedVersion, {tableName, rowKey, before, after}: RowChange): AppError | null {
  const {manifest} = last;
  // Rights over a catalog that is being made are asked over the owner that its own set names.
  const owner = tableName === settingsTable ? (after['owner'] ?? '') : manifest.owner;
  if (isUnborn(last.head) && owner !== manifest.owner && !desk.rights.may(actor, 'catalogs.create', owner)) return changeErrors.NOT_YOURS({permission: 'catalogs.create', catalog: manifest.id, owner});
  if (editScope(desk, actor, manifest) === 'all') return null;
  const column = shapeTable(tableName) ? undefined : manifest.tables[tableName]?.maintainer;
  if (column === undefined) return changeErrors.NOT_YOURS({permission: 'catalogs.edit', catalog: manifest.id, owner: manifest.owner});
  const may = mayEditRows(desk, actor, manifest, tableName);
  const foreign = [last.tables.get(tableName)?.byKey.get(rowKey)?.values ?? null, before, after].find(row => row !== null && !may(row));
  return foreign ? changeErrors.ROW_NOT_YOURS({key: rowKey, unit: desk.elsewhere?.('units', foreign[column] ?? '') ?? foreign[column] ?? '—'}) : null;
}

/**
 * Refuses changes of rows that another department maintains.
 * @throws AppError `CATALOG_CHANGE_NOT_YOURS` for columns and tables that nobody but the owner changes, `CATALOG_CHANGE_ROW_NOT_YOURS`
 */
export function refuseForeign(desk: Desk, actor: LifeActor, last: PublishedVersion, rows: readonly RowChange[]): void {
  for (const row of rows) {
    const error = foreignError(desk, actor, last, row);
    if (error) throw error;
  }
}

/**
 * Tells of changes by whoever maintains rows only that put a row into an area its maintainer has nothing to do with; a row that stays where it is, and the owner, are not asked.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4 (jurisdiction), §2.1.7; that it holds for every table with maintainers and areas is ours.
 */
export async function outsideErrors(desk: Desk, actor: LifeActor, {manifest}: PublishedVersion): Promise<(row: RowChange) => AppError | null> {
  const {unitArea} = desk;
  const places = new Map(Object.entries(manifest.tables).flatMap(([name, table]) => placedBy(table).map(columns => [name, columns] as const)));
  if (!unitArea || places.size === 0 || editScope(desk, actor, manifest) === 'all') return () => null;
  const areas = await desk.versions.last('areas');
  const scopes = new Map<string, Scope>();
  return ({tableName, rowKey, before, after}) => {
    const {unit, area} = places.get(tableName) ?? {unit: '', area: ''};
    const [unitId, code] = [after[unit], after[area]];
    if (unitId === undefined || code === undefined || (before?.[unit] === unitId && before[area] === code)) return null;
    const own = unitArea(unitId);
    if (own === null) return null;
    const scope = scopes.get(own) ?? scopeOf(areas, own);
    scopes.set(own, scope);
    return scope.place(code) === 'inside' ? null : changeErrors.ROW_OUTSIDE({key: rowKey, area: areas.tables.get('areas')?.byKey.get(code)?.values['titleZh'] ?? code, unit: desk.elsewhere?.('units', unitId) ?? unitId});
  };
}

/** The columns of the maintainer and the area of a row, where a table has both. */
function placedBy({maintainer, references = []}: CatalogTable): ReadonlyArray<{readonly unit: string; readonly area: string}> {
  const area = references.find(reference => reference.catalog === 'areas')?.column;
  return maintainer === undefined || area === undefined ? [] : [{unit: maintainer, area}];
}

/** Refuses rows in areas that their maintainer has nothing to do with. @throws AppError `CATALOG_CHANGE_ROW_OUTSIDE` */
export async function refuseOutside(desk: Desk, actor: LifeActor, last: PublishedVersion, rows: readonly RowChange[]): Promise<void> {
  const errorOf = await outsideErrors(desk, actor, last);
  for (const row of rows) {
    const error = errorOf(row);
    if (error) throw error;
  }
}

/** Refuses sets that another department writes to whoever maintains rows only. @throws AppError `CATALOG_CHANGE_SET_NOT_YOURS` */
export function refuseForeignSet(desk: Desk, actor: LifeActor, manifest: CatalogManifest, change: ChangeSet): void {
  if (editScope(desk, actor, manifest) === 'own' && !desk.rights.may(actor, 'catalogs.edit', change.unitId)) throw changeErrors.SET_NOT_YOURS({title: change.title, author: change.authorName});
}
