import type {Knex} from 'knex';

/**
 * One change of the tables, the same on SQLite and MariaDB. `name` is `<nnnn>-<area>`; names sort in the order they run. On MariaDB it may run a second time after a stop:
 * tables, columns and keys that are there are then left, rows have to be written so that they may be there.
 */
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
