import {fileURLToPath} from 'node:url';
import test from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {placedFields} from '@banli/formats';
import {readCatalog} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

test('internal tags are chosen from the tags of an order in the catalog', async t => {
  const {bundle} = await readBundleFolder(fileURLToPath(new URL('..', import.meta.url))).then(compileBundle);
  const field = placedFields(bundle.forms['case']?.properties ?? {}).find(each => each.name === 'tags')?.node;
  t.is(field?.type, 'array');
  t.is(field?.['x-component'], 'CatalogSelect');
  const binding = field?.['x-banli']?.catalog;
  t.deepEqual(binding, {id: 'tags', leafOnly: true, under: 'order'});
  t.true(bundle.manifest.needs.catalogs.includes('tags'));
  const rows = (readCatalog(readTextFiles(new URL('../../../catalogs/tags/', import.meta.url))).catalog?.tables['tags']?.entries ?? []).map(entry => entry.values);
  const offered = rows.filter(row => row['parentCode'] === binding?.under && row['status'] === 'active');
  t.true(offered.length >= 10);
  t.deepEqual(offered.filter(row => row['scope'] !== 'order'), []);
});
