import {readShape, type CatalogRow} from '@banli/formats/catalogs';
import {isUnborn} from '../../version.js';
import type {BaseVersion} from '../versions.js';

const step = 1_000;

/** What a new column has that its maker did not say: optional, the last of its table (in a new catalog the last before those that every table has), texts of 200 characters. */
export function newField(last: BaseVersion, sent: CatalogRow): CatalogRow {
  const definition = Object.hasOwn(last.manifest.tables, sent['table'] ?? '') ? last.manifest.tables[sent['table'] ?? ''] : undefined;
  const columns = definition ? readShape(last.schemas[definition.schema] ?? '{}').columns : [];
  const order = Math.max(0, ...columns.filter(column => column.name !== sent['column'] && (column.isOwn || !isUnborn(last.head))).map(column => column.order)) + step;
  return {required: 'no', order: String(order), ...(sent['type'] === 'text' ? {maxLength: '200'} : {})};
}
