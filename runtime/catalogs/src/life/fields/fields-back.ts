import {readShape, type CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../../version.js';
import {sameRow} from '../merge.js';
import type {BaseVersion} from '../versions.js';
import {withBoundOf} from './bound-cells.js';
import {fieldsTable} from './field-rows.js';

/** A column as a version that is brought back makes it; `null` when it stays as it is. */
export type FieldBack = (now: CatalogRow, was: CatalogRow | undefined) => CatalogRow | null;

/**
 * What becomes of columns when a version is brought back. One that came later is retired. Options that came later stay, because rows may hold them, and texts stay as
 * long as they may be now. Of a column that the platform reads only titles, place and bounds go back.
 */
export function fieldsBack(last: BaseVersion): FieldBack {
  const own = new Set(Object.entries(last.manifest.tables).flatMap(([table, {schema}]) => readShape(last.schemas[schema] ?? '{}').columns.filter(column => column.isOwn).map(column => `${table}|${column.name}`)));
  return (now, was) => {
    const isOwn = own.has(`${now['table'] ?? ''}|${now['column'] ?? ''}`);
    const after = isOwn ? ownBack(now, was) : withBoundOf({...now, ...titlesAndPlace(was ?? {})}, was ?? now);
    return sameRow(after, now) ? null : after;
  };
}

/** Cells of a row of a version that is brought back: what stands in columns that it did not ask for yet, or any more, is not its to say. */
export function rowBack(wanted: PublishedVersion, table: string, now: CatalogRow, was: CatalogRow): CatalogRow {
  const fields = wanted.tables.get(fieldsTable)?.byKey;
  const isAsked = (column: string): boolean => !fields || (fields.get(`${table}|${column}`)?.values['status'] ?? 'retired') !== 'retired';
  return {...Object.fromEntries(Object.entries(was).filter(([column]) => isAsked(column))), ...Object.fromEntries(Object.entries(now).filter(([column]) => !isAsked(column)))};
}

function ownBack(now: CatalogRow, was: CatalogRow | undefined): CatalogRow {
  if (!was) return {...now, status: 'retired'};
  const options = Object.fromEntries(Object.entries(now).filter(([cell]) => cell.startsWith('option')));
  const maxLength = Math.max(Number(was['maxLength'] ?? 0), Number(now['maxLength'] ?? 0));
  return {...options, ...was, ...(maxLength > 0 ? {maxLength: String(maxLength)} : {})};
}

function titlesAndPlace(was: CatalogRow): CatalogRow {
  return Object.fromEntries(['titleZh', 'titleEn', 'order'].flatMap(cell => (was[cell] === undefined ? [] : [[cell, was[cell]] as const])));
}
