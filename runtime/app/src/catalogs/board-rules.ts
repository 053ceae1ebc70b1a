import type {catalogLifeRoutes, AnswerOf, ApiProblem} from '@banli/api';
import type {ListedRow} from './rows-tab.js';
import type {CatalogForm, FormColumn, TableForm} from './use-catalog-form.js';

/** A table that only links two catalogs: rows of the first are put onto rows of the second. */
export interface Board {
  readonly table: TableForm;
  readonly item: FormColumn & {readonly reference: NonNullable<FormColumn['reference']>};
  readonly target: FormColumn & {readonly reference: NonNullable<FormColumn['reference']>};
}

/** What became of a target while something is held: free, with a warning, refused, or there already. */
export interface TargetState {
  readonly kind: 'free' | 'warned' | 'refused' | 'own';
  readonly why: readonly ApiProblem[];
}

/** The board of a catalog: its main table, where its key is two references and nothing else is asked for but a source. `null` for every other catalog. */
export function boardOf(form: CatalogForm): Board | null {
  const [table] = form.tables;
  if (!table || table.key.length !== 2) return null;
  const [item, target] = table.key.map(name => table.columns.find(column => column.name === name));
  if (!item?.reference || !target?.reference || item.reference.elsewhere || target.reference.elsewhere) return null;
  const asked = table.columns.filter(column => column.isRequired && !table.key.includes(column.name) && column.name !== 'status' && column.name !== 'sourceRef');
  return asked.length > 0 ? null : {table, item: {...item, reference: item.reference}, target: {...target, reference: target.reference}};
}

/** The change that puts an item onto a target: a new row, or one that was out of use again. */
export function inputOf(board: Board, rows: readonly ListedRow[], item: string, target: string, source: string) {
  const key = `${item}|${target}`;
  const known = rows.find(row => row.key === key);
  return known?.state === 'retired' || known?.state === 'void'
    ? {table: board.table.name, op: 'restore' as const, key}
    : {table: board.table.name, op: 'add' as const, cells: {[board.item.name]: item, [board.target.name]: target, sourceRef: source}};
}

/** Rows that say where an item is now, in use. */
export function ownRows(board: Board, rows: readonly ListedRow[], item: string): readonly ListedRow[] {
  return rows.filter(row => row.values[board.item.name] === item && row.values['status'] !== 'retired');
}

/** What each target would say to an item, from a preview that looked at each of them apart. */
export function targetStates(board: Board, rows: readonly ListedRow[], item: string, targets: readonly string[], preview: AnswerOf<typeof catalogLifeRoutes.preview> | undefined): ReadonlyMap<string, TargetState> {
  const own = new Set(ownRows(board, rows, item).map(row => row.values[board.target.name]));
  return new Map(targets.map(target => {
    const why = (preview?.problems ?? []).filter(problem => problem.place.element === `${item}|${target}`);
    const kind = own.has(target) ? 'own' : why.some(problem => problem.severity !== 'warning') ? 'refused' : why.length > 0 ? 'warned' : 'free';
    return [target, {kind, why}];
  }));
}
