import {sleep} from '@banli/time';

/** How long an engine may be silent. All in milliseconds, except `misses`: questions without an answer, one after the other. */
export interface EnginePatience {
  readonly everyMs: number;
  readonly answerMs: number;
  readonly misses: number;
  /** How long a start may take: a process that hangs before it listens is given up, too. */
  readonly startMs: number;
}

/** A garbage collection or a busy machine is no reason to end an engine; three quarters of a minute of silence is. */
export const usualPatience: EnginePatience = {everyMs: 5_000, answerMs: 10_000, misses: 3, startMs: 300_000};

/**
 * Asks an engine again and again whether it answers HTTP at all; what it answers does not matter, so a database that is away ends no engine.
 *
 * @returns Why it has to be ended, or `null` when the signal stopped the watch.
 */
export async function watchLife(address: {readonly baseUrl: string; readonly token: string}, patience: EnginePatience, signal: AbortSignal): Promise<string | null> {
  let silent = 0;
  for (;;) {
    await sleep(patience.everyMs, signal);
    if (signal.aborted) return null;
    silent = (await answers(address, patience.answerMs, signal)) ? 0 : silent + 1;
    if (signal.aborted) return null;
    if (silent >= patience.misses) return `no answer to ${silent} questions of ${patience.answerMs} ms each`;
  }
}

/**
 * A connection that is refused at once is no silence worth waiting for, but no life either. The time limit is a timer that is held here:
 * Node 20 lets a signal made by `AbortSignal.any` be collected while fetch waits, and the question would then never end.
 */
async function answers({baseUrl, token}: {readonly baseUrl: string; readonly token: string}, answerMs: number, signal: AbortSignal): Promise<boolean> {
  const asking = new AbortController();
  const answered = new AbortController();
  const end = (): void => asking.abort();
  signal.addEventListener('abort', end, {once: true});
  void sleep(answerMs, answered.signal).then(end);
  try {
    const response = await fetch(`${baseUrl}/banli/life`, {headers: {authorization: `Bearer ${token}`}, signal: asking.signal});
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  } finally {
    answered.abort();
    signal.removeEventListener('abort', end);
  }
}
