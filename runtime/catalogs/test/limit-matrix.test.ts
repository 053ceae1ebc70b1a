import test from 'ava';
import {changedSample, sampleService} from './sample-service.js';
import type {CatalogSource} from '../src/index.js';

/** The limits with rows of the matrix added; kept in the order of their keys. */
async function withMatrix(rows: readonly string[]): Promise<CatalogSource> {
  const source = await changedSample('limits', '2026.9.0', csv => csv);
  const path = 'data/matrix.csv';
  const [head = '', ...own] = (source.files[path] ?? '').trim().split('\n');
  const key = (row: string) => row.split(',').slice(0, 4).join('|');
  const all = [...own, ...rows.map(row => `${row},,,active,own: 试`)].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return {name: 'limits', files: {...source.files, [path]: `${[head, ...all].join('\n')}\n`}};
}

test('the row that names most wins and says so; industry goes before level, level before the group', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const ask = async (extra: {areaCode?: string; industryCode?: string} = {}, urgency = 'normal') => {
    const {row, reason} = await service.limit({matterCode: '020101', urgency, kind: 'resolve', at, ...extra});
    return `${row} ${reason?.['zh-CN']}`;
  };
  await service.publish([await withMatrix(['*,3,*,resolve,9,naturalDay,', '*,3,normal,resolve,8,naturalDay,', '*,4,*,resolve,3,hour,', 'J,3,*,resolve,6,workingDay,', '66,*,normal,resolve,4,workingDay,'])], 'tests');
  t.is(await ask(), 'city|normal|resolve 按时限分组和紧急程度');
  t.is(await ask({areaCode: '650102'}), '*|3|normal|resolve 时限矩阵：层级“县（市、区）”、等级“普通”');
  t.is(await ask({areaCode: '650102'}, 'urgent'), 'city|urgent|resolve 按时限分组和紧急程度');
  t.is(await ask({industryCode: 'J'}), 'J|*|normal|resolve 时限矩阵：行业“金融业”、等级“普通”');
  t.is(await ask({industryCode: '66'}), '66|*|normal|resolve 时限矩阵：行业“货币金融服务”、等级“普通”');
  t.is(await ask({areaCode: '650102', industryCode: 'J'}, 'urgent'), 'J|3|*|resolve 时限矩阵：行业“金融业”、层级“县（市、区）”');
  t.is((await service.rowTitle('limits', 'J|3|*|resolve', at))?.['zh-CN'], '金融业·县（市、区）');
  t.is((await service.rowTitle('limits', '*|*|grade-a|respond', at))?.['zh-CN'], '涉企 A 级');
  t.is(await service.rowTitle('limits', 'no|such|row|resolve', at), null);
  const found = await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', at, areaCode: '650102'});
  t.like(found, {limit: {value: 8, unit: 'naturalDay'}, version: '2026.9.0'});
  t.is(found.text['zh-CN'], '8 个自然日');
  t.like(await service.limitOfRow('2026.9.0', '*|3|normal|resolve'), {limit: {value: 8, unit: 'naturalDay'}});
});

test('a limit is asked for in versions of limits and matters by their numbers', async t => {
  const {service, close} = await sampleService();
  t.teardown(close);
  const shippedMatters = (await service.versionsOf('matters'))[0]?.version ?? '';
  await service.publish([await withMatrix(['*,3,normal,resolve,8,naturalDay,']), await changedSample('matters', '2026.9.0', csv => csv.replace(/^(020101,.*),city,normal,/m, '$1,labour,normal,'))], 'tests');
  const ask = async (limitsVersion: string, mattersVersion: string | null, areaCode = '650100', matterCode = '020101') => (await service.limitBy({limitsVersion, mattersVersion, matterCode, urgency: 'normal', kind: 'resolve', areaCode}))?.row;
  t.is(await ask('2026.9.0', null, '650102'), '*|3|normal|resolve');
  t.is(await ask('2026.9.0', null), 'labour|normal|resolve');
  t.is(await ask('2026.9.0', shippedMatters), 'city|normal|resolve');
  for (const unknown of [await ask('2020.1.0', null), await ask('2026.9.0', '2020.1.0'), await ask('2026.9.0', null, '650100', '999999')]) t.is(unknown, undefined);
});

