import type {LocalizedText} from '@banli/formats';
import {readShape, type CatalogKind, type CatalogReference, type CatalogTable, type ColumnShape} from '@banli/formats/catalogs';
import type {Desk} from './desk.js';
import {fixedColumns} from './tables.js';

/** A column as a form shows it. `isFixed`: it never changes on a row that was effective. */
export interface FormColumn extends ColumnShape {
  readonly reference: {readonly catalog: string; readonly table: string; readonly except: readonly string[]; readonly leaf: boolean; readonly elsewhere: boolean} | null;
  readonly isFixed: boolean;
}

/** A table of a catalog as its pages show it. */
export interface TableForm {
  readonly name: string;
  readonly title: LocalizedText;
  readonly key: readonly string[];
  readonly parent: string | null;
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

/** Describes the last version of a catalog. @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_SCHEMAS_MISSING` */
export async function formOf(desk: Desk, catalogId: string): Promise<CatalogForm> {
  const version = await desk.versions.withSchemas(await desk.versions.last(catalogId));
  const {manifest} = version;
  const names = [catalogId, ...Object.keys(manifest.tables).filter(name => name !== catalogId)].filter(name => manifest.tables[name]);
  return {
    id: catalogId, version: version.head.version, kind: manifest.kind, title: manifest.title, owner: manifest.owner,
    tables: names.flatMap(name => {
      const definition = manifest.tables[name];
      return definition ? [tableForm(manifest.id, name, definition, version.schemas[definition.schema] ?? '{}')] : [];
    }),
  };
}

function tableForm(catalogId: string, name: string, definition: CatalogTable, schema: string): TableForm {
  const shape = readShape(schema);
  const fixed = fixedColumns(definition);
  const own: CatalogReference | null = definition.parent === undefined ? null : {column: definition.parent, catalog: catalogId, table: name, key: ''};
  return {
    name, title: shape.title ?? {'zh-CN': name}, key: definition.key, parent: definition.parent ?? null,
    columns: shape.columns.map(column => {
      const reference = [...(definition.references ?? []), ...(own ? [own] : [])].find(each => each.column === column.name);
      return {
        ...column, isFixed: fixed.has(column.name),
        reference: reference ? {catalog: reference.catalog, table: reference.table ?? reference.catalog, except: reference.except ?? [], leaf: reference.leaf ?? false, elsewhere: reference.elsewhere ?? false} : null,
      };
    }),
  };
}
