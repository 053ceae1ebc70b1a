import {errorText} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import type {Store} from '@banli/store';
import {trialPrefix} from './fake-sms-gateway.js';

/** Where a text message of a case stands. The number is masked; the text is not told. Moments in UTC milliseconds. */
export interface SmsView {
  readonly id: string;
  readonly kind: string;
  readonly title: LocalizedText | null;
  readonly personId: string | null;
  /** `138****1234` */
  readonly phone: string;
  /** `delivered` when the network says so; `sent` when the provider took it; `undelivered`, `refused`, `failed`, `dropped` have a reason. */
  readonly state: 'waiting' | 'sent' | 'delivered' | 'undelivered' | 'refused' | 'failed' | 'dropped';
  readonly reason: string | null;
  /** The reason as a sentence that says what to do, when it is one of ours; it ends with the provider's own code. */
  readonly reasonText: LocalizedText | null;
  /** The trial gateway took it: nothing was sent in truth. */
  readonly isTrial: boolean;
  readonly attempts: number;
  readonly at: number;
  /** When it goes next while it waits, else when its state was last told. */
  readonly stateAt: number;
}

const most = 50;

interface Row { readonly id: string; readonly kind: string; readonly title_zh: string | null; readonly title_en: string | null; readonly person_id: string | null; readonly phone_sealed: string; readonly status: string; readonly reason: string | null; readonly provider_code: string | null; readonly gateway_id: string | null; readonly attempts: number; readonly created_at: number | string; readonly next_at: number | string; readonly finished_at: number | string | null; readonly receipt_at: number | string | null }

/** Text messages of a case, newest first; at most fifty. */
export async function listCaseSms(parts: {readonly store: Store; readonly vault: {open(sealed: string): string}}, caseId: string): Promise<readonly SmsView[]> {
  const rows = (await parts.store.knex('sms').where({case_id: caseId}).orderBy('id', 'desc').limit(most)) as Row[];
  return rows.map(row => {
    const isWaiting = row.status === 'queued' || row.status === 'sending';
    return {
      id: row.id, kind: row.kind, title: row.title_zh === null ? null : {'zh-CN': row.title_zh, ...(row.title_en === null ? {} : {en: row.title_en})}, personId: row.person_id,
      phone: masked(parts.vault.open(row.phone_sealed)), state: isWaiting ? 'waiting' : (row.status as SmsView['state']), reason: row.reason, reasonText: sentenceOf(row),
      isTrial: row.gateway_id?.startsWith(trialPrefix) ?? false, attempts: row.attempts,
      at: Number(row.created_at), stateAt: Number(isWaiting ? row.next_at : (row.receipt_at ?? row.finished_at ?? row.created_at)),
    };
  });
}

function sentenceOf({reason, provider_code, kind}: Row): LocalizedText | null {
  const [zh, en] = (['zh-CN', 'en'] as const).map(language => errorText(reason ?? '', language, {reason: provider_code ?? '', kind, seconds: 10}));
  return zh === undefined ? null : {'zh-CN': zh.replace('（）', ''), ...(en === undefined ? {} : {en: en.replace(' ()', '')})};
}

function masked(phone: string): string {
  return phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
