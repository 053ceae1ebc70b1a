import {isAppError} from '@banli/errors';
import {withinTime} from './hand-over.js';
import type {SmsParts} from './sms.js';

/** When the gateway is first asked whether a message arrived, in milliseconds after it took it. */
export const firstAskMs = 30_000;
/** Pauses after the n-th question; after the last one it stays unknown. Providers know it after a minute, or within three days (own). */
const askAgainMs = [60_000, 300_000, 1_800_000, 7_200_000, 43_200_000, 86_400_000];
const batch = 20;

interface SentRow { readonly id: string; readonly case_id: string | null; readonly kind: string; readonly phone_sealed: string; readonly gateway_id: string; readonly created_at: number | string; readonly finished_at: number | string | null; readonly receipt_asked: number; readonly receipt_next_at: number }

/** Asks what became of messages that went; each question is claimed first, so several servers share them, and a receipt counts once. */
export async function askReceipts(parts: SmsParts): Promise<void> {
  const {store, clock} = parts;
  const rows = (await store.knex('sms').where('receipt_next_at', '<=', clock.now()).orderBy('receipt_next_at').limit(batch)) as SentRow[];
  await Promise.all(rows.map(row => askOne(parts, row)));
}

async function askOne({store, clock, vault, gateway, timeoutMs, onGivenUp}: SmsParts, row: SentRow): Promise<void> {
  const pause = askAgainMs[row.receipt_asked];
  const claimed = await store.knex('sms').where({id: row.id, status: 'sent', receipt_asked: row.receipt_asked}).update({receipt_asked: row.receipt_asked + 1, receipt_next_at: pause === undefined ? null : clock.now() + pause});
  if (claimed === 0) return;
  const receipt = await withinTime(timeoutMs ?? 10_000, signal => gateway.receipt({id: row.id, phone: vault.open(row.phone_sealed), gatewayId: row.gateway_id, at: Number(row.finished_at ?? row.created_at)}, signal)).catch((error: unknown) => {
    if (isAppError(error)) return null;
    throw error;
  });
  if (receipt === null) return;
  const changed = await store.knex('sms').where({id: row.id, status: 'sent'}).update({status: receipt.arrived ? 'delivered' : 'undelivered', reason: receipt.code.slice(0, 64), receipt_at: receipt.at, receipt_next_at: null});
  if (changed > 0 && !receipt.arrived) onGivenUp?.({id: row.id, caseId: row.case_id, kind: row.kind, reason: receipt.code});
}
