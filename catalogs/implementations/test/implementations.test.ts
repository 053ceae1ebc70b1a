import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const rowsOf = (catalog: string, table: string): readonly CatalogRow[] => (readCatalog(readTextFiles(new URL(`../../${catalog}/`, import.meta.url))).catalog?.tables[table]?.entries ?? []).map(entry => entry.values);
const rows = rowsOf('implementations', 'implementations');

test('no unit has an item twice, and every item has exactly one lead', t => {
  t.is(new Set(rows.map(row => `${row['itemCode']} ${row['unitId']}`)).size, rows.length);
  const leads = rows.filter(row => row['implementationType'] === 'lead').map(row => row['itemCode']);
  t.deepEqual([...leads].sort(), rowsOf('items', 'items').map(row => row['code']));
});

test('the lead is a lead of the responsibility list for the same area', t => {
  const named = rowsOf('responsibility', 'responsibility').map(row => [row['matterCode'], row['areaCode'], row['leadUnitId']].join('|'));
  for (const {code, itemCode = '', areaCode, unitId, implementationType} of rows) {
    const matter = itemCode.slice(3, 9);
    const found = [matter, matter.slice(0, 4), matter.slice(0, 2)].some(place => named.includes([place, areaCode, unitId].join('|')));
    t.true(found || implementationType === 'assist', code);
  }
});

test('the lead is the department in charge of the item', t => {
  const units = new Map(rowsOf('items', 'items').map(row => [row['code'], row['unitId']]));
  for (const row of rows) t.is(units.get(row['itemCode']) === row['unitId'], row['implementationType'] === 'lead', row['code']);
});

test('every implementation has a name (实施名称) of its own', t => {
  t.deepEqual(rows.filter(row => !row['titleZh'] || !row['titleEn']).map(row => row['code']), []);
  t.is(new Set(rows.map(row => row['titleZh'])).size, rows.length);
});

test('a dozen implementations say how they are done, as own content', t => {
  const told = rows.filter(row => row['rulesZh'] && row['flowZh']);
  t.true(told.length >= 12);
  t.deepEqual(told.filter(row => !row['sourceRef']?.startsWith('own:')).map(row => row['code']), []);
});
