import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {sleep} from '@banli/time';
import {nodeFlags} from '@banli/tooling/node-flags';
import {copyReadyHome, findReadyHome} from './ready-home.js';

/** The bundle of bench and drills: six user tasks, one worker, one clock. */
export const benchBundle = fileURLToPath(new URL('../bundles/bench-order', import.meta.url));

/** A worker host gives itself 20 s for a tidy end. */
const leaveWithinMs = 25_000;

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

/** What the server tells over its IPC channel once it can be used. */
export interface ReadyMessage {
  readonly ready: true;
  readonly url: string;
  readonly pids: {readonly server: number; readonly worker: number | null; readonly engine: number | null};
  /** Told only to the process that started the server, over its own channel; `null` until the engine was up for the first time. */
  readonly engine: {readonly baseUrl: string; readonly token: string} | null;
}

export interface InstanceOptions {
  /** `mysql://…/schema`; SQLite and H2 in the home otherwise. */
  readonly databaseUrl?: string;
  readonly movableClock?: boolean;
  /** Moment the movable clock starts at, UTC milliseconds. */
  readonly startAt?: number;
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A Banli of its own: own home, free port, own engine. */
export interface Instance {
  readonly home: string;
  /** Address of the web server; changes with every start. */
  url(): string;
  ready(): ReadyMessage;
  /** Starts again after `kill` or `stop`, on the same home; waits for the engine, or only until the server listens. */
  start(until?: 'engine' | 'listens'): Promise<ReadyMessage>;
  /** Ends as with Ctrl+C. */
  stop(): Promise<void>;
  /** Kills one process without notice; a killed server is not restarted by itself. */
  kill(which: 'server' | 'worker' | 'engine'): Promise<void>;
  /** What the server printed so far, newest last. */
  output(): string;
  /** Processes of this instance, of every start, that still run; the ones of a stopped instance have 25 s to end. */
  left(): Promise<readonly number[]>;
  /** Stops, lets go of what the processes print and removes the home. */
  remove(): Promise<void>;
}

/**
 * Starts an isolated instance and waits until it answers.
 *
 * @throws Error with the server's output when it ends before it is ready.
 */
export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  const home = options.home ?? newHome(options);
  let child: ChildProcess | null = null;
  let last: ReadyMessage | null = null;
  let output = '';
  const started: ChildProcess[] = [];
  const pids = new Set<number>();

  const start = async (until: 'engine' | 'listens' = 'engine'): Promise<ReadyMessage> => {
    const spawned = spawn(process.execPath, [...nodeFlags, main], {env: environment(home, options), stdio: ['ignore', 'pipe', 'pipe', 'ipc']});
    child = spawned;
    started.push(spawned);
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-200_000);
    };
    spawned.stdout?.on('data', keep);
    spawned.stderr?.on('data', keep);
    await new Promise<void>((resolve, reject) => {
      spawned.on('message', message => {
        if (isReady(message)) {
          last = message;
          for (const pid of Object.values(message.pids)) if (pid !== null) pids.add(pid);
          if (message.engine !== null || until === 'listens') resolve();
        }
      });
      spawned.once('error', reject);
      spawned.once('exit', code => reject(new Error(`The server ended with ${code} before it was ready:\n${output.slice(-4000)}`)));
    });
    return current(last);
  };
  const stop = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = exitOf(child);
    child.kill('SIGTERM');
    await ended;
  };

  await start().catch((error: unknown) => {
    if (options.home === undefined) rmSync(home, {recursive: true, force: true});
    throw error;
  });
  return {
    home,
    url: () => current(last).url,
    ready: () => current(last),
    start,
    stop,
    kill: async which => {
      const pid = await pidOf(() => current(last), which);
      const ended = which === 'server' && child !== null ? exitOf(child) : Promise.resolve();
      killNow(pid);
      await ended;
    },
    output: () => output,
    left: async () => {
      for (let waited = 0; waited < leaveWithinMs && [...pids].some(isRunning); waited += 100) await sleep(100);
      return [...pids].filter(isRunning);
    },
    remove: async () => {
      await stop();
      // A process that was left behind would hold these pipes, and they would hold the caller.
      for (const one of started) for (const pipe of [one.stdout, one.stderr]) pipe?.destroy();
      rmSync(home, {recursive: true, force: true});
    },
  };
}

/** An empty folder, or a copy of a home that the run of tests made ready. */
function newHome(options: InstanceOptions): string {
  const home = mkdtempSync(join(tmpdir(), 'banli-trial-'));
  const ready = findReadyHome(options);
  if (ready !== null) copyReadyHome(ready, home);
  return home;
}

function environment(home: string, options: InstanceOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    BANLI_HOME: home,
    PORT: '0',
    ...(options.databaseUrl === undefined ? {} : {BANLI_DATABASE_URL: options.databaseUrl}),
    ...(options.movableClock === true ? {BANLI_MOVABLE_CLOCK: '1'} : {}),
    ...(options.startAt === undefined ? {} : {BANLI_CLOCK_START: String(options.startAt)}),
    ...options.env,
  };
}

/** A worker host or engine that died a moment ago is on its way back: it is waited for, so that a kill always kills something. */
async function pidOf(ready: () => ReadyMessage, which: 'server' | 'worker' | 'engine'): Promise<number> {
  for (let tries = 0; tries < 300; tries += 1) {
    const pid = ready().pids[which];
    if (pid !== null) return pid;
    await sleep(100);
  }
  throw new Error(`There was no ${which} to kill within 30 s.`);
}

/** A process that is gone already is as good as killed. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve());
  });
}

function current(ready: ReadyMessage | null): ReadyMessage {
  if (ready === null) throw new Error('The instance is not started.');
  return ready;
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}
