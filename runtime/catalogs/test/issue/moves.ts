import type {CatalogManifest, CatalogRow} from '@banli/formats/catalogs';
import type {Cells, Move, Rows} from './oracle.js';

/** Picks the same things for the same seed. */
export class Picker {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 1) >>> 0;
  }

  below(most: number): number {
    this.#state = (this.#state * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 4_294_967_296) * most);
  }

  of<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }
}

/** A move that may be right or wrong: a cell of a row that was given, or a row much like one of them under another key. */
export function propose(manifest: CatalogManifest, rows: Rows, picker: Picker): Move | null {
  const table = picker.of(Object.entries(manifest.tables).filter(([, definition]) => definition.issue).map(([name]) => name)) ?? '';
  const all = [...(rows.get(table)?.entries() ?? [])];
  const [key, row] = picker.of(all) ?? [];
  const definition = manifest.tables[table];
  if (key === undefined || !row || !definition) return null;
  if (picker.below(3) === 0) return {table, cells: alike(manifest, table, row, picker.of(all)?.[1] ?? row, picker)};
  const open = (definition.issue?.overrides ?? []).flatMap(override => override.columns);
  const column = picker.below(4) === 0 || open.length === 0 ? picker.of(Object.keys(row).filter(name => !definition.key.includes(name))) : picker.of(open);
  return column === undefined ? null : {table, key, cells: {[column]: valueFor(row[column] ?? '', column, picker.of(all)?.[1] ?? row, picker)}};
}

function valueFor(above: string, column: string, other: CatalogRow, picker: Picker): string {
  if (column === 'status') return 'retired';
  if (/^\d+$/.test(above)) return String(Math.max(1, Number(above) + picker.below(5) - 3));
  return picker.of([`${above}，并补充`, other[column] ?? '另定', '另定']) ?? '';
}

/** A row under a key of its own: what it points to is that of another row, what is a name gets a suffix. */
function alike(manifest: CatalogManifest, table: string, row: CatalogRow, other: CatalogRow, picker: Picker): Cells {
  const {status: _, ...cells} = row;
  const definition = manifest.tables[table];
  const points = new Set((definition?.references ?? []).map(reference => reference.column));
  const isFixed = (column: string): boolean => points.has(column) || column === 'scope' || column === 'kind';
  const keys = Object.fromEntries((definition?.key ?? []).map(column => [column, isFixed(column) ? (other[column] ?? '') : `${row[column] ?? ''}-${picker.below(4)}`]));
  return {...cells, ...keys};
}
