import {isAppError} from '@banli/errors';
import {sleep} from '@banli/time';
import {messageErrors} from './errors.js';

/** How a hand-over ended. `wait`: it is tried again after the next pause; `doubtful` when nobody knows whether it went. */
export type HandedOver = {readonly how: 'sent'; readonly gatewayId: string} | {readonly how: 'refused' | 'wait'; readonly reason: string};

const final: ReadonlySet<string> = new Set(['MESSAGES_NUMBER_REFUSED', 'MESSAGES_NUMBER_BLOCKED', 'MESSAGES_TEMPLATE_REFUSED']);

/** Hands over within a time, and says in a word how it went. */
export async function handOver(timeoutMs: number, send: (signal: AbortSignal) => Promise<{readonly gatewayId: string}>): Promise<HandedOver> {
  try {
    const {gatewayId} = await withinTime(timeoutMs, send);
    return {how: 'sent', gatewayId: gatewayId.slice(0, 64)};
  } catch (error) {
    const reason = isAppError(error) ? error.code : 'MESSAGES_GATEWAY_DOWN';
    return {how: final.has(reason) ? 'refused' : 'wait', reason};
  }
}

/** @throws AppError `MESSAGES_GATEWAY_SILENT` after the time; what the work throws. */
export async function withinTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [late, done] = [new AbortController(), new AbortController()];
  const running = work(late.signal).finally(() => done.abort());
  const timeout = sleep(ms, done.signal).then(() => {
    if (done.signal.aborted) return running;
    late.abort();
    throw messageErrors.GATEWAY_SILENT({seconds: Math.round(ms / 1000)});
  });
  return Promise.race([running, timeout]);
}
