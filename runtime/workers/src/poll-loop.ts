import type {Client} from 'camunda-external-task-client-js';
import {sleep} from '@banli/time';
import type {WorkerEndpoint, WorkerHostLog} from './ports.js';

/** Asks the engine for work, by one loop at a time. */
export interface PollLoop {
  /** Begins or goes on, after a pause in milliseconds; nothing happens when a beginning is on its way. */
  go(afterMs: number): void;
  /** Asks no more until `go`. */
  rest(): void;
  polls(): number;
  engine(): 'unknown' | 'up' | 'down';
}

/** What the loop needs; pauses in milliseconds. */
export interface PollLoopParts {
  readonly endpoint: () => WorkerEndpoint;
  /** Makes a client for the present address that does not poll yet. */
  readonly open: () => Client;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly stop: AbortSignal;
  readonly log: WorkerHostLog;
}

/**
 * Makes the loop. The client starts another loop with every `start`, so it is stopped first and started again only after its own timer
 * has run out. While the engine is down the pauses double; a new address gets a new client.
 */
export function createPollLoop(parts: PollLoopParts): PollLoop {
  const {endpoint, stop, log} = parts;
  let client: Client | null = null;
  let address = '';
  let scheduled = false;
  let pauseMs = parts.firstPauseMs;
  let engine: 'unknown' | 'up' | 'down' = 'unknown';
  let polls = 0;

  const begin = async (afterMs: number): Promise<void> => {
    if (scheduled) return;
    scheduled = true;
    await sleep(afterMs, stop);
    scheduled = false;
    if (stop.aborted) return;
    const {baseUrl} = endpoint();
    if (!client || address !== baseUrl) {
      address = baseUrl;
      client = watched(parts.open());
    }
    client.start();
  };

  const watched = (opened: Client): Client => {
    opened.on('poll:success', () => {
      polls += 1;
      pauseMs = parts.firstPauseMs;
      if (engine !== 'up') log.info('workers.engine.up', {address});
      engine = 'up';
    });
    opened.on('poll:error', (error: unknown) => {
      opened.stop();
      if (stop.aborted) return;
      if (engine !== 'down') log.warn('workers.engine.down', {address, reason: error instanceof Error ? error.message : String(error)});
      engine = 'down';
      void begin(pauseMs);
      pauseMs = Math.min(pauseMs * 2, parts.longestPauseMs);
    });
    return opened;
  };

  return {
    go: afterMs => void begin(afterMs),
    rest: () => client?.stop(),
    polls: () => polls,
    engine: () => engine,
  };
}
