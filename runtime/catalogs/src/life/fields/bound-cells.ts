import type {CatalogRow, CatalogTable, IssueOverride, OverrideBound} from '@banli/formats/catalogs';

/** Cells of a column's row that say what lower levels may make of it: the bound, the columns that go with it, and the order of `notLower`; lists are separated by commas. Without a bound the column is locked. */
export const boundCells = ['below', 'belowWith', 'belowOrder'] as const;

/** The bound of a column as cells of its row; an override stands at the first of its columns. */
export function boundOf(definition: CatalogTable | undefined, column: string): ReadonlyArray<readonly [string, string]> {
  const override = definition?.issue?.overrides?.find(each => each.columns[0] === column);
  if (!override) return [];
  const others = override.columns.slice(1).join();
  return [['below', override.bound], ...(others === '' ? [] : [['belowWith', others] as const]), ...(override.order ? [['belowOrder', override.order.join()] as const] : [])];
}

/** Whether a row of a column says another bound than before. */
export function changesBound(before: CatalogRow | null, after: CatalogRow): boolean {
  return boundCells.some(cell => before?.[cell] !== after[cell]);
}

/** A row of a column with the bound of another version of it. */
export function withBoundOf(row: CatalogRow, other: CatalogRow): CatalogRow {
  const bounds: readonly string[] = boundCells;
  return {...Object.fromEntries(Object.entries(row).filter(([cell]) => !bounds.includes(cell))), ...Object.fromEntries(Object.entries(other).filter(([cell]) => bounds.includes(cell)))};
}

/** A table with the bounds that rows of its columns say; others stay. A table that says nothing more about its being issued is not issued. */
export function withBounds(definition: CatalogTable, rows: readonly CatalogRow[]): CatalogTable {
  const known = definition.issue?.overrides ?? [];
  const said = new Map(rows.map(row => [row['column'] ?? '', overrideIn(row)]));
  const kept = known.flatMap((override): readonly IssueOverride[] => {
    const next = said.get(override.columns[0] ?? '');
    return next === undefined ? [override] : next ? [next] : [];
  });
  const fresh = [...said].flatMap(([column, override]) => (override && !known.some(each => each.columns[0] === column) ? [override] : []));
  const overrides = [...kept, ...fresh];
  const {overrides: _, ...rest} = definition.issue ?? {};
  const issue = {...rest, ...(overrides.length > 0 ? {overrides} : {})};
  const {issue: __, ...table} = definition;
  return Object.keys(issue).length > 0 ? {...table, issue} : table;
}

/** The values of a cell that is a list. */
export function listIn(cell: string | undefined): readonly string[] {
  return cell === undefined ? [] : cell.split(',').map(value => value.trim()).filter(value => value !== '');
}

function overrideIn(row: CatalogRow): IssueOverride | null {
  const {below, belowWith, belowOrder} = row;
  if (below === undefined) return null;
  return {columns: [row['column'] ?? '', ...listIn(belowWith)], bound: below as OverrideBound, ...(belowOrder === undefined ? {} : {order: listIn(belowOrder)})};
}