test('matters of one group and industry, and areas of one level, are the same to limits', async t => {
  const {service, close} = await sampleService();
  t.teardown(close);
  const shipped = (await service.versionsOf('matters'))[0]?.version ?? '';
  await service.publish([await changedSample('matters', '2026.9.0', csv => csv.replace(/^(020101,.*),city,normal,/m, '$1,labour,normal,'))], 'tests');
  const [before, now] = [await service.limitMatter(shipped, '020101'), await service.limitMatter(null, '020101')];
  t.regex(before ?? '', /^city\|/);
  t.regex(now ?? '', /^labour\|/);
  t.is(await service.limitMatter('2026.9.0', '020101'), now);
  for (const [version, code] of [[null, '999999'], ['2020.1.0', '020101']] as const) t.is(await service.limitMatter(version, code), null);
  t.deepEqual(await Promise.all(['650000', '650102', '650103', '650102004', '65010299', 'x'].map(area => service.limitLevel(area))), ['1', '3', '3', '4', '3', null]);
});

test('the shipped matrix: finance and urgent medical matters warn as the requirements say, and no other case changes', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const hour = 3_600_000;
  const ask = (industryCode: string, urgency: string) => service.limit({matterCode: '020101', urgency, kind: 'resolve', at, industryCode, areaCode: '650102'});
  t.like(await ask('J', 'normal'), {row: 'J|*|normal|resolve', warnBeforeMs: 24 * hour});
  t.like(await ask('84', 'urgent'), {row: 'Q|*|urgent|resolve', warnBeforeMs: 6 * hour});
  t.like(await ask('84', 'normal'), {row: 'city|normal|resolve'});
  t.like(await service.limit({matterCode: '020101', urgency: 'grade-a', kind: 'respond', at}), {limit: {value: 2, unit: 'hour'}, warnBeforeMs: hour});
});

test('a matter brings its industry along, from its branch; the industry of the enterprise goes before it', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const row = async (matterCode: string, urgency: string, more: {industryCode?: string} = {}) => (await service.limit({matterCode, urgency, kind: 'resolve', at, areaCode: '650102', ...more})).row;
  t.is(await row('060101', 'urgent'), 'Q|*|urgent|resolve');
  t.is(await row('180101', 'normal'), 'J|*|normal|resolve');
  t.is(await row('020101', 'normal'), 'city|normal|resolve');
  t.is(await row('060102', 'normal', {industryCode: '66'}), 'J|*|normal|resolve');
  t.is((await service.dispatch({matterCode: '060101', areaCode: '650102', urgency: 'urgent', excludeUnitIds: [], at})).limits.resolve?.row, 'Q|*|urgent|resolve');
});

test('while the matter is not known the general limit holds; an urgency that nobody named is that of the matter or the lowest', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const ask = (matterCode: string | null, urgency: string | null, more: {industryCode?: string} = {}) => service.limit({matterCode, urgency, kind: 'resolve', at, areaCode: '650102', ...more});
  t.like(await ask(null, 'urgent'), {row: 'general|urgent|resolve', reason: {'zh-CN': '事项未定，按一般事项执行'}});
  t.is((await ask(null, null)).row, 'general|normal|resolve');
  t.is((await ask('020101', null)).row, 'city|normal|resolve');
  t.is((await ask(null, 'normal', {industryCode: '66'})).row, 'J|*|normal|resolve', 'what is known of the case counts');
  const {version} = await ask(null, null);
  const lookup = {limitsVersion: version, mattersVersion: null, kind: 'resolve', areaCode: '650102'} as const;
  t.is((await service.limitBy({...lookup, matterCode: null, urgency: null}))?.row, 'general|normal|resolve');
  t.is((await service.limitBy({...lookup, matterCode: '020101', urgency: null}))?.row, 'city|normal|resolve');
  await t.throwsAsync(ask(null, 'nonsense'), {code: 'CATALOG_LIMIT_MISSING'});
  await t.throwsAsync(ask('nothing', 'normal'), {code: 'CATALOG_ROW_UNKNOWN'});
});

test('a matrix row for an unknown industry, an unknown grade or with a limit of nothing is refused', async t => {
  const {service, close} = await sampleService();
  t.teardown(close);
  for (const row of ['98,*,normal,resolve,5,workingDay,', '*,*,nonsense,resolve,5,workingDay,', '*,*,normal,resolve,0,workingDay,', '*,6,normal,resolve,5,workingDay,']) {
    await t.throwsAsync(service.publish([await withMatrix([row])], 'tests'), {code: 'CATALOG_INVALID'}, row);
  }
});
