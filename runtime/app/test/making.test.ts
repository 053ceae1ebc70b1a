import test from 'ava';
import {firstColumns, idFrom, placeFaults, sentColumn} from '../src/catalogs/making.js';

test('an id comes of the English title, as far as it can be one', t => {
  t.deepEqual(['Job fairs', 'Job  fairs (2026)', '2026 fairs', 'Ämter & Co.', '招聘会', `${'a'.repeat(63)} b`].map(idFrom), ['job-fairs', 'job-fairs-2026', 'fairs', 'mter-co', '', 'a'.repeat(63)]);
});

test('a column is sent with what its type has and whether rows are found by it', t => {
  t.deepEqual(firstColumns.map(sentColumn), [
    {column: 'code', titleZh: '编码', titleEn: 'Code', type: 'text', required: 'yes', format: 'code', maxLength: '40', key: 'yes'},
    {column: 'titleZh', titleZh: '名称', titleEn: 'Name', type: 'text', required: 'yes', maxLength: '100'},
  ]);
});

test('what is refused stands at its input or at its column; what the page has no place for is told as a whole', t => {
  const at = (code: string, ...problems: ReadonlyArray<readonly [string, string, string]>) => placeFaults({code, text: 'whole', problems: problems.map(([file, element, field]) => ({text: `${element} ${field}`, place: {file, element, field}}))}, ['code']);
  const none = new Map();
  t.deepEqual(at('CATALOG_CHANGE_ID_TAKEN'), {cells: new Map([['id', 'whole']]), columns: none, isWhole: false});
  t.deepEqual(at('CATALOG_CHANGE_NOT_YOURS'), {cells: new Map([['owner', 'whole']]), columns: none, isWhole: false});
  t.deepEqual(at('CATALOG_CHANGE_REFUSED', ['x/.catalog', 'x', 'titleEn'], ['x/.fields', 'x|code', 'reference']), {cells: new Map([['titleEn', 'x titleEn']]), columns: new Map([['code', 'x|code reference']]), isWhole: false});
  t.deepEqual(at('CATALOG_CHANGE_REFUSED', ['x/.fields', 'x|code', 'type'], ['x/.fields', 'x|code', 'format']), {cells: none, columns: new Map([['code', 'x|code type x|code format']]), isWhole: false});
  for (const unknown of [['x/.fields', 'x|gone', 'type'], ['x/.catalog', 'x', ''], ['x/rows', 'x', 'elsewhere']] as const) {
    t.true(at('CATALOG_CHANGE_REFUSED', ['x/.catalog', 'x', 'titleEn'], unknown).isWhole, unknown.join());
  }
  t.deepEqual(at('STORE_DOWN'), {cells: none, columns: none, isWhole: true});
});
