import type {Problem} from '@banli/errors';
import {columnTypes, keyColumns, mostColumnLength, mostDecimals, readShape, textFormats, type CatalogRow, type ColumnShape} from '@banli/formats/catalogs';
import {changeErrors} from '../errors.js';
import {boundCells} from '../fields/bound-cells.js';
import {fieldsTable, optionsIn} from '../fields/field-rows.js';
import type {RowChange} from '../model.js';
import {problemOf} from '../problem.js';
import {isActive, placeOf, tableIn, type Draft} from './draft.js';
import {unitsReference} from '../fields/shaped-by.js';
import {statusProblems} from './rows.js';

/** Figures of our own. */
const [mostOwn, mostOptions, mostTitle] = [40, 200, 40];
const titleText = /^[^\u0000-\u001f\u007f]+$/;
const optionValue = /^[a-z0-9][A-Za-z0-9-]{0,39}$/;

/**
 * What may become of a column: new ones are named, typed and filled as rows are; what was ever effective keeps its name, type, values and format, and is retired
 * instead of dropped; of a column that the platform reads only titles, place and what lower levels may make of it change; none is required that a row in use leaves empty.
 * @see Source: the row schema per kind is edited by administrators and versioned (ADR 0011); figures are own.
 */
export function fieldRule(draft: Draft): readonly Problem[] {
  return draft.fields.filter(change => change.tableName === fieldsTable).flatMap(change => {
    const exists = statusProblems(draft, change);
    if (exists.length > 0) return exists;
    const table = change.after['table'] ?? '';
    const definition = Object.hasOwn(draft.base.manifest.tables, table) ? draft.base.manifest.tables[table] : undefined;
    const found = (error: Parameters<typeof problemOf>[0], cell: string): Problem => problemOf(error, placeOf(draft, change, cell));
    if (!definition || !draft.shape) return [found(changeErrors.TABLE_UNKNOWN({catalog: draft.base.head.catalogId, table}), 'table')];
    const {columns} = readShape(draft.shape.schemas[definition.schema] ?? '{}');
    const column = columns.find(each => each.name === change.after['column']);
    if (!column) return [found(changeErrors.FIELD_NAME({name: change.after['column'] ?? ''}), 'column')];
    const before = draft.base.tables.get(change.tableName)?.byKey.get(change.rowKey)?.values ?? null;
    const common = [...nameProblems(change, before, columns, found), ...kept(change, before, column, found)];
    return column.isOwn ? [...common, ...typeProblems(draft, change, found), ...filledProblems(draft, change, table, found)] : common;
  });
}

type Found = (error: Parameters<typeof problemOf>[0], cell: string) => Problem;

function nameProblems({op, after}: RowChange, before: CatalogRow | null, columns: readonly ColumnShape[], found: Found): readonly Problem[] {
  const {column: name = '', titleZh = '', titleEn = ''} = after;
  const problems: Problem[] = [];
  const twin = columns.find(other => other.name !== name && other.name.toLowerCase() === name.toLowerCase());
  if (op === 'add' && (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name) || name in Object.prototype || twin)) problems.push(found(changeErrors.FIELD_NAME({name}), 'column'));
  for (const [cell, title] of [['titleZh', titleZh], ['titleEn', titleEn]] as const) {
    // Columns of before may be without one.
    if (op !== 'add' && title === (before?.[cell] ?? '')) continue;
    if (title !== title.trim() || title.length > mostTitle || !titleText.test(title)) problems.push(found(changeErrors.FIELD_TITLE({most: mostTitle}), cell));
  }
  const same = columns.find(other => other.name !== name && !other.isRetired && other.title['zh-CN'] === titleZh);
  if (same && isActive(after)) problems.push(found(changeErrors.FIELD_TITLE_TAKEN({title: titleZh, name: same.name}), 'titleZh'));
  if (!/^-?[0-9]{1,9}(\.[0-9]{1,9})?$/.test(after['order'] ?? '')) problems.push(found(changeErrors.FIELD_ORDER({order: after['order'] ?? ''}), 'order'));
  if (op === 'add' && columns.filter(other => other.isOwn).length > mostOwn) problems.push(found(changeErrors.FIELD_TOO_MANY({most: mostOwn}), 'column'));
  return problems;
}

const ownToChange = new Set<string>(['titleZh', 'titleEn', 'order', ...boundCells]);

/** What never changes of a column that was effective. */
function kept({after}: RowChange, before: CatalogRow | null, column: ColumnShape, found: Found): readonly Problem[] {
  if (!before) return [];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(cell => before[cell] !== after[cell]);
  if (!column.isOwn) return changed.filter(cell => !ownToChange.has(cell)).map(cell => found(changeErrors.FIELD_LOCKED({name: column.name, cell}), cell));
  const gone = optionsIn(before).map(option => option.value).filter(value => after[`option.${value}`] === undefined);
  return [
    ...changed.filter(cell => ['table', 'column', 'type', 'format', 'reference'].includes(cell)).map(cell => found(changeErrors.FIELD_TYPE({name: column.name, before: before[cell] ?? ''}), cell)),
    ...gone.map(value => found(changeErrors.FIELD_OPTION_GONE({value}), `option.${value}`)),
  ];
}

