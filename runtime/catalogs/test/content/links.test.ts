import test from 'ava';
import {author, ref, refusal, sampleLife, sharedLife} from '../life/setup.js';
import {editedSample, publishedFolder} from './setup.js';

const known = (unitId: string): boolean => unitId !== 'u999-nobody';
const leaf = (parentCode: string) => ({op: 'add', cells: {code: '130197', parentCode, titleZh: '下级', titleEn: 'Below', groupCode: 'general', urgencyCode: 'normal', sourceRef: 'own: 试'}}) as const;

test('units that rows name are there: supervisors, leads and rights, from folders', async t => {
  const supervisors = await editedSample('industries', 'supervisors', csv => csv.replace('u650103-shijian', 'u999-nobody'));
  t.deepEqual((await publishedFolder(supervisors, {isUnit: known})).refused, ['UNIT_UNKNOWN industries/data/supervisors.csv:2 unitId']);
  const rights = await editedSample('rights', 'rights', csv => csv.replace('u650102-chengguan,inspection', 'u650102-chengguan,nothing'));
  t.deepEqual((await publishedFolder(rights, {isUnit: known})).refused, ['FILE_REFERENCE_UNKNOWN rights/data/rights.csv:2 kind']);
});

test('a unit that is not there is refused when its row is put; a row that names it already may change otherwise', async t => {
  const {put, draft, references, close} = await sampleLife();
  t.teardown(close);
  const change = await draft('industries');
  references.isUnit = known;
  const row = {table: 'supervisors', op: 'modify', key: 'F|650103'} as const;
  t.deepEqual(await refusal(put(change, {...row, cells: {unitId: 'u999-nobody'}})), ['CONTENT_UNIT_UNKNOWN industries/supervisors F|650103 unitId']);
  references.isUnit = unitId => unitId !== 'u650103-shijian';
  t.is((await put(change, {...row, cells: {sourceRef: 'own: 试'}})).state, 'editing');
});

test('elements that are shown when each other is filled are refused when the set is handed in', async t => {
  const {life, draft, close} = await sharedLife();
  t.teardown(close);
  const back = {table: 'dependencies', op: 'add', cells: {elementCode: 'fraud-channel', otherCode: 'loss', kind: 'shown-when', messageZh: '试', sourceRef: 'own: 试'}} as const;
  const change = await draft('elements', back);
  t.deepEqual([...await refusal(life.submit(author, ref(change)))].sort(), ['CONTENT_ELEMENT_CIRCLE elements/dependencies fraud-channel|loss|shown-when otherCode', 'CONTENT_ELEMENT_CIRCLE elements/dependencies loss|fraud-channel|shown-when otherCode']);
  const folder = await editedSample('elements', 'dependencies', csv => csv.replace('licence-number,subject-name,requires', 'fraud-channel,loss,shown-when,,试,,active,own: 试\nlicence-number,subject-name,requires'));
  t.deepEqual((await publishedFolder(folder)).refused, ['ELEMENT_CIRCLE elements/data/dependencies.csv:6 otherCode', 'ELEMENT_CIRCLE elements/data/dependencies.csv:8 otherCode']);
});

test('a leaf with rules, natures or open orders gets nothing below it; one on which nothing hangs does', async t => {
  const {put, draft, uses, close} = await sampleLife();
  t.teardown(close);
  const change = await draft('matters');
  t.deepEqual(await refusal(put(change, leaf('130101'))), ['LEAF_IN_USE matters/matters 130197 parentCode']);
  const fresh = await put(change, {op: 'add', cells: {...leaf('1301').cells, code: '130198', titleZh: '试设'}});
  t.is((await put(fresh, {op: 'add', cells: {...leaf('130198').cells, titleZh: '试设下级'}})).state, 'editing', 'a leaf of the same set');
  uses.push({key: '130101', kind: 'process', examples: ['20260302-0001'], count: 1});
  const held = await refusal(put(await draft('matters'), leaf('130101')));
  t.deepEqual(held, ['LEAF_IN_USE matters/matters 130197 parentCode', 'LEAF_HELD matters/matters 130197 parentCode']);
});

test('areas are no leaves that are chosen: one with rules gets areas below it', async t => {
  const {put, draft, close} = await sharedLife();
  t.teardown(close);
  const area = {code: '659099', parentCode: '659000', titleZh: '试设市', titleEn: 'Trial', level: '3', sourceRef: 'own: 试'};
  t.is((await put(await draft('areas'), {op: 'add', cells: area})).state, 'editing');
});
