import type {Problem} from '@banli/errors';
import {namedBy, type CatalogRow, type LoadedCatalog} from '@banli/formats/catalogs';
import {catalogErrors} from './errors.js';

/** Published applications that count limits of the catalog, by id, each with the codes of the receivers that it knows. */
export type KnownReceivers = ReadonlyMap<string, readonly string[]>;

/** Where rows of the limits catalog name receivers: the table, and its column. */
const naming: Readonly<Record<string, string>> = {ladders: 'receivers', limits: 'warnReceivers', matrix: 'warnReceivers'};
const catalogId = 'limits';

/** A row of one of these tables where it stands. */
export interface NamingRow {
  readonly table: string;
  readonly key: string;
  readonly values: CatalogRow;
  readonly place: Problem['place'];
}

const mostNamed = 5;

/** Whether rows of a catalog can name receivers. */
export function namesReceivers(catalog: string): boolean {
  return catalog === catalogId;
}

/** Tables whose rows name receivers. */
export const namingTables: readonly string[] = Object.keys(naming);

/**
 * Receivers that rows in use name and no published application knows, each once a table, at the first row that names it. A warning, and no refusal: an application may be published after its catalogs. Nothing
 * is said while no application counts limits of the catalog.
 * @see What becomes of such a code when a clock fires: `runtime/deadlines`.
 */
export function receiverProblems(rows: readonly NamingRow[], known: KnownReceivers): readonly Problem[] {
  if (known.size === 0) return [];
  const codes = new Set([...known.values()].flat());
  const unknown = new Map<string, {readonly column: string; readonly code: string; readonly rows: NamingRow[]}>();
  for (const row of rows) {
    const column = naming[row.table];
    if (column === undefined || row.values['status'] === 'retired') continue;
    for (const code of namedBy({list: true}, row.values[column]).filter(each => !codes.has(each))) {
      const found = unknown.get(`${row.table} ${code}`) ?? {column, code, rows: []};
      found.rows.push(row);
      unknown.set(`${row.table} ${code}`, found);
    }
  }
  return [...unknown.values()].flatMap(({column, code, rows: named}) => {
    const [first] = named;
    if (!first) return [];
    const example = named.slice(0, mostNamed).map(({key}) => key);
    const error = catalogErrors.RECEIVER_UNKNOWN({key: first.key, catalog: catalogId, table: first.table, receiver: code, code, count: named.length, example, applications: [...known.keys()].join(', '), known: [...codes].sort().join() || '–'});
    return [{code: error.code, message: error.message, details: error.details, place: {...first.place, field: column}, severity: 'warning' as const}];
  });
}

/** The same of a catalog from files, with file and line; without `known` nothing is asked. */
export function receiverProblemsIn({manifest, tables}: Pick<LoadedCatalog, 'manifest' | 'tables'>, known: KnownReceivers | undefined): readonly Problem[] {
  if (!known || !namesReceivers(manifest.id)) return [];
  const rows = namingTables.flatMap(table => (tables[table]?.entries ?? []).map(({key, values, line}): NamingRow => ({table, key, values, place: {file: tables[table]?.definition.file ?? 'catalog.yaml', line, element: key}})));
  return receiverProblems(rows, known);
}
