import type {AppError} from '@banli/errors';
import type {PluginManifest} from '@banli/formats';
import {kernelErrors} from './errors.js';
import {inRange} from './version-range.js';

/** A manifest and where it was found; `folderName` is the last part of the path. */
export interface FoundManifest {
  readonly folderName: string;
  readonly manifest: PluginManifest;
}

/** A plugin that cannot be used, and why. */
export interface RefusedPlugin {
  readonly id: string;
  readonly error: AppError;
}

/** `oa-dingtalk` → `oaDingtalk.`: how its topics begin. */
export function topicPrefix(pluginId: string): string {
  return `${pluginId.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}.`;
}

/**
 * Compares manifests with each other and with the SDK. The first by name keeps what two of them claim.
 *
 * @returns Every reason against a plugin; a plugin may appear several times.
 */
export function checkManifests(found: readonly FoundManifest[], sdkVersion: string): readonly RefusedPlugin[] {
  const refused: RefusedPlugin[] = [];
  const owners = new Map<string, string>();
  const claim = (id: string, kind: string, name: string): void => {
    const key = `${kind} ${name}`;
    const first = owners.get(key);
    if (first === undefined) owners.set(key, id);
    else refused.push({id, error: kind === 'plugin' ? kernelErrors.ID_TWICE({id}) : kernelErrors.TAKEN({kind, name, first, second: id})});
  };
  for (const {folderName, manifest} of [...found].sort((a, b) => (a.folderName < b.folderName ? -1 : 1))) {
    const {id} = manifest;
    claim(id, 'plugin', id);
    if (folderName !== id) refused.push({id, error: kernelErrors.FOLDER_NAME({id, folder: folderName})});
    if (!inRange(sdkVersion, manifest.sdk)) refused.push({id, error: kernelErrors.SDK_RANGE({id, range: manifest.sdk, version: sdkVersion})});
    for (const topic of manifest.topics ?? []) {
      claim(id, 'topic', topic);
      if (!topic.startsWith(topicPrefix(id))) refused.push({id, error: kernelErrors.PREFIX({id, name: topic, prefix: topicPrefix(id)})});
    }
    for (const widget of manifest.widgets ?? []) claim(id, 'widget', widget);
    if (manifest.tablePrefix !== undefined) claim(id, 'table prefix', manifest.tablePrefix);
  }
  return refused;
}
