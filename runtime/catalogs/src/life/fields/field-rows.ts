import type {LocalizedText} from '@banli/formats';
import {readShape, type CatalogManifest, type CatalogReference, type CatalogRow, type CatalogTable, type ColumnShape} from '@banli/formats/catalogs';
import type {PublishedRow, PublishedTable} from '../../version.js';
import {boundCells, boundOf} from './bound-cells.js';

/**
 * Every catalog has this table besides its own: a row for each column of each of its tables. So columns are changed, reviewed, compared, merged and brought back
 * as rows are. No file holds it; the row schemas do. ADR 0011.
 */
export const fieldsTable = '.fields';

/** Its definition. */
export const fieldsDefinition: CatalogTable = {file: '', schema: '', key: ['table', 'column']};

/** Its cells (`key` says what rows are found by, and only in a set that creates a catalog); a value of a list is one more cell each, `option.<value>` with its Chinese word and `optionEn.<value>` with its English one. */
export const fieldCells = ['table', 'column', 'titleZh', 'titleEn', 'type', 'required', 'format', 'maxLength', 'reference', 'key', ...boundCells, 'order', 'status'] as const;

/** What the cells are called. */
const cellTitles: Readonly<Record<string, LocalizedText>> = {
  table: {'zh-CN': '数据表', en: 'Table'}, column: {'zh-CN': '字段名', en: 'Name'}, titleZh: {'zh-CN': '名称', en: 'Title'}, titleEn: {'zh-CN': '名称（英文）', en: 'Title (English)'},
  type: {'zh-CN': '类型', en: 'Type'}, required: {'zh-CN': '必填', en: 'Required'}, format: {'zh-CN': '格式', en: 'Format'}, maxLength: {'zh-CN': '最多字数', en: 'Characters at most'},
  reference: {'zh-CN': '引用', en: 'Refers to'}, order: {'zh-CN': '顺序', en: 'Order'}, status: {'zh-CN': '状态', en: 'Status'},
  key: {'zh-CN': '编码字段', en: 'Part of the key'},
  below: {'zh-CN': '下级调整', en: 'Lower levels'}, belowWith: {'zh-CN': '一并调整的字段', en: 'Changed together with'}, belowOrder: {'zh-CN': '由宽到严', en: 'From the loosest to the strictest'},
};

/** What values of cells are called, by cell. */
const valueWords: Readonly<Record<string, Readonly<Record<string, LocalizedText>>>> = {
  type: {
    text: {'zh-CN': '文本', en: 'Text'}, number: {'zh-CN': '数字', en: 'Number'}, boolean: {'zh-CN': '是否', en: 'Yes or no'}, date: {'zh-CN': '日期', en: 'Date'},
    choice: {'zh-CN': '选项', en: 'Choice'}, reference: {'zh-CN': '引用', en: 'Reference'},
  },
  required: {yes: {'zh-CN': '是', en: 'Yes'}, no: {'zh-CN': '否', en: 'No'}},
  key: {yes: {'zh-CN': '是', en: 'Yes'}},
  format: {digits: {'zh-CN': '数字字符', en: 'Digits'}, code: {'zh-CN': '编码', en: 'Code'}, phone: {'zh-CN': '电话号码', en: 'Phone number'}},
  below: {
    notLonger: {'zh-CN': '只可缩短时限', en: 'May shorten it'}, notLower: {'zh-CN': '只可从严', en: 'May be stricter'}, extend: {'zh-CN': '只可补充文字', en: 'May add to it'}, free: {'zh-CN': '可自行填写', en: 'May write their own'},
    ownUnit: {'zh-CN': '可改为本级及以下单位', en: 'May name a unit of their own'}, retire: {'zh-CN': '可下架', en: 'May take the row out of use'},
  },
  status: {active: {'zh-CN': '在用', en: 'In use'}, retired: {'zh-CN': '已停用', en: 'Retired'}},
};

const optionCell = /^option(En)?\.(.+)$/;

/** What a cell of a column's row is called. */
export function fieldCellTitle(cell: string): LocalizedText {
  const [, english, value = ''] = optionCell.exec(cell) ?? [];
  if (value !== '') return english ? {'zh-CN': `选项 ${value}（英文）`, en: `Option ${value} (English)`} : {'zh-CN': `选项 ${value}`, en: `Option ${value}`};
  return cellTitles[cell] ?? {'zh-CN': cell};
}

/** A cell of a column's row in words; `null` for one that says itself what it means. */
export function fieldCellWords(cell: string, value: string): LocalizedText | null {
  return valueWords[cell]?.[value] ?? null;
}

/** Whether a column's row may have such a cell. */
export function isFieldCell(cell: string): boolean {
  return (fieldCells as readonly string[]).includes(cell) || optionCell.test(cell);
}

/** The values of a list with their words, in the order of the cells. */
export function optionsIn(row: CatalogRow): ReadonlyArray<{readonly value: string; readonly zh: string; readonly en: string}> {
  return Object.keys(row).flatMap(cell => {
    const [, english, value = ''] = optionCell.exec(cell) ?? [];
    return value === '' || english ? [] : [{value, zh: row[cell] ?? '', en: row[`optionEn.${value}`] ?? ''}];
  });
}

/** The reference of a column as a cell: `catalog/table/key`. */
export function referenceCell(reference: CatalogReference): string {
  return `${reference.catalog}/${reference.table ?? reference.catalog}/${reference.key}`;
}

/** The columns of a version as rows of `fieldsTable`, table by table, in their order. */
export function fieldsOf(manifest: CatalogManifest, schemas: Readonly<Record<string, string>>): PublishedTable {
  const rows = Object.entries(manifest.tables).flatMap(([table, definition]) => readShape(schemas[definition.schema] ?? '{}').columns.map(column => fieldRow(table, definition, column)));
  return {rows, byKey: new Map(rows.map(row => [row.key, row]))};
}

function fieldRow(table: string, definition: CatalogTable, column: ColumnShape): PublishedRow {
  const reference = definition.references?.find(each => each.column === column.name);
  const type = column.type ?? (reference ? 'reference' : 'text');
  const options = column.isOwn && type === 'boolean' ? [] : column.options;
  const cells: Array<readonly [string, string | null | undefined]> = [
    ['table', table], ['column', column.name], ['titleZh', column.title['zh-CN']], ['titleEn', column.title.en], ['type', type], ['required', column.isRequired ? 'yes' : 'no'],
    ['format', column.format], ['maxLength', type === 'text' ? column.maxLength?.toString() : null], ['reference', reference ? referenceCell(reference) : null], ...boundOf(definition, column.name), ['order', String(column.order)],
    ['status', column.isRetired ? 'retired' : 'active'],
    ...options.flatMap(option => [[`option.${option.value}`, option.title['zh-CN']] as const, [`optionEn.${option.value}`, option.title.en] as const]),
  ];
  return {key: `${table}|${column.name}`, values: Object.fromEntries(cells.flatMap(([cell, value]) => (value === null || value === undefined || value === '' ? [] : [[cell, value] as const])))};
}
