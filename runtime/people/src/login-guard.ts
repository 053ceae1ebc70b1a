import {isDuplicateKey, type Store} from '@banli/store';
import {hourMs} from '@banli/time';
import {peopleErrors} from './errors.js';

/** How many wrong passwords in a row lock an account name, for how long, and when a failure is forgotten. Times in milliseconds. */
export interface LockRule {
  readonly failures: number;
  readonly lockMs: number;
  readonly forgetMs: number;
}

/** @see Source: requirements/xinjiang-hotline.md §4.4 A40 (five wrong passwords: one hour); GB/T 22239-2019 8.1.4.1 b. That failures are forgotten after an hour is our own. */
export const lockRule: LockRule = {failures: 5, lockMs: hourMs, forgetMs: hourMs};

/** Counts failed logins by account name, known or not, so that a lock says nothing about whether the account exists. */
export interface LoginGuard {
  /**
   * Books an attempt before the password is looked at, so that a hundred guesses at the same moment are not a hundred tries.
   * @returns Which attempt in a row this is.
   * @throws AppError `PEOPLE_LOGIN_LOCKED`
   */
  book(loginIndex: string, now: number): Promise<number>;
  /** Forgets the failures: after a good login, or when an administrator unlocks. Answers whether there was anything. */
  clear(loginIndex: string): Promise<boolean>;
  /** Locked names among these, and until when. */
  locked(loginIndexes: readonly string[], now: number): Promise<ReadonlyMap<string, number>>;
  /** Throws away what is forgotten anyway. */
  sweep(now: number): Promise<void>;
}

interface FailureRow { readonly login_index: string; readonly failures: number; readonly last_at: number; readonly locked_until_at: number | null }

/** Makes a guard on the table `login_failure`. */
export function createLoginGuard(store: Store, rule: LockRule = lockRule): LoginGuard {
  const {knex} = store;
  return {
    async book(loginIndex, now) {
      for (;;) {
        const attempt = await tryBook(store, rule, loginIndex, now);
        if (attempt !== null) return attempt;
      }
    },
    clear: async loginIndex => (await knex('login_failure').where({login_index: loginIndex}).delete()) > 0,
    async locked(loginIndexes, now) {
      const rows = (await knex('login_failure').whereIn('login_index', [...loginIndexes]).andWhere('locked_until_at', '>', now)) as FailureRow[];
      return new Map(rows.map(row => [row.login_index, row.locked_until_at ?? 0]));
    },
    async sweep(now) {
      await knex('login_failure').where('last_at', '<', now - rule.forgetMs - rule.lockMs).delete();
    },
  };
}

/** One round; `null` when another attempt came in between. */
async function tryBook(store: Store, rule: LockRule, loginIndex: string, now: number): Promise<number | null> {
  const {knex} = store;
  const row = await knex('login_failure').where({login_index: loginIndex}).first<FailureRow | undefined>();
  if (!row) {
    try {
      await knex('login_failure').insert({login_index: loginIndex, failures: 1, last_at: now, locked_until_at: rule.failures === 1 ? now + rule.lockMs : null});
      return 1;
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }
  if (row.locked_until_at !== null && row.locked_until_at > now) throw peopleErrors.LOGIN_LOCKED({minutes: Math.ceil((row.locked_until_at - now) / 60_000)});
  const fresh = row.locked_until_at !== null || row.last_at + rule.forgetMs < now;
  const failures = fresh ? 1 : row.failures + 1;
  const changed = await knex('login_failure')
    .where({login_index: loginIndex, failures: row.failures, last_at: row.last_at})
    .update({failures, last_at: now, locked_until_at: failures >= rule.failures ? now + rule.lockMs : null});
  return changed > 0 ? failures : null;
}
