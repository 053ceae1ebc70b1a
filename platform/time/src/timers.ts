import type {Clock} from './clock.js';

/** The longest delay a Node timer holds, in milliseconds (24.8 days); a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

/** What `sleep`, `every` and `createAlarm` need of a stop signal: a plain `AbortSignal` fits. */
export type StopSignal = AbortSignal;

/**
 * Waits, for any length: delays above 24.8 days are cut into pieces that a timer can hold.
 *
 * @param ms - Milliseconds; zero or less goes on in the next turn.
 * @param signal - Ends the wait early; the promise resolves then, too, so a caller asks `signal.aborted`.
 */
export function sleep(ms: number, signal?: StopSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    let rest = Math.max(0, ms);
    let timer: NodeJS.Timeout | undefined;
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const next = () => {
      if (rest <= 0) {
        finish();
        return;
      }
      const piece = Math.min(rest, longestTimerMs);
      rest -= piece;
      timer = setTimeout(next, piece);
    };
    signal?.addEventListener('abort', finish, {once: true});
    timer = setTimeout(next, 0);
  });
}

/** How `every` is stopped and what happens with a round that fails. */
export interface EveryOptions {
  readonly signal: StopSignal;
  /** Gets the error of a round; the next round comes as usual. Without it the loop ends and the promise rejects. */
  readonly onError?: (error: unknown) => void;
  /** Waits before the first round as well. Default `false`: the first round comes at once. */
  readonly waitFirst?: boolean;
}

/**
 * Runs a function again and again, never two rounds at a time: the pause counts from the end of a round.
 *
 * @param ms - Milliseconds between two rounds.
 * @returns A promise that resolves when the signal stops the loop and the running round has ended.
 */
export async function every(ms: number, fn: () => Promise<void> | void, options: EveryOptions): Promise<void> {
  const {signal, onError} = options;
  if (options.waitFirst) await sleep(ms, signal);
  while (!signal.aborted) {
    try {
      await fn();
    } catch (error) {
      if (!onError) throw error;
      onError(error);
    }
    await sleep(ms, signal);
  }
}

/** Rings once when its clock reaches a moment; setting it again moves or clears it. */
export interface Alarm {
  /** The moment in UTC milliseconds, or `null` for none. A moment that has passed rings in the next turn. */
  setTo(moment: number | null): void;
  stop(): void;
}

/** Settings of an alarm. */
export interface AlarmOptions {
  readonly clock: Clock;
  readonly onRing: () => void;
  /** How often the clock is looked at, at most, in milliseconds. Default 1000: a clock that was moved is noticed within a second. */
  readonly lookEveryMs?: number;
}

/**
 * Makes an alarm on an injected clock, so that it also works on a clock that jumps (tests, corrected system time).
 * `onRing` must not throw: whatever can fail belongs into the round that it starts.
 */
export function createAlarm(options: AlarmOptions): Alarm {
  const {clock, onRing, lookEveryMs = 1000} = options;
  let moment: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    if (moment === null) return;
    const rest = moment - clock.now();
    if (rest > 0) {
      timer = setTimeout(look, Math.min(rest, lookEveryMs));
      return;
    }
    moment = null;
    onRing();
  };
  return {
    setTo(next) {
      clearTimeout(timer);
      moment = next;
      if (next !== null) timer = setTimeout(look, 0);
    },
    stop() {
      clearTimeout(timer);
      moment = null;
    },
  };
}

/** Gives whoever waits for the thread a turn; for long work in pieces. */
export function breathe(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** How long work in steps may hold the thread before others have a turn. */
const longestHoldMs = 8;

/**
 * Runs long work that pauses by itself, such as reading 20,000 rows: at a pause whoever waits for the thread has a turn, if the last one was more than 8 ms ago.
 *
 * @param work - Yields where it may pause; what it throws is thrown.
 */
export async function inSteps<T>(work: Generator<void, T>): Promise<T> {
  for (let since = performance.now(); ;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - since < longestHoldMs) continue;
    await breathe();
    since = performance.now();
  }
}

/** Runs work that pauses by itself without a pause. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
