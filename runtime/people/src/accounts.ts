import {isDuplicateKey, type Store, type Tx} from '@banli/store';
import type {Clock} from '@banli/time';
import {peopleErrors} from './errors.js';
import {loginIndexOf} from './login.js';
import type {LoginGuard} from './login-guard.js';
import {hashPassword, isPassword, passwordCost, passwordProblem, type PasswordCost} from './passwords.js';
import {raisePeopleVersion} from './people-version.js';
import type {Sessions} from './sessions.js';
import type {PeopleActor, PeopleAudit} from './types.js';

/** An account in a list; never with its hash. */
export interface AccountView {
  readonly personId: string;
  readonly login: string;
  readonly status: 'active' | 'locked' | 'disabled';
  readonly mustChange: boolean;
}

/** What accounts need. `clock` is the machine's own. */
export interface AccountParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly guard: LoginGuard;
  readonly audit: PeopleAudit;
  readonly cost?: PasswordCost;
}

/** Accounts of persons: made, listed, unlocked, disabled; passwords changed. Each change writes an audit row. */
export interface Accounts {
  list(): Promise<readonly AccountView[]>;
  of(personId: string): Promise<AccountView | null>;
  /** Makes the accounts that are missing, with one password for all that must fit the policy; answers their logins. */
  ensure(accounts: ReadonlyArray<{readonly login: string; readonly personId: string}>, password: string, options?: {readonly mustChange?: boolean}): Promise<readonly string[]>;
  /** @throws AppError `PEOPLE_PASSWORD_WRONG`, `PEOPLE_PASSWORD_SHORT`, `…_PLAIN`, `…_GUESSABLE`, `…_SAME`. Ends the person's other sessions. */
  changePassword(actor: PeopleActor, request: {readonly sessionId: string; readonly current: string; readonly next: string}): Promise<void>;
  /** Lifts a lock-out. @throws AppError `PEOPLE_PERSON_UNKNOWN` */
  unlock(actor: PeopleActor, personId: string): Promise<void>;
  /** Disables or enables an account; a disabled one is signed out everywhere. @throws AppError `PEOPLE_PERSON_UNKNOWN` */
  setStatus(actor: PeopleActor, personId: string, status: 'active' | 'disabled'): Promise<void>;
}

interface AccountRow { readonly person_id: string; readonly login: string; readonly password_hash: string; readonly must_change: number; readonly status: string }

/** Makes accounts on the table `account`. */
export function createAccounts(parts: AccountParts): Accounts {
  const {store, guard, clock} = parts;
  const rowOf = async (personId: string): Promise<AccountRow> => {
    const row = await store.knex('account').where({person_id: personId}).first<AccountRow | undefined>();
    if (!row) throw peopleErrors.PERSON_UNKNOWN();
    return row;
  };
  return {
    list: async () => viewsOf(parts, (await store.knex('account').orderBy('login')) as AccountRow[]),
    async of(personId) {
      const rows = (await store.knex('account').where({person_id: personId})) as AccountRow[];
      return (await viewsOf(parts, rows))[0] ?? null;
    },
    ensure: (accounts, password, options = {}) => ensureAccounts(parts, accounts, password, options.mustChange ?? false),
    changePassword: async (actor, request) => changePassword(parts, await rowOf(actor.personId), actor, request),
    async unlock(actor, personId) {
      const row = await rowOf(personId);
      await guard.clear(loginIndexOf(row.login));
      await store.tx(tx => parts.audit.record(tx, {actor, action: 'people.unlock', subject: personId, result: 'done', at: clock.now()}));
    },
    async setStatus(actor, personId, status) {
      await rowOf(personId);
      await store.tx(async tx => {
        await tx('account').where({person_id: personId}).update({status});
        if (status === 'disabled') await parts.sessions.endAll(tx, personId);
        await raisePeopleVersion(tx);
        await parts.audit.record(tx, {actor, action: `people.${status === 'disabled' ? 'disable' : 'enable'}`, subject: personId, result: 'done', at: clock.now()});
      });
    },
  };
}

async function viewsOf(parts: AccountParts, rows: readonly AccountRow[]): Promise<readonly AccountView[]> {
  const locked = await parts.guard.locked(rows.map(row => loginIndexOf(row.login)), parts.clock.now());
  return rows.map(row => ({
    personId: row.person_id,
    login: row.login,
    status: row.status === 'disabled' ? 'disabled' : locked.has(loginIndexOf(row.login)) ? 'locked' : 'active',
    mustChange: Number(row.must_change) === 1,
  }));
}

async function ensureAccounts(parts: AccountParts, accounts: ReadonlyArray<{readonly login: string; readonly personId: string}>, password: string, mustChange: boolean): Promise<readonly string[]> {
  const problem = accounts.map(account => passwordProblem(password, account.login)).find(found => found !== null);
  if (problem) throw problem;
  const known = new Set(((await parts.store.knex('account').select('person_id')) as Array<{person_id: string}>).map(row => row.person_id));
  const missing = accounts.filter(account => !known.has(account.personId));
  const hashes = await Promise.all(missing.map(() => hashPassword(password, parts.cost ?? passwordCost)));
  const now = parts.clock.now();
  const rows = missing.map((account, index) => ({person_id: account.personId, login: account.login.toLowerCase(), password_hash: hashes[index] ?? '', password_changed_at: now, must_change: mustChange ? 1 : 0, status: 'active'}));
  for (const row of rows) await parts.store.tx(tx => insertAccount(tx, row));
  return missing.map(account => account.login);
}

async function insertAccount(tx: Tx, row: {readonly person_id: string; readonly login: string}): Promise<void> {
  try {
    await tx('account').insert(row);
  } catch (error) {
    if (isDuplicateKey(error)) throw peopleErrors.LOGIN_TAKEN({login: row.login}, {cause: error});
    throw error;
  }
}

async function changePassword(parts: AccountParts, row: AccountRow, actor: PeopleActor, request: {readonly sessionId: string; readonly current: string; readonly next: string}): Promise<void> {
  await parts.guard.book(`change:${row.person_id}`.slice(0, 64), parts.clock.now());
  if (!(await isPassword(request.current, row.password_hash))) throw peopleErrors.PASSWORD_WRONG();
  await parts.guard.clear(`change:${row.person_id}`.slice(0, 64));
  const problem = passwordProblem(request.next, row.login) ?? (request.next === request.current ? peopleErrors.PASSWORD_SAME() : null);
  if (problem) throw problem;
  const hash = await hashPassword(request.next, parts.cost ?? passwordCost);
  await parts.store.tx(async tx => {
    await tx('account').where({person_id: row.person_id}).update({password_hash: hash, password_changed_at: parts.clock.now(), must_change: 0});
    await parts.sessions.endAll(tx, row.person_id, request.sessionId);
    await parts.audit.record(tx, {actor, action: 'people.changePassword', subject: row.person_id, result: 'done', at: parts.clock.now()});
  });
}
