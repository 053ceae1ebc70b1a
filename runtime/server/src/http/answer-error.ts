import {randomUUID} from 'node:crypto';
import type {Context, Next} from 'koa';
import type {Logger} from 'pino';
import {errorText, isAppError, type AppError, type Problem} from '@banli/errors';
import {storeFailureOf} from '@banli/store';
import {httpErrors} from './errors.js';

/** Body of every refusal, see the contract's `ErrorAnswer`. */
export function toErrorBody(error: AppError, requestId: string) {
  return {
    code: error.code,
    message: error.message,
    messageZh: errorText(error.code, 'zh-CN', error.details) ?? error.message,
    details: error.details,
    problems: error.problems.map(withChinese),
    requestId,
  };
}

/** A problem with its sentence in both languages. */
export function withChinese(problem: Problem) {
  const messageZh = errorText(problem.code, 'zh-CN', problem.details ?? {});
  return messageZh === undefined ? problem : {...problem, messageZh};
}

/**
 * Makes the first middleware: a request id for everything, one log line, and every failure turned into an answer with a code.
 * What we did not foresee becomes `HTTP_INTERNAL` without a word about its cause; the cause goes to the log, without data in it.
 */
export function createErrorMiddleware(log: Logger): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    const requestId = randomUUID();
    const started = performance.now();
    ctx.state['requestId'] = requestId;
    ctx.set('x-request-id', requestId);
    try {
      await next();
    } catch (error) {
      const known = isAppError(error) ? error : (storeFailureOf(error) ?? httpErrors.INTERNAL({}, {cause: error}));
      if (known.status >= 500) log.error({requestId, code: known.code, ...safeError(known.cause ?? known)}, 'http.request.failed');
      ctx.status = known.status;
      ctx.type = 'application/json';
      ctx.body = JSON.stringify(toErrorBody(known, requestId));
      ctx.state['code'] = known.code;
    }
    const ms = Math.round(performance.now() - started);
    log[ctx.state['quiet'] === true ? 'debug' : 'info']({requestId, method: ctx.method, route: ctx.state['routeId'] ?? 'none', status: ctx.status, code: ctx.state['code'], personId: ctx.state['personId'], ms}, 'http.request.answered');
  };
}

/** What may stand in a log of an unexpected error: kind, code and places in our code; texts of databases repeat the values of rows. */
export function safeError(error: unknown): {readonly name: string; readonly errorCode?: string; readonly reason: string; readonly stack?: string} {
  if (!(error instanceof Error)) return {name: typeof error, reason: 'no Error'};
  const errorCode = 'code' in error && typeof error.code === 'string' ? {errorCode: error.code} : {};
  const reason = (error.message.split(' - ').at(-1) ?? '').replace(/'[^']*'|"[^"]*"/g, '…').replace(/\d{6,}/g, '…').slice(0, 300);
  const places = error.stack?.split('\n').filter(line => /^\s+at /.test(line)).slice(0, 12).join('\n');
  return {name: error.name, ...errorCode, reason, ...(places === undefined ? {} : {stack: places})};
}
