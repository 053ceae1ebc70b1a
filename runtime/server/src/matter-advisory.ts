import {listHandled} from '@banli/cases';
import {createMatterAdvisory, type CatalogService, type MatterAdvisory} from '@banli/catalogs';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import type {Logger} from 'pino';
import type {Plugins} from './plugins.js';

/** Ended cases that speak for a matter. */
const mostPastOrders = 10_000;

/** What a text may be about, by catalogs, past cases and the advisers of plugins. */
export function adviseMatters({catalogs, clock, logger, plugins, store}: {readonly catalogs: CatalogService; readonly clock: Clock; readonly logger: Logger; readonly plugins: Plugins; readonly store: Store}): MatterAdvisory {
  return createMatterAdvisory({
    catalogs, clock,
    past: () => listHandled(store, mostPastOrders),
    advisers: () => plugins.advisers,
    onFault: (what, error) => logger.warn({event: 'server.advice.failed', what, error: String(error)}),
  });
}
