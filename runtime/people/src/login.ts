import {createHash} from 'node:crypto';
import {isAppError} from '@banli/errors';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {peopleErrors} from './errors.js';
import type {LoginGuard} from './login-guard.js';
import {hashPassword, isPassword, passwordCost, type PasswordCost} from './passwords.js';
import type {People} from './people.js';
import type {SessionRow, Sessions} from './sessions.js';
import type {Origin, PeopleActor, PeopleAudit, Person} from './types.js';

/** What login needs. `clock` is the machine's own. */
export interface LoginParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly sessions: Sessions;
  readonly guard: LoginGuard;
  readonly audit: PeopleAudit;
  readonly cost?: PasswordCost;
}

/** A good login. `token` goes into the cookie and nowhere else. */
export interface LoggedIn {
  readonly token: string;
  readonly session: SessionRow;
}

interface AccountRow { readonly person_id: string; readonly login: string; readonly password_hash: string; readonly status: string }

/** The row under which failures of an account name are counted; the name itself is not kept, it may be a mistyped password. */
export function loginIndexOf(login: string): string {
  return createHash('sha256').update('login:').update(login.normalize('NFKC').trim().toLowerCase()).digest('hex');
}

/**
 * Makes the login. An unknown account, a wrong password, a disabled account and a person without a post get the same answer
 * after the same work; attempts on one account name run one after the other.
 */
export function createLogin(parts: LoginParts): (request: {readonly login: string; readonly password: string; readonly origin: Origin}) => Promise<LoggedIn> {
  const turns = new Map<string, Promise<unknown>>();
  const nobody = hashPassword('nobody has this password', parts.cost ?? passwordCost);
  return request => {
    const index = loginIndexOf(request.login);
    const before = turns.get(index) ?? Promise.resolve();
    const mine = before.then(() => attempt(parts, nobody, index, request));
    const settled = mine.then(() => undefined, () => undefined).then(() => {
      if (turns.get(index) === settled) turns.delete(index);
    });
    turns.set(index, settled);
    return mine;
  };
}

async function attempt(parts: LoginParts, nobody: Promise<string>, index: string, request: {readonly login: string; readonly password: string; readonly origin: Origin}): Promise<LoggedIn> {
  const {store, clock, people, guard, sessions} = parts;
  const count = await guard.book(index, clock.now()).catch(async (error: unknown) => {
    if (isAppError(error, 'PEOPLE_LOGIN_LOCKED')) await recordRefusal(parts, {index, request, account: undefined, reason: 'locked'});
    throw error;
  });
  const login = request.login.normalize('NFKC').trim().toLowerCase();
  const account = await store.knex('account').where({login}).first<AccountRow | undefined>();
  const good = await isPassword(request.password, account?.password_hash ?? (await nobody));
  await people.refresh();
  const person = account ? people.person(account.person_id) : null;
  const post = person?.posts[0];
  if (!good || !account || account.status !== 'active' || !person || !post) {
    await recordRefusal(parts, {index, request, account, reason: count >= 5 ? 'nowLocked' : 'refused'});
    throw peopleErrors.LOGIN_REFUSED();
  }
  await guard.clear(index);
  return store.tx(async tx => {
    const opened = await sessions.open(tx, {personId: person.id, postId: post.id, origin: request.origin});
    await parts.audit.record(tx, {actor: actorOf(person, post, request.origin), action: 'session.login', subject: person.id, result: 'done', at: clock.now()});
    return opened;
  });
}

async function recordRefusal(parts: LoginParts, refusal: {readonly index: string; readonly request: {readonly origin: Origin}; readonly account: AccountRow | undefined; readonly reason: string}): Promise<void> {
  const {origin} = refusal.request;
  const actor = {personId: 'nobody', personName: '', unitId: '', roles: [], requestId: origin.requestId, address: origin.address};
  await parts.store.tx(tx => parts.audit.record(tx, {actor, action: 'session.login', subject: refusal.account?.person_id ?? 'unknown', result: 'refused', at: parts.clock.now(), data: {reason: refusal.reason, loginIndex: refusal.index.slice(0, 16)}}));
}

/** Who acts, from a person in one of his posts. */
export function actorOf(person: Pick<Person, 'id' | 'name'>, post: {readonly unitId: string; readonly roles: readonly string[]}, origin: Origin): PeopleActor {
  return {personId: person.id, personName: person.name, unitId: post.unitId, roles: post.roles, requestId: origin.requestId, address: origin.address};
}
