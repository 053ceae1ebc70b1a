import {createProcessEngine} from '@banli/processes';
import {every, sleep} from '@banli/time';
import {createWorkerHost, type WorkerEndpoint} from '@banli/workers';
import {eventLog, openLog} from './log.js';
import {openSealer} from './loops.js';
import {createPlatform, openStore} from './platform.js';
import {readSettings} from './settings.js';
import {workerMessages} from './worker-messages.js';
import type {EndpointMessage, TouchMessage, WorkerReport} from './worker-process.js';

const reportPauseMs = 500;
const clockPauseMs = 200;
const watchPauseMs = 1_000;
/** Longest time for a tidy end; running tasks get half of it. What is not finished then is done again after its lock. */
const endWithinMs = 20_000;

/**
 * Entry of the worker host: a second process on the same database; it ends with its parent, also when that dies while this one still
 * starts: from the first line on it listens for that, as the news comes only once.
 */
async function main(): Promise<void> {
  const tidy: {up: () => Promise<void>} = {up: async () => undefined};
  const end = (): void => {
    void Promise.race([tidy.up(), sleep(endWithinMs)]).then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  process.once('disconnect', end);
  if (!process.connected) return;
  const settings = readSettings(process.env);
  const logger = openLog(settings.home, 'workers', settings.logLevel);
  let endpoint: WorkerEndpoint | null = null;
  const known = new Promise<void>(resolve => {
    process.on('message', (message: EndpointMessage) => {
      endpoint = message.endpoint;
      resolve();
    });
  });
  await known;
  const now = (): WorkerEndpoint => {
    if (endpoint === null) throw new Error('The worker host was not told where the engine is.');
    return endpoint;
  };
  const opened = await openStore(settings, logger);
  const platform = await createPlatform({settings, logger, opened, engine: createProcessEngine({endpoint: now})});
  const stopping = new AbortController();
  const {movableClock, store, clock} = platform;
  if (movableClock !== null) {
    await movableClock.refresh(store);
    void every(clockPauseMs, () => movableClock.refresh(store), {signal: stopping.signal, onError: error => logger.warn({event: 'workers.clock.failed', error: String(error)})});
  }
  const host = createWorkerHost({
    endpoint: now, registry: platform.plugins.registry, store, clock, log: eventLog(logger),
    cases: platform.cases.workerCases, documents: platform.documents, messages: workerMessages(platform),
  });
  platform.watch.onTouch(caseId => {
    if (process.connected) process.send?.({touched: caseId} satisfies TouchMessage);
  });
  host.start();
  const sealer = openSealer(platform);
  // The server seals; that what this process wrote is still there by then, only this process can tell.
  void every(watchPauseMs, async () => void (await sealer.checkWatched()), {signal: stopping.signal, onError: error => logger.warn({event: 'workers.audit.failed', error: String(error)})});
  void every(reportPauseMs, () => {
    if (process.connected) process.send?.({engineCalls: {...platform.engine.calls(), externalPoll: host.status().polls}} satisfies WorkerReport);
  }, {signal: stopping.signal});
  tidy.up = async () => {
    stopping.abort();
    await host.stop();
    await platform.close();
  };
}

function fail(error: unknown): void {
  process.stderr.write(`worker host: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
