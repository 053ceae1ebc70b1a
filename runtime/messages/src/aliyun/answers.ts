import {isAppError} from '@banli/errors';
import {messageErrors} from '../errors.js';

/** One message as the provider's list of sent messages tells it. `status`: 1 on its way, 2 did not arrive, 3 arrived. */
export interface SentDetail {
  readonly outId: string;
  readonly status: number;
  readonly code: string;
  /** `2026-11-22 08:01:02` in China, or empty. */
  readonly receivedAt: string;
}

/** An answer's code and sentence, and what came with it. */
export interface AliyunAnswer {
  readonly code: string;
  readonly sentence: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** @throws AppError `MESSAGES_GATEWAY_DOWN` for what is not an answer in the agreed form, as half of one. */
export function readAnswer(status: number, text: string): AliyunAnswer {
  const body = parseObject(text);
  const code = body?.['Code'];
  if (body === null || typeof code !== 'string' || code === '') throw messageErrors.GATEWAY_DOWN({reason: `HTTP ${status}`});
  if (status >= 500 && !code.startsWith('Throttling')) throw messageErrors.GATEWAY_DOWN({reason: code.slice(0, 64)});
  return {code, sentence: typeof body['Message'] === 'string' ? body['Message'] : '', body};
}

/** The messages of a list; what cannot be read is left out. */
export function readDetails({body}: AliyunAnswer): readonly SentDetail[] {
  const outer = body['SmsSendDetailDTOs'];
  const list = isObject(outer) ? outer['SmsSendDetailDTO'] : [];
  return (Array.isArray(list) ? list : []).filter(isObject).map(each => ({
    outId: textOf(each['OutId']), status: Number(each['SendStatus']), code: textOf(each['ErrCode']), receivedAt: textOf(each['ReceiveDate']),
  }));
}

/** Whether asking once more may help: the provider was down, and asking changes nothing. */
export function isPassing(error: unknown): boolean {
  return isAppError(error, 'MESSAGES_GATEWAY_DOWN') || isAppError(error, 'MESSAGES_GATEWAY_UNREACHED');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
