import test from 'ava';
import {askedRows, filterNames, readRowFilters, withFilter} from '../src/catalogs/row-filters.js';
import {leastRowWidth, offeredRowColumns, shownRowColumns, usualRowColumns} from '../src/catalogs/row-columns.js';
import type {FormColumn, TableForm} from '../src/catalogs/use-catalog-form.js';

const column = (name: string, more: Partial<FormColumn> = {}): FormColumn => ({name, title: {'zh-CN': name}, isRequired: false, isFixed: false, pattern: null, maxLength: null, type: 'text', format: null, order: 0, isOwn: false, isRetired: false, options: [], reference: null, ...more});
const units = {catalog: 'organisation', table: 'units', except: [], leaf: false, elsewhere: true};
const items: TableForm = {name: 'items', title: {'zh-CN': '事项清单'}, key: ['code'], parent: null, maintainer: null, columns: [
  column('code'), column('matterCode', {reference: {...units, catalog: 'matters', table: 'matters', elsewhere: false}}), column('titleZh'), column('unitId', {reference: units}), column('limitValue'),
  column('old', {options: [{value: 'a', title: {'zh-CN': '甲'}}], isRetired: true}), column('status', {options: [{value: 'active', title: {'zh-CN': '在用'}}]}),
]};
const matters: TableForm = {...items, name: 'matters', parent: 'parentCode', columns: [column('code'), column('parentCode'), column('titleZh')]};

test('a table is filtered by what every table has and by columns that name something; only trees have levels', t => {
  t.deepEqual(filterNames(items).filter(name => name.startsWith('cell.')), ['cell.matterCode', 'cell.unitId']);
  t.false(filterNames(items).includes('level'));
  t.true(filterNames(matters).includes('level'));
});

test('what an address says is read; what is no day, no level and no column is no filter', t => {
  const read = (text: string, table = items) => readRowFilters(table, new URLSearchParams(text));
  t.deepEqual(read('name=甲&code=01&cell.unitId=u1&from=2026-02-30&createdTo=2026-03-01&cell.nothing=x&tab=rows'), {name: '甲', code: '01', 'cell.unitId': 'u1', createdTo: '2026-03-01'});
  t.deepEqual(read('level=2', matters), {level: '2'});
  t.deepEqual(read('level=two', matters), {});
  t.deepEqual(read('cell.unitId=a;b'), {});
});

test('the server is asked with moments: the last day counts whole, columns go together', t => {
  const day = Date.UTC(2026, 2, 1) - 8 * 3_600_000;
  t.deepEqual(askedRows({name: '甲', createdFrom: '2026-03-01', createdTo: '2026-03-01', 'cell.unitId': 'u1', 'cell.matterCode': '02'}, ''), {name: '甲', createdFrom: day, createdTo: day + 86_399_999, cells: 'unitId:u1;matterCode:02'});
  t.deepEqual(askedRows({level: '2'}, '01'), {level: 2, below: '01'});
  t.deepEqual(withFilter({name: '甲', code: '01'}, 'name', ''), {code: '01'});
});

test('columns are those of the table in the person’s order; a column that is gone is left out', t => {
  t.deepEqual(offeredRowColumns(items), ['cell.matterCode', 'cell.unitId', 'cell.limitValue', 'creator', 'created', 'state', 'updated']);
  t.deepEqual(usualRowColumns(items), ['cell.matterCode', 'cell.unitId', 'state', 'updated']);
  t.deepEqual(usualRowColumns(matters), ['level', 'creator', 'created', 'state']);
  t.deepEqual(shownRowColumns(items, ['updated', 'cell.old', 'level', 'cell.unitId']), ['updated', 'cell.unitId']);
  t.true(offeredRowColumns(matters).includes('path'));
  t.is(leastRowWidth(items, ['cell.unitId', 'updated'], true) - leastRowWidth(items, [], false), 144 + 128 + 40);
});
