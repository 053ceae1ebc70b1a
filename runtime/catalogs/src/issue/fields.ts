import type {CatalogRow, CatalogTable, IssueOverride} from '@banli/formats/catalogs';
import type {LayerCells, LayerRow} from './model.js';

/** The override that a column belongs to; `null` for a locked one. */
export function overrideOf(definition: CatalogTable | undefined, column: string): IssueOverride | null {
  return definition?.issue?.overrides?.find(override => override.columns.includes(column)) ?? null;
}

/** The overrides that a row makes use of. */
export function overridesIn(definition: CatalogTable | undefined, row: LayerRow): readonly IssueOverride[] {
  return (definition?.issue?.overrides ?? []).filter(override => override.columns.some(column => Object.hasOwn(row.ownValues, column)));
}

/** Some cells of a row, empty ones as `null`. */
export function cellsOf(values: CatalogRow | undefined, columns: readonly string[]): LayerCells {
  return Object.fromEntries(columns.map(column => [column, values?.[column] ?? null]));
}

/** Whether cells say the same in some columns. */
export function sameCells(a: LayerCells, b: LayerCells, columns: readonly string[]): boolean {
  return columns.every(column => (a[column] ?? null) === (b[column] ?? null));
}

/** A patch without some columns; `null` when nothing is left of it. */
export function withoutColumns(row: LayerRow, columns: readonly string[]): LayerRow | null {
  const rest = (cells: LayerCells): LayerCells => Object.fromEntries(Object.entries(cells).filter(([column]) => !columns.includes(column)));
  const ownValues = rest(row.ownValues);
  return Object.keys(ownValues).length === 0 ? null : {...row, baseValues: rest(row.baseValues), ownValues};
}
