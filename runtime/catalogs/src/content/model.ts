import type {AppError} from '@banli/errors';
import type {CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../version.js';

/** Rows of a table by key. */
export type ContentRows = ReadonlyMap<string, CatalogRow>;

/** A catalog as it would be, among the others: what rules about its content look at. */
export interface ContentWorld {
  /** The catalog that is looked at. */
  readonly own: PublishedVersion;
  /** A catalog by its id; `null` where it is not published. */
  version(catalogId: string): PublishedVersion | null;
  /** Rows of a table of the own catalog, or of another one; none where there is no such table. */
  rows(table: string, catalogId?: string): ContentRows;
  /** Whether a unit is there and in use; without it units are not looked at. */
  readonly isUnit?: (unitId: string) => boolean;
}

/** Something rows say that cannot hold, or that somebody should look at (`warning`), at the row and column to change. */
export interface ContentFinding {
  readonly error: AppError;
  readonly table: string;
  readonly key: string;
  readonly field?: string;
  readonly severity?: 'warning';
}

/** What is to be said of a catalog as a whole; `before` is the version it follows, `null` for the first one. A rule that goes through many rows pauses by itself. */
export type ContentRule = (world: ContentWorld, before: ContentWorld | null) => readonly ContentFinding[] | Generator<void, readonly ContentFinding[]>;

/** What is to be said of a row alone, whatever the others say. */
export type RowContentRule = (table: string, key: string, row: CatalogRow) => readonly ContentFinding[];

/** Makes a world; rows of a table are gone through once. */
export function contentWorld(own: PublishedVersion, others: ReadonlyMap<string, PublishedVersion>, isUnit?: (unitId: string) => boolean): ContentWorld {
  const known = new Map<string, ContentRows>();
  const version = (catalogId: string): PublishedVersion | null => (catalogId === own.head.catalogId ? own : (others.get(catalogId) ?? null));
  return {
    own, version, ...(isUnit ? {isUnit} : {}),
    rows: (table, catalogId = own.head.catalogId) => {
      const name = `${catalogId}/${table}`;
      const rows = known.get(name) ?? new Map((version(catalogId)?.tables.get(table)?.rows ?? []).map(row => [row.key, row.values]));
      known.set(name, rows);
      return rows;
    },
  };
}

/** Rows that are in use. */
export function* inUse(rows: ContentRows): Generator<readonly [string, CatalogRow]> {
  for (const each of rows) if (each[1]['status'] !== 'retired') yield each;
}

/** Findings that the version before did not have: what stood before is no reason to refuse another change. The first version is held to errors alone. */
export function newOnly(rule: (world: ContentWorld) => readonly ContentFinding[]): (world: ContentWorld, before: ContentWorld | null) => readonly ContentFinding[] {
  return (world, before) => {
    const found = rule(world);
    if (!before) return found.filter(each => each.severity !== 'warning');
    const stood = new Set(found.length === 0 ? [] : rule(before).map(nameOf));
    return found.filter(each => !stood.has(nameOf(each)));
  };
}

function nameOf({error, table, key, field}: ContentFinding): string {
  return JSON.stringify([error.code, table, key, field, error.details['other']]);
}

/** Keys that lead back to themselves by what rows name, each with the shortest way. */
export function circlesOf(next: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const circles = new Map<string, readonly string[]>();
  for (const start of next.keys()) {
    const way = wayBack(next, start);
    if (way) circles.set(start, way);
  }
  return circles;
}

function wayBack(next: ReadonlyMap<string, readonly string[]>, start: string): readonly string[] | null {
  const seen = new Set<string>();
  const open: Array<readonly string[]> = [[start]];
  for (let way = open.shift(); way; way = open.shift()) {
    for (const to of next.get(way.at(-1) ?? '') ?? []) {
      if (to === start) return [...way, start];
      if (seen.has(to)) continue;
      seen.add(to);
      open.push([...way, to]);
    }
  }
  return null;
}
