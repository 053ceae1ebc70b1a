import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const {catalog} = readCatalog(readTextFiles(new URL('..', import.meta.url)));
const rows: readonly CatalogRow[] = (catalog?.tables['areas']?.entries ?? []).map(entry => entry.values);

/**
 * Counties, cities and districts per prefecture by the table of the Ministry of Civil Affairs: 108 at the end of 2023, and since then
 * 和康县 and 和安县 (653200, 2024), 岑岭县 (653100, 2026) and 草湖市 (directly below the region, 2026).
 */
const counties: ReadonlyArray<readonly [code: string, title: string, count: number]> = [
  ['650100', '乌鲁木齐市', 8],
  ['650200', '克拉玛依市', 4],
  ['650400', '吐鲁番市', 3],
  ['650500', '哈密市', 3],
  ['652300', '昌吉回族自治州', 7],
  ['652700', '博尔塔拉蒙古自治州', 4],
  ['652800', '巴音郭楞蒙古自治州', 9],
  ['652900', '阿克苏地区', 9],
  ['653000', '克孜勒苏柯尔克孜自治州', 4],
  ['653100', '喀什地区', 13],
  ['653200', '和田地区', 10],
  ['654000', '伊犁哈萨克自治州', 11],
  ['654200', '塔城地区', 7],
  ['654300', '阿勒泰地区', 7],
];

test('there are 14 prefectures with as many counties, cities and districts as the table of the Ministry has', t => {
  const level = (value: string): readonly CatalogRow[] => rows.filter(row => row['level'] === value);
  t.deepEqual(level('2').map(row => [row['code'], row['titleZh'], rows.filter(below => below['parentCode'] === row['code']).length]), counties.map(entry => [...entry]));
  t.is(level('3').length, 112);
});

test('thirteen cities stand directly below the region', t => {
  const direct = rows.filter(row => row['parentCode'] === '650000' && row['level'] === '3').map(row => row['code']);
  t.deepEqual(direct, Array.from({length: 13}, (_, index) => String(659001 + index)));
});

test('a code begins like its parent: a county like its prefecture, a street like its county', t => {
  for (const {code = '', parentCode = '', level} of rows) {
    const length = {1: 0, 2: 2, 3: parentCode === '650000' ? 2 : 4, 4: 6, 5: 9}[level ?? ''];
    t.is(code.slice(0, length), parentCode.slice(0, length), code);
  }
});

test('the streets and communities of the sample stay', t => {
  const samples = ['650102004', '650102004003', '650102004004', '650102005', '650103004', '650103004001'];
  t.deepEqual(rows.filter(row => Number(row['level']) > 3).map(row => row['code']), samples);
});

test('the code of a county ends above 20, that of a district or a city does not', t => {
  for (const {code = '', titleZh = '', level} of rows) {
    if (level !== '3') continue;
    const last = Number(code.slice(4));
    t.is(last > 20, titleZh.endsWith('县'), `${code} ${titleZh}`);
  }
});
