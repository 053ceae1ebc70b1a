import {isAppError} from '@banli/errors';
import {storeFailureOf} from '@banli/store';
import type {CaseDeps} from './deps.js';

/**
 * Does something about one of many cases. What fails for this one alone is logged and holds up no other case; while the engine or the database is away, none would go
 * better.
 *
 * @returns Whether it was done.
 * @throws AppError `ENGINE_DOWN`, `STORE_DOWN`, `STORE_BUSY`
 */
export async function tryAlone(deps: Pick<CaseDeps, 'log'>, caseId: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isForAll(error)) throw error;
    deps.log.error('cases.alone.failed', {caseId, error: error instanceof Error ? (error.stack ?? error.message) : String(error)});
    return false;
  }
}

function isForAll(error: unknown): boolean {
  return isAppError(error, 'ENGINE_DOWN') || isAppError(error, 'STORE_DOWN') || isAppError(error, 'STORE_BUSY') || storeFailureOf(error) !== null;
}
