import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {AppError} from '@banli/errors';
import type {PluginManifest} from '@banli/formats';
import type {ServerServices} from '@banli/sdk/server';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {loadPlugins, type LoadedPlugin} from '../src/index.js';

export function manifest(id: string, more: Partial<PluginManifest> = {}): PluginManifest {
  return {id, version: '1.0.0', sdk: '^1.0.0', title: {'zh-CN': id}, entry: {server: './server'}, ...more};
}

/** Source of a server entry that brings one worker. */
export function entry(id: string, setup = `workers.handle({topic: '${id}.work', title: {'zh-CN': 'x'}, inputSchema: {}, maxAttempts: 1, backoffMs: 1, run: async () => {}})`, needs = "['workers']"): string {
  return `export const plugin = {id: '${id}', needs: ${needs}, setup({workers, ...rest}) { ${setup} }};\n`;
}

/** Makes a folder of plugins; files by path, e.g. `demo/plugin.yaml`. */
export function pluginFolder(t: ExecutionContext, plugins: ReadonlyArray<{readonly manifest: PluginManifest; readonly source?: string; readonly folder?: string}>): string {
  const root = scratchFolder('plugins', t);
  for (const plugin of plugins) {
    const folder = join(root, plugin.folder ?? plugin.manifest.id);
    mkdirSync(folder);
    writeFileSync(join(folder, 'plugin.yaml'), JSON.stringify(plugin.manifest));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({type: 'module', exports: {'./server': './server.mjs'}}));
    writeFileSync(join(folder, 'server.mjs'), plugin.source ?? entry(plugin.manifest.id));
  }
  return root;
}

/** Loads and tells what was registered and alarmed. */
export async function load(folder: string, strict = false): Promise<{plugins: readonly LoadedPlugin[]; topics: string[]; alarms: Array<[string, string]>}> {
  const topics: string[] = [];
  const alarms: Array<[string, string]> = [];
  const services: ServerServices = {
    workers: {handle: worker => void topics.push(worker.topic)},
    catalogs: {rows: async () => [], title: async (_id, key) => key, dispatch: async () => Promise.reject(new Error('not here'))},
    units: {unit: () => null},
    advisers: {add: () => undefined},
    widgets: {declare: widget => void topics.push(widget.type)},
  };
  const plugins = await loadPlugins(folder, {services, strict, onAlarm: (id: string, error: AppError) => void alarms.push([id, error.code])});
  return {plugins, topics, alarms};
}
