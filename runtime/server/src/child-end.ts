import type {ChildProcess} from 'node:child_process';
import {sleep} from '@banli/time';

/** How a child process ended: its exit code or the signal, or why it could not be started. */
export type ChildEnd = number | string | null;

/**
 * Waits for the end of a child process. A message that did not reach it, or a signal that could not be given, is told to `onError`: the child runs on.
 */
export function endOf(child: ChildProcess, onError: (error: Error) => void): Promise<ChildEnd> {
  return new Promise(resolve => {
    child.on('error', error => (child.pid === undefined ? resolve(error.message) : onError(error)));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

/** Asks a child process to end, and kills it when it has not after `waitMs` milliseconds. */
export async function endChild(child: ChildProcess, ended: Promise<unknown>, waitMs: number): Promise<void> {
  const patience = new AbortController();
  child.kill('SIGTERM');
  const late = sleep(waitMs, patience.signal).then(() => {
    if (!patience.signal.aborted) child.kill('SIGKILL');
  });
  await ended;
  patience.abort();
  await late;
}
