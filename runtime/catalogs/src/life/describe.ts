import type {CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../version.js';
import type {Desk} from './desk.js';
import {labelsOf, type Labels} from './labels.js';
import type {RowChange} from './model.js';
import {shapeWith} from './edit.js';
import {describeForm} from './shape.js';
import {fieldsTable} from './fields/field-rows.js';
import {settingsTable} from './fields/settings-row.js';
import {shapeTable} from './fields/shape-tables.js';
import {opZh} from './state-words.js';
import {applyChanges} from './tables.js';

/** What a changed row is, where it is none of the catalog's own. */
const shapeWord: Readonly<Record<string, string>> = {[fieldsTable]: '字段 ', [settingsTable]: '目录设置 '};

/** What an empty cell is called: a column without a bound is locked. */
function blankWord(table: string, column: string): string {
  return table === fieldsTable && column === 'below' ? '锁定' : '空';
}

/** Cells of a row that are told one by one. */
const mostCells = 4;

/**
 * Says each changed row in a line of Chinese words: `修改 金融业 · 不限 · 普通 · 办结：时限 5 → 4`.
 *
 * @param most - Lines at most; one more says how many rows there are in all.
 */
export async function describeRows(desk: Desk, last: PublishedVersion, rows: readonly RowChange[], most: number): Promise<readonly string[]> {
  const shape = shapeWith(await desk.versions.withSchemas(last), rows);
  const labels = await labelsOf(desk, shape, applyChanges(last, rows), shape.schemas);
  const {tables} = describeForm(shape);
  const titles = new Map(tables.map(table => [table.name, new Map(table.columns.map(column => [column.name, column.title?.['zh-CN'] ?? column.name]))]));
  const lines = rows.slice(0, most).map(row => `${opZh[row.op]} ${shapeWord[row.tableName] ?? ''}${labels.row(row.tableName, row.rowKey, row.before ?? row.after)['zh-CN']}${cellsOf(row, labels, column => (shapeTable(row.tableName) ? (labels.column(row.tableName, column)?.['zh-CN'] ?? column) : (titles.get(row.tableName)?.get(column) ?? column)))}`);
  return rows.length > most ? [...lines, `……共 ${rows.length} 行`] : lines;
}

function cellsOf({op, tableName, before, after}: RowChange, labels: Labels, titleOf: (column: string) => string): string {
  if (op !== 'modify' || before === null) return '';
  const value = (row: CatalogRow, column: string): string => {
    const text = row[column] ?? '';
    return text === '' ? blankWord(tableName, column) : (labels.cell(tableName, column, text)?.['zh-CN'] ?? text);
  };
  const changed = Object.keys({...before, ...after}).filter(column => (before[column] ?? '') !== (after[column] ?? ''));
  const told = changed.slice(0, mostCells).map(column => `${titleOf(column)} ${value(before, column)} → ${value(after, column)}`).join('；');
  return `：${told}${changed.length > mostCells ? '……' : ''}`.slice(0, 300);
}
