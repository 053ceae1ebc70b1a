import {createHash, randomBytes} from 'node:crypto';
import {newId, queryByKeys, type Store, type Tx} from '@banli/store';
import type {Clock} from '@banli/time';
import {peopleErrors} from './errors.js';
import type {Origin} from './types.js';

/** When a session ends, in milliseconds: after idling, and in any case. */
export interface SessionRule {
  readonly idleMs: number;
  readonly longestMs: number;
}

/** @see Source: GB/T 22239-2019 8.1.4.1 b (sessions end by themselves); 30 minutes and 12 hours are our own. */
export const sessionRule: SessionRule = {idleMs: 30 * 60_000, longestMs: 12 * 3_600_000};

/** A live session as the table holds it, and the versions of people and permissions read with it. */
export interface SessionRow {
  readonly id: string;
  readonly personId: string;
  readonly postId: string;
  readonly endsAt: number;
  readonly idleUntilAt: number;
  readonly peopleVersion: number;
  readonly permissionsVersion: number;
  /** The password was given by someone else and must be changed first. */
  readonly mustChangePassword: boolean;
}

/** Sessions: the token is known to the browser alone, the table holds its hash. */
export interface Sessions {
  /** Opens a session in the transaction of its audit row. The token is 43 characters of base64url. */
  open(tx: Tx, request: {readonly personId: string; readonly postId: string; readonly origin: Origin}): Promise<{readonly token: string; readonly session: SessionRow}>;
  /**
   * Finds a live session with one query and keeps it alive.
   * @throws AppError `PEOPLE_SESSION_ENDED`
   */
  find(token: string): Promise<SessionRow>;
  switchPost(tx: Tx, sessionId: string, postId: string): Promise<void>;
  end(tx: Tx, sessionId: string): Promise<void>;
  /** Ends every session of a person, except one; answers how many. */
  endAll(tx: Tx, personId: string, exceptId?: string): Promise<number>;
  /** Throws ended sessions away. */
  sweep(): Promise<void>;
}

interface Row { readonly id: string; readonly person_id: string; readonly post_id: string; readonly ends_at: number; readonly idle_until_at: number; readonly seen_at: number; readonly people_version: string; readonly permissions_version: string; readonly must_change: number | null; readonly account_status: string | null }

/** A session is marked as seen at most this often, so that reading does not write; in milliseconds. */
const seenEveryMs = 60_000;

const liveSession = `select session.id, session.person_id, session.post_id, session.ends_at, session.idle_until_at, session.seen_at, account.must_change, account.status as account_status,
  (select value from setting where name = 'people.version') as people_version, (select value from setting where name = 'permissions.version') as permissions_version
  from session left join account on account.person_id = session.person_id where session.token_hash = ?`;

/** Makes sessions on the machine's own clock: a business clock that jumps must not sign people out or keep them in. */
export function createSessions(store: Store, clock: Clock, rule: SessionRule = sessionRule): Sessions {
  const {knex} = store;
  return {
    async open(tx, {personId, postId, origin}) {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      const row = {id: newId(now), person_id: personId, post_id: postId, created_at: now, seen_at: now, idle_until_at: now + rule.idleMs, ends_at: now + rule.longestMs};
      await tx('session').insert({...row, token_hash: hashToken(token), address: origin.address.slice(0, 64), agent: origin.agent.slice(0, 200)});
      return {token, session: {id: row.id, personId, postId, endsAt: row.ends_at, idleUntilAt: row.idle_until_at, peopleVersion: 0, permissionsVersion: 0, mustChangePassword: false}};
    },
    async find(token) {
      const row = (await queryByKeys(knex, liveSession, [hashToken(token)]))[0] as Row | undefined;
      const now = clock.now();
      if (!row || row.account_status !== 'active' || row.ends_at <= now || row.idle_until_at <= now) throw peopleErrors.SESSION_ENDED();
      if (now - row.seen_at >= Math.min(seenEveryMs, rule.idleMs / 4)) await knex('session').where({id: row.id}).update({seen_at: now, idle_until_at: now + rule.idleMs});
      return {id: row.id, personId: row.person_id, postId: row.post_id, endsAt: row.ends_at, idleUntilAt: row.idle_until_at, peopleVersion: Number(row.people_version), permissionsVersion: Number(row.permissions_version), mustChangePassword: Number(row.must_change) === 1};
    },
    async switchPost(tx, sessionId, postId) {
      await tx('session').where({id: sessionId}).update({post_id: postId});
    },
    async end(tx, sessionId) {
      await tx('session').where({id: sessionId}).delete();
    },
    async endAll(tx, personId, exceptId = '') {
      return tx('session').where({person_id: personId}).andWhereNot({id: exceptId}).delete();
    },
    async sweep() {
      const now = clock.now();
      await knex('session').where('ends_at', '<', now).orWhere('idle_until_at', '<', now).delete();
    },
  };
}

/** The token against forged requests that belongs to a session: known to pages of our own origin only. */
export function csrfOf(token: string): string {
  return createHash('sha256').update('csrf:').update(token).digest('base64url');
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
