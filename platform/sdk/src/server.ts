import type {ServerServices} from './services.js';

export type * from './services.js';
export type * from './worker.js';

/** A plugin's server part: it names its needs, and `setup` gets exactly these. */
export interface ServerPlugin<Need extends keyof ServerServices = keyof ServerServices> {
  readonly id: string;
  readonly needs: readonly Need[];
  setup(services: Pick<ServerServices, Need>): Promise<void> | void;
}

/** Declares a server plugin; the type of `setup`'s argument follows from `needs`. */
export function defineServerPlugin<const Need extends keyof ServerServices>(plugin: ServerPlugin<Need>): ServerPlugin<Need> {
  return plugin;
}
