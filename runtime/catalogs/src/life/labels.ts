import type {LocalizedText} from '@banli/formats';
import {keyParts, namedBy, readShape, type CatalogReference, type CatalogRow, type ColumnShape} from '@banli/formats/catalogs';
import {titleOf} from '../choices.js';
import type {PublishedVersion} from '../version.js';
import type {Desk} from './desk.js';
import {shapeLabels} from './fields/shape-labels.js';
import {shapeTable} from './fields/shape-tables.js';
import {unitsReference} from './fields/shaped-by.js';
import {stepReader} from './steps.js';
import {tableOf} from './tables.js';

/** Cells of the rows of a catalog in words: titles of the rows they refer to, names of units, words of values. */
export interface Labels {
  /** `null` for a cell that says itself what it means. */
  cell(table: string, column: string, value: string): LocalizedText | null;
  /** What a column is called; `null` for one that is not known. */
  column(table: string, column: string): LocalizedText | null;
  /** What a table is called; `null` for one that is not known, or is called as its catalog. */
  table(name: string): LocalizedText | null;
  /** What a row is called: its own title, else its key in words, else the rows it joins. */
  row(table: string, key: string, values: CatalogRow): LocalizedText;
  /** A row by its key alone: as `row` where it is known, else its key in words. */
  named(table: string, key: string): LocalizedText;
  /** A key in words. */
  keyed(table: string, key: string): LocalizedText;
}

/** The column of every table that says where a row comes from. */
const sourceColumn = 'sourceRef';

/** A source that no document gives, in words, without the names of files; `null` for one that stands in a document. */
function ownSource(source: string): LocalizedText | null {
  const note = /^own:\s*(.*)$/s.exec(source)?.[1];
  const of = (requirements: string) => (note ?? '').replaceAll(/requirements\/[\w-]+\.md/g, requirements);
  return note === undefined ? null : {'zh-CN': `自定（无文件依据）：${of('需求')}`, en: `Own rule (no document): ${of('Requirements')}`};
}

/** Values that stand for no row. */
const exceptWords: Readonly<Record<string, LocalizedText>> = {'*': {'zh-CN': '不限', en: 'Any'}, none: {'zh-CN': '无', en: 'None'}};

