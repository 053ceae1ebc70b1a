import {readdir} from 'node:fs/promises';
import type {Knex} from 'knex';
import type {Clock} from '@banli/time';
import {ask, type ConnectionPool} from './connection.js';
import {storeErrors} from './errors.js';
import type {Migration} from './migration.js';

const folder = new URL('./migrations/', import.meta.url);

/** Reads every migration of this folder, in the order of the names. */
export async function listMigrations(): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter(file => /^\d{4}-[a-z-]+\.ts$/.test(file)).sort();
  const modules = await Promise.all(files.map(file => import(new URL(file, folder).href) as Promise<{migration: Migration}>));
  return modules.map(module => module.migration);
}

/**
 * Runs the migrations that have not run yet; only the server calls it, before it starts anything else. Of two servers that start together one waits for the other.
 * A server may die at any moment of it: the next one goes on where it was.
 *
 * @returns The names that ran now.
 * @throws AppError `STORE_MIGRATION_NEWER` when the database knows a migration that this code does not, `STORE_BUSY` when another server migrates for too long.
 */
export function migrateStore(knex: Knex, clock: Clock): Promise<readonly string[]> {
  return isMysql(knex) ? oneAtATime(knex, () => migrate(knex, clock, runAgain)) : migrate(knex, clock, runWhole);
}

type Run = (knex: Knex, migration: Migration, at: number) => Promise<void>;

async function migrate(knex: Knex, clock: Clock, run: Run): Promise<readonly string[]> {
  if (!(await knex.schema.hasTable('migration'))) {
    if (isMysql(knex)) await setCollation(knex);
    await knex.schema.createTable('migration', table => {
      table.string('name', 128).notNullable().primary();
      table.bigInteger('ran_at').notNullable();
    });
  }
  const known = await listMigrations();
  const rows: ReadonlyArray<{name: string; ran_at: number | string}> = await knex('migration').select('name', 'ran_at');
  for (const {name} of rows) {
    if (!known.some(migration => migration.name === name)) throw storeErrors.MIGRATION_NEWER({name});
  }
  const ran = new Set(rows.filter(row => Number(row.ran_at) !== begun).map(row => row.name));
  const open = known.filter(migration => !ran.has(migration.name));
  for (const migration of open) await run(knex, migration, clock.now());
  return open.map(migration => migration.name);
}

/** `ran_at` of a migration that was begun and has not ended. */
const begun = 0;

/** SQLite takes back what a stopped transaction did to the tables, too. */
const runWhole: Run = (knex, migration, at) =>
  knex.transaction(async tx => {
    await migration.up(tx);
    await tx('migration').insert({name: migration.name, ran_at: at});
  });

/** MariaDB keeps each change of a table by itself: a migration that was begun before runs again, and what it finds done is left as it is. */
const runAgain: Run = async (knex, migration, at) => {
  const {name} = migration;
  const wasBegun = await knex('migration').where({name}).first<object | undefined>('name');
  if (!wasBegun) await knex('migration').insert({name, ran_at: begun});
  await migration.up(wasBegun ? leavingWhatIsDone(knex) : knex);
  await knex('migration').where({name}).update({ran_at: at});
};

/** What the server says to a change of a table that was made before. */
const doneBefore = new Set(['ER_TABLE_EXISTS_ERROR', 'ER_DUP_FIELDNAME', 'ER_DUP_KEYNAME', 'ER_MULTIPLE_PRI_KEY', 'ER_CANT_DROP_FIELD_OR_KEY']);

/** The part of knex's client that sends a statement; knex does not type it. */
interface Sender {
  _query(connection: unknown, statement: object): Promise<object>;
}

function leavingWhatIsDone(knex: Knex): Knex {
  const again = knex.withUserParams({});
  const sender: Sender = again.client;
  const send = sender._query.bind(sender);
  sender._query = async (connection, statement) => {
    try {
      return await send(connection, statement);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && doneBefore.has(String(error.code)))) throw error;
      return Object.assign(statement, {response: [[], []]});
    }
  };
  return again;
}

/** Seconds that a server waits for another one's migrations. */
const longestWaitSeconds = 3_600;

async function oneAtATime<T>(knex: Knex, work: () => Promise<T>): Promise<T> {
  const pool: ConnectionPool = knex.client;
  const connection = await pool.acquireConnection();
  const lock = "concat('banli.migrate.', md5(database()))";
  try {
    const {rows} = await ask(connection, `select get_lock(${lock}, ?) as mine`, [longestWaitSeconds]);
    if (Number(rows[0]?.['mine']) !== 1) throw storeErrors.BUSY();
    try {
      return await work();
    } finally {
      await ask(connection, `select release_lock(${lock})`, []);
    }
  } finally {
    await pool.releaseConnection(connection);
  }
}

function isMysql(knex: Knex): boolean {
  return knex.client.config.client === 'mysql2';
}

/** Text compares by its bytes on MariaDB, as on SQLite: tables inherit this from the schema. */
async function setCollation(knex: Knex): Promise<void> {
  const [rows] = (await knex.raw('select database() as name')) as [Array<{name: string}>];
  const name = rows[0]?.name;
  if (name) await knex.raw('alter database ?? character set utf8mb4 collate utf8mb4_bin', [name]);
}
