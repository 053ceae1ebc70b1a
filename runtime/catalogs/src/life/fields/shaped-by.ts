import {datePattern, numberPattern, readShape, textFormats, type CatalogReference, type CatalogRow, type CatalogTable, type ColumnJson, type RowSchemaJson, type TextFormat} from '@banli/formats/catalogs';
import {isUnborn} from '../../version.js';
import type {RowChange} from '../model.js';
import type {BaseVersion} from '../versions.js';
import {withBounds} from './bound-cells.js';
import {fieldsTable, optionsIn} from './field-rows.js';
import {settingsTable, withSettings} from './settings-row.js';
import {shapeTable} from './shape-tables.js';

/** A reference to the units of the organisation, which is no published catalog. */
export const unitsReference = 'organisation/units/id';

/** Of all changes of a set those of rows, and those of columns and settings. */
export function splitChanges(changes: readonly RowChange[]): {readonly rows: readonly RowChange[]; readonly fields: readonly RowChange[]} {
  return {rows: changes.filter(change => !shapeTable(change.tableName)), fields: changes.filter(change => shapeTable(change.tableName))};
}

/** A version as changes of its columns and settings would shape it: manifest and row schemas; its rows stay. Changes of tables that it does not have shape nothing. */
export function shapedBy(base: BaseVersion, fields: readonly RowChange[]): BaseVersion {
  const tables: Record<string, CatalogTable> = {...base.manifest.tables};
  const schemas: Record<string, string> = {...base.schemas};
  const columns = fields.filter(field => field.tableName === fieldsTable);
  for (const name of new Set(columns.map(field => field.after['table'] ?? ''))) {
    const definition = Object.hasOwn(tables, name) ? tables[name] : undefined;
    if (!definition) continue;
    const own = columns.filter(field => field.after['table'] === name).map(field => field.after);
    schemas[definition.schema] = shapeSchema(schemas[definition.schema] ?? '{}', own);
    const shaped = withBounds(withReferences(definition, schemas[definition.schema] ?? '{}', own), own);
    tables[name] = isUnborn(base.head) ? withKey(shaped, schemas[definition.schema] ?? '{}', own) : shaped;
    schemas[definition.schema] = withRequired(schemas[definition.schema] ?? '{}', tables[name].key);
  }
  const manifest = {...base.manifest, tables};
  const settings = fields.find(field => field.tableName === settingsTable && field.rowKey === manifest.id);
  return fields.length === 0 ? base : {...base, manifest: settings ? withSettings(manifest, settings.after) : manifest, schemas};
}

function shapeSchema(text: string, rows: readonly CatalogRow[]): string {
  const schema = JSON.parse(text) as RowSchemaJson;
  const shape = readShape(text);
  const columns = new Map<string, ColumnJson>(shape.columns.map(column => [column.name, {...schema.properties?.[column.name], order: column.order}]));
  const inUse = new Set(schema.requiredInUse ?? []);
  for (const row of rows) {
    const name = row['column'] ?? '';
    const known = columns.get(name);
    columns.set(name, columnJson(row, known));
    if (known && known.own !== true) continue;
    if (row['required'] === 'yes' && row['status'] !== 'retired') inUse.add(name);
    else inUse.delete(name);
  }
  const sorted = [...columns].sort(([a, left], [b, right]) => (left.order ?? 0) - (right.order ?? 0) || (a < b ? -1 : 1));
  const {requiredInUse: _, properties: __, ...rest} = schema;
  return `${JSON.stringify({...rest, ...(inUse.size > 0 ? {requiredInUse: [...inUse].sort()} : {}), properties: Object.fromEntries(sorted)}, null, 2)}\n`;
}

/** Of a column that the platform reads only its titles and its place change. */
function columnJson(row: CatalogRow, known: ColumnJson | undefined): ColumnJson {
  const titles = {'zh-CN': row['titleZh'] ?? '', ...(row['titleEn'] === undefined ? {} : {en: row['titleEn']})};
  const order = Number(row['order'] ?? 0);
  if (known && known.own !== true) return {...known, titles, order};
  const type = row['type'] ?? 'text';
  const format = row['format'];
  return {titles, own: true, columnType: type, ...(format === undefined ? {} : {columnFormat: format}), order, ...(row['status'] === 'retired' ? {retired: true} : {}), ...rulesOf(type, format, row)};
}

function rulesOf(type: string, format: string | undefined, row: CatalogRow): ColumnJson {
  if (type === 'number') return {type: 'string', pattern: numberPattern(Number(format ?? 0))};
  if (type === 'date') return {type: 'string', format: 'date', pattern: datePattern};
  if (type === 'boolean') return {enum: ['yes', 'no'], words: {yes: {'zh-CN': '是', en: 'Yes'}, no: {'zh-CN': '否', en: 'No'}}};
  if (type === 'choice') {
    const options = optionsIn(row);
    return {enum: options.map(option => option.value), words: Object.fromEntries(options.map(option => [option.value, {'zh-CN': option.zh, ...(option.en === '' ? {} : {en: option.en})}]))};
  }
  const pattern = type === 'text' && format !== undefined && Object.hasOwn(textFormats, format) ? textFormats[format as TextFormat] : undefined;
  return {type: 'string', minLength: 1, maxLength: type === 'text' ? Number(row['maxLength'] ?? 200) : 255, ...(pattern === undefined ? {} : {pattern})};
}

/** The columns that a row is found by, in the order of the columns. Only a catalog that was never published says it in its columns. */
function withKey(definition: CatalogTable, schema: string, rows: readonly CatalogRow[]): CatalogTable {
  const said = new Map(rows.map(row => [row['column'] ?? '', row['key'] === 'yes']));
  const {columns} = readShape(schema);
  return {...definition, key: columns.toSorted((a, b) => a.order - b.order).map(column => column.name).filter(name => said.get(name) ?? definition.key.includes(name))};
}

/** What a row is found by stands in every row, in use or not, and is missed once. */
function withRequired(text: string, key: readonly string[]): string {
  const schema = JSON.parse(text) as RowSchemaJson;
  const {required = [], requiredInUse = [], ...rest} = schema;
  const all = [...key.filter(column => !required.includes(column)), ...required];
  const inUse = requiredInUse.filter(column => !all.includes(column));
  if (all.length === required.length && inUse.length === requiredInUse.length) return text;
  return `${JSON.stringify({...rest, required: all, ...(inUse.length > 0 ? {requiredInUse: inUse} : {})}, null, 2)}\n`;
}

function withReferences(definition: CatalogTable, schema: string, rows: readonly CatalogRow[]): CatalogTable {
  const own = new Set(readShape(schema).columns.filter(column => column.isOwn).map(column => column.name));
  const made = rows.filter(row => own.has(row['column'] ?? '') && row['type'] === 'reference').map((row): CatalogReference => {
    const [catalog = '', table = '', key = ''] = (row['reference'] ?? '').split('/');
    return {column: row['column'] ?? '', catalog, table, key, ...(row['reference'] === unitsReference ? {elsewhere: true} : {})};
  });
  if (made.length === 0) return definition;
  const columns = new Set(made.map(reference => reference.column));
  return {...definition, references: [...(definition.references ?? []).filter(reference => !columns.has(reference.column)), ...made]};
}
