import {randomUUID} from 'node:crypto';
import {isAppError} from '@banli/errors';
import {dayOf, formatDate, hourMs, minuteMs, parseMoment, sleep, type Clock, type DayNumber} from '@banli/time';
import {messageErrors} from '../errors.js';
import type {SmsGateway, SmsReceipt} from '../sms-gateway.js';
import {isPassing, readAnswer, readDetails, type AliyunAnswer, type SentDetail} from './answers.js';
import {refusalOf} from './refusals.js';
import {signCall, type AliyunKey} from './sign.js';
import {fillTemplate, type AliyunTemplate} from './templates.js';

/**
 * Posts nothing but headers and answers what came back, whatever its status.
 *
 * @throws AppError `MESSAGES_GATEWAY_UNREACHED` when surely nothing was sent, `MESSAGES_GATEWAY_DOWN` when that is not known.
 */
export type SmsHttp = (path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<{readonly status: number; readonly text: string}>;

/** What the adapter needs. `clock` is the machine's own: the provider refuses requests signed at another time. */
export interface AliyunSmsParts {
  readonly http: SmsHttp;
  /** `dysmsapi.aliyuncs.com` */
  readonly host: string;
  readonly key: AliyunKey;
  /** The signature approved for us, without brackets. */
  readonly signName: string;
  readonly templates: ReadonlyMap<string, AliyunTemplate>;
  readonly clock: Clock;
}

const version = '2017-05-25';
/** So long after a hand-over without an answer the provider's list is not trusted to be complete (own). */
const settleMs = 2 * minuteMs;
/** The longest time from the first hand-over of a message to its last one, and a little more. */
const triesMs = 4 * hourMs;
/** After being told to slow down nothing is handed over for so long. */
const slowDownMs = 5_000;
const askAgainMs = 300;
const pageSize = 50;
const mostPages = 4;

/**
 * Text messages by Alibaba Cloud: `SendSms`, and `QuerySendDetails` for receipts. The provider does not recognise a repeated hand-over, so
 * it is made once; what ended without an answer is looked up by our id (`OutId`) before it goes again, and not before two minutes have passed.
 * Only questions are repeated at once, and only once.
 */
export function createAliyunSms(parts: AliyunSmsParts): SmsGateway {
  const {clock, templates, signName} = parts;
  const slow = {until: 0};
  return {
    async send(message, signal) {
      const phone = mobileOf(message.phone);
      const template = fillTemplate(templates, message);
      if (clock.now() < slow.until) throw messageErrors.GATEWAY_BUSY({reason: 'Throttling'});
      if (message.doubtfulAt !== null) {
        const known = await lookUp(parts, {phone, id: message.id, days: daysOf(message.doubtfulAt - triesMs, clock.now())}, signal);
        if (known) return {gatewayId: message.id};
        if (clock.now() < message.doubtfulAt + settleMs) throw messageErrors.GATEWAY_UNSETTLED();
      }
      const answer = await call(parts, 'SendSms', {PhoneNumbers: phone, SignName: signName, TemplateCode: template.code, TemplateParam: template.values, OutId: message.id}, signal);
      if (answer.code.startsWith('Throttling')) slow.until = clock.now() + slowDownMs;
      if (answer.code !== 'OK') throw refusalOf(answer, message.kind, clock.now());
      const {BizId: gatewayId} = answer.body;
      if (typeof gatewayId !== 'string' || gatewayId === '') throw messageErrors.GATEWAY_DOWN({reason: 'BizId'});
      return {gatewayId};
    },
    async receipt({id, phone, at}, signal) {
      const found = await lookUp(parts, {phone: mobileOf(phone), id, days: daysOf(at - triesMs, at)}, signal);
      return found ? receiptOf(found, clock.now()) : null;
    },
  };
}

/** @throws AppError `MESSAGES_NUMBER_REFUSED`; a number that cannot be one is not told to anybody. */
function mobileOf(phone: string): string {
  const mobile = phone.replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  if (!/^1[3-9]\d{9}$/.test(mobile)) throw messageErrors.NUMBER_REFUSED({reason: 'isv.MOBILE_NUMBER_ILLEGAL'});
  return mobile;
}

/** Days in China from one moment to another, the latest first: the list is kept by day. */
function daysOf(from: number, to: number): readonly DayNumber[] {
  const [first, last] = [dayOf(from), dayOf(Math.max(from, to))];
  return Array.from({length: Math.min(last - first, 3) + 1}, (_, index) => last - index);
}

/** A message in the provider's list, by our id; the last word on it when there are several. */
async function lookUp(parts: AliyunSmsParts, {phone, id, days}: {readonly phone: string; readonly id: string; readonly days: readonly DayNumber[]}, signal: AbortSignal): Promise<SentDetail | null> {
  for (const day of days) {
    for (let page = 1; page <= mostPages; page += 1) {
      const query = {PhoneNumber: phone, SendDate: formatDate(day).replaceAll('-', ''), PageSize: String(pageSize), CurrentPage: String(page)};
      const answer = await ask(parts, query, signal);
      if (answer.code !== 'OK') throw questionRefused(refusalOf(answer, 'QuerySendDetails', parts.clock.now()));
      const details = readDetails(answer);
      const mine = details.filter(each => each.outId === id).sort((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1));
      if (mine[0]) return mine.find(each => each.status === 3) ?? mine[0];
      if (details.length < pageSize) break;
    }
  }
  return null;
}

/** A question that is refused says nothing about the message: it stays open. */
function questionRefused(error: unknown): unknown {
  const waits = ['MESSAGES_GATEWAY_BUSY', 'MESSAGES_GATEWAY_UNREACHED', 'MESSAGES_ACCOUNT_REFUSED'];
  return waits.some(code => isAppError(error, code)) ? error : messageErrors.GATEWAY_UNSETTLED({}, {cause: error});
}

async function ask(parts: AliyunSmsParts, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<AliyunAnswer> {
  try {
    return await call(parts, 'QuerySendDetails', query, signal);
  } catch (error) {
    if (!isPassing(error) || signal.aborted) throw questionRefused(error);
    await sleep(askAgainMs, signal);
    return call(parts, 'QuerySendDetails', query, signal).catch((again: unknown) => {
      throw questionRefused(again);
    });
  }
}

async function call({http, host, key, clock}: AliyunSmsParts, action: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<AliyunAnswer> {
  const {path, headers} = signCall({host, action, version, query, at: clock.now(), nonce: randomUUID()}, key);
  const {status, text} = await http(path, headers, signal);
  return readAnswer(status, text);
}

function receiptOf({status, code, receivedAt}: SentDetail, now: number): SmsReceipt | null {
  if (status !== 2 && status !== 3) return null;
  return {arrived: status === 3, code: code === '' ? (status === 3 ? 'DELIVERED' : 'UNKNOWN') : code, at: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(receivedAt) ? parseMoment(receivedAt) : now};
}
