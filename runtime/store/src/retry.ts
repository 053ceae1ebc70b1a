import {setTimeout as wait} from 'node:timers/promises';
import {isAppError, type AppError} from '@banli/errors';
import {storeErrors} from './errors.js';

const attempts = 8;
const retriable = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED']);
const unreachable = new Set(['ECONNREFUSED', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ETIMEDOUT', 'ENOENT', 'EPIPE', 'ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN']);

/**
 * Runs a unit of work again when the database chose it as a deadlock victim or was busy: at most 8 times, 5 ms to 640 ms apart with jitter.
 *
 * @throws AppError `STORE_BUSY`, `STORE_DOWN`; every other error as it came.
 */
export async function runRetried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = databaseCode(error);
      if (code !== undefined && unreachable.has(code)) throw storeErrors.DOWN({}, {cause: error});
      if (code === undefined || !retriable.has(code)) throw error;
      if (attempt === attempts) throw storeErrors.BUSY({}, {cause: error});
      await wait(5 * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

/**
 * What a failure of the database outside of a unit of work means to a caller: `STORE_DOWN`, `STORE_BUSY`, or `null` for anything else. The driver calls
 * connections that are over fatal; other programs that cannot be reached fail with the same codes, but without that.
 */
export function storeFailureOf(error: unknown): AppError | null {
  if (error instanceof Error && error.name === 'KnexTimeoutError') return storeErrors.DOWN({}, {cause: error});
  const code = databaseCode(error);
  if (code === undefined) return null;
  if (unreachable.has(code) && error instanceof Error && 'fatal' in error && error.fatal === true) return storeErrors.DOWN({}, {cause: error});
  return retriable.has(code) ? storeErrors.BUSY({}, {cause: error}) : null;
}

/** Whether an insert failed because a unique key is taken: the way callers find out that something was done before. */
export function isDuplicateKey(error: unknown): boolean {
  const code = databaseCode(error);
  return code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

function databaseCode(error: unknown): string | undefined {
  if (isAppError(error) || !(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
