import type {Knex} from 'knex';
import type {SqlRow} from './case-style.js';
import {ask, isSqlite, type Answer, type ConnectionPool, type Statement} from './connection.js';
import {connectionOf, runExpected, runLast, sendExpected, type Tx} from './transaction.js';

/**
 * Statements for the paths that run with every command (ADR 0007). Knex builds a query, compiles it and passes it through several layers of
 * promises, which costs more than most answers of SQLite. These write the text once, remember it, and hand it to the connection of knex's own
 * pool or transaction. Everything else is written with knex.
 */

/** Reads rows. `sql` has `?` for values and must be the same text every time, or few texts: it is kept prepared. */
export async function queryRows(on: Knex | Tx, sql: string, values: readonly unknown[]): Promise<SqlRow[]> {
  return (await run(on, sql, values)).rows;
}

/** Reads the first row, if there is one. */
export async function queryRow(on: Knex | Tx, sql: string, values: readonly unknown[]): Promise<SqlRow | undefined> {
  return (await run(on, sql, values)).rows[0];
}

/**
 * Reads rows by keys that are texts. On MariaDB, too, the statement stays prepared, which a long one that is asked with every request is worth: the server reads it once for each connection.
 * Numbers are no keys here, as the driver would send them as fractions.
 */
export async function queryByKeys(on: Knex | Tx, sql: string, keys: readonly string[]): Promise<SqlRow[]> {
  return (await run(on, sql, keys, true)).rows;
}

/** Writes with a text of the caller; answers how many rows changed. Only in a transaction: the store sees to its durability. */
export async function execute(tx: Tx, sql: string, values: readonly unknown[]): Promise<number> {
  return (await run(tx, sql, values)).changes;
}

/** Rows of one statement: below the number of values that SQLite takes, and on MariaDB one text for all full ones, which stays prepared. */
const rowsAtOnce = 100;

/** Inserts rows that all have the same columns, as many as there are. @throws Error when one has others: what it holds more would be lost without a word. */
export async function insertRows<T extends object>(tx: Tx, table: string, rows: readonly T[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).sort();
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    const {sql, values} = insertOf(table, columns, some as readonly SqlRow[]);
    await run(tx, sql, values, some.length === rowsAtOnce);
  }
}

/**
 * Inserts rows at the end of the transaction, on MariaDB on the way of the COMMIT: for what nothing in the transaction reads again, and whose failure nobody
 * handles inside of it. Statements that were put at the end run in the order in which they came.
 */
export async function insertRowsLast<T extends object>(tx: Tx, table: string, rows: readonly T[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  if (rows.length >= rowsAtOnce) await insertRows(tx, table, rows);
  else runLast(tx, insertOf(table, Object.keys(first).sort(), rows as readonly SqlRow[]));
}

/** Inserts rows at the end of the transaction, as `insertRowsLast` does, and leaves rows alone that are there already. */
export function insertMissingLast(tx: Tx, table: string, rows: readonly SqlRow[]): void {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).sort();
  const {sql, values} = insertOf(table, columns, rows);
  // Not `insert ignore`: it would take what does not fit, too, and cut it.
  const column = name(columns[0] ?? '');
  const rest = isSqlite(connectionOf(tx)) ? 'on conflict do nothing' : `on duplicate key update ${column} = ${column}`;
  runLast(tx, {sql: `${sql} ${rest}`, values});
}

function insertOf(table: string, columns: readonly string[], rows: readonly SqlRow[]): Statement {
  return {sql: text(`insert ${rows.length} ${table} ${columns.join(' ')}`, () => insertText(table, columns, rows.length)), values: valuesOf(rows, columns, table)};
}

function insertText(table: string, columns: readonly string[], rows: number, fixed: Rewrite['demands'] = {}): string {
  const place = `(${[...columns.map(() => '?'), ...Object.values(fixed).map(value => (value === 0 ? '0' : "''"))].join(', ')})`;
  return `insert into ${name(table)} (${[...columns, ...Object.keys(fixed)].map(name).join(', ')}) values ${Array.from({length: rows}, () => place).join(', ')}`;
}

function valuesOf(rows: readonly SqlRow[], columns: readonly string[], table: string): readonly unknown[] {
  const values: unknown[] = [];
  for (const row of rows) {
    let found = 0;
    for (const key in row) if (key) found += 1;
    if (found !== columns.length) throw otherColumns(table);
    for (const column of columns) values.push(valueOf(row, column, table));
  }
  return values;
}

function valueOf(row: SqlRow, column: string, table: string): unknown {
  const value = row[column];
  if (value === undefined && !Object.hasOwn(row, column)) throw otherColumns(table);
  return value;
}

function otherColumns(table: string): Error {
  return new Error(`Rows for ${table} with different columns.`);
}

/** Changes the rows whose columns equal `where`; answers how many it found. */
export async function updateRows(tx: Tx, table: string, where: SqlRow, change: SqlRow): Promise<number> {
  const {sql, values} = updateOf(table, where, change);
  return (await run(tx, sql, values)).changes;
}

