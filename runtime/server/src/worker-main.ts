import {every} from '@banli/time';
import {createWorkerHost, type WorkerEndpoint} from '@banli/workers';
import {eventLog, openLog} from './log.js';
import {createPlatform, openStore} from './platform.js';
import {readSettings} from './settings.js';
import {workerMessages} from './worker-messages.js';
import type {EndpointMessage, WorkerReport} from './worker-process.js';

const reportPauseMs = 500;
const clockPauseMs = 200;

/** Entry of the worker host: a second process on the same database; it ends with its parent. */
async function main(): Promise<void> {
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
  const opened = await openStore(settings);
  const platform = await createPlatform({settings, logger, opened, endpoint: now});
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
  host.start();
  void every(reportPauseMs, () => {
    if (process.connected) process.send?.({engineCalls: {...platform.engine.calls(), externalPoll: host.status().polls}} satisfies WorkerReport);
  }, {signal: stopping.signal});
  const end = (): void => {
    stopping.abort();
    void host.stop().then(() => platform.close()).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  process.once('disconnect', end);
}

main().catch((error: unknown) => {
  process.stderr.write(`worker host: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
