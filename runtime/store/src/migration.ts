import type {Knex} from 'knex';

/** One change of the tables, run once, the same on SQLite and MariaDB. `name` is `<nnnn>-<area>`; names sort in the order they run. */
export interface Migration {
  readonly name: string;
  up(knex: Knex): Promise<void>;
}

/** Adds an id column: 26 characters, binary order. */
export function idColumn(table: Knex.CreateTableBuilder, name = 'id'): Knex.ColumnBuilder {
  return table.string(name, 26).notNullable();
}

/** Adds a moment: integer milliseconds UTC. */
export function momentColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.bigInteger(name);
}

/** Adds a column for JSON text: MariaDB's JSON is text with a check, so plain long text is the same on both. */
export function jsonColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.text(name, 'longtext');
}

/**
 * Adds an index, if it is not there: MariaDB keeps what a migration did before it was stopped, so the next start comes here again.
 *
 * @param columns - In their order.
 */
export async function addIndex(knex: Knex, table: string, columns: readonly string[], name: string): Promise<void> {
  const isSqlite = String(knex.client.config.client).includes('sqlite');
  const known = isSqlite
    ? await knex('sqlite_master').where({type: 'index', tbl_name: table, name}).first<object | undefined>('name')
    : await knex('information_schema.statistics').whereRaw('table_schema = database()').where({table_name: table, index_name: name}).first<object | undefined>('index_name');
  if (!known) await knex.schema.alterTable(table, builder => void builder.index([...columns], name));
}
