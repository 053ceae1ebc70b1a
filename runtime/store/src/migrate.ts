import {readdir} from 'node:fs/promises';
import type {Knex} from 'knex';
import type {Clock} from '@banli/time';
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
 * Runs the migrations that have not run yet; only the server calls it, before it starts anything else.
 *
 * @returns The names that ran now.
 * @throws AppError `STORE_MIGRATION_NEWER` when the database knows a migration that this code does not.
 */
export async function migrateStore(knex: Knex, clock: Clock): Promise<readonly string[]> {
  if (!(await knex.schema.hasTable('migration'))) {
    await setCollation(knex);
    await knex.schema.createTable('migration', table => {
      table.string('name', 128).notNullable().primary();
      table.bigInteger('ran_at').notNullable();
    });
  }
  const known = await listMigrations();
  const ran = new Set((await knex('migration').select<Array<{name: string}>>('name')).map(row => row.name));
  for (const name of ran) {
    if (!known.some(migration => migration.name === name)) throw storeErrors.MIGRATION_NEWER({name});
  }
  const names: string[] = [];
  for (const migration of known) {
    if (ran.has(migration.name)) continue;
    await migration.up(knex);
    await knex('migration').insert({name: migration.name, ran_at: clock.now()});
    names.push(migration.name);
  }
  return names;
}

/** Text compares by its bytes on MariaDB, as on SQLite: tables inherit this from the schema. */
async function setCollation(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'mysql2') return;
  const [rows] = (await knex.raw('select database() as name')) as [Array<{name: string}>];
  const name = rows[0]?.name;
  if (name) await knex.raw('alter database ?? character set utf8mb4 collate utf8mb4_bin', [name]);
}
