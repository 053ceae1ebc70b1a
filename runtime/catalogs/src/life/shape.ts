import type {LocalizedText} from '@banli/formats';
import {keyColumns, readShape, type CatalogKind, type CatalogReference, type CatalogTable, type ColumnShape, type ColumnType} from '@banli/formats/catalogs';
import type {Desk} from './desk.js';
import {stepReader, type RowsByTable} from './steps.js';
import {fixedColumns} from './tables.js';
import type {BaseVersion} from './versions.js';

/** A column as a form shows it. `isFixed`: it never changes on a row that was effective. */
export interface FormColumn extends ColumnShape {
  readonly type: ColumnType;
  readonly reference: {readonly catalog: string; readonly table: string; readonly except: readonly string[]; readonly leaf: boolean; readonly elsewhere: boolean; readonly list?: boolean} | null;
  readonly isFixed: boolean;
}

/** A table of a catalog as its pages show it. */
export interface TableForm {
  readonly name: string;
  readonly title: LocalizedText;
  readonly key: readonly string[];
  readonly parent: string | null;
  /** The column with the unit that maintains a row. */
  readonly maintainer: string | null;
  readonly columns: readonly FormColumn[];
}

/** What the pages of a catalog are made of: its tables, the main one first. */
export interface CatalogForm {
  readonly id: string;
  readonly version: string;
  readonly kind: CatalogKind;
  readonly title: LocalizedText;
  readonly owner: string;
  readonly tables: readonly TableForm[];
}

/** Describes the last version of a catalog, or the one that is named. @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_VERSION_UNKNOWN`, `CATALOG_CHANGE_SCHEMAS_MISSING` */
export async function formOf(desk: Desk, catalogId: string, named?: string): Promise<CatalogForm> {
  return describeForm(await desk.versions.withSchemas(named === undefined ? await desk.versions.last(catalogId) : await desk.versions.named(catalogId, named)));
}

/** Describes a version, or what a change set would make of it: `own` are its rows then. */
export function describeForm(version: BaseVersion, own?: RowsByTable): CatalogForm {
  const {manifest} = version;
  const catalogId = manifest.id;
  const codes = stepReader(version, own);
  const names = [catalogId, ...Object.keys(manifest.tables).filter(name => name !== catalogId)].filter(name => manifest.tables[name]);
  return {
    id: catalogId, version: version.head.version, kind: manifest.kind, title: manifest.title, owner: manifest.owner,
    tables: names.flatMap(name => {
      const definition = manifest.tables[name];
      return definition ? [tableForm({catalogId: manifest.id, name, definition, schema: version.schemas[definition.schema] ?? '{}', codes})] : [];
    }),
  };
}

interface TableParts {
  readonly catalogId: string;
  readonly name: string;
  readonly definition: CatalogTable;
  readonly schema: string;
  /** What codes of a column stand for. */
  readonly codes: ReturnType<typeof stepReader>;
}

function tableForm({catalogId, name, definition, schema, codes}: TableParts): TableForm {
  const shape = readShape(schema);
  const fixed = fixedColumns(definition);
  const own: CatalogReference | null = definition.parent === undefined ? null : {column: definition.parent, catalog: catalogId, table: name, key: ''};
  return {
    name, title: shape.title ?? {'zh-CN': name}, key: keyColumns(definition), parent: definition.parent ?? null, maintainer: definition.maintainer ?? null,
    columns: shape.columns.map(column => {
      const reference = [...(definition.references ?? []), ...(own ? [own] : [])].find(each => each.column === column.name);
      return {
        ...column, options: column.options.length > 0 ? column.options : [...codes(name, column.name)].map(([value, title]) => ({value, title})), type: column.type ?? (reference ? 'reference' : 'text'), isFixed: fixed.has(column.name),
        reference: reference ? {catalog: reference.catalog, table: reference.table ?? reference.catalog, except: reference.except ?? [], leaf: reference.leaf ?? false, elsewhere: reference.elsewhere ?? false, ...(reference.list ? {list: true} : {})} : null,
      };
    }),
  };
}