/** Reads the labels of a catalog as of its last version; `own` are rows that are only proposed, `shaped` the row schemas where columns are. */
export async function labelsOf(desk: Desk, version: PublishedVersion, own: ReadonlyMap<string, ReadonlyMap<string, CatalogRow>> = new Map(), shaped?: Readonly<Record<string, string>>): Promise<Labels> {
  const others = new Map((await desk.versions.lastOfAll()).map(other => [other.head.catalogId, other]));
  const schemas = shaped ?? (await desk.versions.schemasOf(version)) ?? {};
  const shapes = new Map(Object.entries(version.manifest.tables).map(([name, definition]) => [name, readShape(schemas[definition.schema] ?? '{}').columns]));
  const words = new Map([...shapes].map(([name, columns]) => [name, wordsIn(columns)]));
  const tableTitle = (name: string): LocalizedText | null => {
    const definition = Object.hasOwn(version.manifest.tables, name) ? version.manifest.tables[name] : undefined;
    return definition ? readShape(schemas[definition.schema] ?? '{}').title : null;
  };
  const referenceTitle = (reference: string): LocalizedText | null => {
    const [catalog = '', table = ''] = reference.split('/');
    if (reference === unitsReference) return {'zh-CN': '机构', en: 'Units'};
    const other = catalog === version.head.catalogId ? version : others.get(catalog);
    const words = other === version && table !== catalog ? tableTitle(table) : null;
    if (other && words) return {'zh-CN': `${other.manifest.title['zh-CN']} · ${words['zh-CN']}`, en: `${other.manifest.title.en ?? catalog} · ${words.en ?? words['zh-CN']}`};
    return other ? (table === catalog ? other.manifest.title : {'zh-CN': `${other.manifest.title['zh-CN']} · ${table}`, en: `${other.manifest.title.en ?? catalog} · ${table}`}) : null;
  };
  const titleIn = (reference: Pick<CatalogReference, 'catalog' | 'table' | 'elsewhere'>, key: string): LocalizedText | null => {
    const table = reference.table ?? reference.catalog;
    if (reference.elsewhere) {
      const name = desk.elsewhere?.(table, key) ?? null;
      return name === null ? null : {'zh-CN': name};
    }
    const isOwn = reference.catalog === version.head.catalogId;
    const row = (isOwn ? version : others.get(reference.catalog))?.tables.get(table)?.byKey.get(key);
    const values = row?.values ?? (isOwn ? own.get(table)?.get(key) : undefined);
    return values?.['titleZh'] === undefined ? null : titleOf({key, values});
  };
  const codes = stepReader(version, own);
  const ofShape = shapeLabels({manifest: version.manifest, shapes, tableTitle, referenceTitle, unitName: id => desk.elsewhere?.('units', id) ?? null});
  const cell = (table: string, column: string, value: string): LocalizedText | null => {
    if (shapeTable(table)) return ofShape.cell(table, column, value);
    const known = words.get(table)?.get(column)?.get(value);
    if (known) return known;
    const definition = tableOf(version.manifest, table);
    if (column === definition.parent) return titleIn({catalog: version.head.catalogId, table}, value);
    const reference = definition.references?.find(each => each.column === column);
    if (reference?.list) return listed(namedBy(reference, value).map(key => titleIn(reference, key) ?? {'zh-CN': key}));
    if (reference?.except?.includes(value)) return exceptWords[value] ?? null;
    return reference ? titleIn(reference, value) : (codes(table, column).get(value) ?? (column === sourceColumn ? ownSource(value) : null));
  };
  const keyed = (table: string, key: string): LocalizedText => {
    if (shapeTable(table)) return ofShape.keyed(table, key);
    const values = keyParts(tableOf(version.manifest, table), key);
    if (values === null) return {'zh-CN': key};
    const parts = values.map(({column: name, value, isOptional}): LocalizedText => {
      const text = cell(table, name, value) ?? {'zh-CN': value};
      const title = isOptional ? column(table, name) : null;
      return title === null ? text : {'zh-CN': `${title['zh-CN']}：${text['zh-CN']}`, en: `${title.en ?? name}: ${text.en ?? text['zh-CN']}`};
    });
    return {'zh-CN': parts.map(part => part['zh-CN']).join(' · '), en: parts.map(part => part.en ?? part['zh-CN']).join(' · ')};
  };
  const column = (table: string, name: string): LocalizedText | null => (shapeTable(table) ? ofShape.column(table, name) : (shapes.get(table)?.find(each => each.name === name)?.title ?? null));
  // A code of its own says nothing: such a row is called by what it joins.
  const joined = (table: string, key: string, values: CatalogRow): LocalizedText => {
    const inWords = keyed(table, key);
    if (shapeTable(table) || inWords['zh-CN'] !== key) return inWords;
    const parts = (tableOf(version.manifest, table).references ?? []).flatMap(({column: name}) => cell(table, name, values[name] ?? '') ?? []);
    return parts.length === 0 ? inWords : {'zh-CN': parts.map(part => part['zh-CN']).join(' · '), en: parts.map(part => part.en ?? part['zh-CN']).join(' · ')};
  };
  const row = (table: string, key: string, values: CatalogRow): LocalizedText => (values['titleZh'] === undefined ? joined(table, key, values) : titleOf({key, values}));
  const named = (table: string, key: string): LocalizedText => {
    const values = own.get(table)?.get(key) ?? version.tables.get(table)?.byKey.get(key)?.values;
    return values ? row(table, key, values) : keyed(table, key);
  };
  return {cell, column, table: tableTitle, keyed, row, named};
}

/** Every cell of a row that has words. */
export function wordsOfRow(labels: Labels, table: string, values: CatalogRow): Readonly<Record<string, LocalizedText>> {
  return Object.fromEntries(Object.entries(values).flatMap(([column, value]) => {
    const text = labels.cell(table, column, value);
    return text ? [[column, text] as const] : [];
  }));
}

function listed(titles: readonly LocalizedText[]): LocalizedText {
  return {'zh-CN': titles.map(title => title['zh-CN']).join('、'), en: titles.map(title => title.en ?? title['zh-CN']).join(', ')};
}

function wordsIn(columns: readonly ColumnShape[]): ReadonlyMap<string, ReadonlyMap<string, LocalizedText>> {
  return new Map(columns.filter(column => column.options.length > 0).map(column => [column.name, new Map(column.options.map(option => [option.value, option.title]))]));
}
