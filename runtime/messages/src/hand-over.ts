import {isAppError} from '@banli/errors';
import {sleep} from '@banli/time';
import {messageErrors} from './errors.js';

/** How a hand-over ended. `wait`: it is tried again after the next pause, not before `notBefore`; `isDoubtful` when nobody knows whether it went. */
export type HandedOver =
  | {readonly how: 'sent'; readonly gatewayId: string}
  | {readonly how: 'refused' | 'wait'; readonly reason: string; readonly providerCode: string | null; readonly notBefore: number; readonly isDoubtful: boolean};

const final: ReadonlySet<string> = new Set(['NUMBER_REFUSED', 'NUMBER_BLOCKED', 'TEMPLATE_REFUSED', 'TEMPLATE_MISSING', 'CONTENT_REFUSED', 'CHANNEL_NONE'].map(name => `MESSAGES_${name}`));
const doubtful: ReadonlySet<string> = new Set(['MESSAGES_GATEWAY_DOWN', 'MESSAGES_GATEWAY_SILENT']);

/** Hands over within a time, and says in a word how it went. */
export async function handOver(timeoutMs: number, send: (signal: AbortSignal) => Promise<{readonly gatewayId: string}>): Promise<HandedOver> {
  try {
    const {gatewayId} = await withinTime(timeoutMs, send);
    return {how: 'sent', gatewayId: gatewayId.slice(0, 64)};
  } catch (error) {
    const reason = isAppError(error) ? error.code : 'MESSAGES_GATEWAY_DOWN';
    const details = isAppError(error) ? error.details : {};
    const {reason: code, notBefore} = details;
    return {
      how: final.has(reason) ? 'refused' : 'wait', reason, isDoubtful: doubtful.has(reason),
      providerCode: typeof code === 'string' ? code.slice(0, 64) : null, notBefore: typeof notBefore === 'number' ? notBefore : 0,
    };
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
