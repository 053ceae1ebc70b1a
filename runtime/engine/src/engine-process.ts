import {spawn, type ChildProcessByStdio} from 'node:child_process';
import {createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync, type WriteStream} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {sleep} from '@banli/time';
import {jvmOptions, mainClass} from '../bin/build.mjs';
import type {EngineDatabase} from './database.js';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Everything one Java process is started with. */
export interface ProcessSettings {
  readonly product: 'camunda' | 'operaton';
  readonly classPath: string;
  readonly archive: string;
  readonly database: EngineDatabase;
  readonly token: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly logFile: string;
  /** For files the web server inside needs while it runs; emptied at every start, as a killed engine leaves its own behind. */
  readonly scratchFolder: string;
  readonly javaOptions: readonly string[];
}

/** How a Java process ended: its last printed lines say why. */
export interface ProcessEnd {
  readonly reason: string;
}

/** One run of the engine. */
export interface EngineProcess {
  /** `null` when the system could not start it. */
  readonly pid: number | null;
  /** Resolves with the port when the engine takes requests; `null` when it ended before. */
  readonly ready: Promise<number | null>;
  readonly ended: Promise<ProcessEnd>;
  /** Closes standard input, which the engine takes as "end"; kills it after `waitMs` milliseconds. */
  stop(waitMs: number): Promise<void>;
  kill(): void;
}

const readyLine = /^BANLI_ENGINE_READY (\d+)$/m;
const mostLogBytes = 20_000_000;
const keptOutput = 8_000;

/**
 * Starts one Java process. It stands in a process group of its own, so that Ctrl+C in a terminal reaches only us, and it ends by
 * itself when we are gone, because its standard input closes then.
 */
export function startProcess(settings: ProcessSettings): EngineProcess {
  const log = openLog(settings.logFile);
  rmSync(settings.scratchFolder, {recursive: true, force: true});
  mkdirSync(settings.scratchFolder, {recursive: true, mode: 0o700});
  const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'java') : 'java';
  const child = spawn(java, [...jvmOptions, `-XX:SharedArchiveFile=${settings.archive}`, `-Djava.io.tmpdir=${settings.scratchFolder}`, ...settings.javaOptions, '-cp', settings.classPath, mainClass], {
    env: environment(settings),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', error => log.write(`standard input: ${error.message}\n`));
  const output = collect(child, log);
  const ended = new Promise<ProcessEnd>(resolve => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve({reason: error.code === 'ENOENT' ? `${java} is not there; install Java 17 or newer, or let JAVA_HOME name it` : error.message}));
    child.once('close', (code, signal) => {
      log.end();
      resolve({reason: `${signal ?? `exit ${code}`}${lastError(output())}`});
    });
  });
  return {
    pid: child.pid ?? null,
    ready: Promise.race([waitForPort(child), ended.then(() => null)]),
    ended,
    stop: async waitMs => {
      const patience = new AbortController();
      child.stdin.end();
      await Promise.race([ended, sleep(waitMs, patience.signal)]);
      patience.abort();
      child.kill('SIGKILL');
      await ended;
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Only what the engine needs: secrets of the platform stay with the platform. The token goes through the environment, never through arguments. */
function environment({database, port, product, token}: ProcessSettings): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'JAVA_HOME', 'SystemRoot'].flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return {
    ...Object.fromEntries(inherited),
    BANLI_ENGINE_TOKEN: token,
    BANLI_ENGINE_PORT: String(port),
    BANLI_ENGINE_JDBC_URL: database.jdbcUrl,
    BANLI_ENGINE_JDBC_USER: database.user,
    BANLI_ENGINE_JDBC_PASSWORD: database.password,
    // Camunda knows MariaDB only under the name of MySQL; Operaton finds out by itself.
    ...(database.schema !== null && product === 'camunda' ? {CAMUNDA_BPM_DATABASE_TYPE: 'mysql'} : {}),
  };
}

function waitForPort(child: Child): Promise<number> {
  return new Promise(resolve => {
    let text = '';
    const look = (chunk: Buffer): void => {
      text = (text + chunk.toString()).slice(-keptOutput);
      const port = readyLine.exec(text)?.[1];
      if (port === undefined) return;
      child.stdout.off('data', look);
      resolve(Number(port));
    };
    child.stdout.on('data', look);
  });
}

function collect(child: Child, log: WriteStream): () => string {
  let text = '';
  const take = (chunk: Buffer): void => {
    log.write(chunk);
    text = (text + chunk.toString()).slice(-keptOutput);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return () => text;
}

/** The innermost cause that Java printed, as it says most. */
function lastError(output: string): string {
  const lines = output.split('\n').filter(line => /^Caused by: | ERROR |^Error|^Web server failed/.test(line));
  const last = lines.at(-1);
  return last === undefined ? '' : `: ${last.replace(/^Caused by: /, '').slice(0, 300)}`;
}

/** Appends to the log; one older file is kept when it has grown. */
function openLog(path: string): WriteStream {
  mkdirSync(dirname(path), {recursive: true});
  if (existsSync(path) && statSync(path).size > mostLogBytes) renameSync(path, `${path}.1`);
  return createWriteStream(path, {flags: 'a', mode: 0o600});
}
