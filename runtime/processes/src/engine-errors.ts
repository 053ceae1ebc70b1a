import {defineErrors, isAppError} from '@banli/errors';
import type {RefusalClass} from './port.js';

/** What the engine's answers mean for a command; `details.reason` holds the engine's own words, for the log and the timeline of staff. */
export const engineErrors = defineErrors('ENGINE', {
  GONE: {status: 409, message: 'This step is already done or no longer open.', zh: '该环节已办理或已结束。'},
  REFUSED: {status: 422, message: 'The process engine refused: {reason}', zh: '流程引擎拒绝执行：{reason}'},
  TRY_AGAIN: {status: 503, message: 'The process engine is busy with this case, try again.', zh: '流程引擎正在处理该办件，请稍后重试。'},
  DOWN: {status: 503, message: 'The process engine does not answer at the moment.', zh: '流程引擎暂时没有应答。'},
});

const classes: Readonly<Record<string, RefusalClass>> = {ENGINE_GONE: 'gone', ENGINE_REFUSED: 'refused', ENGINE_TRY_AGAIN: 'again', ENGINE_DOWN: 'again'};

/** Sorts an error of the port into what the relay does: `gone` and `refused` are compensated, `again` is retried. Anything unknown is `null`. */
export function refusalClass(error: unknown): RefusalClass | null {
  return isAppError(error) ? (classes[error.code] ?? null) : null;
}
