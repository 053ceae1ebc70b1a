import {mkdir} from 'node:fs/promises';
import type {Server} from 'node:http';
import {startEngine, type EngineHandle, type EngineStatus} from '@banli/engine';
import {createProcessEngine, type EngineEndpoint} from '@banli/processes';
import {greet} from './greeting.js';
import {demoPassword} from './demo-password.js';
import {serverErrors} from './errors.js';
import {eventLog, openLog} from './log.js';
import {runLoops} from './loops.js';
import {createPlatform, openStore, type Platform} from './platform.js';
import {seedAccounts, seedBundles, seedCatalogs, seedOrganisation, type DemoAccount} from './seed.js';
import {ensureSchema} from '@banli/store';
import type {Settings} from './settings.js';
import {step} from './step.js';
import {createWeb} from './web.js';
import {startWorkerProcess, type WorkerProcess} from './worker-process.js';

/** What the parent process is told once the instance can be used, and again when a child process was replaced. */
export interface ReadyMessage {
  readonly ready: true;
  readonly url: string;
  readonly pids: {readonly server: number; readonly worker: number | null; readonly engine: number | null};
  readonly engine: {readonly baseUrl: string; readonly token: string};
}

/** An instance that runs. */
export interface RunningServer {
  stop(): Promise<void>;
}

/**
 * Starts engine, server and worker host of one instance and prints where it can be reached.
 *
 * @param print - One line of progress for a person.
 * @param tell - Told to the parent process, if there is one.
 * @throws AppError of the part that could not start; nothing is left running.
 */
export async function startServer(settings: Settings, print: (line: string) => void, tell: (message: ReadyMessage) => void): Promise<RunningServer> {
  for (const folder of [settings.home, settings.keysFolder, settings.filesFolder]) await mkdir(folder, {recursive: true, mode: 0o700});
  const logger = openLog(settings.home, 'server', settings.logLevel);
  await ensureSchema(settings.databaseUrl);
  const opened = await openStore(settings, logger);
  await step(print, '建库与升级 migrate the database', async () => {
    await opened.store.migrate();
    if (opened.movableClock !== null) await startClock(opened, settings);
    await seedOrganisation(opened.store, settings);
  });
  const status: {now: EngineStatus | null; onUp: () => void} = {now: null, onUp: () => undefined};
  const handle: {engine: EngineHandle | null} = {engine: null};
  const startedEngine = step(print, `启动流程引擎 start the engine (${settings.product})`, async () => {
    handle.engine = await startEngine({
      home: settings.home, product: settings.product, databaseUrl: settings.givenDatabaseUrl, javaOptions: settings.engineJavaOptions, log: logger, onProgress: print,
      onStatus: next => {
        status.now = next;
        if (next.state === 'up') status.onUp();
      },
    });
    return handle.engine;
  });
  const filled = fillPlatform({settings, logger, opened, engine: createProcessEngine({endpoint: () => endpointOf(handle.engine)})}, print);
  try {
    // The catalogs need no engine: whoever waits for both waits for the slower of them.
    const [engine, content] = await Promise.all([startedEngine, filled]);
    return await run({...content, engine, status, print, tell});
  } catch (error) {
    await Promise.allSettled([startedEngine, filled]);
    await handle.engine?.stop();
    throw error;
  }
}

function endpointOf(engine: EngineHandle | null): EngineEndpoint {
  if (engine === null) throw new Error('The engine has no address before it is started.');
  return {baseUrl: engine.baseUrl, token: engine.token};
}

interface Content {
  readonly platform: Platform;
  /** Nothing was ever published in this home. */
  readonly isFirst: boolean;
  readonly password: string;
  readonly accounts: readonly DemoAccount[];
}

/** All that a new home gets before there is an engine: catalogs and demo accounts. */
async function fillPlatform(parts: Parameters<typeof createPlatform>[0], print: (line: string) => void): Promise<Content> {
  const platform = await createPlatform(parts);
  const isFirst = (await platform.releases.bundles()).length === 0;
  return step(print, isFirst ? '发布样例目录 publish the catalogs' : '核对样例目录 check the catalogs', async () => {
    await seedCatalogs(platform);
    const password = await demoPassword(parts.settings.home, parts.settings.demoPassword);
    return {platform, isFirst, password, accounts: await seedAccounts(platform, password)};
  });
}

/** A trial's clock goes on where it stood; a new one starts where the trial wants. */
async function startClock(opened: Awaited<ReturnType<typeof openStore>>, settings: Settings): Promise<void> {
  const known = await opened.store.knex('setting').where({name: 'clock.offset'}).first<{value: string} | undefined>();
  if (known !== undefined) await opened.movableClock?.refresh(opened.store);
  else if (settings.movableClock?.startAt != null) await opened.movableClock?.moveTo(opened.store, settings.movableClock.startAt);
}

interface Parts extends Content {
  readonly engine: EngineHandle;
  readonly status: {readonly now: EngineStatus | null; onUp: () => void};
  readonly print: (line: string) => void;
  readonly tell: (message: ReadyMessage) => void;
}

async function run(parts: Parts): Promise<RunningServer> {
  const {platform, engine, status, print} = parts;
  const {settings} = platform;
  await step(print, parts.isFirst ? '发布样例模板 publish the templates' : '核对样例模板 check the templates', () => seedBundles(platform));
  const health = await platform.engine.health();
  const worker: {process: WorkerProcess | null} = {process: null};
  const web = await createWeb({
    platform,
    palette: () => platform.plugins.palette(),
    engine: () => ({up: status.now?.state === 'up', product: settings.product, version: health.up ? health.version : null, reason: status.now?.reason ?? null}),
    engineCalls: () => addCalls(platform.engine.calls(), worker.process?.engineCalls() ?? {}),
  });
  const url = await listen(web, settings.port);
  const announce = (): void =>
    parts.tell({ready: true, url, pids: {server: process.pid, worker: worker.process?.pid() ?? null, engine: engine.pid()}, engine: {baseUrl: engine.baseUrl, token: engine.token}});
  worker.process = startWorkerProcess({endpoint: () => ({baseUrl: engine.baseUrl, token: engine.token}), log: eventLog(platform.logger), onChange: () => void (worker.process && announce()), onTouch: platform.watch.touch});
  parts.status.onUp = () => {
    worker.process?.tell();
    announce();
    platform.cases.loop.retryNow().catch((error: unknown) => platform.logger.warn({event: 'server.engine.retry', error: String(error)}));
  };
  const stopping = new AbortController();
  const loops = runLoops(platform, stopping.signal);
  announce();
  greet(print, url, parts.password, parts.accounts);
  return {
    async stop() {
      print('\n正在停止 stopping …');
      platform.watch.close();
      await close(web);
      await worker.process?.stop();
      stopping.abort();
      await loops;
      await engine.stop();
      await platform.close();
    },
  };
}

function addCalls(one: Readonly<Record<string, number>> | object, other: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {...other};
  for (const [call, count] of Object.entries(one)) sum[call] = (sum[call] ?? 0) + Number(count);
  return sum;
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? serverErrors.PORT_TAKEN({port}, {cause: error}) : error));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
