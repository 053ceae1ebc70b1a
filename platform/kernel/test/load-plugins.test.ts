import test from 'ava';
import {inRange} from '../src/index.js';
import {entry, load, manifest, pluginFolder} from './setup.js';

const good = (id: string, more = {}) => ({manifest: manifest(id, {topics: [`${id}.work`], ...more})});

test('plugins start after those they depend on', async t => {
  const folder = pluginFolder(t, [good('alpha', {dependsOn: ['gamma']}), good('beta', {dependsOn: ['alpha']}), good('gamma')]);
  const {plugins, topics, alarms} = await load(folder);
  t.deepEqual(plugins.map(plugin => [plugin.id, plugin.on]), [['gamma', true], ['alpha', true], ['beta', true]]);
  t.deepEqual(topics, ['gamma.work', 'alpha.work', 'beta.work']);
  t.deepEqual(alarms, []);
});

test('a folder that is not there has no plugins', async t => {
  t.deepEqual((await load('/nowhere/at/all')).plugins, []);
});

test('a plugin that throws is switched off with what needs it, the others run', async t => {
  const folder = pluginFolder(t, [good('alpha', {dependsOn: ['broken']}), {...good('broken'), source: entry('broken', `${registered('broken')}; throw new Error('no')`)}, good('beta')]);
  const {plugins, topics, alarms} = await load(folder);
  t.deepEqual(plugins.map(plugin => [plugin.id, plugin.on]), [['beta', true], ['broken', false], ['alpha', false]]);
  t.deepEqual(topics, ['beta.work'], 'the worker it registered before the throw is not taken');
  t.deepEqual(alarms, [['broken', 'PLUGINS_SETUP_FAILED'], ['alpha', 'PLUGINS_DEPENDENCY_OFF']]);
});

test('in development the first fault stops the start', async t => {
  const folder = pluginFolder(t, [{...good('broken'), source: 'throw new Error("at import")\n'}]);
  await t.throwsAsync(load(folder, true), {code: 'PLUGINS_ENTRY_INVALID'});
});

test('a plugin gets what it declares and nothing else', async t => {
  const source = entry('alpha', "if (Object.keys(rest).length > 0 || !workers) throw new Error('too much'); " + registered('alpha'));
  t.deepEqual((await load(pluginFolder(t, [{...good('alpha'), source}]))).alarms, []);
  const greedy = {manifest: manifest('greedy'), source: entry('greedy', '', "['store']")};
  t.deepEqual((await load(pluginFolder(t, [greedy]))).alarms, [['greedy', 'PLUGINS_NEED_UNKNOWN']]);
});

const refused = test.macro({
  async exec(t, plugins: Parameters<typeof pluginFolder>[1], alarms: ReadonlyArray<[string, string]>) {
    t.deepEqual((await load(pluginFolder(t, plugins))).alarms, [...alarms]);
  },
  title: title => title ?? '',
});

test('two plugins with one topic: the second is off', refused, [good('alpha'), good('beta', {topics: ['beta.work', 'alpha.work']})], [['beta', 'PLUGINS_TAKEN']]);
test('two plugins with one widget: the second is off', refused, [good('alpha', {widgets: ['Star']}), good('beta', {widgets: ['Star']})], [['beta', 'PLUGINS_TAKEN']]);
test('two plugins with one table prefix: the second is off', refused, [good('alpha', {tablePrefix: 'x_'}), good('beta', {tablePrefix: 'x_'})], [['beta', 'PLUGINS_TAKEN']]);
test('a topic with a foreign prefix is refused', refused, [good('alpha', {topics: ['other.work']})], [['alpha', 'PLUGINS_PREFIX']]);
test('a range that this SDK is not in is refused', refused, [good('alpha', {sdk: '^2.0.0'})], [['alpha', 'PLUGINS_SDK_RANGE']]);
test('a missing dependency switches off', refused, [good('alpha', {dependsOn: ['ghost']})], [['alpha', 'PLUGINS_DEPENDENCY_MISSING']]);
test('a folder of another name is refused', refused, [{...good('alpha'), folder: 'beta'}], [['alpha', 'PLUGINS_FOLDER_NAME']]);
test('unknown keys in a manifest are refused', refused, [{manifest: {...manifest('alpha'), colour: 'red'} as ReturnType<typeof manifest>}], [['alpha', 'PLUGINS_MANIFEST_INVALID']]);
test('a topic that the manifest does not name is refused', refused, [{manifest: manifest('alpha')}], [['alpha', 'PLUGINS_UNDECLARED']]);
test('a widget that the manifest does not name is refused', refused, [{manifest: manifest('alpha'), source: "export const plugin = {id: 'alpha', needs: ['widgets'], setup({widgets}) { widgets.declare({type: 'Star', valueSchema: {}}); }};\n"}], [['alpha', 'PLUGINS_UNDECLARED']]);
test('a topic without a worker is refused', refused, [{...good('alpha'), source: entry('alpha', '')}], [['alpha', 'PLUGINS_WORKER_MISSING']]);
test('an entry with another id is refused', refused, [{...good('alpha'), source: entry('beta')}], [['alpha', 'PLUGINS_ENTRY_INVALID']]);
test('an entry that package.json does not export is refused', refused, [good('alpha', {entry: {server: './other'}})], [['alpha', 'PLUGINS_ENTRY_INVALID']]);

test('a circle is off as a whole', async t => {
  const {alarms, topics} = await load(pluginFolder(t, [good('alpha', {dependsOn: ['beta']}), good('beta', {dependsOn: ['alpha']}), good('gamma')]));
  t.deepEqual(alarms.map(([id]) => id).sort(), ['alpha', 'beta']);
  t.deepEqual(topics, ['gamma.work']);
});

test('ranges', t => {
  const cases: ReadonlyArray<[string, string, boolean]> = [['1.2.3', '^1.0.0', true], ['1.2.3', '^1.2.4', false], ['2.0.0', '^1.0.0', false], ['1.2.9', '~1.2.3', true], ['1.3.0', '~1.2.3', false], ['0.2.1', '^0.2.0', true], ['0.3.0', '^0.2.0', false], ['1.2.3', '1.2.3', true], ['1.2.4', '1.2.3', false]];
  for (const [version, range, expected] of cases) t.is(inRange(version, range), expected, `${version} in ${range}`);
});

function registered(id: string): string {
  return `workers.handle({topic: '${id}.work', title: {'zh-CN': 'x'}, inputSchema: {}, maxAttempts: 1, backoffMs: 1, run: async () => {}})`;
}