/** Cells that only some types have. */
function typeProblems(draft: Draft, {after}: RowChange, found: Found): readonly Problem[] {
  const {type = '', format, maxLength, reference, required} = after;
  const problems: Problem[] = [];
  if (!(columnTypes as readonly string[]).includes(type)) return [found(changeErrors.FIELD_TYPE_UNKNOWN({type, types: columnTypes}), 'type')];
  if (required !== 'yes' && required !== 'no') problems.push(found(changeErrors.FIELD_FORMAT({type}), 'required'));
  const formats = type === 'text' ? Object.keys(textFormats) : type === 'number' ? Array.from({length: mostDecimals + 1}, (_, count) => String(count)) : [];
  if (format !== undefined && !formats.includes(format)) problems.push(found(changeErrors.FIELD_FORMAT({type}), 'format'));
  const isLength = maxLength !== undefined && /^[1-9][0-9]{0,3}$/.test(maxLength) && Number(maxLength) <= mostColumnLength;
  if (type === 'text' ? !isLength : maxLength !== undefined) problems.push(found(changeErrors.FIELD_LENGTH({most: mostColumnLength}), 'maxLength'));
  const options = optionsIn(after);
  const isNamed = options.every(({value, zh, en}) => optionValue.test(value) && [zh, en].every(word => word.length <= mostTitle && word === word.trim() && titleText.test(word)));
  const orphans = Object.keys(after).filter(cell => cell.startsWith('optionEn.') && after[cell.replace('En', '')] === undefined);
  const words = options.map(option => option.zh);
  if (type === 'choice' ? options.length === 0 || options.length > mostOptions || !isNamed || orphans.length > 0 || new Set(words).size < words.length : options.length + orphans.length > 0) problems.push(found(changeErrors.FIELD_OPTIONS({most: mostOptions, length: mostTitle}), 'options'));
  if (type === 'reference' ? !isTarget(draft, reference ?? '') : reference !== undefined) problems.push(found(changeErrors.FIELD_REFERENCE({reference: reference ?? ''}), 'reference'));
  return problems;
}

/** Units, or a table of a published catalog whose key is that one column. */
function isTarget(draft: Draft, reference: string): boolean {
  if (reference === unitsReference) return true;
  const [catalog = '', name = '', key = '', ...rest] = reference.split('/');
  const manifest = tableIn(draft, catalog, name)?.manifest;
  return rest.length === 0 && manifest !== undefined && Object.hasOwn(manifest.tables, name) && keyColumns(manifest.tables[name] ?? {key: []}).join('|') === key;
}

/** Rows that do not fit what the column asks now. */
function filledProblems(draft: Draft, {after}: RowChange, table: string, found: Found): readonly Problem[] {
  const name = after['column'] ?? '';
  const rows = [...(draft.tables.get(table) ?? new Map<string, CatalogRow>())];
  const empty = after['required'] === 'yes' && isActive(after) ? rows.filter(([, row]) => isActive(row) && row[name] === undefined) : [];
  const long = after['type'] === 'text' ? rows.filter(([, row]) => (row[name]?.length ?? 0) > Number(after['maxLength'])) : [];
  const examples = (of: typeof rows): readonly string[] => of.slice(0, 5).map(([key]) => key);
  return [
    ...(empty.length > 0 ? [found(changeErrors.FIELD_EMPTY({count: empty.length, example: examples(empty)}), 'required')] : []),
    ...(long.length > 0 ? [found(changeErrors.FIELD_TOO_LONG({count: long.length, example: examples(long)}), 'maxLength')] : []),
  ];
}

/** Cells of rows stand in columns that there are; a retired column keeps what it has and takes nothing new. */
export function columnRule(draft: Draft): readonly Problem[] {
  const {shape} = draft;
  if (!shape) return [];
  const shapes = new Map(Object.entries(shape.manifest.tables).map(([name, {schema}]) => [name, new Map(readShape(shape.schemas[schema] ?? '{}').columns.map(column => [column.name, column]))]));
  return draft.changes.flatMap(change => {
    const columns = shapes.get(change.tableName);
    if (!columns) return [];
    return Object.entries(change.after).flatMap(([name, value]) => {
      const column = columns.get(name);
      if (!column) return [problemOf(changeErrors.COLUMN_UNKNOWN({column: name, columns: [...columns.keys()]}), placeOf(draft, change, name))];
      return column.isRetired && value !== change.before?.[name] ? [problemOf(changeErrors.FIELD_RETIRED({title: column.title['zh-CN'], name}), placeOf(draft, change, name))] : [];
    });
  });
}
