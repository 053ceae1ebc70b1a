import test, {type ExecutionContext} from 'ava';
import {readCatalogFolder, type CatalogSource, type FileReferences} from '../src/index.js';
import {outsideOf, publishIn, readSources} from '../src/publish.js';
import {editedSample, publishedFolder} from './content/setup.js';
import {refusal} from './life/setup.js';
import {catalogRoot, emptyService, sampleService, wordsCatalog} from './sample-service.js';

const people: FileReferences = {uses: async () => [], isUnit: unit => !unit.startsWith('u-gone'), hasPeople: unit => unit !== 'u-empty', unitName: unit => (unit === 'u-empty' ? '空单位' : null)};

async function withManifest(name: string, change: (yaml: string) => string): Promise<CatalogSource> {
  const source = await readCatalogFolder(`${catalogRoot}${name}`, name);
  return {name, files: {...source.files, 'catalog.yaml': change((source.files['catalog.yaml'] ?? '').replace(/^version: .*$/m, 'version: 2026.9.0'))}};
}

const owned = (unit: string) => withManifest('natures', yaml => yaml.replace('owner: u650000-centre', `owner: ${unit}`));

test('a new owner from a folder is a unit in use with people, as on the pages', async t => {
  t.deepEqual((await publishedFolder(await owned('u-gone'), people)).refused, ['CHANGE_SETTING_OWNER natures/catalog.yaml:natures owner']);
  t.deepEqual((await publishedFolder(await owned('u-empty'), people)).refused, ['CHANGE_SETTING_OWNER_EMPTY natures/catalog.yaml:natures owner']);
  t.deepEqual(await publishedFolder(await owned('u650100-centre'), people), {refused: [], warned: []});
  const issued: FileReferences = {...people, layersBelow: async () => [{unitId: 'u650100-centre', name: '2026.1.0+650100.1', rows: []}]};
  t.deepEqual(await publishedFolder(await owned('u650100-centre'), issued), {refused: [], warned: ['OWNER_ISSUED natures/catalog.yaml:natures owner']}, 'units have it from the owner of before');
  t.deepEqual(await publishedFolder(await owned('u-gone')), {refused: [], warned: []}, 'whoever asks nobody is told nothing');
});

test('the first version of a catalog has an owner with people, too', async t => {
  const first = (owner: string) => owned(owner).then(({files}) => ({name: 'fresh', files: {...files, 'catalog.yaml': (files['catalog.yaml'] ?? '').replace('id: natures', 'id: fresh').replace('  natures:', '  fresh:')}}));
  t.deepEqual((await publishedFolder(await first('u-empty'), people)).refused, ['CHANGE_SETTING_OWNER_EMPTY fresh/catalog.yaml:fresh owner']);
  t.deepEqual((await publishedFolder(await first('u650100-centre'), people)).refused, []);
});

/** The words a, b and c, and phrases that name a word each. */
async function phrases(t: ExecutionContext) {
  const {service, close} = await emptyService();
  t.teardown(close);
  const words = (version: string, ...rows: readonly string[]): CatalogSource => wordsCatalog(version, '2026-01-01', rows);
  const named = (version: string, ...rows: readonly string[]): CatalogSource => {
    const {files} = words(version, ...rows);
    const yaml = (files['catalog.yaml'] ?? '').replace('id: words', 'id: phrases').replace('  words: {', '  phrases: {').replace('key: [code]', 'key: [code], references: [{column: titleZh, catalog: words, key: code}]');
    return {name: 'phrases', files: {...files, 'catalog.yaml': yaml}};
  };
  await service.publish([words('2026.1.0', 'a,甲,A,active', 'b,乙,B,active'), named('2026.1.0', 'p,a,P,active')], 'tests');
  const publish = (outside: FileReferences, ...sources: readonly CatalogSource[]) => service.publish(sources, 'tests', outside);
  return {words, named, publish};
}

test('a row that rows of another list, or of a unit below, name does not go out of use by a folder, unless those change with it', async t => {
  const {words, named, publish} = await phrases(t);
  const off = words('2026.2.0', 'a,甲,A,retired', 'b,乙,B,active');
  const all: FileReferences = {...people, isUnit: () => true};
  t.deepEqual(await refusal(publish(all, off)), ['USED_BY_ROW words/data/words.csv a']);
  const below: FileReferences = {...all, layerUses: async (_, keys) => keys.map(key => ({key, kind: 'data', count: 1, examples: ['2026.1.0+650100.1 x']}))};
  const moved = named('2026.2.0', 'p,b,P,active');
  t.deepEqual(await refusal(publish(below, off, moved)), ['USED_BY_DATA words/data/words.csv a'], 'a layer of a unit still names it');
  t.deepEqual((await publish(all, off, moved)).map(result => result.published), [true, true]);
  t.deepEqual((await publish(below, off, moved)).map(result => result.published), [false, false], 'what is published already is not asked about');
});

test('what units below made of a column that a folder locks is told, to be confirmed', async t => {
  const locked = await withManifest('limits', yaml => yaml.replace('        - {columns: [warnBefore], bound: free}\n', ''));
  const below: FileReferences = {...people, layersBelow: async () => [{unitId: 'u650100-centre', name: '2026.3.0+650100.1', rows: [
    {tableName: 'limits', rowKey: 'city|normal|resolve', kind: 'patch', baseValues: {}, ownValues: {warnBefore: 'PT12H'}},
  ]}]} as unknown as FileReferences;
  t.deepEqual(await publishedFolder(locked, below), {refused: [], warned: ['BELOW_LOCKED limits/catalog.yaml:limits|warnBefore below']});
});

test('of two that publish at once the rules hold for one, and the other is told to publish again', async t => {
  const {store, service, clock, close} = await sampleService();
  t.teardown(close);
  const read = await readSources([await owned('u650100-centre')]);
  const outside = await outsideOf(store, read, people);
  await service.publish([await withManifest('urgency', yaml => yaml)], 'tests');
  t.deepEqual(await refusal(store.tx(tx => publishIn(tx, read, 'tests', clock.now(), outside))), ['CATALOG_CHANGE_PUBLISHED_MEANWHILE']);
  await store.tx(async tx => publishIn(tx, read, 'tests', clock.now(), {}));
  t.is((await store.knex('catalog_version').where({catalog_id: 'natures'})).length, 2);
});
