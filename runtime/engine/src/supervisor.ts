import {randomBytes} from 'node:crypto';
import {mkdirSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {sleep, systemClock, type Clock} from '@banli/time';
import {buildEngine, type EngineProduct} from '../bin/build.mjs';
import {engineDatabase, prepareSchema} from './database.js';
import {startProcess, type EngineProcess, type ProcessSettings} from './engine-process.js';
import {usualPatience, watchLife, type EnginePatience} from './engine-watch.js';
import {engineHostErrors} from './errors.js';

/** What the engine is doing. `since` is in UTC milliseconds; `reason` says why it is not up. */
export interface EngineStatus {
  readonly state: 'starting' | 'up' | 'down';
  readonly since: number;
  readonly reason: string | null;
}

/** Lines for the platform's log. */
export interface EngineLog {
  info(details: Readonly<Record<string, unknown>>, text: string): void;
  warn(details: Readonly<Record<string, unknown>>, text: string): void;
}

export interface EngineOptions {
  /** `BANLI_HOME`: the embedded database goes to `engine/`, the log to `logs/engine.log`. */
  readonly home: string;
  readonly product: EngineProduct;
  /** `BANLI_DATABASE_URL`; without it the engine has an H2 file. */
  readonly databaseUrl?: string | undefined;
  readonly clock?: Clock;
  readonly log?: EngineLog;
  readonly onStatus?: (status: EngineStatus) => void;
  /** Shows what a first build is doing. */
  readonly onProgress?: (text: string) => void;
  /** More options for Java, after ours: `['-Xmx2g']` gives it more memory. */
  readonly javaOptions?: readonly string[];
  /** How long the engine may be silent before it is ended and started again; tests are less patient. */
  readonly patience?: EnginePatience;
}

/** A supervised engine. Address and token stay as they are when it is restarted, unless someone else took the port meanwhile. */
export interface EngineHandle {
  readonly product: EngineProduct;
  /** Of no use before the engine was up for the first time: `endpoint` says so. */
  readonly baseUrl: string;
  readonly token: string;
  readonly logFile: string;
  /** Settles with `null` when the engine takes requests for the first time, or with why its first starts failed: they are tried on meanwhile, until `stop`. */
  readonly firstStart: Promise<Error | null>;
  /** Where the engine is, `null` while it has no address. */
  endpoint(): {readonly baseUrl: string; readonly token: string} | null;
  status(): EngineStatus;
  /** Process id of the JVM that runs now, `null` between two. */
  pid(): number | null;
  /** Kills the JVM without notice, as a drill does; the supervisor starts it again. */
  kill9(): void;
  /** Ends the engine and the supervision. */
  stop(): Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** After this long without a fall the pause starts small again. */
const steadyMs = 60_000;
const stopWaitMs = 10_000;
/** First starts that fail this often are told as a failure; it takes long enough for an engine of a killed parent to let go of the database. */
const mostFirstStarts = 2;

/**
 * Builds the engine if needed, starts it on loopback and keeps it running; who cannot do without it waits here and gives up with it.
 *
 * @returns A handle, once the engine takes requests.
 * @throws AppError `ENGINE_START_FAILED`, after which nothing is tried any more, and those of `superviseEngine`
 */
export async function startEngine(options: EngineOptions): Promise<EngineHandle> {
  const handle = await superviseEngine(options);
  const failure = await handle.firstStart;
  if (failure === null) return handle;
  await handle.stop();
  throw failure;
}

/**
 * Builds the engine if needed, begins to start it on loopback and keeps it running: what fails is tried again, with growing pauses, until `stop`.
 *
 * @returns A handle at once, long before the engine takes requests.
 * @throws AppError `ENGINE_BUILD_FAILED`, `ENGINE_SCHEMA_MISSING`, `ENGINE_DATABASE_DOWN`, `ENGINE_DATABASE_URL`: what trying again would not mend
 */
export async function superviseEngine(options: EngineOptions): Promise<EngineHandle> {
  const folder = join(options.home, 'engine');
  const database = engineDatabase(folder, options.databaseUrl);
  const {classPath, archive} = await buildEngine(options.product, options.onProgress).catch((cause: unknown) => {
    throw engineHostErrors.BUILD_FAILED({reason: cause instanceof Error ? cause.message : String(cause)}, {cause});
  });
  if (options.databaseUrl) await prepareSchema(options.databaseUrl);
  else mkdirSync(folder, {recursive: true, mode: 0o700});
  return createSupervisor(options, {
    product: options.product, classPath, archive, database, token: randomBytes(32).toString('hex'), port: 0,
    logFile: join(options.home, 'logs', 'engine.log'), scratchFolder: join(folder, 'scratch'), javaOptions: options.javaOptions ?? [],
  });
}

/** What is known of the engine at a moment; the supervision changes it, the handle shows it. */
interface Supervised {
  status: EngineStatus;
  current: EngineProcess | null;
  port: number;
}

type Become = (state: EngineStatus['state'], reason: string | null) => void;

function createSupervisor(options: EngineOptions, settings: ProcessSettings): EngineHandle {
  const clock = options.clock ?? systemClock;
  const stopping = new AbortController();
  const engine: Supervised = {status: {state: 'starting', since: clock.now(), reason: null}, current: null, port: 0};
  const become: Become = (state, reason) => {
    engine.status = {state, since: clock.now(), reason};
    options.log?.[state === 'down' ? 'warn' : 'info']({engine: settings.product, state, reason, port: engine.port, pid: engine.current?.pid ?? null}, `engine ${state}`);
    options.onStatus?.(engine.status);
  };
  let running: Promise<void> = Promise.resolve();
  const firstStart = new Promise<Error | null>(resolve => {
    running = keepRunning({engine, settings, become, clock, patience: options.patience ?? usualPatience, stop: stopping.signal, onFirst: resolve});
  });
  return {
    product: settings.product,
    token: settings.token,
    logFile: settings.logFile,
    firstStart,
    get baseUrl() {
      return addressOf(engine);
    },
    endpoint: () => (engine.port === 0 ? null : {baseUrl: addressOf(engine), token: settings.token}),
    status: () => engine.status,
    pid: () => engine.current?.pid ?? null,
    kill9: () => engine.current?.kill(),
    stop: async () => {
      stopping.abort();
      await engine.current?.stop(stopWaitMs);
      await running;
      if (engine.status.state !== 'down') become('down', 'stopped');
    },
  };
}

interface Supervision {
  readonly engine: Supervised;
  readonly settings: ProcessSettings;
  readonly become: Become;
  readonly clock: Clock;
  readonly patience: EnginePatience;
  readonly stop: AbortSignal;
  /** Told when the engine is up for the first time, with `null`, or when its first starts failed, with why. Only the first word counts. */
  readonly onFirst: (failure: Error | null) => void;
}

/** Starts the engine again after each failed start and each fall, with growing pauses, until the signal. */
async function keepRunning(supervision: Supervision): Promise<void> {
  const {engine, settings, become, clock, patience, stop, onFirst} = supervision;
  let pauseMs = firstPauseMs;
  for (let failures = 0; !stop.aborted; ) {
    const process = await bringUp(supervision);
    if (process) {
      onFirst(null);
      const upSince = clock.now();
      const reason = await lifeOf(process, {baseUrl: addressOf(engine), token: settings.token}, patience);
      engine.current = null;
      if (stop.aborted) return;
      become('down', reason);
      if (clock.now() - upSince > steadyMs) pauseMs = firstPauseMs;
    } else if (++failures >= mostFirstStarts) {
      onFirst(engineHostErrors.START_FAILED({reason: engine.status.reason ?? 'unknown', logFile: settings.logFile}));
    }
    await sleep(pauseMs, stop);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** Brings one process up, `null` if it ends before. The known port is kept, as the worker host knows it, too; where someone else has it, a free one is taken. */
async function bringUp({engine, settings, become, patience, stop}: Supervision): Promise<EngineProcess | null> {
  if (engine.port !== 0 && !(await isFree(engine.port))) engine.port = 0;
  // Who stopped meanwhile found nothing to end.
  if (stop.aborted) return null;
  const process = tryToStart({...settings, port: engine.port}, become);
  if (process === null) return null;
  engine.current = process;
  become('starting', null);
  const found = await inTime(process, patience.startMs);
  if (found === null) {
    become('down', (await process.ended).reason);
    engine.current = null;
    return null;
  }
  engine.port = found;
  become('up', null);
  return process;
}

/** A disk that is full or a system without free processes is a failed start like any other: it is tried again. */
function tryToStart(settings: ProcessSettings, become: Become): EngineProcess | null {
  try {
    return startProcess(settings);
  } catch (error) {
    become('down', error instanceof Error ? error.message : String(error));
    return null;
  }
}

function addressOf({port}: Supervised): string {
  return `http://127.0.0.1:${port}`;
}

/** The port of a process that is ready, `null` of one that ended before; one that takes too long is ended. */
async function inTime(engine: EngineProcess, startMs: number): Promise<number | null> {
  const patience = new AbortController();
  const late = sleep(startMs, patience.signal).then(() => {
    if (!patience.signal.aborted) engine.kill();
  });
  const port = await engine.ready;
  patience.abort();
  await late;
  return port;
}

/** Waits for the end of a process that is up, and brings it about when it lives without answering. @returns Why it ended. */
async function lifeOf(engine: EngineProcess, address: {readonly baseUrl: string; readonly token: string}, patience: EnginePatience): Promise<string> {
  const over = new AbortController();
  const watch = watchLife(address, patience, over.signal).then(silence => {
    if (silence !== null) engine.kill();
    return silence;
  });
  const end = await engine.ended;
  over.abort();
  return (await watch) ?? end.reason;
}

/** Whether nobody listens on a port of loopback. */
function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => resolve(true));
    });
  });
}
