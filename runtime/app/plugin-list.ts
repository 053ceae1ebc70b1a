import {readdirSync, existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'yaml';
import type {Plugin} from 'vite';

const virtualId = 'virtual:banli-web-plugins';

/**
 * Writes the list of web plugins from the manifests at build time, so that the workbench names no plugin: every folder whose
 * `plugin.yaml` has a web entry brings its `src/web/index.ts`.
 *
 * @param root - The folder that holds `plugins/`.
 */
export function pluginList(root: string): Plugin {
  return {
    name: 'banli-web-plugins',
    resolveId: id => (id === virtualId ? `\0${virtualId}` : undefined),
    load: id => (id === `\0${virtualId}` ? writeList(webEntries(root)) : undefined),
  };
}

/** Paths of the web entries, in the order of the plugins' folder names. */
export function webEntries(root: string): readonly string[] {
  const folder = join(root, 'plugins');
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const manifest = join(folder, name, 'plugin.yaml');
      if (!existsSync(manifest)) return [];
      const {entry} = parse(readFileSync(manifest, 'utf8')) as {entry?: {web?: string}};
      return entry?.web ? [join(folder, name, 'src', entry.web, 'index.ts')] : [];
    });
}

function writeList(entries: readonly string[]): string {
  const imports = entries.map((path, index) => `import * as plugin${index} from ${JSON.stringify(path)};`);
  return [...imports, `export const modules = [${entries.map((_, index) => `plugin${index}`).join(', ')}];`].join('\n');
}
