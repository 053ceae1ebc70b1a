import {createHash, randomBytes} from 'node:crypto';
import {fromRow, isDuplicateKey, newId, type SqlRow, type Store, type Tx} from '@banli/store';
import {dayOf, type Clock} from '@banli/time';
import {peopleErrors} from './errors.js';
import type {Origin, PeopleActor, PeopleAudit} from './types.js';

/** What an outside system may be permitted: reading alone. */
export const machinePermissions: readonly string[] = ['catalogs.read'];

/** A token of an outside system. Its secret is shown once and kept nowhere; moments in UTC milliseconds. */
export interface AccessToken {
  readonly id: string;
  readonly name: string;
  /** Of `machinePermissions`. */
  readonly permissions: readonly string[];
  /** Ids of catalogs it may read, `*` for all. */
  readonly catalogs: readonly string[];
  /** It reads what holds for this area and those within it; `null`: for any. */
  readonly areaCode: string | null;
  readonly perMinute: number;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly createdByName: string;
  readonly revokedAt: number | null;
  readonly revokedByName: string | null;
  /** To the minute; `null` before its first use. */
  readonly lastUsedAt: number | null;
}

/** What a new token is to be. `perMinute` from 1 to 6000, `days` from 1 to 730. */
export interface AccessTokenInput {
  readonly name: string;
  readonly permissions?: readonly string[];
  readonly catalogs: readonly string[];
  readonly areaCode: string | null;
  readonly perMinute: number;
  readonly days: number;
}

/** Tokens with which outside systems read. Making and revoking are told to the audit log, and the first use of a day; single reads are not. */
export interface AccessTokens {
  /** @throws AppError `PEOPLE_TOKEN_INPUT_BAD`, `PEOPLE_TOKEN_NAME_TAKEN` */
  create(actor: PeopleActor, input: AccessTokenInput): Promise<{readonly token: AccessToken; readonly secret: string}>;
  /** Every token, revoked and expired ones included, newest first. */
  list(): Promise<readonly AccessToken[]>;
  /** Ends a token at once. Twice is once. @throws AppError `PEOPLE_TOKEN_UNKNOWN` */
  revoke(actor: PeopleActor, id: string): Promise<AccessToken>;
  /** The token behind a secret. @throws AppError `PEOPLE_TOKEN_INVALID`, which does not tell why */
  use(secret: string, origin: Origin): Promise<AccessToken>;
}

/** A token is marked as used at most this often, so that reading does not write; in milliseconds. */
const usedEveryMs = 60_000;
const dayMs = 86_400_000;
const secretPattern = /^banli_[A-Za-z0-9_-]{43}$/;

