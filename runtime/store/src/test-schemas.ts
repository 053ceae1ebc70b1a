import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {createConnection, type Connection, type RowDataPacket} from 'mysql2/promise';
import {createStore, type Store} from './store.js';

/** A migrated schema of the test server, nobody else's until it is given back. */
export interface LentSchema {
  readonly url: string;
  readonly name: string;
  giveBack(): Promise<void>;
  /** Keeps the schema to the end of the process, without keeping the process. */
  keep(): void;
}

/** Where a schema keeps how it was when it was new; the migrations' own list of what ran. */
const label = 'zz_as_new';
const untouched = [label, 'migration'];
/** More than ever run at once. */
const mostSchemas = 400;
const migrations = new URL('./migrations/', import.meta.url);

/** Tells states of the migrations apart. */
const state = createHash('sha256').update(readdirSync(migrations).sort().map(file => `${file} ${readFileSync(new URL(file, migrations), 'utf8')}`).join('\n')).digest('hex');

/** What `label` holds. `state` is `lent` while somebody has the schema, and stays so when a test changed its tables or its owner died. */
interface Label {
  readonly state: string;
  readonly looks: string;
  /** Rows that migrations put there, by table, as JSON. */
  readonly seeds: string;
}

/**
 * Lends a schema of the test server: one that an earlier test gave back, emptied, or a new one. Making all tables takes as long as many tests, so
 * they are made as often as tests run at once. A lock of the server says who has a schema, and ends with its owner; schemas stay for the next run.
 *
 * @param server - `mysql://user:password@host:port`.
 * @param template - A schema whose rows the lent one begins with; without it, it has those of a new database.
 */
export async function lendSchema(server: string, template?: string): Promise<LentSchema> {
  const lock = await connect(server);
  try {
    const name = await lockOne(lock);
    const url = `${server}/${name}`;
    const kept = (await labelOf(lock, name)) ?? (await makeAnew(lock, name, url));
    await lock.query(`update ${name}.${label} set state = 'lent'`);
    await empty(lock, name, template === undefined ? kept.seeds : '{}');
    if (template !== undefined) await copyRows(lock, template, name);
    return {
      url, name,
      async giveBack() {
        if ((await looksOf(lock, name)) === kept.looks) await lock.query(`update ${name}.${label} set state = ?`, [state]);
        await lock.end();
      },
      keep: () => (lock as unknown as {readonly connection: {readonly stream: {unref(): void}}}).connection.stream.unref(),
    };
  } catch (error) {
    lock.destroy();
    throw error;
  }
}

/** Fills a schema that serves as a template as long as this process lives; answers its name. */
export async function makeTemplate(server: string, fill: (store: Store) => Promise<void>): Promise<string> {
  const {url, name, keep} = await lendSchema(server);
  const store = createStore(url);
  await fill(store).finally(() => store.close());
  keep();
  return name;
}

function connect(server: string): Promise<Connection> {
  const {hostname, port, username, password} = new URL(server);
  return createConnection({host: hostname, port: Number(port || '3306'), user: decodeURIComponent(username), password: decodeURIComponent(password), multipleStatements: true});
}

async function rowsOf<Row>(connection: Connection, sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const [found] = await connection.query<Array<RowDataPacket & Row>>(sql, [...values]);
  return found;
}

async function lockOne(connection: Connection): Promise<string> {
  for (let number = 1; number <= mostSchemas; number += 1) {
    const name = `banli_pool_${number}`;
    const [answer] = await rowsOf<{got: number}>(connection, 'select get_lock(?, 0) as got', [name]);
    if (Number(answer?.got) === 1) return name;
  }
  throw new Error(`${mostSchemas} test schemas are in use: somebody does not close what he opens.`);
}

/** The label of a schema that is as new by the migrations of now; `null` when it must be made. */
async function labelOf(connection: Connection, name: string): Promise<Label | null> {
  const tables = await rowsOf(connection, 'select table_name from information_schema.tables where table_schema = ? and table_name = ?', [name, label]);
  if (tables.length === 0) return null;
  const [kept] = await rowsOf<Label>(connection, `select state, looks, seeds from ${name}.${label}`);
  return kept?.state === state ? kept : null;
}

async function makeAnew(connection: Connection, name: string, url: string): Promise<Label> {
  await connection.query(`drop database if exists ${name}; create database ${name} character set utf8mb4 collate utf8mb4_bin`);
  const store = createStore(url);
  await store.migrate().finally(() => store.close());
  const seeds: Record<string, readonly object[]> = {};
  for (const table of await filledTables(connection, name)) seeds[table] = await rowsOf<object>(connection, `select * from ${name}.${table}`);
  const kept = {state, looks: await looksOf(connection, name), seeds: JSON.stringify(seeds)};
  await connection.query(`create table ${name}.${label} (state varchar(64), looks varchar(64), seeds text)`);
  await connection.query(`insert into ${name}.${label} set ?`, [kept]);
  return kept;
}

/** How the tables of a schema look, as one hash. */
async function looksOf(connection: Connection, name: string): Promise<string> {
  const columns = await rowsOf<object>(connection, `select table_name, column_name, column_type, is_nullable, column_default, column_key from information_schema.columns
    where table_schema = ? and table_name <> ? order by table_name, ordinal_position`, [name, label]);
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex');
}

interface Table {
  readonly name: string;
  readonly next: number | null;
}

async function tablesOf(connection: Connection, name: string): Promise<readonly Table[]> {
  return rowsOf<Table>(connection, 'select table_name as name, auto_increment as next from information_schema.tables where table_schema = ? and table_name not in (?)', [name, untouched]);
}

async function filledTables(connection: Connection, name: string, tables?: readonly Table[]): Promise<readonly string[]> {
  const asked = (tables ?? (await tablesOf(connection, name))).map(table => `select '${table.name}' as name from dual where exists (select 1 from ${name}.${table.name})`);
  return (await rowsOf<{name: string}>(connection, asked.join(' union all '))).map(({name: table}) => table);
}

/** Takes away every row, starts counters anew, and puts back what migrations had put there. */
async function empty(connection: Connection, name: string, seeds: string): Promise<void> {
  const tables = await tablesOf(connection, name);
  const filled = new Set(await filledTables(connection, name, tables));
  const counted = tables.filter(table => Number(table.next ?? 1) > 1).map(table => `truncate table ${name}.${table.name}`);
  const others = tables.filter(table => table.next === null && filled.has(table.name)).map(table => `delete from ${name}.${table.name}`);
  await connection.query(['set foreign_key_checks = 0', ...counted, ...others, 'set foreign_key_checks = 1'].join('; '));
  for (const [table, rows] of Object.entries(JSON.parse(seeds) as Record<string, readonly object[]>)) {
    for (const row of rows) await connection.query(`insert into ${name}.${table} set ?`, [row]);
  }
}

async function copyRows(connection: Connection, from: string, to: string): Promise<void> {
  const copies = (await filledTables(connection, from)).map(table => `insert into ${to}.${table} select * from ${from}.${table}`);
  await connection.query(['set foreign_key_checks = 0', ...copies, 'set foreign_key_checks = 1'].join('; '));
}
