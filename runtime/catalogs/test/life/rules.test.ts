import test from 'ava';
import {author, ref, refusal, sampleLife, sharedLife} from './setup.js';

const item = {code: 'sx-010101-90', titleZh: '试验事项', titleEn: 'Trial', unitId: 'u650103-shijian', areaCode: '650103', limitValue: '5', limitUnit: 'workingDay', closingStandardZh: '办结', acceptanceZh: '受理', materialsZh: '材料', sourceRef: 'own: 试验'};

test('A2: level, parent and code of an effective node are refused, name and state are not', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('areas', {op: 'modify', key: '650103', cells: {titleEn: 'Shayibake'}});
  t.deepEqual(await refusal(put(change, {op: 'modify', key: '650104', cells: {level: '4'}})), ['FIXED areas/areas 650104 level']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: '650104', cells: {parentCode: '650200'}})), ['FIXED areas/areas 650104 parentCode']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: '650104', cells: {code: '650199'}})), ['FIXED areas/areas 650104 code']);
  t.is((await put(change, {op: 'offShelf', key: '652924'})).state, 'editing');
  await close();
});

test('A5: an item hangs on a leaf directory that is in use', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('items', {op: 'add', cells: {...item, matterCode: '010101'}});
  t.deepEqual(await refusal(put(change, {op: 'add', cells: {...item, code: 'sx-010101-91', matterCode: '0101'}})).then(list => list.filter(line => line.startsWith('NOT_LEAF'))), ['NOT_LEAF items/items sx-010101-91 matterCode']);
  t.deepEqual(await refusal(put(change, {op: 'add', cells: {...item, code: 'sx-010101-91', matterCode: '999999'}})), ['NOT_LEAF items/items sx-010101-91 matterCode']);
  await close();
});

test('A5: a leaf on which items hang gets no directory below it', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('matters');
  t.true((await refusal(put(change, {op: 'add', cells: {code: '01010101', parentCode: '010101', titleZh: '下级', titleEn: 'Below', groupCode: 'general', urgencyCode: 'normal', sourceRef: 'own:'}}))).includes('LEAF_IN_USE matters/matters 01010101 parentCode'));
  await close();
});

test('A6: an item cannot be put in a second directory', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('items');
  t.deepEqual(await refusal(put(change, {op: 'add', cells: {...item, code: 'sx-010101-01', matterCode: '010102'}})), ['ROW_EXISTS items/items sx-010101-01']);
  await close();
});

test('A7: code and directory of an item never change, its other fields do', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('items', {op: 'modify', key: 'sx-010101-01', cells: {titleZh: '商品质量投诉', unitId: 'u650102-centre'}});
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'sx-010101-01', cells: {matterCode: '010102'}})), ['FIXED items/items sx-010101-01 matterCode']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'sx-010101-01', cells: {code: 'sx-010101-77'}})), ['FIXED items/items sx-010101-01 code']);
  await close();
});

test('A8: a question is not filed as a complaint, not even by moving it', async t => {
  const {life, put, draft, close} = await sharedLife();
  const [last] = (await life.timeline('matter-natures', {limit: 1})).entries;
  const link = (await life.versionRows('matter-natures', last?.version ?? '')).rows.find(row => row['categoryCode'] === 'consultation-policy');
  const matterCode = link?.['matterCode'] ?? '';
  const change = await draft('matter-natures', {op: 'offShelf', key: `${matterCode}|consultation-policy`});
  const filed = {op: 'add', cells: {matterCode, sourceRef: 'own: 试验'}} as const;
  t.deepEqual(await refusal(put(change, {...filed, cells: {...filed.cells, categoryCode: 'complaint-service'}})), [`NATURE_CONFLICT matter-natures/matter-natures ${matterCode}|complaint-service categoryCode`]);
  t.is((await put(change, {...filed, cells: {...filed.cells, categoryCode: 'consultation-tourism'}})).state, 'editing');
  await close();
});

