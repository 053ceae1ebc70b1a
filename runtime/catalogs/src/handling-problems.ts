import type {Problem} from '@banli/errors';
import type {CatalogRow, LoadedCatalog} from '@banli/formats/catalogs';
import {catalogErrors} from './errors.js';
import type {PublishedVersion} from './version.js';

/** Published applications by id, each with the forms that a matter may name. */
export type Applications = ReadonlyMap<string, readonly string[]>;

/** Where rows say which application and form handle a matter. */
export const handlingTable = {catalog: 'matters', table: 'handling'} as const;

/** A row of that table where it stands. */
interface HandlingRow {
  readonly key: string;
  readonly values: CatalogRow;
  readonly place: Problem['place'];
  /** Said already by the version of before: it is told, and refuses nothing. */
  readonly isOld: boolean;
}

const mostNamed = 5;

/**
 * Rows that name a form which their application does not have, one by one; and applications that are not published, each once with its rows. The latter is no refusal: an application
 * may be published after its catalogs. Until then such matters may be started in any application, with its own form.
 */
export function handlingProblems(rows: readonly HandlingRow[], applications: Applications): readonly Problem[] {
  const waiting = new Map<string, HandlingRow[]>();
  const problems: Problem[] = [];
  for (const row of rows) {
    const {status, processCode = '', formCode = ''} = row.values;
    if (status === 'retired') continue;
    const forms = applications.get(processCode);
    if (!forms) waiting.set(processCode, [...(waiting.get(processCode) ?? []), row]);
    else if (!forms.includes(formCode)) problems.push(problemAt(catalogErrors.HANDLING_FORM({key: row.key, form: formCode, process: processCode, known: forms.join(', ')}), {...row.place, field: 'formCode'}, row.isOld));
  }
  for (const [process, named] of waiting) {
    const error = catalogErrors.HANDLING_PROCESS({process, count: named.length, rows: named.slice(0, mostNamed).map(({key}) => key).join(', '), published: [...applications.keys()].join(', ') || '–'});
    problems.push(problemAt(error, {...named[0]?.place, field: 'processCode'}, true));
  }
  return problems;
}

/** The same of a version that is published: everything is told, nothing refused. */
export function handlingProblemsOf(version: PublishedVersion, applications: Applications): readonly Problem[] {
  const {catalog, table} = handlingTable;
  return handlingProblems((version.tables.get(table)?.rows ?? []).map(({key, values}) => ({key, values, isOld: true, place: {file: `${catalog}/${table}`, element: key}})), applications);
}

/** The same of a catalog from files, with file and line; without `applications` nothing is asked. */
export function handlingProblemsIn({manifest, tables}: LoadedCatalog, last: PublishedVersion | undefined, applications: Applications | undefined): readonly Problem[] {
  const read = manifest.id === handlingTable.catalog && applications ? tables[handlingTable.table] : undefined;
  if (!read || !applications) return [];
  const before = last?.tables.get(handlingTable.table)?.byKey;
  const isOld = (key: string, {processCode, formCode, status}: CatalogRow): boolean => {
    const was = before?.get(key)?.values;
    return was !== undefined && was['processCode'] === processCode && was['formCode'] === formCode && was['status'] === status;
  };
  return handlingProblems(read.entries.map(({key, values, line}) => ({key, values, isOld: isOld(key, values), place: {file: read.definition.file, line, element: key}})), applications);
}

function problemAt({code, message, details}: {readonly code: string; readonly message: string; readonly details: Problem['details']}, place: Problem['place'], isWarning: boolean): Problem {
  return {code, message, ...(details === undefined ? {} : {details}), place, ...(isWarning ? {severity: 'warning' as const} : {})};
}
