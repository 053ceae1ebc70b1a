import type {Knex} from 'knex';
import type {SqlRow} from './case-style.js';
import {ask, isSqlite, type Answer, type ConnectionPool} from './connection.js';
import {connectionOf, type Tx} from './transaction.js';

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

/** Writes with a text of the caller; answers how many rows changed. Only in a transaction: the store sees to its durability. */
export async function execute(tx: Tx, sql: string, values: readonly unknown[]): Promise<number> {
  return (await run(tx, sql, values)).changes;
}

/** Inserts rows that all have the same columns. @throws Error when one has others: what it holds more would be lost without a word. */
export async function insertRows<T extends object>(tx: Tx, table: string, rows: readonly T[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).sort();
  const sql = text(`insert ${rows.length} ${table} ${columns.join(' ')}`, () => {
    const places = `(${columns.map(() => '?').join(', ')})`;
    return `insert into ${name(table)} (${columns.map(name).join(', ')}) values ${rows.map(() => places).join(', ')}`;
  });
  await run(tx, sql, valuesOf(rows as readonly SqlRow[], columns, table));
}

function valuesOf(rows: readonly SqlRow[], columns: readonly string[], table: string): readonly unknown[] {
  const values: unknown[] = [];
  for (const row of rows) putValues(values, row, columns, table);
  return values;
}

function putValues(values: unknown[], row: SqlRow, columns: readonly string[], table: string): void {
  let found = 0;
  for (const key in row) if (key) found += 1;
  for (const column of columns) {
    const value = row[column];
    if (value === undefined && !Object.hasOwn(row, column)) found = -1;
    values.push(value);
  }
  if (found !== columns.length) throw new Error(`Rows for ${table} with different columns.`);
}

/** Changes the rows whose columns equal `where`; answers how many it found. */
export async function updateRows(tx: Tx, table: string, where: SqlRow, change: SqlRow): Promise<number> {
  const set = Object.keys(change);
  const known = Object.keys(where);
  const sql = text(`update ${table} ${set.join(' ')} where ${known.join(' ')}`, () => `update ${name(table)} set ${set.map(column => `${name(column)} = ?`).join(', ')} where ${known.map(column => `${name(column)} = ?`).join(' and ')}`);
  return (await run(tx, sql, [...Object.values(change), ...Object.values(where)])).changes;
}

/** One row's change: the columns it is found by, and the values it gets. */
export interface RowChange {
  readonly where: SqlRow;
  readonly change: SqlRow;
}

/** Rows of one statement: below the number of values that SQLite takes. */
const changesAtOnce = 100;

/**
 * Changes many rows, each to values of its own, with few statements; answers how many were found. All have the same columns, the key of the table first.
 *
 * @throws Error when one has other columns.
 */
export async function updateMany(tx: Tx, table: string, changes: readonly RowChange[]): Promise<number> {
  const [first] = changes;
  if (!first) return 0;
  const [keys, set] = [Object.keys(first.where), Object.keys(first.change)];
  const write = isSqlite(connectionOf(tx)) ? updateFromValues : updateJoined;
  let changed = 0;
  for (let start = 0; start < changes.length; start += changesAtOnce) {
    const some = changes.slice(start, start + changesAtOnce);
    const values: unknown[] = [];
    for (const {where, change} of some) {
      putValues(values, where, keys, table);
      putValues(values, change, set, table);
    }
    const sql = text(`change ${some.length} ${table} ${keys.join(' ')} to ${set.join(' ')}`, () => write(name(table), keys.map(name), set.map(name), some.length));
    changed += (await run(tx, sql, values)).changes;
  }
  return changed;
}

function updateFromValues(table: string, keys: readonly string[], set: readonly string[], rows: number): string {
  const place = `(${[...keys, ...set].map(() => '?').join(', ')})`;
  const change = set.map((column, index) => `${column} = v.column${keys.length + index + 1}`).join(', ');
  return `update ${table} set ${change} from (values ${Array.from({length: rows}, () => place).join(', ')}) v where ${keys.map((column, index) => `${table}.${column} = v.column${index + 1}`).join(' and ')}`;
}

function updateJoined(table: string, keys: readonly string[], set: readonly string[], rows: number): string {
  const all = [...keys, ...set];
  const others = ` union all select ${all.map(() => '?').join(', ')}`.repeat(rows - 1);
  const named = `select ${all.map((_, index) => `? as v${index}`).join(', ')}`;
  return `update ${table} t join (${named}${others}) v on ${keys.map((column, index) => `t.${column} = v.v${index}`).join(' and ')} set ${set.map((column, index) => `t.${column} = v.v${keys.length + index}`).join(', ')}`;
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

async function run(on: Knex | Tx, sql: string, values: readonly unknown[]): Promise<Answer> {
  const held = connectionOf(on);
  if (held) return ask(held, sql, values);
  const pool: ConnectionPool = (on as Knex).client;
  const connection = await pool.acquireConnection();
  try {
    return await ask(connection, sql, values);
  } finally {
    await pool.releaseConnection(connection);
  }
}
