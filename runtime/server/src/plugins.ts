import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {AnswerOf, designRoutes} from '@banli/api';
import type {Installed} from '@banli/bundles';
import type {CatalogService, MatterAdviser} from '@banli/catalogs';
import {loadPlugins, type LoadedPlugin} from '@banli/kernel';
import type {People} from '@banli/people';
import type {Clock} from '@banli/time';
import {createWorkerRegistry, type WorkerRegistry} from '@banli/workers';
import type {EventLog} from './log.js';

type Palette = AnswerOf<typeof designRoutes.palette>;

/** What the plugins of this installation bring. */
export interface Plugins {
  readonly registry: WorkerRegistry;
  readonly loaded: readonly LoadedPlugin[];
  /** JSON Schemas of the values of plugin widgets, by `x-component`. */
  readonly widgetSchemas: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Whoever names the matters of a text beside the catalog. */
  readonly advisers: readonly MatterAdviser[];
  /** What the check of a bundle may count on. */
  installed(): Promise<Installed>;
  /** What can be drawn with. */
  palette(): Promise<Palette>;
}

/** What plugins are loaded with. A broken plugin is switched off and told to the log; the rest goes on. */
export interface PluginParts {
  readonly root: string;
  readonly catalogs: CatalogService;
  readonly people: Pick<People, 'unit'>;
  readonly clock: Clock;
  readonly log: EventLog;
}

/** Loads the plugins of `plugins/` into a registry of this process. */
export async function createPlugins(parts: PluginParts): Promise<Plugins> {
  const {root, catalogs, people, clock, log} = parts;
  const folder = join(root, 'plugins');
  const registry = createWorkerRegistry();
  const advisers: MatterAdviser[] = [];
  const widgetSchemas: Record<string, Readonly<Record<string, unknown>>> = {};
  const loaded = await loadPlugins(folder, {
    services: {workers: registry, catalogs, units: people, widgets: {declare: ({type, valueSchema}) => void (widgetSchemas[type] = valueSchema)}, advisers: {add: adviser => void advisers.push(adviser)}},
    strict: false,
    onAlarm: (id, error) => log.error('server.plugin.off', {id, code: error.code, reason: error.message}),
  });
  const on = loaded.filter(plugin => plugin.on);
  return {
    registry,
    loaded,
    widgetSchemas,
    advisers,
    async installed() {
      return {
        topics: registry.topics(),
        inputs: Object.fromEntries(registry.topics().flatMap(topic => {
          const found = registry.find(topic);
          return found ? [[topic, {...found.definition.inputSchema}] as const] : [];
        })),
        plugins: on.map(plugin => plugin.id),
        widgets: on.flatMap(plugin => plugin.manifest?.widgets ?? []),
        catalogs: (await catalogs.list(clock.now())).map(catalog => catalog.id),
        requiredElements: await catalogs.requiredElements(),
        matterForms: await catalogs.matterForms(),
      };
    },
    async palette() {
      const workers = registry.topics().flatMap(topic => {
        const found = registry.find(topic);
        return found ? [{topic, title: found.definition.title, inputSchema: {...found.definition.inputSchema}}] : [];
      });
      const templates = await Promise.all(on.flatMap(plugin => (plugin.manifest?.elementTemplates ?? []).map(path => readTemplate(join(folder, plugin.id, path)))));
      return {workers, elementTemplates: templates.flat(), catalogs: (await catalogs.list(clock.now())).map(({id, title}) => ({id, title})), requiredElements: mutable(await catalogs.requiredElements()), matterForms: mutable(await catalogs.matterForms())};
    },
  };
}

function mutable(required: Awaited<ReturnType<CatalogService['requiredElements']>>): Palette['requiredElements'] {
  return Object.fromEntries(Object.entries(required).map(([id, elements]) => [id, Object.fromEntries(Object.entries(elements).map(([code, by]) => [code, [...by]]))]));
}

async function readTemplate(path: string): Promise<ReadonlyArray<Record<string, unknown>>> {
  const parsed = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown> | ReadonlyArray<Record<string, unknown>>;
  return Array.isArray(parsed) ? (parsed as ReadonlyArray<Record<string, unknown>>) : [parsed as Record<string, unknown>];
}
