import {createProcessEngine} from '@banli/processes';
import {pino} from 'pino';
import {createPlatform, openStore, type Platform} from './platform.js';
import type {Settings} from './settings.js';

/** Nothing listens there: what is for the engine waits in the outbox until the server takes it. */
const noEngine = {baseUrl: 'http://127.0.0.1:9', token: ''};

/** All services on the database of an installation that is there, for one command: nothing runs in the background, the engine is not spoken to, nothing is logged. */
export async function openPlatform(settings: Settings): Promise<Platform> {
  const logger = pino({level: 'silent'});
  const platform = await createPlatform({settings, logger, opened: await openStore(settings, logger), engine: createProcessEngine({endpoint: () => noEngine})});
  await platform.movableClock?.refresh(platform.store);
  return platform;
}
