import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {readPlugin} from '@banli/formats';
import type {ServerPlugin} from '@banli/sdk/server';
import type {FoundManifest, RefusedPlugin} from './check-manifests.js';
import {kernelErrors} from './errors.js';

/** Reads `plugin.yaml` of every folder that has one; a wrong one is refused, the others are read. */
export async function readManifests(folder: string): Promise<{readonly found: readonly FoundManifest[]; readonly refused: readonly RefusedPlugin[]}> {
  const found: FoundManifest[] = [];
  const refused: RefusedPlugin[] = [];
  const names = existsSync(folder) ? (await readdir(folder)).sort() : [];
  for (const folderName of names) {
    const file = join(folder, folderName, 'plugin.yaml');
    if (!existsSync(file)) continue;
    const {value, problems} = readPlugin(`${folderName}/plugin.yaml`, await readFile(file, 'utf8'));
    if (value) found.push({folderName, manifest: value});
    else refused.push({id: folderName, error: kernelErrors.MANIFEST_INVALID({folder: folderName, reason: problems.map(problem => problem.message).join(' ')}, {problems})});
  }
  return {found, refused};
}

/**
 * Imports a plugin's server entry: the export of its package that the manifest names.
 *
 * @throws AppError `PLUGINS_ENTRY_INVALID` when the module cannot be loaded or exports no server plugin with the manifest's id.
 */
export async function importServerPlugin(folder: string, pluginId: string, entry: string): Promise<ServerPlugin> {
  const invalid = (reason: string, cause?: unknown): Error => kernelErrors.ENTRY_INVALID({id: pluginId, entry, reason}, cause === undefined ? {} : {cause});
  const exports = await readExports(folder);
  const path = exports[entry];
  if (path === undefined) throw invalid(`package.json has no export ${entry}.`);
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(pathToFileURL(join(folder, path)).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), error);
  }
  const plugin = Object.values(module).find(each => isServerPlugin(each) && each.id === pluginId);
  if (!isServerPlugin(plugin)) throw invalid(`it exports no server plugin with the id ${pluginId}.`);
  return plugin;
}

async function readExports(folder: string): Promise<Readonly<Record<string, string>>> {
  const parsed = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {readonly exports?: Readonly<Record<string, string>>};
  return parsed.exports ?? {};
}

function isServerPlugin(value: unknown): value is ServerPlugin {
  return typeof value === 'object' && value !== null && 'id' in value && 'needs' in value && Array.isArray(value.needs) && 'setup' in value && typeof value.setup === 'function';
}
