import type {Problem} from '@banli/errors';
import {checkIssue} from './check-issue.js';
import {namedBy, type CatalogReference, type LoadedCatalog, type LoadedTable} from './manifest.js';
import {fileProblem} from './problem.js';
import {readManifest} from './read-manifest.js';
import {readTable, type CatalogFiles} from './read-table.js';
import {readShape} from './row-shape.js';
import {rowsPerStep, withoutPause} from './steps.js';

/**
 * Reads a catalog from its text files and checks all of it but references: manifest, schemas, format, rows, keys, order, parents.
 *
 * @returns Every problem at once; `catalog` is `null` when a file cannot be read at all. A catalog with problems of severity
 * `error` must not be published.
 */
export function readCatalog(files: CatalogFiles): ReadCatalog {
  return withoutPause(readCatalogInSteps(files));
}

/** A catalog as it was read. */
export interface ReadCatalog {
  readonly catalog: LoadedCatalog | null;
  readonly problems: readonly Problem[];
}

/** The same as `readCatalog`, but pauses now and then: a large catalog takes a while. */
export function* readCatalogInSteps(files: CatalogFiles): Generator<void, ReadCatalog> {
  const {manifest, problems: found} = readManifest(files['catalog.yaml']);
  if (!manifest) return {catalog: null, problems: found};
  const problems = [...found];
  const tables: Record<string, LoadedTable> = {};
  for (const [name, definition] of Object.entries(manifest.tables)) {
    const result = yield* readTable(name, definition, files);
    problems.push(...result.problems, ...checkIssue(name, definition, result.table ? readShape(files[definition.schema] ?? '{}').columns : null));
    if (result.table) tables[name] = result.table;
  }
  const complete = Object.keys(tables).length === Object.keys(manifest.tables).length;
  return {catalog: complete ? {manifest, tables} : null, problems};
}

/** Finds the rows of another catalog's table: key → status; `null` when there is no such catalog or table. */
export type FindTable = (catalogId: string, table: string) => ReadonlyMap<string, string> | null;

/**
 * Checks every reference of a catalog. An active row must not name a retired one. References within the catalog need no `find`.
 */
export function checkReferences(catalog: LoadedCatalog, find: FindTable): readonly Problem[] {
  return withoutPause(checkReferencesInSteps(catalog, find));
}

/** The same as `checkReferences`, but pauses now and then. A table that several columns point to is asked for once. */
export function* checkReferencesInSteps(catalog: LoadedCatalog, find: FindTable): Generator<void, readonly Problem[]> {
  const known = new Map<string, ReturnType<FindTable>>();
  const findOnce: FindTable = (catalogId, table) => {
    const name = `${catalogId}/${table}`;
    const own = catalogId === catalog.manifest.id ? catalog.tables[table] : undefined;
    const found = known.get(name) ?? (own ? statusByKey(own) : find(catalogId, table));
    known.set(name, found);
    return found;
  };
  const problems: Problem[] = [];
  for (const table of Object.values(catalog.tables)) {
    for (const reference of table.definition.references ?? []) problems.push(...(yield* checkReference(table, reference, findOnce)));
  }
  return problems;
}

/** Key → status of a table, as `FindTable` answers it. */
export function statusByKey(table: LoadedTable): ReadonlyMap<string, string> {
  return new Map(table.entries.map(entry => [entry.key, entry.values['status'] ?? 'active']));
}

function* checkReference(table: LoadedTable, reference: CatalogReference, find: FindTable): Generator<void, readonly Problem[]> {
  const {file} = table.definition;
  const {column, catalog} = reference;
  const known = find(catalog, reference.table ?? catalog);
  if (!known) {
    if (reference.elsewhere) return [fileProblem('REFERENCE_UNCHECKED', {file, field: column}, {catalog}, 'warning')];
    return [fileProblem('REFERENCE_UNKNOWN', {file, field: column}, {column, value: '*', catalog})];
  }
  const problems: Problem[] = [];
  for (const [index, entry] of table.entries.entries()) {
    if (index % rowsPerStep === 0) yield;
    const place = {file, line: entry.line, field: column};
    for (const value of namedBy(reference, entry.values[column])) {
      const status = known.get(value);
      if (status === undefined) problems.push(fileProblem('REFERENCE_UNKNOWN', place, {column, value, catalog}));
      else if (status === 'retired' && entry.values['status'] !== 'retired') problems.push(fileProblem('REFERENCE_RETIRED', place, {column, value, catalog}));
    }
  }
  return problems;
}
