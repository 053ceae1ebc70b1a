import {Agent, request as send} from 'node:http';
import type {AddressInfo} from 'node:net';
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {pino} from 'pino';
import {createAccounts, createLoginGuard, createSessions, readOrganisation} from '@banli/people';
import {newId} from '@banli/store';
import {parseMoment} from '@banli/time';
import {runTask} from '@banli/workers';
import {createFakeEngine, type FakeEngine} from '../../../cases/test/support/engine.js';
import {eventLog} from '../../src/log.js';
import {createPlatform, openStore, type Platform} from '../../src/platform.js';
import {bundlesToSeed, seedBundles, seedCatalogs, seedOrganisation} from '../../src/seed.js';
import {readSettings} from '../../src/settings.js';
import {createWeb} from '../../src/web.js';
import {workerMessages} from '../../src/worker-messages.js';
import {hotlineDrawing} from './hotline-drawing.js';

/** A working day of a year whose calendar is published, long before midnight: what tests say does not hang on the day they run. */
const startsAt = parseMoment('2026-03-02 10:00');
/** Password of every account. */
export const password = 'Tianshan-2847-qiu';

/** An answer, read to its end. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** What goes out: a body as text or bytes with its type. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Buffer;
  readonly type?: string;
}

/** Somebody signed in. */
export interface Caller {
  readonly account: string;
  readonly personId: string;
  readonly permissions: readonly string[];
  send(sent: Sent): Promise<Answered>;
  /** Sends JSON and reads what comes back; fails where it is no success. */
  call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** A server that runs. `lines`: what it logged of warnings and failures. */
export interface WholeServer {
  readonly platform: Platform;
  readonly engine: FakeEngine;
  readonly lines: readonly string[];
  as(account: string): Promise<Caller>;
  /** Does the open work of a case as the worker host would, until only people are waited for. */
  work(caseId: string): Promise<void>;
}

/**
 * The whole server in this process, with everything that ships: organisation, catalogs, templates, plugins and every route; the engine is one in memory
 * that walks the hotline, and workers run when they are told to. It ends with the test.
 */
export async function startWholeServer(t: ExecutionContext): Promise<WholeServer> {
  const home = await mkdtemp(join(tmpdir(), 'banli-whole-'));
  const settings = readSettings({BANLI_HOME: home, BANLI_CATALOG_REVIEW: 'none', BANLI_MOVABLE_CLOCK: '1', BANLI_SMS_QUIET: 'none'});
  for (const folder of [settings.keysFolder, settings.filesFolder]) await mkdir(folder, {recursive: true, mode: 0o700});
  const lines: string[] = [];
  const logger = pino({level: 'warn'}, {write: line => void lines.push(line)});
  const engine = createFakeEngine(hotlineDrawing);
  const opened = await openStore({...settings, databaseUrl: 'sqlite::memory:'}, logger);
  await opened.store.migrate();
  await opened.movableClock?.moveTo(opened.store, startsAt);
  await seedOrganisation(opened.store, settings);
  const platform = await createPlatform({settings, logger, opened, engine: {...engine, calls: () => ({apply: engine.calls.apply, state: engine.calls.state, deploy: 0, retries: 0, changes: 0, running: 0, health: 0})}});
  await seedCatalogs(platform);
  await seedBundles(platform, await bundlesToSeed(platform));
  await openAccounts(platform);
  const web = await createWeb({platform, palette: () => platform.plugins.palette(), engine: () => ({up: true, product: 'camunda', version: null, reason: null}), engineCalls: () => ({})});
  await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve));
  const {port} = web.address() as AddressInfo;
  const agent = new Agent({keepAlive: true, maxSockets: 4});
  t.teardown(async () => {
    agent.destroy();
    web.closeAllConnections();
    await new Promise(resolve => web.close(resolve));
    await platform.close();
    await rm(home, {recursive: true});
  });
  const callers = new Map<string, Promise<Caller>>();
  const as = (account: string): Promise<Caller> => {
    const known = callers.get(account) ?? signIn({port, agent}, account);
    callers.set(account, known);
    return known;
  };
  return {platform, engine, lines, as, work: (caseId: string) => workAll(platform, engine, caseId)};
}


/** Accounts of everybody, with cheap hashes. */
async function openAccounts({store, settings, audit, clock}: Platform): Promise<void> {
  const {accounts} = await readOrganisation(join(settings.root, 'catalogs/organisation'));
  await createAccounts({store, clock, sessions: createSessions(store, clock), guard: createLoginGuard(store), audit: audit.log, cost: {n: 1024}}).ensure(accounts, password);
}

async function signIn(to: {readonly port: number; readonly agent: Agent}, account: string): Promise<Caller> {
  const login = await exchange(to, {method: 'POST', path: '/api/session', type: 'application/json', body: JSON.stringify({account, password})}, {});
  if (login.status !== 200) throw new Error(`${account} cannot sign in: ${login.text}`);
  const session = JSON.parse(login.text) as {csrf: string; person: {id: string}; permissions: readonly string[]};
  const headers = {cookie: login.cookie, 'x-banli-csrf': session.csrf};
  const sendAs = (sent: Sent) => exchange(to, sent, headers);
  return {
    account, personId: session.person.id, permissions: session.permissions,
    send: sendAs,
    async call<Answer>(method: string, path: string, body?: unknown) {
      const {status, text} = await sendAs({method, path, ...(body === undefined ? {} : {type: 'application/json', body: JSON.stringify(body)})});
      if (status >= 300) throw new Error(`${account} ${method} ${path}: ${status} ${text}`);
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
  };
}

/** One request; without `fetch`, whose streams would take longer than the server. */
function exchange({port, agent}: {readonly port: number; readonly agent: Agent}, {method, path, body, type}: Sent, headers: Readonly<Record<string, string>>): Promise<Answered & {readonly cookie: string}> {
  return new Promise((resolve, reject) => {
    const asked = send({port, host: '127.0.0.1', agent, method, path, headers: {...headers, ...(type === undefined ? {} : {'content-type': type}), 'content-length': Buffer.byteLength(body ?? '')}}, answer => {
      const pieces: Buffer[] = [];
      const cookie = (answer.headers['set-cookie'] ?? []).map(line => line.split(';')[0]).join('; ');
      answer.on('error', reject).on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => resolve({status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8'), cookie}));
    });
    asked.on('error', reject).end(body);
  });
}

async function workAll(platform: Platform, engine: FakeEngine, caseId: string): Promise<void> {
  const {cases: {workerCases}, documents, plugins, store, clock, logger} = platform;
  const parts = {store, clock, cases: workerCases, documents, messages: workerMessages(platform), log: eventLog(logger)};
  for (let task = await workOf(engine, caseId); task; task = await workOf(engine, caseId)) {
    const worker = plugins.registry.find(task.topic);
    if (!worker) throw new Error(`nobody works on ${task.topic}`);
    await runTask(parts, worker, {externalTaskId: task.id, caseId, stepId: task.stepId}, new AbortController().signal);
  }
}

async function workOf(engine: FakeEngine, caseId: string) {
  return (await engine.state(caseId))?.externalTasks[0];
}

/** An id that nothing has. */
export function nobodysId(): string {
  return newId();
}