test('A9: a category that matters are filed in does not go, neither off the shelf nor for good', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('matter-natures');
  for (const op of ['offShelf', 'void'] as const) t.true((await refusal(put(change, {table: 'categories', op, key: 'consultation-policy'}))).includes('USED_BY_ROW matter-natures/categories consultation-policy'), op);
  t.true((await refusal(put(change, {table: 'categories', op: 'void', key: 'consultation'}))).includes('USED_BY_ROW matter-natures/categories consultation'));
  const unused = {code: 'consultation-trial', parentCode: 'consultation', natureCode: 'consultation', titleZh: '试验类', titleEn: 'Trial', descriptionZh: '试验', sourceRef: 'own: 试验'};
  t.is((await put(change, {table: 'categories', op: 'add', cells: unused})).state, 'editing');
  await close();
});

test('A9: a directory with items or directories below it does not go', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('matters');
  const report = await refusal(put(change, {op: 'void', key: '010101'}));
  t.true(report.length >= 3);
  t.true(report.every(line => line === 'USED_BY_ROW matters/matters 010101'));
  t.true((await refusal(put(change, {op: 'offShelf', key: '0101'}))).includes('USED_BY_ROW matters/matters 0101'));
  await close();
});

test('A11: an item with orders, processes or other data is not voided, but can go off the shelf and keeps its history', async t => {
  const {life, uses, put, draft, approved, pass, publish, service, clock, close} = await sampleLife();
  const key = 'sx-010101-90';
  await publish(await approved('items', {op: 'add', cells: {...item, matterCode: '010101'}}));
  uses.push({key, kind: 'order', count: 2, examples: ['WZ-1', 'WZ-2']}, {key, kind: 'process', count: 1, examples: ['热线']}, {key, kind: 'data', count: 1, examples: ['知识']});
  const change = await draft('items');
  t.deepEqual(await refusal(put(change, {op: 'void', key})), ['USED_BY_ORDER items/items sx-010101-90', 'USED_BY_PROCESS items/items sx-010101-90', 'USED_BY_DATA items/items sx-010101-90']);
  await life.delete(author, ref(await put(change, {op: 'offShelf', key})));
  uses.length = 0;
  const voiding = await pass(await draft('items', {op: 'void', key}));
  uses.push({key, kind: 'order', count: 1, examples: ['WZ-3']});
  t.deepEqual(await refusal(publish(voiding)), ['USED_BY_ORDER items/items sx-010101-90']);
  uses.length = 0;
  await publish(voiding);
  t.is((await life.rows({catalogId: 'items', filter: {code: key, state: 'void'}, limit: 5})).rows.length, 1);
  await t.throwsAsync(service.checkRow('items', key, clock.now()), {code: 'CATALOG_ROW_RETIRED'});
  t.is((await service.row('items', key, clock.now())).title['zh-CN'], '试验事项');
  await close();
});

test('A11: a row of any table that open cases stand on is not voided; the report says how many and names the first', async t => {
  const {stands, askedRows, put, draft, life, close} = await sampleLife();
  const key = 'xinjiang|2026-03-20';
  stands.push({key: 'city|normal|resolve', kind: 'process', count: 7, examples: ['N1', 'N2', 'N3', 'N4', 'N5']}, {key: 'enterprise-appeal|association', kind: 'process', count: 1, examples: ['N6']});
  const limits = await draft('limits');
  t.deepEqual(await refusal(put(limits, {op: 'void', key: 'city|normal|resolve'})), ['USED_BY_PROCESS limits/limits city|normal|resolve']);
  const error = await t.throwsAsync(put(limits, {op: 'void', key: 'city|normal|resolve'}));
  t.regex(JSON.stringify((error as {problems?: unknown}).problems), /7.*N1.*N5/);
  await life.delete(author, ref(await put(limits, {op: 'offShelf', key: 'city|normal|resolve'})));
  t.deepEqual(await refusal(put(await draft('elements'), {op: 'void', table: 'options', key: 'enterprise-appeal|association'})), ['USED_BY_PROCESS elements/options enterprise-appeal|association']);
  await put(await draft('calendars'), {op: 'void', table: 'days', key});
  t.like(askedRows.findLast(asked => asked.table === 'days'), {catalogId: 'calendars', rows: [{key, areaCode: '650000'}]});
  await close();
});