/**
 * Changes the row whose columns equal `where`, and gives the transaction up with what `lost` makes if there is none: for whoever read the row before and holds that nobody changed it since.
 * On MariaDB it goes with the COMMIT where nothing is asked in between, so that only then the error comes.
 */
export function updateExpected(tx: Tx, table: string, where: SqlRow, change: SqlRow, lost: () => Error): Promise<void> {
  return runExpected(tx, {statement: updateOf(table, where, change), lost});
}

/** Changes rows at the end of the transaction, as `insertRowsLast` inserts them; how many it finds is not told. */
export function updateRowsLast(tx: Tx, table: string, where: SqlRow, change: SqlRow): void {
  runLast(tx, updateOf(table, where, change));
}

/** Writes with a text of the caller at the end of the transaction, as `insertRowsLast` does. */
export function executeLast(tx: Tx, sql: string, values: readonly unknown[]): void {
  runLast(tx, {sql, values});
}

function updateOf(table: string, where: SqlRow, change: SqlRow): Statement {
  const set = Object.keys(change);
  const known = Object.keys(where);
  const sql = text(`update ${table} ${set.join(' ')} where ${known.join(' ')}`, () => `update ${name(table)} set ${set.map(column => `${name(column)} = ?`).join(', ')} where ${known.map(column => `${name(column)} = ?`).join(' and ')}`);
  return {sql, values: [...Object.values(change), ...Object.values(where)]};
}

/** How many rows are written anew: the primary key that each is found by, the number that every change raises by one, and the columns that change. */
export interface Rewrite {
  readonly key: string;
  readonly counter: string;
  readonly columns: readonly string[];
  /** What the table demands of a new row besides, with anything that it takes: MariaDB is told of it and never writes it. */
  readonly demands: Readonly<Record<string, '' | 0>>;
}

/**
 * Writes columns of many rows anew, each with values of its own, with few statements. Rows have these columns, key and counter, that as it is after the change.
 *
 * @returns Whether every row stood there with the counter before; if one did not, the transaction must be given up.
 * @throws Error when a row has other columns.
 */
export async function rewriteRows<T extends object>(tx: Tx, table: string, rewrite: Rewrite, rows: readonly T[]): Promise<boolean> {
  if (rows.length === 0) return true;
  const sqlite = isSqlite(connectionOf(tx));
  const columns = [rewrite.key, rewrite.counter, ...rewrite.columns];
  const [make, each] = sqlite ? [updateFromValues, 1] as const : [insertOver, 2] as const;
  let changed = 0;
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    const sql = text(`${make.name} ${some.length} ${table} ${columns.join(' ')}`, () => make(table, columns, some.length, rewrite));
    changed += (await run(tx, sql, valuesOf(some as readonly SqlRow[], columns, table), some.length === rowsAtOnce)).changes;
  }
  return changed === rows.length * each;
}

function updateFromValues(table: string, columns: readonly string[], rows: number, {counter}: Rewrite): string {
  const place = `(${columns.map(() => '?').join(', ')})`;
  const [key = '', , ...set] = columns.map(name);
  const change = set.map((column, index) => `${column} = v.column${index + 3}`).join(', ');
  const own = name(table);
  return `update ${own} set ${change}, ${name(counter)} = v.column2 from (values ${Array.from({length: rows}, () => place).join(', ')}) v where ${own}.${key} = v.column1 and ${own}.${name(counter)} = v.column2 - 1`;
}

/** MariaDB takes values of a prepared text by the types of columns in an insert alone. A row that was changed counts 2, one that was as it is 1, one that was not there 1. */
function insertOver(table: string, columns: readonly string[], rows: number, {counter, columns: set, demands}: Rewrite): string {
  const known = name(counter);
  // From left to right: the counter last, because the others ask for it.
  const change = [...set.map(name), known].map(column => `${column} = if(${known} = values(${known}) - 1, values(${column}), ${column})`);
  return `${insertText(table, columns, rows, demands)} on duplicate key update ${change.join(', ')}`;
}

const texts = new Map<string, string>();
/** Tables and columns come from code, so there are few texts; numbers of rows vary. */
const mostTexts = 2_000;

function text(key: string, make: () => string): string {
  const found = texts.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (texts.size < mostTexts) texts.set(key, made);
  return made;
}

/** @throws Error for anything but a plain name: names are never data. */
function name(identifier: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(identifier)) throw new Error(`Not a name of a table or column: ${identifier}`);
  return `\`${identifier}\``;
}

async function run(on: Knex | Tx, sql: string, values: readonly unknown[], prepared = false): Promise<Answer> {
  const held = connectionOf(on);
  if (held) {
    const before = sendExpected(on);
    if (before) await before;
    return ask(held, sql, values, prepared);
  }
  const pool: ConnectionPool = (on as Knex).client;
  const connection = await pool.acquireConnection();
  try {
    return await ask(connection, sql, values, prepared);
  } finally {
    await pool.releaseConnection(connection);
  }
}
