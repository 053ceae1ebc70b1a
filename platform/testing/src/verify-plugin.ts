import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {readPlugin, type PluginManifest} from '@banli/formats';
import {checkManifests, importServerPlugin, setUpPlugin} from '@banli/kernel';
import {sdkVersion, type ServerServices, type WorkerDefinition} from '@banli/sdk/server';

const headings = ['## What it is', '## Try it', '## How it works', '## Public things', '## Limits', '## Source'];
/** What sources under each folder of a plugin may import beside their own files. */
const mayImport: Readonly<Record<string, RegExp>> = {
  common: /^@banli\/(errors|formats|sdk(\/\w+)?)$/,
  server: /^@banli\/(errors|formats|sdk\/server)$/,
  designer: /^@banli\/(errors|formats|sdk\/designer)$/,
  web: /^(@banli\/(errors|formats|sdk\/web)|react|antd)$/,
};

/**
 * Declares the contract tests of one plugin: manifest, setup with fakes, topics and element templates, imports, README.
 *
 * @param folder - The plugin's folder, ending with `/`.
 */
export function verifyPlugin(folder: URL): void {
  const path = fileURLToPath(folder);
  const read = (file: string): string => readFileSync(join(path, file), 'utf8');
  const manifest = (): PluginManifest => {
    const {value, problems} = readPlugin('plugin.yaml', read('plugin.yaml'));
    if (!value) throw new Error(problems.map(problem => problem.message).join(' '));
    return value;
  };

  test('its manifest is right, unique and in the range of this SDK', t => {
    const folderName = path.split('/').filter(Boolean).at(-1) ?? '';
    t.deepEqual(checkManifests([{folderName, manifest: manifest()}], sdkVersion).map(({error}) => error.message), []);
    const missing = filesOf(manifest()).filter(file => !existsSync(join(path, file)));
    t.deepEqual(missing, []);
  });

  test('its setup works with fakes and brings the workers and widgets that the manifest names', async t => {
    const {entry, id, topics = [], widgets = []} = manifest();
    if (entry.server === undefined) return t.deepEqual([...topics, ...widgets], []);
    const found: string[] = [];
    await setUpPlugin(manifest(), await importServerPlugin(path, id, entry.server), fakeServices(found));
    t.deepEqual(found.sort(), [...topics, ...widgets].sort());
  });

  test('every worker has an element template, and every template a worker', t => {
    const {topics = [], elementTemplates = []} = manifest();
    const templates = elementTemplates.map(file => JSON.parse(read(file)) as Template);
    t.deepEqual(templates.map(template => template.id).sort(), [...topics].sort());
    for (const {id, appliesTo, properties} of templates) {
      t.deepEqual(appliesTo, ['bpmn:ServiceTask'], id);
      t.true(properties.some(property => property.value === id && property.binding?.name === 'banli:topic'), `${id} sets banli:topic`);
    }
  });

  test('an element template asks for inputs its worker takes, and for all that it cannot do without', async t => {
    const {elementTemplates = [], entry, id} = manifest();
    const workers: WorkerDefinition[] = [];
    if (entry.server !== undefined) await setUpPlugin(manifest(), await importServerPlugin(path, id, entry.server), fakeServices([], workers));
    for (const template of elementTemplates.map(file => JSON.parse(read(file)) as Template)) {
      const schema = workers.find(worker => worker.topic === template.id)?.inputSchema as {readonly properties?: object; readonly required?: readonly string[]} | undefined;
      const asked = template.properties.flatMap(({binding}) => (binding?.type === 'camunda:inputParameter' ? [binding.name ?? ''] : []));
      t.deepEqual(asked.filter(name => !Object.keys(schema?.properties ?? {}).includes(name)), [], template.id);
      t.deepEqual((schema?.required ?? []).filter(name => !asked.includes(name)), [], template.id);
    }
  });

  test('its sources import the SDK and their own files alone', t => {
    const wrong: string[] = [];
    for (const [part, allowed] of Object.entries(mayImport)) {
      for (const file of sourcesIn(join(path, 'src', part))) {
        for (const target of importsIn(readFileSync(file, 'utf8'))) {
          const local = target.startsWith('.') && !relative(path, join(file, '..', target)).startsWith('..');
          if (!local && !allowed.test(target)) wrong.push(`${relative(path, file)} imports ${target}`);
        }
      }
    }
    t.deepEqual(wrong, []);
  });

  test('its README says what it is', t => {
    const readme = read('README.md');
    t.deepEqual(headings.filter(heading => !readme.includes(`${heading}\n`)), []);
  });
}

interface Template {
  readonly id: string;
  readonly appliesTo: readonly string[];
  readonly properties: ReadonlyArray<{readonly value?: string; readonly binding?: {readonly type?: string; readonly name?: string}}>;
}

function filesOf({elementTemplates = [], catalogs = [], config, permissions}: PluginManifest): readonly string[] {
  return [...elementTemplates, ...catalogs, ...(config === undefined ? [] : [config]), ...(permissions === undefined ? [] : [permissions])];
}

function fakeServices(found: string[], workers: WorkerDefinition[] = []): ServerServices {
  return {
    workers: {
      handle: worker => {
        found.push(worker.topic);
        workers.push(worker as unknown as WorkerDefinition);
      },
    },
    catalogs: {rows: async () => [], title: async (_catalog, key) => key, dispatch: async () => Promise.reject(new Error('a setup asks nothing'))},
    units: {unit: () => null},
    advisers: {add: () => undefined},
    widgets: {declare: widget => void found.push(widget.type)},
  };
}

function sourcesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name)).map(entry => join(entry.parentPath, entry.name));
}

function importsIn(source: string): readonly string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '');
}
