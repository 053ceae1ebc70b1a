import type {LocalizedText} from '@banli/formats';
import type {CatalogManifest, ColumnShape} from '@banli/formats/catalogs';
import {listIn} from './bound-cells.js';
import {fieldCellTitle, fieldCellWords, fieldsTable} from './field-rows.js';
import {maintainedIn, settingTitle, settingWords} from './settings-row.js';

/** What rows of columns and settings are told with. */
export interface ShapeWords {
  readonly manifest: CatalogManifest;
  /** The columns of every table. */
  readonly shapes: ReadonlyMap<string, readonly ColumnShape[]>;
  tableTitle(name: string): LocalizedText | null;
  referenceTitle(reference: string): LocalizedText | null;
  unitName(unitId: string): string | null;
}

/** Cells of the rows of columns and settings in words, as `Labels` has them for other rows. */
export interface ShapeLabels {
  cell(table: string, column: string, value: string): LocalizedText | null;
  column(table: string, name: string): LocalizedText;
  keyed(table: string, key: string): LocalizedText;
}

/** Makes the words of the rows of columns and settings. */
export function shapeLabels({manifest, shapes, tableTitle, referenceTitle, unitName}: ShapeWords): ShapeLabels {
  const columns = [...shapes.values()].flat();
  const columnTitle = (name: string, among: readonly ColumnShape[]): LocalizedText | null => onlyOne(among.filter(column => column.name === name).map(column => column.title));
  const fieldCell = (column: string, value: string): LocalizedText | null => {
    if (column === 'table') return tableTitle(value);
    if (column === 'reference') return referenceTitle(value);
    if (column === 'belowWith') return joined(listIn(value).map(name => columnTitle(name, columns) ?? {'zh-CN': name}), '、');
    return column === 'belowOrder' ? orderWords(columns, listIn(value)) : fieldCellWords(column, value);
  };
  const settingCell = (column: string, value: string): LocalizedText | null => {
    const table = maintainedIn(column);
    if (table !== null) return columnTitle(value, shapes.get(table) ?? []);
    const name = column === 'owner' ? unitName(value) : null;
    return name === null ? settingWords(column, value) : {'zh-CN': name};
  };
  return {
    cell: (table, column, value) => (table === fieldsTable ? fieldCell(column, value) : settingCell(column, value)),
    column: (table, name) => (table === fieldsTable ? fieldCellTitle(name) : settingTitle(name, tableTitle)),
    keyed: (table, key) => (table === fieldsTable ? {'zh-CN': key.split('|')[1] ?? key} : manifest.title),
  };
}

/** The values of an order in the words of the column that has just these; `null` where columns call them differently. */
function orderWords(columns: readonly ColumnShape[], order: readonly string[]): LocalizedText | null {
  const fitting = columns.filter(({options}) => options.length === order.length && order.every(value => options.some(option => option.value === value)));
  return onlyOne(fitting.map(({options}) => joined(order.map(value => options.find(option => option.value === value)?.title ?? {'zh-CN': value}), ' → ')));
}

function joined(texts: readonly LocalizedText[], between: string): LocalizedText {
  return {'zh-CN': texts.map(text => text['zh-CN']).join(between), en: texts.map(text => text.en ?? text['zh-CN']).join(between === '、' ? ', ' : between)};
}

function onlyOne(texts: readonly LocalizedText[]): LocalizedText | null {
  const [first = null] = texts;
  return texts.every(text => text['zh-CN'] === first?.['zh-CN']) ? first : null;
}
