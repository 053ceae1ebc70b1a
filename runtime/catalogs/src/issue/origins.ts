import {catalogErrors} from '../errors.js';
import type {VersionStore} from '../version-store.js';
import type {PublishedVersion} from '../version.js';
import type {LayerHead} from './model.js';

/** Where a value comes from: the owner's version (`published`), or a layer in which a unit changed the cell or added the row. */
export interface Origin {
  readonly kind: 'published' | 'override' | 'local';
  readonly unitId: string;
  readonly areaCode: string | null;
  readonly version: string;
  readonly effectiveAt: number;
}

/** A row that holds for an area, each cell with its origin; cells that a level emptied are there with `null`. */
export interface RowOrigins {
  readonly version: string;
  readonly key: string;
  readonly cells: ReadonlyArray<{readonly column: string; readonly value: string | null; readonly origin: Origin; /** What the level above says; `null` is empty. */ readonly above: string | null}>;
}

interface Effective {
  readonly versions: Pick<VersionStore, 'laid' | 'versionById'>;
  /** Innermost first. */
  readonly layers: readonly LayerHead[];
  readonly version: PublishedVersion;
}

/**
 * Goes through the layers from the owner's version to the innermost: a cell comes from the last one that changed it.
 * @throws AppError `CATALOG_ROW_UNKNOWN`
 * @see Source: platform anchor, province to city publishing: the effective item shows where each value comes from.
 */
export async function originsOf({versions, layers, version}: Effective, table: string, key: string): Promise<RowOrigins> {
  const row = version.tables.get(table)?.byKey.get(key);
  if (!row) throw catalogErrors.ROW_UNKNOWN({catalog: version.head.catalogId, key});
  const outermost = layers.at(-1);
  const root = outermost ? await versions.versionById(version.head.catalogId, outermost.baseVersionId) : version;
  const published: Origin = {kind: 'published', unitId: root.head.owner, areaCode: null, version: root.head.version, effectiveAt: root.head.effectiveAt};
  let before = root.tables.get(table)?.byKey.get(key)?.values;
  const origins = new Map<string, Origin>(Object.keys(before ?? {}).map(column => [column, published]));
  let above: Readonly<Record<string, string>> = before ?? {};
  for (const layer of layers.toReversed()) {
    const now = (await versions.laid(layer)).tables.get(table)?.byKey.get(key)?.values ?? {};
    const origin: Origin = {kind: before ? 'override' : 'local', unitId: layer.unitId, areaCode: layer.areaCode, version: layer.name, effectiveAt: layer.effectiveAt};
    for (const column of new Set([...Object.keys(before ?? {}), ...Object.keys(now)])) if (before?.[column] !== now[column]) origins.set(column, origin);
    above = before ?? {};
    before = Object.keys(now).length > 0 ? now : before;
  }
  const cells = [...origins].map(([column, origin]) => ({column, value: row.values[column] ?? null, origin, above: above[column] ?? null}));
  return {version: version.head.version, key, cells};
}
