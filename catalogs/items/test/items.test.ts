import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const rowsOf = (catalog: string, table: string): readonly CatalogRow[] => (readCatalog(readTextFiles(new URL(`../../${catalog}/`, import.meta.url))).catalog?.tables[table]?.entries ?? []).map(entry => entry.values);
const items = rowsOf('items', 'items');
const matters = new Map(rowsOf('matters', 'matters').map(row => [row['code'], row]));

test('an item hangs on one leaf, and its code says on which', t => {
  for (const {code, matterCode} of items) {
    t.truthy(matters.get(matterCode)?.['groupCode'], `${code} hangs on a branch`);
    t.true(code?.startsWith(`sx-${matterCode}-`), code);
  }
});

test('an item takes no longer than the limit of its matter', t => {
  const limits = new Map(rowsOf('limits', 'limits').map(row => [`${row['groupCode']}|${row['urgencyCode']}|${row['kind']}`, row]));
  const hours = (value: string | undefined, unit: string | undefined): number => Number(value) * (unit === 'hour' ? 1 : 24);
  for (const {code, matterCode, limitValue, limitUnit} of items) {
    const matter = matters.get(matterCode);
    const limit = limits.get(`${matter?.['groupCode']}|${matter?.['urgencyCode']}|resolve`) ?? limits.get(`general|${matter?.['urgencyCode']}|resolve`);
    t.true(hours(limitValue, limitUnit) <= hours(limit?.['value'], limit?.['unit']), `${code}: ${limitValue} ${limitUnit}, limit ${limit?.['value']} ${limit?.['unit']}`);
  }
});
