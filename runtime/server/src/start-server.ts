import {mkdir} from 'node:fs/promises';
import type {Server} from 'node:http';
import type {BundleFiles} from '@banli/formats';
import {createProcessEngine} from '@banli/processes';
import {greet, tellEngineFails, tellEngineMissing, tellEngineThere} from './greeting.js';
import {demoPassword} from './demo-password.js';
import {firstStart, takeSeat, type EngineSeat} from './engine-seat.js';
import {serverErrors} from './errors.js';
import {eventLog, openLog} from './log.js';
import {safeError} from './http/index.js';
import {runLoops} from './loops.js';
import {createPlatform, openStore, type Platform} from './platform.js';
import {bundlesToSeed, seedAccounts, seedBundles, seedCatalogs, seedOrganisation, type DemoAccount} from './seed.js';
import {ensureSchema} from '@banli/store';
import type {Settings} from './settings.js';
import {step} from './step.js';
import {createWeb} from './web.js';
import {startWorkerProcess, type WorkerProcess} from './worker-process.js';

/** What the parent process is told once the instance listens, when its engine came up, and again when a child process was replaced. */
export interface ReadyMessage {
  readonly ready: true;
  readonly url: string;
  readonly pids: {readonly server: number; readonly worker: number | null; readonly engine: number | null};
  /** `null` until the engine was up for the first time. */
  readonly engine: {readonly baseUrl: string; readonly token: string} | null;
}

/** An instance that runs. */
export interface RunningServer {
  stop(): Promise<void>;
}

/**
 * Starts engine, server and worker host of one instance and prints where it can be reached. Where something was published before, nobody
 * waits for the engine: it is tried until it is there (ADR 0040).
 *
 * @param print - One line of progress for a person.
 * @param tell - Told to the parent process, if there is one.
 * @throws AppError of the part that could not start, of the engine only in a new home; nothing is left running.
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
  const seat = takeSeat(settings, logger, print);
  const started = step(print, `启动流程引擎 start the engine (${settings.product})`, () => firstStart(seat)).then(() => null, (error: unknown) => ({error}));
  const filled = fillPlatform({settings, logger, opened, engine: createProcessEngine({endpoint: seat.address})}, print);
  try {
    // The catalogs need no engine: whoever waits for both waits for the slower of them.
    const [, content] = await Promise.all([seat.opened, filled]);
    // Who has releases can read them, and what is submitted waits; a new home is of no use without an engine that takes its templates.
    const failed = content.isFirst ? await started : null;
    if (failed !== null) throw failed.error;
    return await run({...content, seat, started, print, tell});
  } catch (error) {
    await Promise.allSettled([seat.opened, filled]);
    await seat.stop();
    throw error;
  }
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
  readonly seat: EngineSeat;
  /** How the first start of the engine went; `null`: well. */
  readonly started: Promise<{readonly error: unknown} | null>;
  readonly print: (line: string) => void;
  readonly tell: (message: ReadyMessage) => void;
}

async function run(parts: Parts): Promise<RunningServer> {
  const {platform, seat, print} = parts;
  const {settings} = platform;
  const bundles = await seedOrList(parts);
  let version: string | null = null;
  const worker: {process: WorkerProcess | null} = {process: null};
  const web = await createWeb({
    platform,
    palette: () => platform.plugins.palette(),
    engine: () => ({up: seat.status()?.state === 'up', product: settings.product, version, reason: seat.status()?.reason ?? null}),
    engineCalls: () => addCalls(platform.engine.calls(), worker.process?.engineCalls() ?? {}),
  });
  const url = await listen(web, settings.port);
  let wasUp = false;
  const announce = (): void =>
    parts.tell({ready: true, url, pids: {server: process.pid, worker: worker.process?.pid() ?? null, engine: seat.pid()}, engine: wasUp ? seat.endpoint() : null});
  worker.process = startWorkerProcess({endpoint: seat.endpoint, log: eventLog(platform.logger), onChange: () => void (worker.process && announce()), onTouch: platform.watch.touch});
  const stopping = new AbortController();
  const loops = runLoops(platform, stopping.signal);
  announce();
  const tellBack = tellOfEngine(parts);
  seat.whenUp(async () => {
    announce();
    const health = await platform.engine.health();
    version = health.up ? health.version : version;
    worker.process?.tell();
    platform.cases.loop.retryNow().catch((error: unknown) => platform.logger.warn({event: 'server.engine.retry', error: String(error)}));
    tellBack();
    await seedWaiting(parts, bundles);
    wasUp = true;
    announce();
  });
  greet(print, url, parts.password, parts.accounts);
  if (seat.status()?.state !== 'up') tellEngineMissing(print);
  return {
    async stop() {
      print('\n正在停止 stopping …');
      platform.watch.close();
      await close(web);
      await worker.process?.stop();
      stopping.abort();
      await loops;
      await seat.stop();
      await platform.close();
    },
  };
}

/** Publishes the templates of a new home. @returns What is left to publish once the engine is there: at most what came with an upgrade. */
async function seedOrList({platform, isFirst, print}: Parts): Promise<BundleFiles[]> {
  return step(print, isFirst ? '发布样例模板 publish the templates' : '核对样例模板 check the templates', async () => {
    const bundles = await bundlesToSeed(platform);
    if (!isFirst) return [...bundles];
    await seedBundles(platform, bundles);
    return [];
  });
}

/** Publishes what waited for the engine; what fails is tried again when the engine comes up the next time. */
async function seedWaiting({platform, print}: Parts, bundles: BundleFiles[]): Promise<void> {
  if (bundles.length === 0) return;
  try {
    await step(print, '发布新的样例模板 publish the new templates', () => seedBundles(platform, bundles));
    bundles.length = 0;
  } catch (error) {
    platform.logger.error({event: 'server.templates.failed', ...safeError(error)});
    print(`  ! 新的样例模板未能发布，其余照常运行 The new templates could not be published, everything else runs: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Tells a person when the first starts of the engine failed; that it started well its step tells. @returns Tells that it is there after all, where it failed. */
function tellOfEngine({seat, started, print}: Parts): () => void {
  let isFailing = false;
  void started.then(async failed => {
    if (failed === null) return;
    isFailing = true;
    tellEngineFails(print, seat.status()?.reason ?? String(failed.error), (await seat.opened).logFile);
  });
  return () => {
    if (isFailing) tellEngineThere(print);
    isFailing = false;
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
