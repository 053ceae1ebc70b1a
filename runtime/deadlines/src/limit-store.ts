import {createHash} from 'node:crypto';
import {insertMissingLast, queryByKeys, type SqlRow, type Store, type Tx} from '@banli/store';
import type {ClockFacts, LimitOrigin} from './model.js';
import type {LimitFacts} from './put-on-limit.js';

type Reader = Tx | Store['knex'];

/** A limit as it is kept. The id follows from the text: what is the same to the letter is one row, and a row never changes (ADR 0047). */
export interface KeptLimit {
  readonly id: string;
  readonly text: string;
  readonly of: LimitFacts;
}

const limitParts = ['limit', 'warnBeforeMs', 'origin', 'ladder', 'warnReceivers'] as const;
const isOfLimit: ReadonlySet<string> = new Set(limitParts);

/** Clocks that stand on the same share the objects of it: text and id are made once for them. */
const made = new WeakMap<LimitOrigin, KeptLimit>();

/** The limit that a clock stands on as it is kept. */
export function limitOf(facts: LimitFacts): KeptLimit {
  const known = made.get(facts.origin);
  if (known && limitParts.every(part => known.of[part] === facts[part])) return known;
  const {limit, warnBeforeMs, origin, ladder, warnReceivers} = facts;
  const of = {limit, warnBeforeMs, origin, ladder, warnReceivers};
  const text = JSON.stringify(of);
  const kept = {id: createHash('sha256').update(text).digest('hex').slice(0, 32), text, of};
  // Very old clocks have no origin where their bundle fixes the limit.
  if (facts.origin) made.set(facts.origin, kept);
  return kept;
}

/** The facts of a clock without the limit that it stands on, as they are kept. */
export function ownText({limit: _limit, warnBeforeMs: _warnBeforeMs, origin: _origin, ladder: _ladder, warnReceivers: _warnReceivers, ...own}: ClockFacts): string {
  return JSON.stringify(own);
}

/** Whether two facts are the same but for the limit. */
export function areOwnSame(one: ClockFacts, other: ClockFacts): boolean {
  return one === other || (holdsOwnOf(one, other) && holdsOwnOf(other, one));
}

function holdsOwnOf(one: ClockFacts, other: ClockFacts): boolean {
  for (const part in other) if (!isOfLimit.has(part) && one[part as keyof ClockFacts] !== other[part as keyof ClockFacts]) return false;
  return true;
}

/** Limits by their id, in whichever database they stand: an id is never another limit. */
const known = new Map<string, LimitFacts>();
const mostKnown = 5_000;
/** Limits asked for with one statement. */
const limitsAtOnce = 100;

/** What a transaction keeps at its end, for what it reads of its own clocks before that. */
const promised = new WeakMap<Reader, Map<string, LimitFacts>>();

/** Reads the limits that rows of clocks stand on; those read before are not read again. */
export async function readLimits(reader: Reader, rows: readonly SqlRow[]): Promise<ReadonlyMap<string, LimitFacts>> {
  const found = new Map(promised.get(reader));
  const missing = new Set<string>();
  for (const row of rows) {
    const id = row['limit_id'] as string | null;
    if (id === null || found.has(id)) continue;
    const limit = known.get(id);
    if (limit) found.set(id, limit);
    else missing.add(id);
  }
  for (const {id, facts} of await askLimits(reader, '*', [...missing])) {
    const limit = JSON.parse(String(facts)) as LimitFacts;
    found.set(String(id), limit);
    remember(String(id), limit);
  }
  return found;
}

function remember(id: string, limit: LimitFacts): void {
  if (known.size >= mostKnown) known.delete(known.keys().next().value ?? '');
  known.set(id, limit);
}

/** One text for any number of ids: what is over asks for the first one again. */
async function askLimits(reader: Reader, columns: '*' | 'id', ids: readonly string[]): Promise<readonly SqlRow[]> {
  const found: SqlRow[] = [];
  for (let start = 0; start < ids.length; start += limitsAtOnce) {
    const some = ids.slice(start, start + limitsAtOnce);
    const [first = ''] = some;
    found.push(...(await queryByKeys(reader, `select ${columns} from clock_limit where id in (${'?, '.repeat(limitsAtOnce - 1)}?)`, [...some, ...Array.from({length: limitsAtOnce - some.length}, () => first)])));
  }
  return found;
}

/** Limits that are known to stand in a database: none is ever taken away. */
const held = new WeakMap<Store, Set<string>>();

/**
 * Sees to it that limits are kept once the transaction is committed. What is not there yet is written at its end, after all that batches which commit in turn have to wait for.
 */
export async function keepLimits(tx: Tx, store: Store, limits: Iterable<KeptLimit>): Promise<void> {
  const here = held.get(store) ?? new Set<string>();
  held.set(store, here);
  const missing = new Map<string, KeptLimit>();
  for (const limit of limits) if (!here.has(limit.id)) missing.set(limit.id, limit);
  if (missing.size === 0) return;
  for (const row of await askLimits(tx, 'id', [...missing.keys()])) {
    here.add(String(row['id']));
    missing.delete(String(row['id']));
  }
  const own = promised.get(tx) ?? new Map<string, LimitFacts>();
  promised.set(tx, own);
  for (const {id, of} of missing.values()) own.set(id, of);
  // In one order everywhere, so that two transactions never wait for each other.
  insertMissingLast(tx, 'clock_limit', [...missing.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({id, text}) => ({id, facts: text})));
  tx.onCommit(() => {
    for (const id of missing.keys()) here.add(id);
  });
}