/** Makes the tokens, on the machine's own clock. @see Source: design.md §5 (outside systems); figures are our own. */
export function createAccessTokens({store, clock, audit}: {readonly store: Store; readonly clock: Clock; readonly audit: PeopleAudit}): AccessTokens {
  const record = (tx: Tx, actor: PeopleActor, action: string, token: Pick<AccessToken, 'id' | 'name'>, data: Readonly<Record<string, unknown>> = {}) => audit.record(tx, {actor, action, subject: token.id, result: 'done', at: clock.now(), data: {name: token.name, ...data}});
  return {
    async create(actor, input) {
      const {name, days, permissions = machinePermissions, catalogs, areaCode, perMinute} = checkInput(input);
      const secret = `banli_${randomBytes(32).toString('base64url')}`;
      const now = clock.now();
      const row = {id: newId(now), name, permissions: JSON.stringify(permissions), catalogs: JSON.stringify(catalogs), area_code: areaCode, per_minute: perMinute, expires_at: now + days * dayMs, created_at: now, created_by_name: actor.personName};
      await store.tx(async tx => {
        await tx('access_token').insert({...row, secret_hash: hashSecret(secret), created_by: actor.personId});
        await record(tx, actor, 'tokens.create', row, {permissions, catalogs, areaCode, perMinute, days});
      }).catch((error: unknown) => {
        throw isDuplicateKey(error) ? peopleErrors.TOKEN_NAME_TAKEN({name}, {cause: error}) : error;
      });
      return {secret, token: {id: row.id, name, permissions, catalogs, areaCode, perMinute, expiresAt: row.expires_at, createdAt: now, createdByName: actor.personName, revokedAt: null, revokedByName: null, lastUsedAt: null}};
    },
    async list() {
      return ((await store.knex('access_token').orderBy('id', 'desc')) as SqlRow[]).map(readToken);
    },
    revoke: (actor, id) => store.tx(async tx => {
      const row: SqlRow | undefined = await tx('access_token').where({id}).first();
      if (!row) throw peopleErrors.TOKEN_UNKNOWN({token: id});
      const token = readToken(row);
      const revokedAt = clock.now();
      const ended = await tx('access_token').where({id}).whereNull('revoked_at').update({revoked_at: revokedAt, revoked_by: actor.personId, revoked_by_name: actor.personName});
      if (ended !== 1) return token;
      await record(tx, actor, 'tokens.revoke', token);
      return {...token, revokedAt, revokedByName: actor.personName};
    }),
    async use(secret, origin) {
      if (!secretPattern.test(secret)) throw peopleErrors.TOKEN_INVALID();
      const row: SqlRow | undefined = await store.knex('access_token').where({secret_hash: hashSecret(secret)}).first();
      const token = row && readToken(row);
      const now = clock.now();
      if (!token || token.revokedAt !== null || token.expiresAt <= now) throw peopleErrors.TOKEN_INVALID();
      const last = token.lastUsedAt;
      if (last !== null && now - last < usedEveryMs) return token;
      await store.tx(async tx => {
        const marked = await tx('access_token').where({id: token.id, last_used_at: last}).update({last_used_at: now});
        if (marked === 1 && (last === null || dayOf(last) !== dayOf(now))) await record(tx, machineActor(token, origin), 'tokens.use', token, {address: origin.address});
      });
      return {...token, lastUsedAt: now};
    },
  };
}

/** An outside system as an actor: it holds no post and no role, only what its token says. */
export function machineActor(token: Pick<AccessToken, 'id' | 'name'>, origin: Origin): PeopleActor {
  return {personId: `token:${token.id}`, personName: token.name, unitId: '', roles: [], requestId: origin.requestId, address: origin.address};
}

function checkInput(input: AccessTokenInput): AccessTokenInput {
  const name = input.name.trim();
  const bad = (field: string): never => {
    throw peopleErrors.TOKEN_INPUT_BAD({field});
  };
  const isWhole = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  if (name === '' || name.length > 100 || /[\u0000-\u001f\u007f]/.test(name)) bad('name');
  if ((input.permissions ?? machinePermissions).length === 0 || !(input.permissions ?? []).every(each => machinePermissions.includes(each))) bad('permissions');
  if (input.catalogs.length === 0 || input.catalogs.length > 100 || !input.catalogs.every(each => each === '*' || /^[a-z][a-z0-9-]{0,63}$/.test(each))) bad('catalogs');
  if (input.areaCode !== null && !/^\d{6,12}$/.test(input.areaCode)) bad('area');
  if (!isWhole(input.perMinute, 6_000)) bad('perMinute');
  if (!isWhole(input.days, 730)) bad('days');
  return {...input, name};
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Big integers come as text from one database and as numbers from the other. */
function readToken(row: SqlRow): AccessToken {
  const {id, name, areaCode, perMinute, createdByName, revokedByName} = fromRow<AccessToken>(row);
  const moment = (column: string): number | null => (row[column] === null || row[column] === undefined ? null : Number(row[column]));
  const list = (column: string): readonly string[] => JSON.parse(String(row[column])) as string[];
  return {
    id, name, areaCode, createdByName, revokedByName, perMinute: Number(perMinute), permissions: list('permissions'), catalogs: list('catalogs'),
    expiresAt: Number(row['expires_at']), createdAt: Number(row['created_at']), revokedAt: moment('revoked_at'), lastUsedAt: moment('last_used_at'),
  };
}
