import type {Knex} from 'knex';
import type {Store} from '../src/index.js';

/** How many statements a server may still send before it dies. */
export interface Life {
  left: number;
  /** It lives again; the database has taken back what was not committed. */
  restart(): void;
}

interface SqliteConnection {
  readonly inTransaction: boolean;
  prepare(sql: string): object;
  exec(sql: string): void;
}

interface Client {
  acquireConnection(): Promise<SqliteConnection>;
  releaseConnection(connection: SqliteConnection): Promise<void>;
  _query(connection: unknown, statement: object): Promise<object>;
}

class Died extends Error {}

/** Makes the server of a store die after as many statements as it has left. */
export async function mortal({knex, dialect}: Store): Promise<Life> {
  const life: Life = {
    left: Number.POSITIVE_INFINITY,
    restart: () => void (life.left = Number.POSITIVE_INFINITY),
  };
  const spend = (): void => {
    if (life.left <= 0) throw new Died();
    life.left -= 1;
  };
  const client: Client = knex.client;
  if (dialect === 'sqlite') {
    const connection = await client.acquireConnection();
    const prepare = connection.prepare.bind(connection);
    connection.prepare = sql => {
      spend();
      return prepare(sql);
    };
    life.restart = () => {
      life.left = Number.POSITIVE_INFINITY;
      if (connection.inTransaction) connection.exec('ROLLBACK');
    };
    await client.releaseConnection(connection);
  } else {
    const send = client._query.bind(client);
    client._query = (connection, statement) => {
      spend();
      return send(connection, statement);
    };
  }
  return life;
}

/** Migrates with a server that dies after each statement of each migration in turn, and is started again. @returns How often it died. */
export async function migrateDying(store: Store, life: Life): Promise<number> {
  let deaths = 0;
  for (let ended = 0, most = 1; ; ) {
    life.left = most;
    try {
      await store.migrate();
      return deaths;
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      deaths += 1;
    } finally {
      life.restart();
    }
    const now = (await store.knex.schema.hasTable('migration')) ? (await store.knex('migration').where('ran_at', '>', 0)).length : 0;
    most = now > ended ? 1 : most + 1;
    ended = now;
  }
}

/** Every table with its columns and keys, and the rows that migrations put there: the same for the same database. */
export async function pictureOf({knex, dialect}: Store): Promise<unknown> {
  const rows = [await knex('setting').orderBy('name'), await knex('catalog_publishing').select('id', 'turn'), await knex('migration').orderBy('name').pluck('name')];
  return [...(dialect === 'sqlite' ? await ofSqlite(knex) : await ofMysql(knex)), ...rows];
}

async function ofSqlite(knex: Knex): Promise<readonly unknown[]> {
  return [await knex('sqlite_master').orderBy(['type', 'name']).select('type', 'name', 'tbl_name', 'sql')];
}

async function ofMysql(knex: Knex): Promise<readonly unknown[]> {
  return [
    await knex('information_schema.columns').whereRaw('table_schema = database()').orderBy(['table_name', 'ordinal_position']).select('table_name', 'column_name', 'column_type', 'is_nullable', 'column_default', 'collation_name'),
    await knex('information_schema.statistics').whereRaw('table_schema = database()').orderBy(['table_name', 'index_name', 'seq_in_index']).select('table_name', 'index_name', 'seq_in_index', 'column_name', 'non_unique'),
  ];
}
