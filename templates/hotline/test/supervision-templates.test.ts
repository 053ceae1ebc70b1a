import {fileURLToPath} from 'node:url';
import test from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {placedFields} from '@banli/formats';
import {readCatalog} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

test('a supervision begun by hand takes its demand and its level from the catalog of templates', async t => {
  const {bundle} = await readBundleFolder(fileURLToPath(new URL('..', import.meta.url))).then(compileBundle);
  const field = (name: string) => placedFields(bundle.forms['case']?.properties ?? {}).find(each => each.name === name)?.node;
  const binding = field('superviseTemplate')?.['x-banli']?.catalog;
  t.is(binding?.id, 'supervision-templates');
  t.true(bundle.manifest.needs.catalogs.includes('supervision-templates'));
  const {catalog} = readCatalog(readTextFiles(new URL('../../../catalogs/supervision-templates/', import.meta.url)));
  const rows = (catalog?.tables['supervision-templates']?.entries ?? []).map(({values}) => values);
  const fill = Object.entries(binding?.fill ?? {});
  t.deepEqual(fill.map(([name]) => name), ['superviseRequirement', 'superviseLevel']);
  for (const [name, column] of fill) {
    t.true(rows.every(row => row[column] !== undefined), `each template fills ${name} by ${column}`);
    t.true(bundle.manifest.strands?.[0]?.byHand?.fields.includes(name));
  }
  const levels = (catalog?.tables['levels']?.entries ?? []).map(({values}) => [values['code'], values['titleZh'], values['titleEn']]).sort();
  t.deepEqual(field('superviseLevel')?.enum?.map(({value, label, labelEn}) => [value, label, labelEn]).sort(), levels);
});
