import test from 'ava';
import type {CatalogSource} from '../src/index.js';
import {author, sampleLife} from './life/setup.js';
import {changedSample} from './sample-service.js';

/** Puts rows into the main table, before the first row that sorts after them. */
function withRows(name: string, version: string, rows: readonly string[]): Promise<CatalogSource> {
  return changedSample(name, version, csv => {
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    return `${[head, ...[...lines, ...rows].sort((a, b) => (a < b ? -1 : 1))].join('\n')}\n`;
  });
}

/** The sample directory with a fourth and a fifth level below a new branch of the third. */
async function deepLife() {
  const parts = await sampleLife();
  await parts.service.publish([
    await withRows('matters', '2026.9.0', [
      '130198,1301,燃气器具,Gas appliances,,,,active,own: 试', '13019801,130198,灶具,Stoves,,,,active,own: 试',
      '1301980101,13019801,灶具打不着火,A stove does not light,general,urgent,,active,own: 试', '13019802,130198,燃气报警器误报,An alarm rings for nothing,consult,normal,,active,own: 试',
    ]),
    await withRows('responsibility', '2026.9.0', ['13019801,650102,u650102-zhujian,,,,,灶具故障的处理,Deals with stoves,active,own: 试']),
    await withRows('items', '2026.9.0', ['sx-1301980101-01,1301980101,灶具故障处理,Handling: stoves,u650102-zhujian,650102,1,workingDay,修复,,在本区,照片,active,own: 试']),
  ], 'tests');
  return parts;
}

test('matters of the fourth and fifth level are dispatched by the nearest branch, with the limits of their own group', async t => {
  const {service, at, close} = await deepLife();
  t.teardown(close);
  const ask = (matterCode: string, urgency?: string) => service.dispatch({matterCode, areaCode: '650102004', excludeUnitIds: [], at, ...(urgency === undefined ? {} : {urgency})});
  const fifth = await ask('1301980101');
  t.like(fifth, {leadUnit: 'u650102-zhujian', row: '13019801|650102|u650102-zhujian', confidence: 'certain'});
  t.is(fifth.limits.resolve?.row, 'general|urgent|resolve', 'by the urgency of the matter');
  const fourth = await ask('13019802');
  t.is(fourth.leadUnit, 'u650102-centre', 'by the branch of the first level');
  t.is(fourth.limits.resolve?.row, 'consult|normal|resolve');
  await t.throwsAsync(ask('13019801'), {code: 'CATALOG_MATTER_NOT_LEAF'});
  t.like((await service.guidance({matterCode: '1301980101', areaCode: '650102004', at})).items[0], {row: 'sx-1301980101-01'});
});

test('they are found by words and by code, with the whole way to them', async t => {
  const {service, at, close} = await deepLife();
  t.teardown(close);
  const [byWords] = await service.searchMatters('灶具打不着火', at, 5);
  t.is(byWords?.choice.key, '1301980101');
  t.is(byWords?.choice.path.length, 4);
  t.deepEqual(byWords?.choice.path.slice(-2), ['燃气器具', '灶具']);
  t.deepEqual((await service.searchMatters('130198', at, 5)).map(match => match.choice.key).sort(), ['1301980101', '13019802']);
});

test('the tree of the catalog page opens down to the fifth level, and a sixth is refused', async t => {
  const {life, put, draft, close} = await deepLife();
  t.teardown(close);
  const below = async (parent: string) => (await life.tree({catalogId: 'matters', parent})).map(node => [node.key, node.children, node.below]);
  t.deepEqual(await below('130198'), [['13019801', 1, 1], ['13019802', 0, 0]]);
  t.deepEqual(await below('13019801'), [['1301980101', 0, 0]]);
  const {rows} = await life.rows({catalogId: 'matters', filter: {code: '1301980101'}, limit: 5});
  t.is(rows[0]?.level, 5);
  const change = await draft('matters', {op: 'modify', key: '1301980101', cells: {titleEn: 'A stove does not burn'}});
  t.truthy((await life.check(author, change.id)).version);
  await t.throwsAsync(put(change, {op: 'add', cells: {code: '130198010101', parentCode: '1301980101', titleZh: '六级', titleEn: 'Six', groupCode: 'general', urgencyCode: 'normal', sourceRef: 'own: 试'}}), {code: 'CATALOG_CHANGE_REFUSED'});
});
