import type {Statement} from './connection.js';

/** A change that has to find its row, and the error where it finds none. */
export interface Expected {
  readonly statement: Statement;
  readonly lost: () => Error;
}

/**
 * The statement, and one behind it that fails where it changed nothing: so that of several statements in one message those that come after it, the COMMIT among them, do not run.
 * A number that grows beyond all numbers is refused by MariaDB and MySQL alike, in every mode.
 */
export function checked(statement: Statement): readonly Statement[] {
  return [statement, {sql: 'select exp(if(row_count() = 0, 1000, 0))', values: []}];
}

const outOfRange = 'ER_DATA_OUT_OF_RANGE';

/** Whether it was the look at what was changed that failed: no other statement of ours asks for that. */
export function isMissed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === outOfRange && error.message.includes('row_count()');
}
