import type {CatalogManifest, CatalogTable} from '@banli/formats/catalogs';
import type {PublishedTable, PublishedVersion} from '../../version.js';
import {fieldCells, fieldsDefinition, fieldsOf, fieldsTable, isFieldCell} from './field-rows.js';
import {isSettingCell, settingCells, settingsDefinition, settingsOf, settingsTable} from './settings-row.js';

/** A table that no file holds: what a version says of its columns, or of the catalog as a whole, as rows. */
export interface ShapeTable {
  readonly definition: CatalogTable;
  readonly cells: readonly string[];
  isCell(cell: string): boolean;
}

const tables: ReadonlyMap<string, ShapeTable> = new Map([
  [settingsTable, {definition: settingsDefinition, cells: settingCells, isCell: isSettingCell}],
  [fieldsTable, {definition: fieldsDefinition, cells: fieldCells, isCell: isFieldCell}],
]);

/** Their names, in the order in which differences tell them. */
export const shapeTableNames: readonly string[] = [...tables.keys()];

/** One of them by its name; `null` for tables of rows. */
export function shapeTable(name: string): ShapeTable | null {
  return tables.get(name) ?? null;
}

/** A version with them among its tables. */
export function withShapeTables<Version extends PublishedVersion>(version: Version, schemas: Readonly<Record<string, string>>): Version {
  return {...version, tables: new Map([...version.tables, ...shapeTables(version.manifest, schemas)])};
}

/** A version without them. */
export function withoutShapeTables(version: PublishedVersion): PublishedVersion {
  return {...version, tables: new Map([...version.tables].filter(([name]) => !tables.has(name)))};
}

/** What a manifest and its row schemas say, by table. */
export function shapeTables(manifest: CatalogManifest, schemas: Readonly<Record<string, string>>): ReadonlyMap<string, PublishedTable> {
  return new Map([[settingsTable, settingsOf(manifest)], [fieldsTable, fieldsOf(manifest, schemas)]]);
}
