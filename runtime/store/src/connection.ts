import type {SqlRow} from './case-style.js';

/** What knex's drivers give us: one connection, as far as the store speaks to it itself. */
interface SqliteStatement {
  readonly reader: boolean;
  all(values: readonly unknown[]): SqlRow[];
  run(values: readonly unknown[]): {readonly changes: number};
}

interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

type MysqlAnswer = SqlRow[] | {readonly affectedRows: number};

type MysqlAsk = (sql: string, values: readonly unknown[], done: (error: Error | null, answer: MysqlAnswer) => void) => void;

interface MysqlConnection {
  readonly query: MysqlAsk;
  /** Prepares the text once for the connection and sends values as they are, not as text to be read again. */
  readonly execute: MysqlAsk;
}

/** A connection of knex's pool. `__knex__disposed` tells the pool to throw it away. */
export type Connection = (SqliteConnection | MysqlConnection) & {__knex__disposed?: unknown};

/** The part of knex's client that hands out connections; knex does not type it. */
export interface ConnectionPool {
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
}

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** What a statement answered: rows, or how many rows it changed. */
export interface Answer {
  readonly rows: SqlRow[];
  readonly changes: number;
}

/**
 * Runs one statement on a connection; SQLite answers at once, MariaDB later.
 *
 * @param prepared - On MariaDB the text stays prepared: only for few texts that write many values into columns, whose types then decide, or that read by texts. SQLite keeps every text.
 */
export function ask(connection: Connection, sql: string, values: readonly unknown[], prepared = false): Answer | Promise<Answer> {
  const plain = plainOf(values);
  return isSqlite(connection) ? askSqlite(connection, sql, plain) : askMysql(connection as MysqlConnection, prepared ? 'execute' : 'query', sql, plain);
}

/**
 * Runs statements one after the other whose answers nobody needs; on MariaDB in one trip, for which the connection has to take several at once.
 * The first that fails ends it.
 */
export async function askTogether(connection: Connection, statements: readonly Statement[]): Promise<void> {
  if (isSqlite(connection)) {
    for (const {sql, values} of statements) askSqlite(connection, sql, plainOf(values));
    return;
  }
  await askMysql(connection as MysqlConnection, 'query', statements.map(({sql}) => sql).join('; '), statements.flatMap(({values}) => plainOf(values)));
}

/** Whether a connection is one of SQLite: some statements read differently there. */
export function isSqlite(connection: Connection | null): connection is SqliteConnection {
  return connection !== null && 'prepare' in connection && !('query' in connection);
}

function askSqlite(connection: SqliteConnection, sql: string, values: readonly unknown[]): Answer {
  const statement = connection.prepare(sql);
  return statement.reader ? {rows: statement.all(values), changes: 0} : {rows: [], changes: statement.run(values).changes};
}

function askMysql(connection: MysqlConnection, way: 'query' | 'execute', sql: string, values: readonly unknown[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    connection[way](sql, values, (error, answer) => {
      if (error) reject(error);
      else resolve(Array.isArray(answer) ? {rows: answer, changes: 0} : {rows: [], changes: answer.affectedRows});
    });
  });
}

function plainOf(values: readonly unknown[]): readonly unknown[] {
  return values.every(isPlain) ? values : values.map(toPlain);
}

function isPlain(value: unknown): boolean {
  return value !== undefined && typeof value !== 'boolean';
}

/** As knex does it on both databases: what is missing is null, and truth is a number. */
function toPlain(value: unknown): unknown {
  return value === undefined ? null : typeof value === 'boolean' ? Number(value) : value;
}
