import test from 'ava';
import {writeSheet} from '../../src/excel/write-sheet.js';
import {createCatalogLife, type LifeActor, type RowInput} from '../../src/index.js';
import {changedSample, sampleService, shippedVersion} from '../sample-service.js';
import {refusal} from './setup.js';

const [own, below, foreign] = ['u650102-chengguan', 'u650102-chengguan-team', 'u650102-zhujian'] as const;
const keeper = person('keeper', own);
const colleague = person('colleague', own);
const centre = person('centre', 'u650000-centre');
const stranger = person('stranger', 'u650100-wenlv');

function person(personId: string, unitId: string): LifeActor {
  return {personId, personName: personId, unitId, roles: [], requestId: 'r', address: ''};
}

/** The centre may do everything; a department what concerns its unit, or one below it. */
async function departments() {
  const parts = await sampleService();
  const life = createCatalogLife({
    store: parts.store, clock: parts.clock, audit: {record: async () => undefined}, references: {uses: async () => []}, onPublished: async () => undefined,
    unitArea: unitId => /^u(\d{6})/.exec(unitId)?.[1] ?? null,
    rights: {may: (actor, permission, unitId) => actor.unitId === 'u650000-centre' || ((permission === 'catalogs.edit' || permission === 'catalogs.read') && (unitId === actor.unitId || unitId.startsWith(`${actor.unitId}-`)))},
  });
  const {rows} = await life.rows({actor: keeper, catalogId: 'items', filter: {}, limit: 500});
  const keyOf = (unit: string): string => rows.find(row => row.values['unitId'] === unit)?.key ?? '';
  return {...parts, life, rows, mine: keyOf(own), theirs: keyOf(foreign)};
}

const modify = (key: string, cells: Readonly<Record<string, string>> = {materialsZh: '现场照片'}): RowInput => ({op: 'modify', key, cells});

