import test from 'ava';
import {refusal} from '../life/setup.js';
import {city, county, issueWorld, normal, ref, region, shorter} from './setup.js';

test('a city gives itself a shorter limit, and from that day it holds there and nowhere else', async t => {
  const {issues, service, given, confirm, at, audit, close} = await issueWorld();
  const issue = await issues.put(city, ref(await given(region, city)), shorter);
  const done = await confirm(city, issue);
  t.like(done, {state: 'confirmed', baseName: '2026.3.4', openSlot: null});
  const limit = (areaCode: string) => service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode, at});
  t.like(await limit('650102004'), {version: '2026.3.4+650100.1', limit: {value: 2, unit: 'workingDay'}, source: 'own: 市级文件'});
  t.like(await limit('650201'), {version: '2026.3.4', limit: {value: 3, unit: 'workingDay'}});
  t.like(await service.limitOfRow('2026.3.4+650100.1', normal), {limit: {value: 2, unit: 'workingDay'}});
  t.is(await service.limitOfRow('2026.3.4+650100.9', normal), null);
  t.deepEqual(await service.limitOrigin('2026.3.4+650100.1', normal), {unitId: city.unitId, areaCode: '650100', above: {'zh-CN': '3 个工作日', en: '3 working days'}});
  t.is(await service.limitOrigin('2026.3.4+650100.1', 'city|urgent|resolve'), null);
  t.is(await service.limitOrigin('2026.3.4', normal), null);
  const proposed = async (areaCode: string) => (await service.dispatch({matterCode: '020101', urgency: 'normal', areaCode, excludeUnitIds: [], at})).limits.resolve?.own;
  t.deepEqual(await proposed('650102004'), {area: {'zh-CN': '乌鲁木齐市', en: 'Ürümqi'}, above: {'zh-CN': '3 个工作日', en: '3 working days'}});
  t.is(await proposed('650100').then(own => own?.area['zh-CN']), '乌鲁木齐市');
  t.is(await proposed('650000'), undefined);
  t.deepEqual(audit.map(entry => entry.action), ['catalogs.issue.send', 'catalogs.issue.verify', 'catalogs.issue.put', 'catalogs.issue.confirm']);
  await close();
});

test('a limit above the upper one, an incomparable one and one that is none are refused with row and column', async t => {
  const {issues, given, close} = await issueWorld();
  const issue = await given(region, city);
  const put = (cells: Record<string, string | null>) => refusal(issues.put(city, ref(issue), {table: 'limits', key: normal, cells}));
  const longer = [`ISSUE_LONGER limits/limits ${normal} value`];
  t.deepEqual(await put({value: '4'}), longer);
  t.deepEqual(await put({value: '72', unit: 'hour'}), longer);
  t.deepEqual(await put({value: '20', unit: 'workingHour'}), longer);
  t.deepEqual(await put({value: '0'}), [`FILE_ROW_INVALID limits/limits ${normal} value`, ...longer]);
  t.deepEqual(await put({value: ''}), [`FILE_ROW_INVALID limits/limits ${normal} value`, ...longer]);
  t.deepEqual(await put({unit: 'moon'}), [`FILE_ROW_INVALID limits/limits ${normal} unit`, ...longer]);
  await close();
});

