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
  /** What it says, by name, for providers that fill templates of their own; `text` is always among them. */
  readonly params?: Readonly<Record<string, string>>;
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

interface SmsRow { readonly id: string; readonly dedupe_key: string; readonly case_id: string | null; readonly kind: string; readonly phone_sealed: string; readonly text_sealed: string; readonly status: string; readonly attempts: number; readonly reason: string | null; readonly created_at: number | string; readonly next_at: number | string; readonly doubtful_at: number | string | null; readonly params_sealed: string | null }

/** Waits after the n-th failed attempt, in milliseconds; after the last one a message is given up. */
const backoffMs = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
/** A process that died while handing over holds a message this long. */
const claimMs = 60_000;
const batch = 20;

/** Makes text messages on the tables `sms` and `sms_attempt`. */
export function createSms(parts: SmsParts): Sms {
  const {store, clock, vault} = parts;
  const sms: Sms = {
    async send(tx, {key, phone, text, params, kind, caseId, at, title, personId, notBefore}) {
      if (await tx('sms').where({dedupe_key: key}).first('id')) return false;
      try {
        await tx('sms').insert({id: newId(at), dedupe_key: key, case_id: caseId, kind: kind.slice(0, 64), phone_sealed: vault.seal(phone), text_sealed: vault.seal(text), params_sealed: params === undefined ? null : vault.seal(JSON.stringify(params)), status: 'queued', attempts: 0, next_at: Math.max(at, notBefore ?? at), created_at: at, person_id: personId ?? null, title_zh: title?.['zh-CN'].slice(0, 200) ?? null, title_en: title?.en?.slice(0, 200) ?? null, receipt_asked: 0});
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
  const doubtfulAt = doubtOf(row);
  const claimed = await store.knex('sms').where({id: row.id, status: row.status, attempts: row.attempts}).update({status: 'sending', attempts: row.attempts + 1, next_at: clock.now() + claimMs});
  if (claimed === 0) return false;
  const waited = clock.now() - Number(row.created_at) > claimMs;
  const wanted = !waited || doubtfulAt !== null || ((await parts.isWanted?.({key: row.dedupe_key, kind: row.kind, caseId: row.case_id})) ?? true);
  const result: Result = wanted ? await tryOnce(parts, row, doubtfulAt) : {status: 'dropped', reason: 'MESSAGES_NOT_WANTED'};
  const now = clock.now();
  const told = {status: result.status, reason: result.reason ?? null, provider_code: result.providerCode ?? null};
  await store.tx(async tx => {
    await tx('sms').where({id: row.id}).update(result.status === 'queued'
      ? {...told, next_at: Math.max(now + result.waitMs, result.notBefore), doubtful_at: result.isDoubtful ? now : doubtfulAt}
      : {...told, gateway_id: result.gatewayId ?? null, finished_at: now, receipt_next_at: result.status === 'sent' ? now + firstAskMs : null});
    await tx('sms_attempt').insert({id: newId(now), sms_id: row.id, at: now, result: result.status, reason: told.reason, provider_code: told.provider_code});
  });
  if (result.status === 'refused' || result.status === 'failed') parts.onGivenUp?.({id: row.id, caseId: row.case_id, kind: row.kind, reason: told.reason ?? ''});
  return true;
}

interface Told { readonly reason?: string; readonly providerCode?: string | null; readonly gatewayId?: string }
type Result = (Told & {readonly status: 'sent' | 'refused' | 'failed' | 'dropped'}) | (Told & {readonly status: 'queued'; readonly waitMs: number; readonly notBefore: number; readonly isDoubtful: boolean});

/** Since when nobody knows whether it went: who died while handing over, or heard nothing, left that open; `null` when it surely did not go. */
function doubtOf(row: SmsRow): number | null {
  if (row.status === 'sending' && row.attempts > 0) return Number(row.next_at) - claimMs;
  return row.doubtful_at === null ? null : Number(row.doubtful_at);
}

async function tryOnce({gateway, vault, timeoutMs}: SmsParts, row: SmsRow, doubtfulAt: number | null): Promise<Result> {
  const text = vault.open(row.text_sealed);
  const params = {...(row.params_sealed === null ? {} : (JSON.parse(vault.open(row.params_sealed)) as Record<string, string>)), text};
  const message = {id: row.id, phone: vault.open(row.phone_sealed), text, params, kind: row.kind, doubtfulAt, at: Number(row.created_at)};
  const done = await handOver(timeoutMs ?? 10_000, signal => gateway.send(message, signal));
  if (done.how === 'sent') return {status: 'sent', gatewayId: done.gatewayId};
  const {reason, providerCode, notBefore, isDoubtful} = done;
  const waitMs = backoffMs[row.attempts];
  if (done.how === 'wait' && waitMs !== undefined) return {status: 'queued', reason, providerCode, waitMs, notBefore, isDoubtful};
  return {status: done.how === 'wait' ? 'failed' : 'refused', reason, providerCode};
}
