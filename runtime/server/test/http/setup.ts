import {cp, mkdir, writeFile} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import pino from 'pino';
import {allRoutes} from '@banli/api';
import {openAudit} from '@banli/audit';
import {createFiles} from '@banli/files';
import {createNotices} from '@banli/messages';
import {createAccessTokens, createAccounts, createIdentities, createLogin, createLoginGuard, createPeople, createSessions, importOrganisation, readOrganisation} from '@banli/people';
import {createPermissions, platformPolicyPath, readPolicyFile} from '@banli/permissions';
import {openVault, type Store} from '@banli/store';
import {filledMemoryStore} from '@banli/store/testing';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {parseMoment, type Clock} from '@banli/time';
import {publishSamples} from '../../../catalogs/test/sample-service.js';
import {createHttpApp, createHttpServer, createMetrics, createRefusalLog, type BoundRoute, type ReadBound} from '../../src/http/index.js';
import {bindAuditRoutes} from '../../src/routes/audit.js';
import {bindFileRoutes} from '../../src/routes/files.js';
import {bindHealthRoutes} from '../../src/routes/health.js';
import {bindNoticeRoutes} from '../../src/routes/notices.js';
import {bindPeopleRoutes} from '../../src/routes/people.js';
import {bindSessionRoutes} from '../../src/routes/session.js';

const organisationFolder = fileURLToPath(new URL('../../../../catalogs/organisation/', import.meta.url));
export const password = 'Tianshan-2847-qiu';
const startsAt = parseMoment('2026-03-02 14:00');
/** Goes on like the machine's clock, from an afternoon on: no midnight comes during a test, whenever it runs. The sample catalogs are published before. */
export const serverClock: Clock = {now: () => startsAt + Math.floor(performance.now())};
/** Cheap hashes of passwords. */
const cost = {n: 1024};

const organisationRead = once(() => readOrganisation(organisationFolder));
const policyFiles = once(() => Promise.all([platformPolicyPath, join(organisationFolder, 'grants.yaml')].map(path => readPolicyFile(path))));
/** Where the keys lie with which the filled databases were filled. */
const keysOf = {bare: '', catalogs: ''};
const filled = {bare: filledMemoryStore(store => fill(store, 'bare')), catalogs: filledMemoryStore(store => fill(store, 'catalogs'))};

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The sample organisation with its accounts, and the sample catalogs where they are wanted. */
async function fill(store: Store, what: keyof typeof keysOf): Promise<void> {
  const keys = scratchFolder('keys');
  keysOf[what] = keys;
  const vault = await openVault(store, join(keys, 'vault.json'));
  const audit = await openAudit(store, keys);
  const organisation = await organisationRead();
  await importOrganisation(store, vault, organisation);
  await createAccounts({store, clock: serverClock, audit: audit.log, cost, sessions: createSessions(store, serverClock), guard: createLoginGuard(store)}).ensure(organisation.accounts, password);
  if (what === 'catalogs') await publishSamples(store);
}

/** People, rights and the routes of this area, as `routes` extends or replaces them. */
async function createParts(withCatalogs: boolean) {
  const home = scratchFolder('http');
  const what = withCatalogs ? 'catalogs' : 'bare';
  const store = await filled[what]();
  await cp(keysOf[what], join(home, 'keys'), {recursive: true});
  const vault = await openVault(store, join(home, 'keys', 'vault.json'));
  const audit = await openAudit(store, join(home, 'keys'));
  const organisation = await organisationRead();
  const people = await createPeople(store);
  const base = {store, clock: serverClock, audit: audit.log, cost};
  const sessions = createSessions(store, serverClock);
  const guard = createLoginGuard(store);
  const accounts = createAccounts({...base, sessions, guard});
  return {
    home, store, vault, audit, organisation, people, accounts,
    identities: createIdentities({...base, people, sessions}),
    tokens: createAccessTokens(base),
    login: createLogin({...base, people, sessions, guard}),
    permissions: await createPermissions({store, files: await policyFiles(), units: people}),
    notices: createNotices(store, serverClock),
    files: createFiles({store, clock: serverClock, folder: join(home, 'files'), audit: audit.log, access: {canRead: async () => false}}),
    metrics: createMetrics(),
    refusals: createRefusalLog({store, audit: audit.log, clock: serverClock, onError: error => {
      throw error;
    }}),
  };
}

export type ServerParts = Awaited<ReturnType<typeof createParts>>;

/** The bound routes of this area. */
export function ownRoutes(parts: ServerParts, engine = {up: true}): readonly BoundRoute[] {
  return [...bindSessionRoutes(parts), ...bindPeopleRoutes(parts), ...bindNoticeRoutes(parts), ...bindFileRoutes({...parts, cases: {assertVisible: async () => undefined}}), ...bindAuditRoutes(parts), ...bindHealthRoutes({...parts, isEngineUp: () => engine.up, routes: allRoutes, version: '0.1.0'})];
}

/** A server on a free port with the routes of this area, or those that `routes` makes; `catalogs` publishes the sample ones. It ends with the test, however that ends. */
export async function setup(t: ExecutionContext, options: {catalogs?: boolean; routes?: (parts: ServerParts) => readonly BoundRoute[]; publicPerMinute?: number; publicOrigins?: readonly string[]; https?: boolean; behindProxy?: boolean; readBound?: ReadBound} = {}) {
  const parts = await createParts(options.catalogs ?? false);
  const lines: string[] = [];
  const log = pino({level: 'debug'}, {write: line => void lines.push(line)});
  const webFolder = join(parts.home, 'web');
  await mkdir(join(webFolder, 'assets'), {recursive: true});
  await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>办理</title>');
  await writeFile(join(webFolder, 'assets', 'main-a1B2c3D4.js'), 'export {};');
  const app = await createHttpApp({...parts, ...(options.readBound ? {readBound: options.readBound} : {}), routes: (options.routes ?? ownRoutes)(parts), log, clock: serverClock, publicOrigins: options.publicOrigins ?? [], https: options.https ?? false, behindProxy: options.behindProxy ?? false, publicPerMinute: options.publicPerMinute ?? 100_000, webApps: [{folder: webFolder, base: '/'}]}).catch(async (error: unknown) => {
    await parts.store.close();
    throw error;
  });
  const server = createHttpServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = (path: string, init: RequestInit = {}) => fetch(address + path, init);
  const signIn = async (account: string) => {
    const answer = await call('/api/session', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({account, password})});
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const session = (await answer.json()) as {csrf: string; permissions: string[]; posts: Array<{id: string}>};
    return {cookie, session, headers: {cookie, 'x-banli-csrf': session.csrf}};
  };
  t.teardown(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await parts.store.close();
  });
  return {...parts, address, call, signIn, lines};
}

/** The code of a refusal, or its status when it has none. */
export async function codeOf(answer: Response): Promise<string> {
  const body = (await answer.json()) as {code?: string};
  return body.code ?? String(answer.status);
}
