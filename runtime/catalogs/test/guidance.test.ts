import test from 'ava';
import {changedSample, readOnlyService, retiring, sampleService} from './sample-service.js';

const street = '650102004';

test('items of a matter stand with their closing standard, basis, limit, and the part of each unit, the lead first', async t => {
  const {service, at, close} = await readOnlyService();
  const {items} = await service.guidance({matterCode: '020101', areaCode: street, at});
  t.deepEqual(items.map(({row, unitId, limit, closingBasis, version, catalogId}) => [row, unitId, limit, closingBasis, version === '', catalogId]), [
    ['sx-020101-01', 'u650102-chengguan', {'zh-CN': '3 个工作日', en: '3 working days'}, '《城市市容和环境卫生管理条例》（国务院令第101号）', false, 'items'],
  ]);
  t.is(items[0]?.closingStandard, '劝离并规范摆放，三日内复查无反弹');
  t.deepEqual(items[0]?.parts.map(({role, unitId}) => [role, unitId]), [['lead', 'u650102-chengguan'], ['assist', 'u650102004']]);
  t.deepEqual(items[0]?.parts.map(({title}) => title?.['zh-CN']), ['天山区占道经营处理', '解放南路街道协助占道经营处理'], '实施名称');
  t.regex(items[0]?.parts[0]?.flow ?? '', /^巡查 → 劝导/);
  await close();
});

test('an item tells its materials with how they come and what is looked at in them, those always wanted first', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const of = async (matterCode: string, areaCode: string) => (await service.guidance({matterCode, areaCode, at})).items[0];
  const wages = await of('040101', '650102');
  t.deepEqual(wages?.materials.map(({row, need, scenario}) => [row, need, scenario]), [['attendance-record', 'ifAvailable', null], ['labour-contract', 'ifAvailable', null], ['wage-record', 'ifAvailable', null], ['labour-proof', 'scenario', '没有书面劳动合同的']]);
  t.deepEqual(wages?.materials[2]?.points.map(({step, mode, title}) => [step, mode, title['zh-CN']]), [['acceptance', 'manual', '欠薪期间']]);
  const subsidy = await of('040301', '650102');
  const licence = subsidy?.materials.find(({row}) => row === 'business-licence');
  t.deepEqual([licence?.need, licence?.submission, licence?.licenceType, licence?.spared], ['always', 'shared', '营业执照', ['sharing']]);
  t.deepEqual(licence?.points.map(({step, mode}) => [step, mode]), [['online', 'automatic'], ['acceptance', 'manual']]);
  t.is(licence?.catalogId, 'materials');
  await service.publish([await retiring('items', 'sx-040301-01,labour-contract')], 'tests');
  t.deepEqual((await of('040301', '650102'))?.materials.map(({row}) => row), ['business-licence']);
});

test('what an item says besides its materials stands beside them, and nothing where it says nothing', async t => {
  const {service, at, close} = await readOnlyService();
  const notes = await Promise.all(['020301', '020303'].map(async matterCode => (await service.guidance({matterCode, areaCode: '650102', at})).items[0]));
  t.deepEqual(notes.map(item => [item?.materialsNote, item?.materials.map(({row}) => row)]), [['设施编号', ['site-photo']], [null, ['site-photo']]]);
  await close();
});

test('an implementation without a name of its own has none', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  await service.publish([await changedSample('implementations', '2026.9.0', csv => csv.replace(/^(ss-020101-cg),[^,]*,("[^"]*"|[^,]*),/m, '$1,,,'))], 'tests');
  const {items} = await service.guidance({matterCode: '020101', areaCode: street, at});
  t.deepEqual(items[0]?.parts.map(({title}) => title === null), [true, false]);
});

test('duties and rights are those of the units at hand, for the matter or a branch above it, the nearest first', async t => {
  const {service, at, close} = await readOnlyService();
  const all = await service.guidance({matterCode: '020101', areaCode: street, at});
  t.true(all.duties.some(({row, boundary}) => row === 'zr-cg-0201' && boundary.startsWith('占道经营')));
  const night = await service.guidance({matterCode: '020201', areaCode: street, at});
  t.deepEqual(night.rights.map(({row, kind}) => [row, kind['zh-CN']]), [['ql-cg-penalty-03', '行政处罚']]);
  t.true([...all.duties, ...night.rights].every(({unitId}) => unitId.startsWith('u650102')));
  const own = await service.guidance({matterCode: '020101', areaCode: street, unitIds: ['u650102-zhujian'], at});
  t.deepEqual(own.items, all.items);
  t.true(own.duties.every(({unitId}) => ['u650102-zhujian', 'u650102-chengguan', 'u650102004'].includes(unitId)));
  await close();
});

test('the standards of the units at hand stand beside them, in the order of the list, and go with their row', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const of = async (unitIds: readonly string[]) => (await service.guidance({matterCode: '020101', areaCode: street, unitIds, at})).standards;
  const found = await of(['u650102-chengguan']);
  t.deepEqual(found.map(({unitId, title, basis, version, catalogId}) => [unitId, title['zh-CN'], basis, version === '', catalogId]), [
    ['u650102-chengguan', '天山区城市管理局权责标准', null, false, 'unit-standards'], ['u650102004', '解放南路街道办事处权责标准', null, false, 'unit-standards'],
  ], 'the unit that has the order, and those with a part in the item');
  t.regex(found[0]?.remark ?? '', /^职责见责任清单/);
  t.true((await of(['u650102-zhujian'])).some(({unitId}) => unitId === 'u650102-zhujian'));
  await service.publish([await retiring('unit-standards', 'qz-u650102004')], 'tests');
  t.deepEqual((await of(['u650102-chengguan'])).map(({unitId}) => unitId), ['u650102-chengguan']);
});

test('an item of another area, an unknown matter and an unknown area give nothing', async t => {
  const {service, at, close} = await readOnlyService();
  t.deepEqual((await service.guidance({matterCode: '020101', areaCode: '650103', unitIds: [], at})).items, []);
  t.deepEqual(await service.guidance({matterCode: '999999', areaCode: street, at}), {items: [], duties: [], rights: [], standards: []});
  t.deepEqual(await service.guidance({matterCode: '020101', areaCode: 'nowhere', unitIds: [], at}), {items: [], duties: [], rights: [], standards: []});
  await close();
});

test('a new version of the list speaks from its day on, a retired row is silent', async t => {
  const {service, at, clock, close} = await sampleService();
  await service.publish([await retiring('items', 'sx-020101-01')], 'tests');
  t.deepEqual((await service.guidance({matterCode: '020101', areaCode: street, at: clock.now()})).items, []);
  t.deepEqual((await service.guidance({matterCode: '020103', areaCode: street, at})).items.length, 1);
  await close();
});
