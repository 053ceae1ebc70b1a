import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const own = readCatalog(readTextFiles(new URL('..', import.meta.url))).catalog;
const matters = readCatalog(readTextFiles(new URL('../../matters/', import.meta.url))).catalog;
const table = (name: string): readonly CatalogRow[] => (own?.tables[name]?.entries ?? []).map(entry => entry.values);

test('every leaf has one category, and no branch has any', t => {
  const leaves = (matters?.tables['matters']?.entries ?? []).filter(entry => entry.values['groupCode'] !== undefined).map(entry => entry.key);
  t.deepEqual(table('matter-natures').map(row => row['matterCode']), leaves);
});

test('a question to the government cannot be filed as a complaint', t => {
  const found = table('conflicts').find(row => row['categoryCode'] === 'consultation-policy' && row['natureCode'] === 'complaint');
  t.is(found?.['verdict'], 'block');
  t.truthy(found?.['messageZh']);
});

test('no category conflicts with its own nature', t => {
  const nature = new Map(table('categories').map(row => [row['code'], row['natureCode']]));
  t.deepEqual(table('conflicts').filter(row => nature.get(row['categoryCode']) === row['natureCode']), []);
});