test('locked columns, rows of the level above, rows of elsewhere and tables without rows of their own are refused', async t => {
  const {issues, given, close} = await issueWorld();
  const limits = await given(region, city);
  t.deepEqual(await refusal(issues.put(city, ref(limits), {table: 'limits', key: normal, cells: {ladderCode: 'urge'}})), [`ISSUE_LOCKED limits/limits ${normal} ladderCode`]);
  t.deepEqual(await refusal(issues.put(city, ref(limits), {table: 'limits', key: normal, cells: {colour: 'red'}})), ['CATALOG_ISSUE_COLUMN_UNKNOWN']);
  t.deepEqual(await refusal(issues.put(city, ref(limits), {table: 'nothing', key: normal, cells: {value: '1'}})), ['CATALOG_ISSUE_TABLE_UNKNOWN']);
  t.deepEqual(await refusal(issues.put(city, ref(limits), {table: 'limits', key: 'no|such|row', cells: {value: '1'}})), ['CATALOG_ISSUE_ROW_UNKNOWN']);
  t.deepEqual(await refusal(issues.put(city, ref(limits), {table: 'limits', key: normal, cells: {value: '3'}})), ['CATALOG_ISSUE_CHANGED_NOTHING']);
  t.deepEqual(await refusal(issues.put(city, ref(limits), {table: 'limits', cells: {groupCode: 'own', urgencyCode: 'normal', kind: 'resolve', value: '1', unit: 'hour', sourceRef: 'own:'}})), ['ISSUE_NO_LOCAL_ROWS limits/limits own|normal|resolve', 'ISSUE_REFERENCE limits/limits own|normal|resolve groupCode']);
  await close();
});

test('rows of the city are locked for a county, and its own are for its own area and its own units', async t => {
  const {issues, given, confirm, close} = await issueWorld();
  await confirm(city, await given(region, city, 'responsibility'));
  const issue = await given(city, county, 'responsibility');
  const put = (cells: Record<string, string | null>, key?: string) => refusal(issues.put(county, ref(issue), {table: 'responsibility', cells, ...(key === undefined ? {} : {key})}));
  t.deepEqual(await put({dutyZh: '别的'}, '01|650100|u650103-shijian'), ['ISSUE_ROW_LOCKED responsibility/responsibility 01|650100|u650103-shijian']);
  const row = (areaCode: string, leadUnitId: string) => ({matterCode: '020101', areaCode, leadUnitId, dutyZh: '巡查', dutyEn: 'Looks', sourceRef: 'own: 区级文件'});
  t.deepEqual(await put(row('650103', 'u650102-zhujian')), ['ISSUE_OUTSIDE responsibility/responsibility 020101|650103|u650102-zhujian areaCode']);
  t.deepEqual(await put(row('650102', 'u650103-shijian')), ['ISSUE_UNIT_OUTSIDE responsibility/responsibility 020101|650102|u650103-shijian leadUnitId']);
  t.deepEqual(await put({...row('650102', 'u650102-zhujian'), matterCode: '999999'}), ['ISSUE_REFERENCE responsibility/responsibility 999999|650102|u650102-zhujian matterCode']);
  t.deepEqual(await put({...row('650102', 'u650102-zhujian'), dutyZh: ''}), ['FILE_ROW_INVALID responsibility/responsibility 020101|650102|u650102-zhujian dutyZh']);
  await close();
});

test('a cell set back to what stands above is no override any more', async t => {
  const {issues, given, close} = await issueWorld();
  let issue = await issues.put(city, ref(await given(region, city)), {table: 'limits', key: normal, cells: {value: '2'}});
  t.is((await issues.rows(city, issue.id, {table: 'limits', only: 'own', limit: 10})).rows.length, 1);
  issue = await issues.put(city, ref(issue), {table: 'limits', key: normal, cells: {value: '3'}});
  t.is((await issues.rows(city, issue.id, {table: 'limits', only: 'own', limit: 10})).rows.length, 0);
  issue = await issues.put(city, ref(issue), {table: 'limits', key: normal, cells: {value: '20', unit: 'hour'}});
  const {rows} = await issues.rows(city, issue.id, {table: 'limits', only: 'own', limit: 10});
  t.deepEqual(rows[0]?.fields[0], {columns: ['value', 'unit'], bound: 'notLonger', base: {value: '3', unit: 'workingDay'}, theirs: {value: '3', unit: 'workingDay'}, mine: {value: '20', unit: 'hour'}, conflict: false});
  issue = await issues.drop(city, ref(issue), {table: 'limits', key: normal});
  t.deepEqual(await refusal(issues.drop(city, ref(issue), {table: 'limits', key: normal})), ['CATALOG_ISSUE_ROW_UNKNOWN']);
  await close();
});
