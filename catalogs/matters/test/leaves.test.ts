import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';
import {firstVersion} from './first-version.js';

const {catalog} = readCatalog(readTextFiles(new URL('..', import.meta.url)));
const table = (name: string): readonly CatalogRow[] => (catalog?.tables[name]?.entries ?? []).map(entry => entry.values);
const rows = table('matters').filter(row => row['status'] === 'active');
const parents = new Set(rows.map(row => row['parentCode']));
const leaves = rows.filter(row => !parents.has(row['code']));

test('a city finds at least 300 matters, all three levels deep', t => {
  t.true(leaves.length >= 300, String(leaves.length));
  t.deepEqual(leaves.filter(row => row['code']?.length !== 6).map(row => row['code']), []);
});

test('every leaf has group and urgency, no branch has', t => {
  for (const row of rows) t.deepEqual([row['groupCode'] !== undefined, row['urgencyCode'] !== undefined], parents.has(row['code']) ? [false, false] : [true, true], row['code']);
});

test('a code begins with the code of its parent, and no title stands twice', t => {
  for (const {code = '', parentCode = ''} of rows) t.is(code.slice(0, -2), parentCode);
  t.is(new Set(rows.map(row => row['titleZh'])).size, rows.length);
  t.is(new Set(leaves.map(row => row['titleEn'])).size, leaves.length);
});

test('every code of the first version keeps its title', t => {
  const titles = new Map(table('matters').map(row => [row['code'], row['titleZh']]));
  for (const line of firstVersion.trim().split('\n')) {
    const code = line.slice(0, line.indexOf(' '));
    t.is(titles.get(code), line.slice(code.length + 1), code);
  }
});

test('every leaf is found by what people say, and synonyms stand at leaves only', t => {
  const named = new Set(table('synonyms').map(row => row['matterCode']));
  t.deepEqual(leaves.filter(row => !named.has(row['code'])).map(row => row['code']), []);
  t.deepEqual([...named].filter(code => parents.has(code)), []);
});

test('every leaf has seven example sentences, each of them once, and examples stand at leaves only', t => {
  const examples = table('examples');
  const counts = new Map<string, number>();
  for (const {matterCode = ''} of examples) counts.set(matterCode, (counts.get(matterCode) ?? 0) + 1);
  t.deepEqual(leaves.filter(row => counts.get(row['code'] ?? '') !== 7).map(row => row['code']), []);
  t.deepEqual([...counts.keys()].filter(code => parents.has(code)), []);
  t.is(new Set(examples.map(row => row['sentence'])).size, examples.length);
  t.deepEqual(examples.filter(row => /\d{5}/.test(row['sentence'] ?? '')), []);
});

test('the hot classes and the six parts of tourism of the requirements have their matters', t => {
  const titles = leaves.map(row => row['titleZh'] ?? '').join();
  for (const word of ['占道经营', '物业服务', '商品交易市场', '婚姻家庭权益', '拖欠工资', '旅游餐饮', '旅游住宿', '旅游交通', '景区票务', '旅游购物', '娱乐场所']) t.true(titles.includes(word), word);
});
