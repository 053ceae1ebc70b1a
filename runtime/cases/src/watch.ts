import {sleep} from '@banli/time';

/** Tells who waits for a case that it moved: after the engine's answer was written down, by whichever process wrote it. */
export interface CaseWatch {
  /** The case moved. */
  touch(caseId: string): void;
  /** Begins to listen; ask before reading, so that nothing is missed in between. */
  listen(caseId: string): CaseListener;
  /** Called with every `touch` of this process: the worker host passes them on to its server. */
  onTouch(listener: (caseId: string) => void): void;
  /** Lets everybody go, at the end of the process. */
  close(): void;
}

/** One who waits. `end` must be called when he does no more. */
export interface CaseListener {
  /** Resolves with true when the case moved since `listen`, with false after `ms` milliseconds or when nobody can be told any more. */
  moved(ms: number): Promise<boolean>;
  end(): void;
}

/** More than these wait in vain: they are answered at once and ask again. */
const mostListeners = 2_000;

/** Makes a watch. It lives in memory: who is not told (another server wrote) finds out at his next look. */
export function createCaseWatch(): CaseWatch {
  const waiting = new Map<string, Set<AbortController>>();
  const listeners = new Set<(caseId: string) => void>();
  let count = 0;
  let closed = false;
  const release = (caseId: string): void => {
    for (const one of waiting.get(caseId) ?? []) one.abort();
  };
  return {
    touch(caseId) {
      release(caseId);
      for (const listener of listeners) listener(caseId);
    },
    listen(caseId) {
      const one = new AbortController();
      if (closed || count >= mostListeners) return {moved: async () => false, end: () => undefined};
      count += 1;
      waiting.set(caseId, (waiting.get(caseId) ?? new Set()).add(one));
      return {
        async moved(ms) {
          await sleep(ms, one.signal);
          return one.signal.aborted && !closed;
        },
        end() {
          const others = waiting.get(caseId);
          if (!others?.delete(one)) return;
          count -= 1;
          if (others.size === 0) waiting.delete(caseId);
        },
      };
    },
    onTouch: listener => void listeners.add(listener),
    close() {
      closed = true;
      for (const caseId of waiting.keys()) release(caseId);
    },
  };
}
