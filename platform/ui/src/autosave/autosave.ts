import type {Clock} from '@banli/time';

/** Where what was typed is kept until the server has it; `localStorage` fits. */
export interface NetStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * How the saving stands: `clean` nothing typed, `dirty` typed and not sent yet, `saving` on its way, `saved` the server has it,
 * `local` the server cannot be reached and this computer keeps it, `refused` the server says no (`reason`).
 */
export interface SaveState {
  readonly status: 'clean' | 'dirty' | 'saving' | 'saved' | 'local' | 'refused';
  /** Moment of the last save, by the server or on this computer; `null` before the first. */
  readonly at: number | null;
  readonly reason: string;
}

/** What `createAutosave` needs. */
export interface AutosaveOptions<T> {
  /** Name of the net's entry: kind, id and person, so that two persons at one computer never meet. */
  readonly key: string;
  readonly storage: NetStorage;
  readonly clock: Clock;
  /** Sends the value to the server; gives the moment of saving. */
  readonly save: (value: T) => Promise<number>;
  /** Says whether a failure passes by itself (no connection) and gives the reason in words. */
  readonly judge: (error: unknown) => {readonly passing: boolean; readonly reason: string};
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Quiet time after the last change before it is sent, in milliseconds. Default 1200. */
  readonly quietMs?: number;
  /** Time before the next try while the server cannot be reached, in milliseconds. Default 10000. */
  readonly retryMs?: number;
}

/** Keeps what is typed: at once on this computer, after a quiet moment on the server, and again and again while the server is away. */
export interface Autosave<T> {
  readonly state: () => SaveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Notes a change; nothing typed is lost from here on. */
  readonly change: (value: T) => void;
  /** Sends the latest value now; resolves when it was tried. */
  readonly flush: () => Promise<void>;
  /** What an earlier page left behind, or `null`. */
  readonly recover: () => {readonly value: T; readonly at: number} | null;
  /** Forgets everything: it was submitted or thrown away. */
  readonly forget: () => void;
  /** Stops the timers; the net stays. */
  readonly stop: () => void;
}

/** Makes an autosave for one thing that is being typed. */
export function createAutosave<T>(options: AutosaveOptions<T>): Autosave<T> {
  const {key, storage, clock, quietMs = 1200, retryMs = 10_000} = options;
  const listeners = new Set<() => void>();
  let state: SaveState = {status: 'clean', at: null, reason: ''};
  let latest: {readonly value: T} | null = null;
  let running: Promise<void> | null = null;
  let timer = new AbortController();
  let forgotten = 0;
  let stopped = false;

  const setState = (next: Partial<SaveState>) => {
    state = {...state, ...next};
    for (const listener of listeners) listener();
  };
  const schedule = (ms: number) => {
    timer.abort();
    if (stopped) return;
    timer = new AbortController();
    const {signal} = timer;
    void options.wait(ms, signal).then(() => (signal.aborted ? undefined : flush()));
  };
  const sendOnce = async (entry: {readonly value: T}) => {
    const generation = forgotten;
    setState({status: 'saving', reason: ''});
    try {
      const at = await options.save(entry.value);
      if (generation !== forgotten) return;
      if (latest === entry) {
        latest = null;
        storage.removeItem(key);
        setState({status: 'saved', at});
      } else {
        setState({status: 'dirty', at});
        schedule(quietMs);
      }
    } catch (error) {
      if (generation !== forgotten) return;
      const {passing, reason} = options.judge(error);
      setState(passing ? {status: 'local', at: clock.now(), reason} : {status: 'refused', reason});
      if (passing) schedule(retryMs);
    }
  };
  const flush = async (): Promise<void> => {
    timer.abort();
    if (running) await running;
    if (!latest) return;
    running = sendOnce(latest);
    await running;
    running = null;
  };

  return {
    state: () => state,
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: value => {
      latest = {value};
      stopped = false;
      writeNet(storage, key, value, clock.now());
      if (state.status !== 'saving') setState({status: 'dirty'});
      schedule(quietMs);
    },
    flush,
    recover: () => readNet<T>(storage, key),
    forget: () => {
      forgotten += 1;
      latest = null;
      timer.abort();
      storage.removeItem(key);
      setState({status: 'clean', at: null, reason: ''});
    },
    stop: () => {
      stopped = true;
      timer.abort();
    },
  };
}

/** A full or closed storage is no reason to stop typing: the server copy still follows. */
function writeNet(storage: NetStorage, key: string, value: unknown, at: number): void {
  try {
    storage.setItem(key, JSON.stringify({at, value}));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

function readNet<T>(storage: NetStorage, key: string): {value: T; at: number} | null {
  const text = storage.getItem(key);
  if (text === null) return null;
  try {
    const entry = JSON.parse(text) as {value?: T; at?: number};
    return entry.value === undefined || typeof entry.at !== 'number' ? null : {value: entry.value, at: entry.at};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    storage.removeItem(key);
    return null;
  }
}
