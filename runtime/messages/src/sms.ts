import type {LocalizedText} from '@banli/formats';
import {isDuplicateKey, newId, type Store, type Tx} from '@banli/store';
import {every, type Clock, type StopSignal} from '@banli/time';
import {handOver} from './hand-over.js';
import type {SmsGateway} from './sms-gateway.js';
import {askReceipts, firstAskMs} from './sms-receipts.js';

/** A text message to be sent. `key` is unique for its cause: the same cause never sends twice. */
export interface NewSms {
  readonly key: string;
  readonly phone: string;
  readonly text: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly at: number;
  /** What lists call it. */
  readonly title?: LocalizedText;
  /** One of our people, when it is for one. */
  readonly personId?: string;
  /** It waits until then: quiet hours. */
  readonly notBefore?: number;
}

/** What text messages need. Numbers and texts are sealed in the database. */
export interface SmsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: {seal(text: string): string; open(sealed: string): string};
  readonly gateway: SmsGateway;
  /** Asked before a message goes that had to wait: one that nobody needs any more is dropped. */
  readonly isWanted?: (sms: {readonly key: string; readonly kind: string; readonly caseId: string | null}) => Promise<boolean>;
  /** How long a hand-over may take, in milliseconds. Default 10 s. */
  readonly timeoutMs?: number;
  /** Told about a message that will never arrive: refused, or given up after the last attempt. */
  readonly onGivenUp?: (sms: {readonly id: string; readonly caseId: string | null; readonly kind: string; readonly reason: string}) => void;
}

/** Text messages: written in the transaction of their cause, delivered by a loop afterwards. */
export interface Sms {
  /** Answers whether it is new; a second message with the same key is not written. */
  send(tx: Tx, sms: NewSms): Promise<boolean>;
  /** Hands over what is due, and asks what became of what went; several processes may do so at once. Answers how many were tried. */
  deliverDue(): Promise<number>;
  /** Delivers once a second until the signal. */
  run(signal: StopSignal, onError: (error: unknown) => void): Promise<void>;
  /** How many wait. */
  waiting(): Promise<number>;
}

interface SmsRow { readonly id: string; readonly dedupe_key: string; readonly case_id: string | null; readonly kind: string; readonly phone_sealed: string; readonly text_sealed: string; readonly status: string; readonly attempts: number; readonly reason: string | null; readonly created_at: number | string }

/** Waits after the n-th failed attempt, in milliseconds; after the last one a message is given up. */
const backoffMs = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
/** A process that died while handing over holds a message this long. */
const claimMs = 60_000;
const batch = 20;

/** Makes text messages on the tables `sms` and `sms_attempt`. */
export function createSms(parts: SmsParts): Sms {
  const {store, clock, vault} = parts;
  const sms: Sms = {
    async send(tx, {key, phone, text, kind, caseId, at, title, personId, notBefore}) {
      if (await tx('sms').where({dedupe_key: key}).first('id')) return false;
      try {
        await tx('sms').insert({id: newId(at), dedupe_key: key, case_id: caseId, kind: kind.slice(0, 64), phone_sealed: vault.seal(phone), text_sealed: vault.seal(text), status: 'queued', attempts: 0, next_at: Math.max(at, notBefore ?? at), created_at: at, person_id: personId ?? null, title_zh: title?.['zh-CN'].slice(0, 200) ?? null, title_en: title?.en?.slice(0, 200) ?? null, receipt_asked: 0});
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async deliverDue() {
      const rows = (await store.knex('sms').whereIn('status', ['queued', 'sending']).andWhere('next_at', '<=', clock.now()).orderBy('next_at').limit(batch)) as SmsRow[];
      const tried = await Promise.all(rows.map(row => deliver(parts, row)));
      await askReceipts(parts);
      return tried.filter(Boolean).length;
    },
    run: (signal, onError) => every(1000, async () => {
      await sms.deliverDue();
    }, {signal, onError}),
    async waiting() {
      const row = await store.knex('sms').whereIn('status', ['queued', 'sending']).count({count: '*'}).first<{count: number} | undefined>();
      return Number(row?.count ?? 0);
    },
  };
  return sms;
}

/** Claims a message, hands it over outside any transaction, and writes down how it went. */
async function deliver(parts: SmsParts, row: SmsRow): Promise<boolean> {
  const {store, clock} = parts;
  const claimed = await store.knex('sms').where({id: row.id, status: row.status, attempts: row.attempts}).update({status: 'sending', attempts: row.attempts + 1, next_at: clock.now() + claimMs});
  if (claimed === 0) return false;
  const waited = clock.now() - Number(row.created_at) > claimMs;
  const wanted = !waited || row.attempts > 0 || ((await parts.isWanted?.({key: row.dedupe_key, kind: row.kind, caseId: row.case_id})) ?? true);
  const result = wanted ? await tryOnce(parts, row) : {status: 'dropped', gatewayId: null, reason: 'MESSAGES_NOT_WANTED', waitMs: 0} as const;
  const now = clock.now();
  await store.tx(async tx => {
    await tx('sms').where({id: row.id}).update(result.status === 'queued' ? {status: 'queued', next_at: now + result.waitMs, reason: result.reason} : {status: result.status, gateway_id: result.gatewayId, reason: result.reason, finished_at: now, receipt_next_at: result.status === 'sent' ? now + firstAskMs : null});
    await tx('sms_attempt').insert({id: newId(now), sms_id: row.id, at: now, result: result.status, reason: result.reason});
  });
  if (result.status === 'refused' || result.status === 'failed') parts.onGivenUp?.({id: row.id, caseId: row.case_id, kind: row.kind, reason: result.reason ?? ''});
  return true;
}

type Result = {readonly status: 'sent' | 'refused' | 'failed' | 'queued' | 'dropped'; readonly gatewayId: string | null; readonly reason: string | null; readonly waitMs: number};

/** Whoever died or heard nothing while handing over does not know whether it went. */
function isDoubtful(row: SmsRow): boolean {
  return row.attempts > 0 && (row.status === 'sending' || row.reason === 'MESSAGES_GATEWAY_SILENT' || row.reason === 'MESSAGES_GATEWAY_DOWN');
}

async function tryOnce({gateway, vault, timeoutMs}: SmsParts, row: SmsRow): Promise<Result> {
  const message = {id: row.id, phone: vault.open(row.phone_sealed), text: vault.open(row.text_sealed), kind: row.kind, doubtful: isDoubtful(row), at: Number(row.created_at)};
  const done = await handOver(timeoutMs ?? 10_000, signal => gateway.send(message, signal));
  if (done.how === 'sent') return {status: 'sent', gatewayId: done.gatewayId, reason: null, waitMs: 0};
  if (done.how === 'refused') return {status: 'refused', gatewayId: null, reason: done.reason, waitMs: 0};
  const waitMs = backoffMs[row.attempts];
  return waitMs === undefined ? {status: 'failed', gatewayId: null, reason: done.reason, waitMs: 0} : {status: 'queued', gatewayId: null, reason: done.reason, waitMs};
}
