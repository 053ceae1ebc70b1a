import type {LocalizedText} from '@banli/formats';
import {keyColumns, readShape, type CatalogRow, type CatalogTable} from '@banli/formats/catalogs';
import {readPending} from '../change-store.js';
import type {Desk} from '../desk.js';
import {labelsOf, wordsOfRow, type Labels} from '../labels.js';
import type {PendingChange} from '../list-rows.js';
import type {BaseVersion} from '../versions.js';
import {fieldsTable} from './field-rows.js';
import {settingsOf, settingsTable} from './settings-row.js';
import {unitsReference} from './shaped-by.js';

/** What a column is used for besides being filled in: it is part of the key, says the parent, the area or the status of a row, or may be overridden below. */
export type FieldUse = 'key' | 'parent' | 'area' | 'status' | 'below';

/** A column as the page of columns shows it: its cells (a row of `.fields`), what uses it, what is proposed. */
export interface ListedField {
  readonly key: string;
  readonly table: string;
  readonly column: string;
  readonly title: LocalizedText;
  readonly values: CatalogRow;
  readonly words: Readonly<Record<string, LocalizedText>>;
  /** Made by administrators; of others only titles, place and bounds change. */
  readonly isOwn: boolean;
  /** No version has it yet. */
  readonly isProposed: boolean;
  readonly uses: readonly FieldUse[];
  /** Rows in use that fill it, and all rows in use. */
  readonly filled: number;
  readonly rows: number;
  readonly pending: readonly PendingChange[];
}

/** What a catalog says of itself, with what is proposed for it. */
export interface ListedSettings {
  readonly key: string;
  readonly values: CatalogRow;
  readonly words: Readonly<Record<string, LocalizedText>>;
  readonly pending: readonly PendingChange[];
}

/** The columns of a catalog, its settings, and what a new column may refer to. */
export interface FieldList {
  readonly version: string;
  readonly settings: ListedSettings;
  readonly fields: readonly ListedField[];
  readonly targets: ReadonlyArray<{readonly reference: string; readonly title: LocalizedText}>;
}

/** Lists the columns and the settings of the last version with those that are proposed, table by table, in their order. @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_SCHEMAS_MISSING` */
export async function listFields(desk: Desk, catalogId: string): Promise<FieldList> {
  const version = await desk.versions.withSchemas(await desk.versions.last(catalogId));
  const pending = await readPending(desk.store.knex, catalogId, fieldsTable);
  const labels = await labelsOf(desk, version);
  const known = new Map((version.tables.get(fieldsTable)?.rows ?? []).map(row => [row.key, row.values]));
  const own = ownColumns(version);
  const all = new Map([...pending.map(({row}) => [row.rowKey, row.after] as const), ...known]);
  const names = Object.keys(version.manifest.tables);
  const sorted = [...all].sort(([a, left], [b, right]) => names.indexOf(left['table'] ?? '') - names.indexOf(right['table'] ?? '') || Number(left['order']) - Number(right['order']) || (a < b ? -1 : 1));
  const fields = sorted.map(([key, values]): ListedField => {
    const {table = '', column = '', titleZh = column, titleEn} = values;
    const rows = (version.tables.get(table)?.rows ?? []).filter(row => row.values['status'] !== 'retired');
    return {
      key, table, column, values, title: {'zh-CN': titleZh, ...(titleEn === undefined ? {} : {en: titleEn})}, words: wordsOfRow(labels, fieldsTable, values), isOwn: !known.has(key) || own.has(key), isProposed: !known.has(key),
      uses: usesOf(version.manifest.tables[table], column), filled: rows.filter(row => row.values[column] !== undefined).length, rows: rows.length,
      pending: pendingOf(pending, key),
    };
  });
  const settings = settingsOf(version.manifest).rows[0]?.values ?? {};
  const proposed = pendingOf(await readPending(desk.store.knex, catalogId, settingsTable), catalogId);
  return {version: version.head.version, settings: {key: catalogId, values: settings, words: wordsOfRow(labels, settingsTable, settings), pending: proposed}, fields, targets: await targetsIn(desk, labels)};
}

function pendingOf(pending: Awaited<ReturnType<typeof readPending>>, key: string): readonly PendingChange[] {
  return pending.filter(({row}) => row.rowKey === key).map(({change, row}) => ({changeId: change.id, title: change.title, state: change.state, op: row.op, authorName: change.authorName, after: row.after}));
}

function ownColumns(version: BaseVersion): ReadonlySet<string> {
  return new Set(Object.entries(version.manifest.tables).flatMap(([table, {schema}]) => readShape(version.schemas[schema] ?? '{}').columns.filter(column => column.isOwn).map(column => `${table}|${column.name}`)));
}

function usesOf(definition: CatalogTable | undefined, column: string): readonly FieldUse[] {
  const uses: ReadonlyArray<readonly [FieldUse, boolean]> = [
    ['key', definition !== undefined && keyColumns(definition).includes(column)], ['parent', definition?.parent === column], ['area', definition?.issue?.area === column], ['status', column === 'status'],
    ['below', definition?.issue?.overrides?.some(override => override.columns.includes(column)) === true],
  ];
  return uses.filter(([, isUsed]) => isUsed).map(([use]) => use);
}

/** What columns of a version may refer to: units, and every table of a published catalog whose key is one column. */
export async function targetsFor(desk: Desk, version: BaseVersion): Promise<FieldList['targets']> {
  return targetsIn(desk, await labelsOf(desk, version));
}

async function targetsIn(desk: Desk, labels: Labels): Promise<FieldList['targets']> {
  const references = (await desk.versions.lastOfAll()).flatMap(({manifest}) => Object.entries(manifest.tables).flatMap(([table, definition]) => {
    const [key = '', ...more] = keyColumns(definition);
    return more.length === 0 ? [`${manifest.id}/${table}/${key}`] : [];
  }));
  return [unitsReference, ...references].map(reference => ({reference, title: labels.cell(fieldsTable, 'reference', reference) ?? {'zh-CN': reference}}));
}