test('A16: the type of an element does not change against linked elements or its own options', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('elements');
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'loss', cells: {type: 'text'}})), ['ELEMENT_TYPE elements/elements loss type']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'stranded', cells: {type: 'text'}})), ['ELEMENT_TYPE elements/elements stranded type']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'enterprise-appeal', cells: {type: 'text'}})), ['ELEMENT_TYPE elements/elements enterprise-appeal type']);
  t.deepEqual(await refusal(put(change, {op: 'add', table: 'dependencies', cells: {elementCode: 'amount', otherCode: 'area', kind: 'same-type', messageZh: '试验', sourceRef: 'own:'}})), ['ELEMENT_TYPE elements/dependencies amount|area|same-type elementCode']);
  t.is((await put(change, {op: 'modify', key: 'school', cells: {type: 'longText'}})).state, 'editing');
  await close();
});

test('the rule of an element is a pattern that forms can check, or there is none', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('elements');
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'school', cells: {rule: '^[A-Z'}})), ['ELEMENT_RULE elements/elements school rule']);
  t.is((await put(change, {op: 'modify', key: 'school', cells: {rule: '^[A-Z]+$'}})).state, 'editing');
  await close();
});

test('a reference that publishing would refuse is refused at submission, at its row', async t => {
  const {life, draft, close} = await sharedLife();
  const change = await draft('items', {op: 'modify', key: 'sx-010101-01', cells: {areaCode: '659999'}});
  t.deepEqual(await refusal(life.submit(author, ref(change))), ['FILE_REFERENCE_UNKNOWN items/items sx-010101-01 areaCode']);
  await close();
});

test('directories that would lie below each other in a circle are refused at submission', async t => {
  const {life, draft, close} = await sharedLife();
  const node = (code: string, parentCode: string) => ({op: 'add', cells: {code, parentCode, titleZh: '环', titleEn: 'Circle', sourceRef: 'own:'}}) as const;
  const change = await draft('matters', node('9901', '9902'), node('9902', '9901'));
  t.deepEqual(await refusal(life.submit(author, ref(change))), ['FILE_PARENT_UNKNOWN matters/matters 9901 parentCode', 'FILE_PARENT_UNKNOWN matters/matters 9902 parentCode']);
  await close();
});

test('an element that a layout hides becomes required by no row, neither when it is written nor when it is published', async t => {
  const {draft, put, approved, publish, hidden, close} = await sampleLife();
  hidden.push({code: 'amount', layout: 'hotline/forms/layouts/hami.layout.json'});
  const change = await draft('elements');
  t.deepEqual(await refusal(put(change, {op: 'modify', table: 'uses', key: '0101|amount', cells: {required: 'yes'}})), ['ELEMENT_HIDDEN elements/uses 0101|amount required']);
  t.deepEqual(await refusal(put(change, {op: 'add', table: 'dependencies', cells: {elementCode: 'shop-name', otherCode: 'amount', kind: 'requires', messageZh: '试验', sourceRef: 'own:'}})), ['ELEMENT_HIDDEN elements/dependencies shop-name|amount|requires otherCode']);
  await t.notThrowsAsync(put(change, {op: 'modify', table: 'uses', key: '0101|amount', cells: {position: '41'}}));
  const passed = await approved('elements', {op: 'modify', table: 'uses', key: '0101|brand-model', cells: {required: 'yes'}});
  hidden.push({code: 'brand-model', layout: 'hotline/forms/layouts/hami.layout.json'});
  t.deepEqual(await refusal(publish(passed)), ['ELEMENT_HIDDEN elements/uses 0101|brand-model required']);
  await close();
});
