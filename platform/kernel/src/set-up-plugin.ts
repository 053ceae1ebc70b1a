import {isAppError} from '@banli/errors';
import type {PluginManifest} from '@banli/formats';
import type {MatterAdviser, ServerPlugin, ServerServices, WidgetValue, WorkerDefinition} from '@banli/sdk/server';
import {kernelErrors} from './errors.js';

/** Longest a setup may take, in milliseconds. */
const setupLimitMs = 10_000;

/**
 * Gives a plugin exactly the services it declared and lets it set itself up. Its workers and widgets are taken only when all of it went well and
 * topics and widgets are those of the manifest: nothing of a broken plugin stays behind.
 *
 * @throws AppError `PLUGINS_NEED_UNKNOWN`, `PLUGINS_UNDECLARED`, `PLUGINS_WORKER_MISSING`, `PLUGINS_SETUP_FAILED`, `PLUGINS_SETUP_TOO_LONG`
 */
export async function setUpPlugin(manifest: PluginManifest, plugin: ServerPlugin, services: ServerServices): Promise<void> {
  const {id} = manifest;
  const staged: Array<WorkerDefinition<unknown>> = [];
  const widgets: WidgetValue[] = [];
  const advisers: MatterAdviser[] = [];
  const open: ServerServices = {
    ...services,
    workers: {handle: worker => void staged.push(worker as unknown as WorkerDefinition<unknown>)},
    widgets: {declare: widget => void widgets.push(widget)},
    advisers: {add: adviser => void advisers.push(adviser)},
  };
  const unknown = plugin.needs.find(need => !Object.hasOwn(open, need));
  if (unknown !== undefined) throw kernelErrors.NEED_UNKNOWN({id, need: String(unknown)});
  const given = Object.freeze(Object.fromEntries(plugin.needs.map(need => [need, open[need]])) as unknown as ServerServices);
  await withinLimit(id, async () => plugin.setup(given));
  const topics = manifest.topics ?? [];
  const undeclared = staged.find(worker => !topics.includes(worker.topic));
  if (undeclared) throw kernelErrors.UNDECLARED({id, name: undeclared.topic});
  const missing = topics.find(topic => !staged.some(worker => worker.topic === topic));
  if (missing !== undefined) throw kernelErrors.WORKER_MISSING({id, topic: missing});
  const stray = widgets.find(widget => !manifest.widgets?.includes(widget.type));
  if (stray) throw kernelErrors.UNDECLARED({id, name: stray.type});
  for (const worker of staged) services.workers.handle(worker);
  for (const widget of widgets) services.widgets.declare(widget);
  for (const adviser of advisers) services.advisers.add(adviser);
}

async function withinLimit(id: string, setup: () => Promise<void>): Promise<void> {
  const limit = AbortSignal.timeout(setupLimitMs);
  const late = new Promise<'late'>(resolve => limit.addEventListener('abort', () => resolve('late'), {once: true}));
  try {
    if ((await Promise.race([setup(), late])) === 'late') throw kernelErrors.SETUP_TOO_LONG({id, limitMs: setupLimitMs});
  } catch (error) {
    if (isAppError(error, 'PLUGINS_SETUP_TOO_LONG')) throw error;
    throw kernelErrors.SETUP_FAILED({id, reason: error instanceof Error ? error.message : String(error)}, {cause: error});
  }
}
