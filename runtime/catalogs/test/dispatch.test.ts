import {readFileSync} from 'node:fs';
import test from 'ava';
import {catalogRoot, changedSample, readOnlyService, retiring, sampleService, shippedVersion} from './sample-service.js';

const asks = test.macro({
  async exec(t, matterCode: string, areaCode: string, excludeUnitIds: readonly string[], expected: {lead: string | null; confidence: 'certain' | 'choose' | 'none'; candidates?: readonly string[]; assist?: readonly string[]; reason?: RegExp}) {
    const {service, at, close} = await readOnlyService();
    const answer = await service.dispatch({matterCode, areaCode, excludeUnitIds, at});
    t.is(answer.leadUnit, expected.lead);
    t.is(answer.confidence, expected.confidence);
    if (expected.candidates) t.deepEqual(answer.candidates, expected.candidates);
    if (expected.assist) t.deepEqual(answer.assistUnits, expected.assist);
    if (expected.reason) t.regex(answer.reason['zh-CN'], expected.reason);
    await close();
  },
  title: (_title, matter: string, area: string, excluded: readonly string[]) => `${matter} in ${area} without [${excluded.join()}]`,
});

test(asks, '020101', '650102', [], {lead: 'u650102-chengguan', confidence: 'certain', assist: [], reason: new RegExp(`职责清单 ${shippedVersion('responsibility')}：天山区，占道经营的巡查`)});
test(asks, '020101', '650102004003', [], {lead: 'u650102-chengguan', confidence: 'certain', assist: ['u650102004'], reason: /山西巷社区未单列，按天山区执行/});
test(asks, '010101', '650103004', [], {lead: 'u650103-shijian', confidence: 'certain'});
test(asks, '030101', '650102004003', [], {lead: 'u650102-zhujian', confidence: 'certain', assist: ['u650102004', 'u650102004003']});
test(asks, '030101', '650103004001', [], {lead: 'u650103004', confidence: 'certain', assist: ['u650103004001']});
test(asks, '050101', '650102004', [], {lead: 'u650100-wenlv', confidence: 'certain', assist: ['u650103-shijian']});
test(asks, '020101', '650102005', [], {lead: null, confidence: 'choose', candidates: ['u650102-chengguan', 'u650103004'], reason: /2 个主办单位，不作默认/});
test(asks, '020101', '650102005', ['u650103004'], {lead: 'u650102-chengguan', confidence: 'certain', reason: /已退回的单位不再推荐/});
test(asks, '110202', '650103004', [], {lead: null, confidence: 'none', reason: /尚未确定主办单位/});
test(asks, '040101', '653100', [], {lead: null, confidence: 'none', reason: /没有喀什地区“拖欠工资”的主办单位/});
test(asks, '020101', '650103', ['u650103004'], {lead: 'u650102-chengguan', confidence: 'certain', reason: /按乌鲁木齐市执行/});
test(asks, '050301', '650100', ['u650100-wenlv'], {lead: null, confidence: 'none', candidates: [], reason: /均已退回/});

test('the answer carries both limits with row, version and source', async t => {
  const {service, at, close} = await readOnlyService();
  const {limits} = await service.dispatch({matterCode: '050101', areaCode: '650100', excludeUnitIds: [], at});
  t.like(limits.resolve, {row: 'tourism-complex|normal|resolve', version: shippedVersion('limits'), source: 'requirements/xinjiang-hotline.md §2.1.10', limit: {value: 72, unit: 'hour'}});
  t.is(limits.respond?.text['zh-CN'], '24 小时');
  const raised = await service.dispatch({matterCode: '050101', areaCode: '650100', urgency: 'urgent', excludeUnitIds: [], at});
  t.is(raised.limits.resolve?.text['zh-CN'], '24 小时');
  await close();
});

test('a branch, an unknown or a retired matter and an unknown area are refused', async t => {
  const {service, at, close} = await sampleService();
  const ask = (matterCode: string, areaCode = '650102') => service.dispatch({matterCode, areaCode, excludeUnitIds: [], at});
  await t.throwsAsync(ask('0201'), {code: 'CATALOG_MATTER_NOT_LEAF'});
  await t.throwsAsync(ask('999999'), {code: 'CATALOG_ROW_UNKNOWN'});
  await t.throwsAsync(ask('020101', '999999'), {code: 'CATALOG_ROW_UNKNOWN'});
  await service.publish(await Promise.all(['matters', 'responsibility'].map(name => retiring(name, '020101'))), 'tests');
  await t.throwsAsync(ask('020101'), {code: 'CATALOG_ROW_RETIRED', message: /占道经营/});
  await t.throwsAsync(service.checkRow('matters', '020101', at), {code: 'CATALOG_ROW_RETIRED'});
  t.is((await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', at})).text.en, '3 working days');
  await close();
});

test('retiring a matter that active rows still name is refused', async t => {
  const {service, close} = await sampleService();
  await t.throwsAsync(service.publish([await changedSample('matters', '2026.9.0', csv => csv.replace(/^(020101,.*),active,/m, '$1,retired,'))], 'tests'), {code: 'CATALOG_INVALID'});
  await close();
});

test('every leaf has a lead in the city, except where nobody is named on purpose, and every leaf has both limits', async t => {
  const {service, at, close} = await readOnlyService();
  const units = new Set(readFileSync(`${catalogRoot}organisation/units.csv`, 'utf8').split('\n').map(line => line.split(',')[0]));
  const {choices} = await service.choices('matters', at);
  const leaves = choices.filter(choice => choice.leaf);
  t.true(leaves.length >= 80);
  for (const {key} of leaves) {
    for (const areaCode of ['650100', '650102', '650103', '650104', '650102004003', '650103004001']) {
      const answer = await service.dispatch({matterCode: key, areaCode, excludeUnitIds: [], at});
      t.truthy(answer.leadUnit ?? (key === '110202' && answer.row), `${key} ${areaCode}`);
      t.true([...answer.candidates, ...answer.assistUnits].every(unit => units.has(unit)), `${key} ${areaCode}`);
      t.truthy(answer.limits.respond, key);
      t.truthy(answer.limits.resolve, key);
    }
  }
  await close();
});

test('dispatch names process and form where the catalog says so', async t => {
  const {service, at, close} = await readOnlyService();
  const {handling} = await service.dispatch({matterCode: '020101', areaCode: '650102004', excludeUnitIds: [], at});
  t.deepEqual(handling, {processCode: 'hotline', formCode: 'case', row: '02', version: shippedVersion('matters')});
  await close();
});
