import type {ServerServices} from './services.js';

export {sdkVersion} from './version.js';
/** Days and moments in Asia/Shanghai, so that plugins need no time zone of their own. */
export {dayMs, dayOf, formatMoment, hourMs, startOfDay} from '@banli/time';
export type * from './advice.js';
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
