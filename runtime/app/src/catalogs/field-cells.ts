import type {catalogLifeRoutes, AnswerOf} from '@banli/api';
import type {LocalizedText} from '@banli/formats';
import {boundIn} from './field-bounds.js';

/** The table of a catalog's columns: they are changed as rows of it. */
export const fieldsTable = '.fields';

/** The table of what a catalog says of itself: one row. */
export const settingsTable = '.catalog';

/** A column with what is proposed for it. */
export type ListedField = AnswerOf<typeof catalogLifeRoutes.fields>['fields'][number];
/** Cells of a column by name. */
export type FieldCells = Readonly<Record<string, string>>;

/** An option as it is edited. */
export interface EditedOption {
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

/** A column as a change set would make it: what that set says of it, else what holds. */
export interface ShownField extends ListedField {
  readonly cells: FieldCells;
  /** What the chosen set does to it; `null` when it says nothing. */
  readonly op: ListedField['pending'][number]['op'] | null;
  /** Only another set proposes it, so it cannot be changed here. */
  readonly isElsewhere: boolean;
}

/** What a column is called under a change set; it is written in both languages. */
export function shownTitle({cells, column}: Pick<ShownField, 'cells' | 'column'>): LocalizedText {
  const {titleZh = column, titleEn = ''} = cells;
  return {'zh-CN': titleZh, ...(titleEn === '' ? {} : {en: titleEn})};
}

/** The columns of a table under a change set, in their order. */
export function shownFields(fields: readonly ListedField[], table: string, setId: string): readonly ShownField[] {
  const shown = fields.filter(field => field.table === table).map((field): ShownField => {
    const mine = field.pending.find(each => each.changeId === setId);
    return {...field, cells: mine?.after ?? field.values, op: mine?.op ?? null, isElsewhere: field.isProposed && !mine};
  });
  return shown.sort((a, b) => Number(a.cells['order']) - Number(b.cells['order']) || (a.column < b.column ? -1 : 1));
}

/** The `order` that puts a column at a place among the others; `null` when it is there already. */
export function orderAt(fields: readonly ShownField[], key: string, place: number): string | null {
  const from = fields.findIndex(field => field.key === key);
  const others = fields.filter(field => field.key !== key).map(field => Number(field.cells['order']));
  const to = Math.max(0, Math.min(place, others.length));
  if (from < 0 || from === to) return null;
  const [before, after] = [others[to - 1], others[to]];
  const order = before === undefined ? (after ?? 0) - 1_000 : after === undefined ? before + 1_000 : (before + after) / 2;
  return String(Number(order.toFixed(6)));
}

/** The options of a choice in its cells. */
export function optionsOf(cells: FieldCells): readonly EditedOption[] {
  return Object.keys(cells).filter(cell => cell.startsWith('option.')).map(cell => {
    const value = cell.slice('option.'.length);
    return {value, zh: cells[cell] ?? '', en: cells[`optionEn.${value}`] ?? ''};
  });
}

/** A name for interfaces out of an English title: `Level of risk` → `levelOfRisk`. */
export function nameFrom(titleEn: string): string {
  const words = titleEn.replace(/[^A-Za-z0-9]+/g, ' ').trim().split(' ').filter(Boolean);
  const name = words.map((word, index) => (index === 0 ? word.toLowerCase() : `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)).join('');
  return name.replace(/^[^a-z]+/, '').slice(0, 40);
}

/** What is typed, as cells: those that the type does not have are left out. */
export function cellsFor(cells: FieldCells, options: readonly EditedOption[]): FieldCells {
  const type = cells['type'] ?? 'text';
  const kept = ['table', 'column', 'titleZh', 'titleEn', 'type', 'required', ...(type === 'text' || type === 'number' ? ['format'] : []), ...(type === 'text' ? ['maxLength'] : []), ...(type === 'reference' ? ['reference'] : []), 'key'];
  const own = Object.fromEntries(kept.flatMap(cell => (cells[cell] ? [[cell, cells[cell].trim()] as const] : [])));
  const words = type === 'choice' ? options.flatMap(({value, zh, en}) => [[`option.${value.trim()}`, zh.trim()] as const, [`optionEn.${value.trim()}`, en.trim()] as const]) : [];
  return {...own, ...Object.fromEntries(words), ...boundIn(cells)};
}

/** What changed of a column, to be sent: a cell that is gone is emptied. */
export function changedCells(before: FieldCells, after: FieldCells): Readonly<Record<string, string | null>> {
  const cells = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(cell => cell !== 'order' && cell !== 'status' && before[cell] !== after[cell]);
  return Object.fromEntries(cells.map(cell => [cell, after[cell] ?? null]));
}

/** Cells that are not filled in and have to be. */
export function missingCells(cells: FieldCells, options: readonly EditedOption[]): readonly string[] {
  const type = cells['type'] ?? '';
  const wanted = ['titleZh', 'titleEn', 'column', 'type', ...(type === 'text' ? ['maxLength'] : []), ...(type === 'reference' ? ['reference'] : [])];
  const isOpen = type === 'choice' && (options.length === 0 || options.some(option => [option.value, option.zh, option.en].some(text => text.trim() === '')));
  return [...wanted.filter(cell => (cells[cell] ?? '').trim() === ''), ...(isOpen ? ['options'] : [])];
}
