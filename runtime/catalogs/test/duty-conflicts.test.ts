import {readFile} from 'node:fs/promises';
import test from 'ava';
import type {CatalogRow} from '@banli/formats/catalogs';
import {dutyConflicts} from '../src/dispatch/duty-conflicts.js';

const rows = (entries: Readonly<Record<string, CatalogRow>>) => new Map(Object.entries(entries));
const matters = rows({'02': {}, '0201': {parentCode: '02'}, '020101': {parentCode: '0201'}});
const areas = rows({650100: {}, 650102: {parentCode: '650100'}});
const lead = (leadUnitId: string, more: CatalogRow = {}): CatalogRow => ({matterCode: '020101', areaCode: '650102', leadUnitId, status: 'active', ...more});
const duty = (unitId: string, matterCode: string, areaCode: string, more: CatalogRow = {}): CatalogRow => ({unitId, matterCode, areaCode, role: 'main', status: 'active', ...more});
const kinds = (leads: Readonly<Record<string, CatalogRow>>, duties: Readonly<Record<string, CatalogRow>>) => dutyConflicts({leads: rows(leads), duties: rows(duties), matters, areas}).map(({kind, lead: key, duties: found}) => [kind, key, found.map(each => each.code)]);

test('a lead with a main duty for the matter or a branch, there or further out, agrees with the duty list', t => {
  t.deepEqual(kinds({a: lead('u1')}, {d: duty('u1', '0201', '650102')}), []);
  t.deepEqual(kinds({a: lead('u1')}, {d: duty('u1', '02', '650100')}), []);
});

test('a lead without any duty, and one whose duty another unit has, are found with the rows', t => {
  t.deepEqual(kinds({a: lead('u1')}, {d: duty('u2', '0201', '650102', {role: 'assist'}), e: duty('u1', '0201', '650102', {status: 'retired'}), f: duty('u1', '03', '650102')}), [['noDuty', 'a', []]]);
  t.deepEqual(kinds({a: lead('u1')}, {d: duty('u2', '0201', '650102'), e: duty('u3', '0201', '650102')}), [['otherUnit', 'a', ['d', 'e']]]);
});

test('the innermost area decides before the innermost matter, as in dispatch', t => {
  t.deepEqual(kinds({a: lead('u1')}, {d: duty('u1', '020101', '650100'), e: duty('u2', '02', '650102')}), [['otherUnit', 'a', ['e']]]);
});

test('nobody, rules out of use and rules for some orders only are not held against the list', t => {
  t.deepEqual(kinds({a: lead('none'), b: lead('u1', {status: 'retired'}), c: lead('u1', {serviceObject: 'enterprise'})}, {}), []);
});

test('every line of the table: leads and duties as matter@area=unit, and what contradicts where', async t => {
  const wide = rows({'02': {}, '0201': {parentCode: '02'}, '0202': {parentCode: '02'}, '020101': {parentCode: '0201'}, '020102': {parentCode: '0201'}, '020201': {parentCode: '0202'}});
  const towns = rows({650100: {}, 650102: {parentCode: '650100'}, 650103: {parentCode: '650100'}});
  const text = await readFile(new URL('./fixtures/duty-conflicts.csv', import.meta.url), 'utf8');
  const parts = (cell: string, make: (unit: string, matter: string, area: string) => CatalogRow): ReadonlyMap<string, CatalogRow> => rows(Object.fromEntries(cell.split(' ').filter(part => part !== '').map(part => {
    const [, matter = '', area = '', unit = ''] = /^(\d+)@(\d+)=(\w+)$/.exec(part) ?? t.fail(part) ?? [];
    return [part, make(unit, matter, area)];
  })));
  for (const line of text.trim().split('\n').slice(1)) {
    const [name = '', leads = '', duties = '', expected = ''] = line.split(',');
    const found = dutyConflicts({matters: wide, areas: towns, leads: parts(leads, (leadUnitId, matterCode, areaCode) => ({leadUnitId, matterCode, areaCode, status: 'active'})), duties: parts(duties, duty)});
    t.is(found.map(({kind, matterCode, areaCode}) => `${kind} ${matterCode} ${areaCode}`).join('；'), expected, name);
  }
});
