import {isAppError} from '@banli/errors';
import {isDuplicateKey, newId, type Store, type Tx} from '@banli/store';
import {every, sleep, type Clock, type StopSignal} from '@banli/time';
import {messageErrors} from './errors.js';
import type {SmsGateway} from './sms-gateway.js';

/** A text message to be sent. `key` is unique for its cause: the same cause never sends twice. */
export interface NewSms {
  readonly key: string;
  readonly phone: string;
  readonly text: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly at: number;
}

/** What text messages need. Numbers and texts are sealed in the database. */
export interface SmsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: {seal(text: string): string; open(sealed: string): string};
  readonly gateway: SmsGateway;
  /** How long a hand-over may take, in milliseconds. Default 10 s. */
  readonly timeoutMs?: number;
  /** Told about a message that will never arrive: refused, or given up after the last attempt. */
  readonly onGivenUp?: (sms: {readonly id: string; readonly caseId: string | null; readonly kind: string; readonly reason: string}) => void;
}

/** Text messages: written in the transaction of their cause, delivered by a loop afterwards. */
export interface Sms {
  /** Answers whether it is new; a second message with the same key is not written. */
  send(tx: Tx, sms: NewSms): Promise<boolean>;
  /** Hands over what is due; several processes may do so at once. Answers how many were tried. */
  deliverDue(): Promise<number>;
  /** Delivers once a second until the signal. */
  run(signal: StopSignal, onError: (error: unknown) => void): Promise<void>;
  /** How many wait. */
  waiting(): Promise<number>;
}

interface SmsRow { readonly id: string; readonly case_id: string | null; readonly kind: string; readonly phone_sealed: string; readonly text_sealed: string; readonly status: string; readonly attempts: number }

/** Waits after the n-th failed attempt, in milliseconds; after the last one a message is given up. */
const backoffMs = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
/** A process that died while handing over holds a message this long. */
const claimMs = 60_000;
const batch = 20;

/** Makes text messages on the tables `sms` and `sms_attempt`. */
export function createSms(parts: SmsParts): Sms {
  const {store, clock, vault} = parts;
  const sms: Sms = {
    async send(tx, {key, phone, text, kind, caseId, at}) {
      if (await tx('sms').where({dedupe_key: key}).first('id')) return false;
      try {
        await tx('sms').insert({id: newId(at), dedupe_key: key, case_id: caseId, kind: kind.slice(0, 64), phone_sealed: vault.seal(phone), text_sealed: vault.seal(text), status: 'queued', attempts: 0, next_at: at, created_at: at});
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async deliverDue() {
      const rows = (await store.knex('sms').whereIn('status', ['queued', 'sending']).andWhere('next_at', '<=', clock.now()).orderBy('next_at').limit(batch)) as SmsRow[];
      const tried = await Promise.all(rows.map(row => deliver(parts, row)));
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
  const result = await handOver(parts, row);
  const now = clock.now();
  await store.tx(async tx => {
    await tx('sms').where({id: row.id}).update(result.status === 'queued' ? {status: 'queued', next_at: now + result.waitMs, reason: result.reason} : {status: result.status, gateway_id: result.gatewayId, reason: result.reason, finished_at: now});
    await tx('sms_attempt').insert({id: newId(now), sms_id: row.id, at: now, result: result.status, reason: result.reason});
  });
  if (result.status === 'refused' || result.status === 'failed') parts.onGivenUp?.({id: row.id, caseId: row.case_id, kind: row.kind, reason: result.reason ?? ''});
  return true;
}

type Result = {readonly status: 'sent' | 'refused' | 'failed' | 'queued'; readonly gatewayId: string | null; readonly reason: string | null; readonly waitMs: number};

async function handOver(parts: SmsParts, row: SmsRow): Promise<Result> {
  try {
    const {gatewayId} = await withinTime(parts.timeoutMs ?? 10_000, signal => parts.gateway.send({id: row.id, phone: parts.vault.open(row.phone_sealed), text: parts.vault.open(row.text_sealed)}, signal));
    return {status: 'sent', gatewayId: gatewayId.slice(0, 64), reason: null, waitMs: 0};
  } catch (error) {
    const reason = isAppError(error) ? error.code : 'MESSAGES_GATEWAY_DOWN';
    if (reason === 'MESSAGES_NUMBER_REFUSED') return {status: 'refused', gatewayId: null, reason, waitMs: 0};
    const waitMs = backoffMs[row.attempts];
    return waitMs === undefined ? {status: 'failed', gatewayId: null, reason, waitMs: 0} : {status: 'queued', gatewayId: null, reason, waitMs};
  }
}

async function withinTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [late, done] = [new AbortController(), new AbortController()];
  const running = work(late.signal).finally(() => done.abort());
  const timeout = sleep(ms, done.signal).then(() => {
    if (done.signal.aborted) return running;
    late.abort();
    throw messageErrors.GATEWAY_SILENT({seconds: Math.round(ms / 1000)});
  });
  return Promise.race([running, timeout]);
}
