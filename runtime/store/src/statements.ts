import type {Knex} from 'knex';
import type {SqlRow} from './case-style.js';
import type {Tx} from './store.js';

/**
 * Statements for the paths that run with every command (ADR 0007). Knex builds a query, compiles it and passes it through several layers of
 * promises, which costs more than most answers of SQLite. These write the text once, remember it, and hand it to the connection of knex's own
 * pool or transaction. Everything else is written with knex.
 */

interface SqliteStatement {
  readonly reader: boolean;
  all(values: readonly unknown[]): SqlRow[];
  run(values: readonly unknown[]): {readonly changes: number};
}

interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

type MysqlAnswer = SqlRow[] | {readonly affectedRows: number};

interface MysqlConnection {
  query(sql: string, values: readonly unknown[], done: (error: Error | null, answer: MysqlAnswer) => void): void;
}

type Connection = SqliteConnection | MysqlConnection;

/** The part of knex's client that hands out connections; knex does not type it. */
interface Client {
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
}

interface Answer {
  readonly rows: SqlRow[];
  readonly changes: number;
}

/** Reads rows. `sql` has `?` for values and must be the same text every time, or few texts: it is kept prepared. */
export async function queryRows(on: Knex, sql: string, values: readonly unknown[]): Promise<SqlRow[]> {
  return (await run(on, sql, values)).rows;
}

/** Reads the first row, if there is one. */
export async function queryRow(on: Knex, sql: string, values: readonly unknown[]): Promise<SqlRow | undefined> {
  return (await run(on, sql, values)).rows[0];
}

/** Writes with a text of the caller; answers how many rows changed. Only in a transaction: the store sees to its durability. */
export async function execute(tx: Tx, sql: string, values: readonly unknown[]): Promise<number> {
  return (await run(tx, sql, values)).changes;
}

/** Inserts rows that all have the same columns. @throws Error when one has others: what it holds more would be lost without a word. */
export async function insertRows(tx: Tx, table: string, rows: readonly SqlRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).sort();
  if (rows.some(row => Object.keys(row).length !== columns.length || !columns.every(column => Object.hasOwn(row, column)))) throw new Error(`Rows for ${table} with different columns.`);
  const sql = text(`insert ${rows.length} ${table} ${columns.join(' ')}`, () => {
    const places = `(${columns.map(() => '?').join(', ')})`;
    return `insert into ${name(table)} (${columns.map(name).join(', ')}) values ${rows.map(() => places).join(', ')}`;
  });
  await run(tx, sql, rows.flatMap(row => columns.map(column => row[column])));
}

/** Changes the rows whose columns equal `where`; answers how many it found. */
export async function updateRows(tx: Tx, table: string, where: SqlRow, change: SqlRow): Promise<number> {
  const set = Object.keys(change);
  const known = Object.keys(where);
  const sql = text(`update ${table} ${set.join(' ')} where ${known.join(' ')}`, () => `update ${name(table)} set ${set.map(column => `${name(column)} = ?`).join(', ')} where ${known.map(column => `${name(column)} = ?`).join(' and ')}`);
  return (await run(tx, sql, [...Object.values(change), ...Object.values(where)])).changes;
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

/** A transaction keeps its connection to its end. */
const held = new WeakMap<Knex, Connection>();

async function run(on: Knex, sql: string, values: readonly unknown[]): Promise<Answer> {
  const client: Client = on.client;
  if (!on.isTransaction) {
    const connection = await client.acquireConnection();
    try {
      return await ask(connection, sql, values);
    } finally {
      await client.releaseConnection(connection);
    }
  }
  if ((on as Tx).isCompleted()) throw new Error('The transaction has ended; a statement of it was not awaited.');
  let connection = held.get(on);
  if (!connection) {
    connection = await client.acquireConnection();
    held.set(on, connection);
  }
  return ask(connection, sql, values);
}

function ask(connection: Connection, sql: string, values: readonly unknown[]): Answer | Promise<Answer> {
  const plain = values.map(toPlain);
  return 'prepare' in connection && !('query' in connection) ? askSqlite(connection, sql, plain) : askMysql(connection as MysqlConnection, sql, plain);
}

function askSqlite(connection: SqliteConnection, sql: string, values: readonly unknown[]): Answer {
  const statement = connection.prepare(sql);
  return statement.reader ? {rows: statement.all(values), changes: 0} : {rows: [], changes: statement.run(values).changes};
}

function askMysql(connection: MysqlConnection, sql: string, values: readonly unknown[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    connection.query(sql, values, (error, answer) => {
      if (error) reject(error);
      else resolve(Array.isArray(answer) ? {rows: answer, changes: 0} : {rows: [], changes: answer.affectedRows});
    });
  });
}

/** As knex does it on both databases: what is missing is null, and truth is a number. */
function toPlain(value: unknown): unknown {
  return value === undefined ? null : typeof value === 'boolean' ? Number(value) : value;
}
