import type {CatalogUse} from './catalog-uses.js';

/** Rows of one table of a catalog; `areaCode` is the area that a row is for, where it names one through another row. */
export interface RowsAsked {
  readonly catalogId: string;
  readonly table: string;
  readonly rows: ReadonlyArray<{readonly key: string; readonly values: Readonly<Record<string, string>>; readonly areaCode: string | null}>;
}

/** Counting ends here: what is asked is whether a row may go. */
export const mostCounted = 1_000;

/** Numbers of cases by the key of the row they stand on. */
export class FoundNumbers {
  readonly #numbers: ReadonlyMap<string, Set<string>>;

  constructor(keys: readonly string[]) {
    this.#numbers = new Map(keys.map(key => [key, new Set()]));
  }

  /** Whether a row has as many as are counted. */
  isFull(key: string): boolean {
    return (this.#numbers.get(key)?.size ?? 0) >= mostCounted;
  }

  add(key: string, number: string): void {
    if (!this.isFull(key)) this.#numbers.get(key)?.add(number);
  }

  /** Each row with its cases, told as running processes. */
  uses(): readonly CatalogUse[] {
    return [...this.#numbers].flatMap(([key, numbers]): readonly CatalogUse[] => (numbers.size > 0 ? [{key, kind: 'process', count: numbers.size, examples: [...numbers].sort().slice(0, 5)}] : []));
  }
}
