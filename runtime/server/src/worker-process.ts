import {spawn, type ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {sleep} from '@banli/time';
import {endChild, endOf} from './child-end.js';
import type {EventLog} from './log.js';

const entry = fileURLToPath(new URL('worker-main.ts', import.meta.url));
const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** The host itself gives up a tidy end after 20 s; one that hangs cannot even do that. */
const endWithinMs = 30_000;

/** What the server tells its worker host: where the engine is now. */
export interface EndpointMessage {
  readonly endpoint: {readonly baseUrl: string; readonly token: string};
}

/** What the worker host tells its server twice a second: its calls to the engine so far. */
export interface WorkerReport {
  readonly engineCalls: Readonly<Record<string, number>>;
}

/** What it tells at once: a case has moved by what a worker did. */
export interface TouchMessage {
  readonly touched: string;
}

/** The worker host as a child process: started, told where the engine is, started again when it dies. */
export interface WorkerProcess {
  pid(): number | null;
  /** Calls to the engine by all worker hosts this server has had. */
  engineCalls(): Readonly<Record<string, number>>;
  /** Tells the address again, after the engine moved. */
  tell(): void;
  stop(): Promise<void>;
}

/** Starts the worker host and keeps it running; it waits until it is told where the engine is, as long as `endpoint` knows none. `onChange` is called with every new process, `onTouch` when a worker moved a case. */
export function startWorkerProcess(parts: {readonly endpoint: () => EndpointMessage['endpoint'] | null; readonly log: EventLog; readonly onChange: () => void; readonly onTouch: (caseId: string) => void}): WorkerProcess {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  const counts: {before: Record<string, number>; now: Readonly<Record<string, number>>} = {before: {}, now: {}};
  const tell = (): void => {
    const endpoint = parts.endpoint();
    if (endpoint !== null && child?.connected) child.send({endpoint} satisfies EndpointMessage);
  };
  const loop = async (): Promise<void> => {
    for (let pauseMs = firstPauseMs; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const started = spawn(process.execPath, [...process.execArgv, entry], {stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: process.env});
      child = started;
      const ended = endOf(started, error => parts.log.error('server.workerHost.unreached', {error: error.message}));
      started.on('message', message => {
        if (isReport(message)) counts.now = message.engineCalls;
        else if (isTouch(message)) parts.onTouch(message.touched);
      });
      tell();
      parts.onChange();
      const began = process.uptime();
      const code = await ended;
      child = null;
      counts.before = sum(counts.before, counts.now);
      counts.now = {};
      if (stopping.signal.aborted) return;
      parts.log.error('server.workerHost.ended', {code});
      if (process.uptime() - began > 60) pauseMs = firstPauseMs;
      await sleep(pauseMs, stopping.signal);
    }
  };
  const running = loop();
  return {
    pid: () => child?.pid ?? null,
    engineCalls: () => sum(counts.before, counts.now),
    tell,
    async stop() {
      stopping.abort();
      if (child) await endChild(child, running, endWithinMs);
      await running;
    },
  };
}

function isReport(message: unknown): message is WorkerReport {
  return typeof message === 'object' && message !== null && 'engineCalls' in message;
}

function isTouch(message: unknown): message is TouchMessage {
  return typeof message === 'object' && message !== null && 'touched' in message && typeof message.touched === 'string';
}

function sum(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const total = {...one};
  for (const [call, count] of Object.entries(other)) total[call] = (total[call] ?? 0) + count;
  return total;
}
