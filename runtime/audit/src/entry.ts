import {createHmac} from 'node:crypto';

/** Who acts, as the audit log keeps it. */
export interface AuditActor {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly roles: readonly string[];
  readonly requestId: string;
  readonly address: string;
}

/** One thing that was done or refused. `data` holds ids and words, never what a form keeps secret. */
export interface AuditEntry {
  readonly actor: AuditActor;
  /** `area.verb`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  readonly result: 'done' | 'refused' | 'compensated';
  readonly at: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A row of the table, as SQL gives it. */
export interface AuditRow {
  readonly id: string;
  readonly at: number;
  readonly person_id: string;
  readonly person_name: string;
  readonly unit_id: string;
  readonly roles: string;
  readonly request_id: string;
  readonly address: string;
  readonly action: string;
  readonly subject: string;
  readonly result: string;
  readonly data: string;
  readonly digest: string;
  readonly seq: number | null;
  readonly previous_hash: string | null;
  readonly hash: string | null;
}

/** A row as it is written: its place in the chain comes when it is sealed. */
export type NewAuditRow = Omit<AuditRow, 'seq' | 'previous_hash' | 'hash'>;

/** A row in a few words: its action and subject. */
export function whatOf(row: Pick<AuditRow, 'action' | 'subject'>): string {
  return `${row.action} ${row.subject}`;
}

/** The row that tells of another one that vanished before it was sealed; its subject is that one's id, `data.what` its action and subject. */
export const vanishedAction = 'audit.entryVanished';
/** The row that tells of a transaction that was cut off by the end of its process: its row is not there, and may never have been. Subject and data as above. */
export const doubtAction = 'audit.entryInDoubt';
/** The row that tells that the remembered head was gone. */
export const anchorMissingAction = 'audit.anchorMissing';

/** The hash before the first row. */
export const firstHash = '0'.repeat(64);

/** Turns an entry into a row with its digest; texts are cut to what the columns hold. */
export function toAuditRow(id: string, entry: AuditEntry, key: Buffer): NewAuditRow {
  const {actor} = entry;
  const row = {
    digest: '',
    id,
    at: entry.at,
    person_id: actor.personId.slice(0, 64),
    person_name: actor.personName.slice(0, 64),
    unit_id: actor.unitId.slice(0, 64),
    roles: actor.roles.join(' ').slice(0, 512),
    request_id: actor.requestId.slice(0, 64),
    address: actor.address.slice(0, 64),
    action: entry.action.slice(0, 64),
    subject: entry.subject.slice(0, 128),
    result: entry.result,
    data: canonicalJson(entry.data ?? {}),
  };
  row.digest = digestOf(row, key);
  return row;
}

/** HMAC-SM3 over everything a row tells. @see Source: GB/T 32905; GB/T 39786 level 3 (integrity of logs). */
export function digestOf(row: Omit<NewAuditRow, 'digest'>, key: Buffer): string {
  const told = [row.id, Number(row.at), row.person_id, row.person_name, row.unit_id, row.roles, row.request_id, row.address, row.action, row.subject, row.result, row.data];
  return createHmac('sm3', key).update('entry\n').update(JSON.stringify(told), 'utf8').digest('hex');
}

/** HMAC-SM3 over a row's place, the row before it and its digest. */
export function sealOf(seq: number, previousHash: string, digest: string, key: Buffer): string {
  return createHmac('sm3', key).update('seal\n').update(JSON.stringify([seq, previousHash, digest]), 'utf8').digest('hex');
}

/** JSON with sorted keys, so that the same data always gives the same text. `undefined` is left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${canonicalJson(item ?? null)}`;
    return `[${text}]`;
  }
  const told = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(told).sort()) {
    if (told[name] !== undefined) text += `${text && ','}${quoted(name)}:${canonicalJson(told[name])}`;
  }
  return `{${text}}`;
}

const quotes = new Map<string, string>();
/** Names come mostly from code, so there are few. */
const mostQuotes = 2_000;

function quoted(name: string): string {
  const known = quotes.get(name);
  if (known !== undefined) return known;
  const made = JSON.stringify(name);
  if (quotes.size < mostQuotes) quotes.set(name, made);
  return made;
}
