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
  /**
   * Does work that must not meet a save, as submitting: a save on its way is waited for, none begins meanwhile. What was typed and is not
   * forgotten by then is sent afterwards.
   */
  readonly during: <R>(work: () => Promise<R>) => Promise<R>;
  /** What an earlier page left behind, or `null`. */
  readonly recover: () => {readonly value: T; readonly at: number} | null;
  /** Forgets everything: it was submitted or thrown away. */
  readonly forget: () => void;
  /** Stops the timers; the net stays. */
  readonly stop: () => void;
}

/** Makes an autosave for one thing that is being typed. */
export function createAutosave<T>(options: AutosaveOptions<T>): Autosave<T> {
  return new Saver(options);
}

class Saver<T> implements Autosave<T> {
  private readonly listeners = new Set<() => void>();
  private current: SaveState = {status: 'clean', at: null, reason: ''};
  /** What the server does not have yet. */
  private latest: {readonly value: T} | null = null;
  private running: Promise<void> | null = null;
  private timer = new AbortController();
  /** Counts how often everything was forgotten, so that a late answer of an earlier save changes nothing. */
  private generation = 0;
  private isStopped = false;
  /** How many pieces of work keep saves waiting. */
  private held = 0;

  constructor(private readonly options: AutosaveOptions<T>) {}

  readonly state = (): SaveState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly change = (value: T): void => {
    this.latest = {value};
    this.isStopped = false;
    writeNet(this.options.storage, this.options.key, value, this.options.clock.now());
    if (this.current.status !== 'saving') this.set({status: 'dirty'});
    this.schedule(this.options.quietMs ?? 1200);
  };

  readonly flush = async (): Promise<void> => {
    this.timer.abort();
    // Several may wait for the same save: whoever goes on first begins the next one, and the others wait for that.
    while (this.running) await this.running;
    if (!this.latest || this.held > 0) return;
    this.running = this.send(this.latest);
    await this.running;
    this.running = null;
  };

  readonly during = async <R>(work: () => Promise<R>): Promise<R> => {
    this.held += 1;
    this.timer.abort();
    try {
      if (this.running) await this.running;
      return await work();
    } finally {
      this.held -= 1;
      if (this.latest) this.schedule(this.options.quietMs ?? 1200);
    }
  };

  readonly recover = (): {readonly value: T; readonly at: number} | null => readNet<T>(this.options.storage, this.options.key);

  readonly forget = (): void => {
    this.generation += 1;
    this.latest = null;
    this.timer.abort();
    this.options.storage.removeItem(this.options.key);
    this.set({status: 'clean', at: null, reason: ''});
  };

  readonly stop = (): void => {
    this.isStopped = true;
    this.timer.abort();
  };

  private set(next: Partial<SaveState>): void {
    this.current = {...this.current, ...next};
    for (const listener of this.listeners) listener();
  }

  private schedule(ms: number): void {
    this.timer.abort();
    if (this.isStopped || this.held > 0) return;
    this.timer = new AbortController();
    const {signal} = this.timer;
    void this.options.wait(ms, signal).then(() => (signal.aborted ? undefined : this.flush()));
  }

  private async send(entry: {readonly value: T}): Promise<void> {
    const {generation} = this;
    this.set({status: 'saving', reason: ''});
    try {
      const at = await this.options.save(entry.value);
      if (generation === this.generation) this.noteSaved(entry, at);
    } catch (error) {
      if (generation === this.generation) this.noteFailed(error);
    }
  }

  private noteSaved(entry: {readonly value: T}, at: number): void {
    if (this.latest === entry) {
      this.latest = null;
      this.options.storage.removeItem(this.options.key);
      this.set({status: 'saved', at});
    } else {
      this.set({status: 'dirty', at});
      this.schedule(this.options.quietMs ?? 1200);
    }
  }

  private noteFailed(error: unknown): void {
    const {passing, reason} = this.options.judge(error);
    this.set(passing ? {status: 'local', at: this.options.clock.now(), reason} : {status: 'refused', reason});
    if (passing) this.schedule(this.options.retryMs ?? 10_000);
  }
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
    const entry = JSON.parse(text) as {value?: T; at?: number} | null;
    return entry?.value === undefined || typeof entry.at !== 'number' ? null : {value: entry.value, at: entry.at};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    storage.removeItem(key);
    return null;
  }
}
