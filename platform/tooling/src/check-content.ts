import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {checkBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import type {Problem} from '@banli/errors';
import {readPlugin, type PluginManifest} from '@banli/formats';
import {checkReferences, readCatalog, statusByKey, type LoadedCatalog} from '@banli/formats/catalogs';
import {checkManifests, type FoundManifest} from '@banli/kernel';
import {sdkVersion} from '@banli/sdk/server';
import {loadErrorTables, renderErrorPage} from './error-page.js';

/** One thing that was looked at: what it is, and every problem in words; none means that it is good. */
export interface ContentCheck {
  readonly title: string;
  readonly problems: readonly string[];
}

/**
 * Checks what the repository holds besides code: every bundle under `templates/`, every catalog under `catalogs/` with its references,
 * and every plugin under `plugins/` with the bundles in it. Needs no engine, database or browser.
 *
 * @param root - A checkout, or a folder laid out like one.
 */
export async function checkContent(root: string): Promise<readonly ContentCheck[]> {
  const checks: ContentCheck[] = [];
  for (const folder of [...foldersWith(root, 'templates', 'bundle.yaml'), ...foldersWith(root, 'plugins', 'bundle.yaml')]) {
    checks.push({title: `bundle ${folder}`, problems: await bundleProblems(join(root, folder))});
  }
  return [...checks, ...catalogChecks(root), ...pluginChecks(root)];
}

/** Whether the page of error codes says what the tables in code say. */
export async function checkErrorPage(root: string): Promise<ContentCheck> {
  await loadErrorTables();
  const good = readFileSync(join(root, 'platform/docs/errors.md'), 'utf8') === renderErrorPage();
  return {title: 'page platform/docs/errors.md', problems: good ? [] : ['it is old; run: node --import tsx platform/tooling/bin/write-error-page.mjs']};
}

async function bundleProblems(folder: string): Promise<readonly string[]> {
  const {problems, compiled} = checkBundle(await readBundleFolder(folder));
  return compiled === null && problems.length === 0 ? ['it does not compile'] : problems.filter(isFault).map(sentence);
}

function catalogChecks(root: string): readonly ContentCheck[] {
  const loaded = new Map<string, LoadedCatalog>();
  const read = foldersWith(root, 'catalogs', 'catalog.yaml').map(folder => {
    const {catalog, problems} = readCatalog(readTextFiles(join(root, folder)));
    if (catalog) loaded.set(catalog.manifest.id, catalog);
    return {folder, catalog, problems};
  });
  return read.map(({folder, catalog, problems}) => {
    const references = catalog === null ? [] : checkReferences(catalog, (id, table) => {
      const found = loaded.get(id)?.tables[table];
      return found === undefined ? null : statusByKey(found);
    });
    return {title: `catalog ${folder}`, problems: [...problems, ...references].filter(isFault).map(sentence)};
  });
}

function pluginChecks(root: string): readonly ContentCheck[] {
  const read = foldersWith(root, 'plugins', 'plugin.yaml').map(folder => ({folder, ...readPlugin('plugin.yaml', readFileSync(join(root, folder, 'plugin.yaml'), 'utf8'))}));
  const found: readonly FoundManifest[] = read.flatMap(({folder, value}) => (value ? [{folderName: folder.slice('plugins/'.length), manifest: value}] : []));
  const refused = checkManifests(found, sdkVersion);
  return read.map(({folder, value, problems}) => ({
    title: `plugin ${folder}`,
    problems: value === null ? problems.map(sentence) : [
      ...refused.filter(one => one.id === value.id).map(one => one.error.message),
      ...namedFiles(value).filter(file => !existsSync(join(root, folder, file))).map(file => `plugin.yaml: ${file} is not there`),
    ],
  }));
}

function namedFiles({elementTemplates = [], catalogs = [], config, permissions}: PluginManifest): readonly string[] {
  return [...elementTemplates, ...catalogs, ...(config === undefined ? [] : [config]), ...(permissions === undefined ? [] : [permissions])];
}

/** Folders below a zone, at any depth, that hold this file; relative to root, without packages and tests. */
function foldersWith(root: string, zone: string, file: string): readonly string[] {
  const found: string[] = [];
  const look = (folder: string): void => {
    if (existsSync(join(folder, file))) found.push(relative(root, folder));
    for (const entry of readdirSync(folder, {withFileTypes: true})) {
      if (entry.isDirectory() && !['node_modules', 'test', 'src', 'dist'].includes(entry.name)) look(join(folder, entry.name));
    }
  };
  if (existsSync(join(root, zone))) look(join(root, zone));
  return found.sort();
}

function readTextFiles(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name)));
  return Object.fromEntries(files.filter(file => !file.startsWith('test/')).map(file => [file, readFileSync(join(folder, file), 'utf8')]));
}

function isFault(problem: Problem): boolean {
  return problem.severity !== 'warning';
}

function sentence({place, code, message}: Problem): string {
  const where = [place.file, place.line, place.column].filter(part => part !== undefined).join(':');
  const what = [place.element, place.field].filter(part => part !== undefined).join(' › ');
  return `${where} ${what} ${message} [${code}]`;
}
