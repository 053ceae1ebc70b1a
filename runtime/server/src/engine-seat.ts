import {superviseEngine, type EngineHandle, type EngineStatus} from '@banli/engine';
import {engineErrors, type EngineEndpoint} from '@banli/processes';
import type {Logger} from 'pino';
import type {Settings} from './settings.js';

/** Where the engine of this server sits, whether it is there yet or not. */
export interface EngineSeat {
  /** Settles when the engine is built and its starts begin. */
  readonly opened: Promise<EngineHandle>;
  status(): EngineStatus | null;
  pid(): number | null;
  /** `null` while it has no address. */
  endpoint(): EngineEndpoint | null;
  /** For whoever sends to the engine. @throws AppError `ENGINE_DOWN` while it has no address. */
  address(): EngineEndpoint;
  /** Calls each time the engine comes up from now on, and at once where it is up already: one call after the other. */
  whenUp(call: () => Promise<void>): void;
  /** Ends the engine, and waits for what its coming up began. */
  stop(): Promise<void>;
}

/** Begins to start the engine of a server. @param print - One line of progress for a person. */
export function takeSeat(settings: Settings, log: Logger, print: (line: string) => void): EngineSeat {
  let status: EngineStatus | null = null;
  let engine: EngineHandle | null = null;
  let calls = Promise.resolve();
  let onUp = (): void => undefined;
  const opened = superviseEngine({
    home: settings.home, product: settings.product, databaseUrl: settings.givenDatabaseUrl, javaOptions: settings.engineJavaOptions, log, onProgress: print,
    onStatus: next => {
      status = next;
      if (next.state === 'up') onUp();
    },
  }).then(handle => {
    engine = handle;
    return handle;
  });
  const endpoint = (): EngineEndpoint | null => engine?.endpoint() ?? null;
  return {
    opened,
    status: () => status,
    pid: () => engine?.pid() ?? null,
    endpoint,
    address: () => {
      const known = endpoint();
      if (known === null) throw engineErrors.DOWN({reason: 'the engine has no address yet'});
      return known;
    },
    whenUp: call => {
      onUp = () => {
        calls = calls.then(call).catch((error: unknown) => log.error({event: 'server.engine.up.failed', error: String(error)}));
      };
      if (status?.state === 'up') onUp();
    },
    stop: async () => {
      onUp = () => undefined;
      await engine?.stop();
      await calls;
    },
  };
}

/** Waits for the first start of the engine. @throws AppError why it failed; it is tried on until `stop` */
export async function firstStart(seat: EngineSeat): Promise<void> {
  const failure = await (await seat.opened).firstStart;
  if (failure !== null) throw failure;
}
