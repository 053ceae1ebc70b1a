import {join} from 'node:path';
import {isAppError, type AppError} from '@banli/errors';
import type {PluginManifest} from '@banli/formats';
import {sdkVersion, type ServerServices} from '@banli/sdk/server';
import {checkManifests} from './check-manifests.js';
import {kernelErrors} from './errors.js';
import {orderPlugins} from './order-plugins.js';
import {importServerPlugin, readManifests} from './read-plugins.js';
import {setUpPlugin} from './set-up-plugin.js';

/** How plugins are loaded. */
export interface LoadOptions {
  readonly services: ServerServices;
  /** `true`: the first fault stops the start (development, tests). `false`: a broken plugin is switched off with an alarm. */
  readonly strict: boolean;
  /** Told about each plugin that is switched off. */
  readonly onAlarm: (pluginId: string, error: AppError) => void;
}

/** A plugin that was found; `error` says why it is off. */
export interface LoadedPlugin {
  readonly id: string;
  readonly version: string | null;
  readonly manifest: PluginManifest | null;
  readonly on: boolean;
  readonly error: AppError | null;
}

/**
 * Finds, checks, orders and starts the plugins of a folder (`plugins/*` with a `plugin.yaml`).
 *
 * @returns Every plugin found, the running ones in the order they were started, then those that are off.
 * @throws AppError `PLUGINS_…` only when `strict`.
 */
export async function loadPlugins(folder: string, options: LoadOptions): Promise<readonly LoadedPlugin[]> {
  const off = new Map<string, AppError>();
  const switchOff = (id: string, error: AppError): void => {
    if (options.strict) throw error;
    if (off.has(id)) return;
    off.set(id, error);
    options.onAlarm(id, error);
  };
  const {found, refused} = await readManifests(folder);
  for (const {id, error} of [...refused, ...checkManifests(found, sdkVersion)]) switchOff(id, error);
  const manifests = new Map(found.map(({folderName, manifest}) => [folderName, manifest]));
  const {order, refused: unordered} = orderPlugins([...manifests.values()].filter(manifest => !off.has(manifest.id)));
  for (const {id, error} of unordered) switchOff(id, error);

  const started: LoadedPlugin[] = [];
  for (const manifest of order) {
    const {id} = manifest;
    try {
      const other = manifest.dependsOn?.find(needed => off.has(needed));
      if (other !== undefined) throw kernelErrors.DEPENDENCY_OFF({id, other});
      const {server} = manifest.entry;
      if (server !== undefined) await setUpPlugin(manifest, await importServerPlugin(join(folder, id), id, server), options.services);
      started.push({id, version: manifest.version, manifest, on: true, error: null});
    } catch (error) {
      switchOff(id, isAppError(error) ? error : kernelErrors.SETUP_FAILED({id, reason: error instanceof Error ? error.message : String(error)}, {cause: error}));
    }
  }
  const stopped = [...off].map(([id, error]) => {
    const manifest = manifests.get(id) ?? null;
    return {id, version: manifest?.version ?? null, manifest, on: false, error};
  });
  return [...started, ...stopped];
}
