import {typedDuration, writeDuration, type DurationUnit} from './cell-kind.js';
import type {TableForm} from './use-catalog-form.js';
import type {RowInputJson} from './use-change-sets.js';

/** A rung of a ladder as it is edited: so long after the lapse this happens. */
export interface Rung {
  readonly amount: string;
  readonly unit: DurationUnit;
  readonly titleZh: string;
  readonly titleEn: string;
  /** Keys of those who are told, with commas between; empty where the application says who is. */
  readonly receivers: string;
  readonly sourceRef: string;
}

/** A row of the table of rungs as it stands, with what is proposed for it already. */
export interface RungRow {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A fault of one rung: which, in which input, and the key of its text. */
export interface RungFault {
  readonly index: number;
  readonly input: 'amount' | 'titleZh' | 'titleEn' | 'sourceRef';
  readonly key: 'ladder.amount' | 'ladder.order' | 'cell.missing';
}

/** As many rungs as the number of a rung has digits for. */
export const mostRungs = 9;

const hoursOf: Readonly<Record<DurationUnit, number>> = {D: 24, H: 1, M: 1 / 60};

/** Whether a table holds ladders: a code, the number of the rung, and after which time it comes. */
export function isLadderTable(table: TableForm): boolean {
  const names = new Set(table.columns.map(column => column.name));
  return table.key.length === 2 && table.key[1] === 'step' && ['after', 'titleZh', 'titleEn', 'sourceRef'].every(name => names.has(name));
}

/** What the receivers of a rung are picked from; `null` where the table has none. */
export function receiversReference(table: TableForm): NonNullable<TableForm['columns'][number]['reference']> | null {
  return table.columns.find(column => column.name === receiversColumn && column.reference?.list)?.reference ?? null;
}

const receiversColumn = 'receivers';

/** Rungs in use, in their order. */
export function rungsOf(rows: readonly RungRow[]): readonly Rung[] {
  return rows.filter(({values}) => values['status'] !== 'retired').sort((a, b) => Number(a.values['step']) - Number(b.values['step'])).map(({values}) => {
    const after = values['after'] ?? '';
    const typed = typedDuration(after === 'PT0S' ? 'PT0H' : after);
    return {amount: typed?.amount ?? after, unit: typed?.unit ?? 'H', titleZh: values['titleZh'] ?? '', titleEn: values['titleEn'] ?? '', receivers: values[receiversColumn] ?? '', sourceRef: values['sourceRef'] ?? ''};
  });
}

/** What is wrong with rungs before they are sent. Equal times are allowed, going back is not. */
export function rungFaults(rungs: readonly Rung[]): readonly RungFault[] {
  return rungs.flatMap((rung, index): readonly RungFault[] => {
    const before = rungs[index - 1];
    const isNumber = /^\d{1,4}$/.test(rung.amount);
    const isBack = isNumber && before !== undefined && /^\d{1,4}$/.test(before.amount) && hours(rung) < hours(before);
    return [
      ...(isNumber ? (isBack ? [{index, input: 'amount' as const, key: 'ladder.order' as const}] : []) : [{index, input: 'amount' as const, key: 'ladder.amount' as const}]),
      ...(['titleZh', 'titleEn', 'sourceRef'] as const).filter(input => rung[input].trim() === '').map(input => ({index, input, key: 'cell.missing' as const})),
    ];
  });
}

/** Changes of rows that turn what stands into these rungs; rungs left over go out of use. Nothing for rungs that stay. */
export function rungChanges(form: TableForm, code: string, rows: readonly RungRow[], rungs: readonly Rung[]): readonly RowInputJson[] {
  const {name: table, key: [codeColumn = '']} = form;
  const hasReceivers = receiversReference(form) !== null;
  const known = new Map(rows.map(row => [row.values['step'] ?? '', row]));
  const put = rungs.flatMap((rung, index): readonly RowInputJson[] => {
    const step = String(index + 1);
    const row = known.get(step);
    const isSame = row !== undefined && rungsOf([{...row, values: {...row.values, status: 'active'}}]).every(each => each.amount === rung.amount && each.unit === rung.unit);
    const cells = {after: isSame ? (row.values['after'] ?? '') : Number(rung.amount) === 0 ? 'PT0S' : writeDuration(Number(rung.amount), rung.unit), titleZh: rung.titleZh.trim(), titleEn: rung.titleEn.trim(), ...(hasReceivers ? {[receiversColumn]: rung.receivers} : {}), sourceRef: rung.sourceRef.trim()};
    if (!row) return [{table, op: 'add', cells: {[codeColumn]: code, step, ...Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== ''))}}];
    const changed = Object.fromEntries(Object.entries(cells).filter(([name, value]) => (row.values[name] ?? '') !== value));
    if (row.values['status'] === 'retired') return [{table, op: 'restore', key: row.key, cells: changed}];
    return Object.keys(changed).length === 0 ? [] : [{table, op: 'modify', key: row.key, cells: changed}];
  });
  const gone = rows.filter(({values}) => values['status'] !== 'retired' && Number(values['step']) > rungs.length).map(({key}): RowInputJson => ({table, op: 'offShelf', key}));
  return [...put, ...gone];
}

function hours({amount, unit}: Rung): number {
  return Number(amount) * hoursOf[unit];
}
