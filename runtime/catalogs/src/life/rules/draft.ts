import type {Problem} from '@banli/errors';
import type {CatalogManifest, CatalogReference, CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../../version.js';
import type {CatalogReferences, RowChange} from '../model.js';
import type {Place} from '../problem.js';
import type {DraftTables} from '../tables.js';
import type {BaseVersion} from '../versions.js';

/** What rules look at: the last version, the rows as they would be, and everybody else's last versions. */
export interface Draft {
  /** Its manifest says what the changes of columns make of it. */
  readonly base: PublishedVersion;
  /** The same with the schemas of its rows, as the changes of columns make them; `null` for a version from before they were kept. */
  readonly shape: BaseVersion | null;
  /** Changes of rows. */
  readonly changes: readonly RowChange[];
  /** Changes of columns: rows of `fieldsTable`. */
  readonly fields: readonly RowChange[];
  readonly tables: DraftTables;
  /** Last versions of the other catalogs. */
  readonly others: readonly PublishedVersion[];
  readonly references: CatalogReferences;
  /** What a unit is called; `null` for an unknown one. */
  readonly unitName: (unitId: string) => string | null;
}

/** One rule: every problem of a draft, each at the row that was changed. */
export type DraftRule = (draft: Draft) => readonly Problem[] | Promise<readonly Problem[]>;

/** The place of a row of the draft. */
export function placeOf(draft: Draft, change: Pick<RowChange, 'tableName' | 'rowKey'>, field?: string): Place {
  return {file: `${draft.base.head.catalogId}/${change.tableName}`, element: change.rowKey, ...(field === undefined ? {} : {field})};
}

/** A table of any catalog, with the draft in the place of its own: manifest and rows. `null` when there is none. */
export function tableIn(draft: Draft, catalogId: string, table: string): {readonly manifest: CatalogManifest; readonly rows: ReadonlyMap<string, CatalogRow>} | null {
  const {manifest} = draft.base;
  if (catalogId === manifest.id) {
    const rows = draft.tables.get(table);
    return rows ? {manifest, rows} : null;
  }
  const other = draft.others.find(version => version.head.catalogId === catalogId);
  const found = other?.tables.get(table);
  return other && found ? {manifest: other.manifest, rows: new Map(found.rows.map(row => [row.key, row.values]))} : null;
}

/** Every reference of every catalog, with the rows that hold it; the draft stands for its own catalog. */
export function* allReferences(draft: Draft): Generator<{readonly catalogId: string; readonly table: string; readonly reference: CatalogReference; readonly rows: ReadonlyMap<string, CatalogRow>}> {
  for (const manifest of [draft.base.manifest, ...draft.others.map(version => version.manifest)]) {
    for (const [table, definition] of Object.entries(manifest.tables)) {
      if (!definition.references?.length) continue;
      const rows = tableIn(draft, manifest.id, table)?.rows ?? new Map<string, CatalogRow>();
      for (const reference of definition.references) yield {catalogId: manifest.id, table, reference, rows};
    }
  }
}

/** What a catalog is called in Chinese; its id when it is not published. */
export function catalogZh(draft: Draft, catalogId: string): string {
  return [draft.base, ...draft.others].find(version => version.manifest.id === catalogId)?.manifest.title['zh-CN'] ?? catalogId;
}

/** Whether a row is in use. */
export function isActive(row: CatalogRow | undefined): boolean {
  return row !== undefined && row['status'] !== 'retired';
}
