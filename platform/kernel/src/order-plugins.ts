import type {PluginManifest} from '@banli/formats';
import {kernelErrors} from './errors.js';
import type {RefusedPlugin} from './check-manifests.js';

/**
 * Puts plugins in an order in which each comes after those it depends on; equals come by id.
 *
 * @returns The order without the plugins that miss one or stand in a circle; these are refused, with everything that needs them.
 */
export function orderPlugins(manifests: readonly PluginManifest[]): {readonly order: readonly PluginManifest[]; readonly refused: readonly RefusedPlugin[]} {
  const byId = new Map(manifests.map(manifest => [manifest.id, manifest]));
  const refused: RefusedPlugin[] = [];
  const order: PluginManifest[] = [];
  const states = new Map<string, 'open' | 'good' | 'bad'>();

  const visit = (manifest: PluginManifest, path: readonly string[]): boolean => {
    const {id} = manifest;
    const state = states.get(id);
    if (state === 'good') return true;
    if (state === 'bad') return false;
    if (state === 'open') {
      const circle = [...path.slice(path.indexOf(id)), id].join(' → ');
      refused.push({id, error: kernelErrors.DEPENDENCY_CIRCLE({circle})});
      return false;
    }
    states.set(id, 'open');
    const missing = [...(manifest.dependsOn ?? [])].sort().find(other => {
      const needed = byId.get(other);
      return !needed || !visit(needed, [...path, id]);
    });
    states.set(id, missing === undefined ? 'good' : 'bad');
    if (missing === undefined) order.push(manifest);
    else refused.push({id, error: byId.has(missing) ? kernelErrors.DEPENDENCY_OFF({id, other: missing}) : kernelErrors.DEPENDENCY_MISSING({id, other: missing})});
    return missing === undefined;
  };

  for (const id of [...byId.keys()].sort()) {
    const manifest = byId.get(id);
    if (manifest) visit(manifest, []);
  }
  return {order, refused};
}