test('a department writes changes of the items it maintains, sends them to review, and nobody else’s', async t => {
  const {life, rows, mine, theirs, close} = await departments();
  t.is(await life.editScope(keeper, 'items'), 'own');
  t.is(await life.editScope(keeper, 'matters'), 'none');
  t.is(await life.editScope(centre, 'items'), 'all');
  t.true(rows.some(row => row.mayEdit) && rows.every(row => row.mayEdit === (row.values['unitId'] === own)));
  t.true((await life.rows({catalogId: 'items', filter: {}, limit: 5})).rows.every(row => !row.mayEdit));
  const set = await life.create(keeper, {catalogId: 'items', title: '城管事项', rows: [modify(mine)]});
  const ref = {changeId: set.id, lockVersion: set.lockVersion};
  t.deepEqual(await refusal(life.create(keeper, {catalogId: 'items', title: '越界', rows: [modify(mine), modify(theirs)]})), ['CATALOG_CHANGE_ROW_NOT_YOURS']);
  for (const work of [() => life.put(keeper, ref, modify(theirs)), () => life.putMany(keeper, ref, [modify(theirs)]), () => life.put(keeper, ref, {op: 'offShelf', key: theirs})]) t.deepEqual(await refusal(work()), ['CATALOG_CHANGE_ROW_NOT_YOURS']);
  t.deepEqual(await refusal(life.put(keeper, ref, modify(mine, {unitId: foreign}))), ['CATALOG_CHANGE_ROW_NOT_YOURS'], 'a row is not handed to others');
  t.deepEqual(await refusal(life.create(keeper, {catalogId: 'matters', title: '目录'})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual((await life.preview(keeper, {catalogId: 'items', rows: [modify(theirs)]})).problems.map(problem => problem.code), ['CATALOG_CHANGE_ROW_NOT_YOURS']);
  const put = await life.put(keeper, ref, modify(mine, {acceptanceZh: '能说明地点'}));
  t.is((await life.submit(keeper, {changeId: put.id, lockVersion: put.lockVersion})).state, 'inReview');
  await close();
});

test('a row of a unit below is the department’s, too; columns, going back and publishing stay with the owner', async t => {
  const {life, mine, close} = await departments();
  const set = await life.create(keeper, {catalogId: 'items', title: '城管事项', rows: [modify(mine, {unitId: below})]});
  const ref = {changeId: set.id, lockVersion: set.lockVersion};
  t.deepEqual(await refusal(life.put(keeper, ref, {table: '.fields', op: 'add', cells: {table: 'items', column: 'note', titleZh: '备注', titleEn: 'Note', type: 'text'}})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.rollBack(keeper, {catalogId: 'items', version: shippedVersion('items'), title: '回退'})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.publish(keeper, {...ref, effectiveFrom: '2026-03-02'})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.delete(stranger, ref)), ['CATALOG_CHANGE_NOT_YOURS']);
  await life.delete(keeper, ref);
  await close();
});

test('sets of other units are read by every department and written by none but theirs', async t => {
  const {life, mine, theirs, close} = await departments();
  const set = await life.create(keeper, {catalogId: 'items', title: '城管事项', rows: [modify(mine)]});
  const ofCentre = await life.create(centre, {catalogId: 'items', title: '中心变更', rows: [modify(theirs)]});
  t.is((await life.changes(stranger, {catalogId: 'items', limit: 5})).length, 2);
  t.is((await life.open(stranger, set.id)).change.title, '城管事项');
  for (const [actor, change] of [[stranger, set], [keeper, ofCentre]] as const) {
    const ref = {changeId: change.id, lockVersion: change.lockVersion};
    for (const work of [() => life.put(actor, ref, modify(mine)), () => life.submit(actor, ref), () => life.revoke(actor, ref)]) t.deepEqual(await refusal(work()), ['CATALOG_CHANGE_SET_NOT_YOURS']);
  }
  const mixed = await life.put(centre, {changeId: set.id, lockVersion: set.lockVersion}, modify(theirs));
  t.deepEqual(await refusal(life.remove(keeper, {changeId: set.id, lockVersion: mixed.lockVersion}, {table: 'items', key: theirs})), ['CATALOG_CHANGE_ROW_NOT_YOURS']);
  t.is((await life.revoke(colleague, {changeId: set.id, lockVersion: mixed.lockVersion})).state, 'revoked');
  await close();
});

test('a workbook with a row of another department is refused whole', async t => {
  const {life, mine, theirs, close} = await departments();
  const bytes = async (...keys: readonly string[]) => writeSheet('items', ['code', 'materialsZh'], keys.map(code => ({code, materialsZh: '现场照片'})), new Map());
  t.deepEqual(await refusal(life.importExcel(keeper, {catalogId: 'items', title: '导入', bytes: await bytes(mine, theirs)})), ['CATALOG_CHANGE_ROW_NOT_YOURS']);
  t.is((await life.importExcel(keeper, {catalogId: 'items', title: '导入', bytes: await bytes(mine)})).state, 'editing');
  await close();
});

test('a district registers and changes enterprises of its own place only; the owner is not bound', async t => {
  const {life, close} = await departments();
  const district = person('district', 'u650102-centre');
  const shop: RowInput = {op: 'add', cells: {code: 'qy-9001', titleZh: '巷口修鞋铺', titleEn: 'Shoe Repairs', areaCode: '650102004003', unitId: 'u650102-centre', ownership: 'individual', industryCode: '52', size: 'micro', serviceLevel: 'ordinary', serviceStatus: 'active', status: 'active', sourceRef: 'own: 基层登记'}};
  const elsewhere: RowInput = {...shop, cells: {...shop.cells, areaCode: '650103'}};
  const set = await life.create(district, {catalogId: 'enterprises', title: '新增企业', rows: [shop]});
  let ref = {changeId: set.id, lockVersion: set.lockVersion};
  const outside = ['CATALOG_CHANGE_ROW_OUTSIDE'];
  t.deepEqual(await refusal(life.create(district, {catalogId: 'enterprises', title: '越界', rows: [elsewhere]})), outside);
  for (const work of [() => life.put(district, ref, elsewhere), () => life.putMany(district, ref, [{op: 'modify', key: 'qy-0001', cells: {areaCode: '650100'}}])]) t.deepEqual(await refusal(work()), outside);
  t.deepEqual((await life.preview(district, {catalogId: 'enterprises', rows: [elsewhere]})).problems.map(problem => problem.code), outside);
  t.deepEqual(await refusal(life.put(district, ref, {op: 'modify', key: 'qy-0003', cells: {size: 'small'}})), ['CATALOG_CHANGE_ROW_NOT_YOURS'], 'the row of another district');
  const put = await life.put(district, ref, {op: 'modify', key: 'qy-0001', cells: {serviceStatus: 'stopped'}});
  ref = {...ref, lockVersion: put.lockVersion};
  t.is((await life.put(district, ref, {op: 'offShelf', key: 'qy-0002'})).state, 'editing');
  t.is((await life.create(centre, {catalogId: 'enterprises', title: '中心登记', rows: [elsewhere]})).state, 'editing');
  await close();
});

test('a row that lies outside already may be changed where it is, and a workbook cannot move one out', async t => {
  const {life, service, close} = await departments();
  const region = person('north', 'u650200-centre');
  await service.publish([await changedSample('enterprises', '2026.9.0', csv => csv.replaceAll(/^(qy-001[23],.*),u650000-centre,/gm, `$1,${region.unitId},`))], 'tests');
  t.is((await life.create(region, {catalogId: 'enterprises', title: '停业', rows: [modify('qy-0013', {serviceStatus: 'stopped'})]})).state, 'editing');
  const bytes = await writeSheet('enterprises', ['code', 'areaCode'], [{code: 'qy-0012', areaCode: '650102'}], new Map());
  t.deepEqual(await refusal(life.importExcel(region, {catalogId: 'enterprises', title: '导入', bytes})), ['CATALOG_CHANGE_ROW_OUTSIDE']);
  await close();
});
