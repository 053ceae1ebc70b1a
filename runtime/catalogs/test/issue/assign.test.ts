import test from 'ava';
import {refusal} from '../life/setup.js';
import {city, county, issueWorld, ref, region} from './setup.js';

const row = (more: Record<string, string>) => ({matterCode: '020101', areaCode: '650102', dutyZh: '占道经营的巡查', dutyEn: 'Looks after stalls', sourceRef: 'own: 区级分工', ...more});

test('A14: items outside the jurisdiction of the receiving unit are filtered by the check, and listed', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  await confirm(city, await given(region, city, 'items'));
  const issue = await given(city, county, 'items');
  t.true((issue.outsideCount ?? 0) > 0);
  const outside = (await issues.rows(county, issue.id, {table: 'items', only: 'outside', limit: 200})).rows;
  t.is(outside.length, issue.outsideCount ?? -1);
  t.true(outside.every(item => item.place === 'outside' && item.area !== null && !item.area.startsWith('650102')));
  await confirm(county, issue);
  const held = (await service.effectiveRows({catalogId: 'items', areaCode: '650102', at, limit: 200})).rows;
  t.true(held.length > 0 && held.every(item => !(item.values['areaCode'] ?? '').startsWith('650103')));
  await close();
});

test('A15: assigning a unit gives it the right to handle at once, and the proposal names it', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  await confirm(city, await given(region, city, 'responsibility'));
  const may = (unitId: string) => service.mayHandle(unitId, '020101', '650102004', at);
  const dispatch = () => service.dispatch({matterCode: '020101', areaCode: '650102004', excludeUnitIds: [], at});
  t.is((await dispatch()).leadUnit, 'u650102-chengguan');
  t.is(await may('u650102-zhujian'), null);
  const leads = (await service.effectiveRows({catalogId: 'responsibility', areaCode: '650102', at, cells: {matterCode: '020101', areaCode: '650102'}, limit: 10})).rows;
  let issue = await given(city, county, 'responsibility');
  for (const lead of leads) issue = await issues.put(county, ref(issue), {table: 'responsibility', key: lead.key, cells: {status: 'retired'}});
  issue = await issues.put(county, ref(issue), {table: 'responsibility', cells: row({leadUnitId: 'u650102-zhujian'})});
  const {dutyZh: _, dutyEn: __, ...assist} = row({assistUnitId: 'u650102-chengguan'});
  issue = await issues.put(county, ref(issue), {table: 'assists', cells: assist});
  await confirm(county, issue);
  t.like(await dispatch(), {leadUnit: 'u650102-zhujian', version: '2026.4.3+650102.1'});
  t.like(await may('u650102-zhujian'), {role: 'lead', row: '020101|650102|u650102-zhujian', version: '2026.4.3+650102.1'});
  t.like(await may('u650102-chengguan'), {role: 'implement'});
  const handling = await service.handling('u650102-zhujian', at);
  t.true(handling.some(right => right.role === 'lead' && right.matterCode === '020101' && right.areaCode === '650102'));
  t.false((await service.handling('u650102-chengguan', at)).some(right => right.role === 'lead' && right.row.startsWith('020101|650102|')));
  await close();
});

test('coverage sees what units made of the rules', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  const gaps = async () => (await service.reports.coverage(at)).findings.filter(finding => finding.matterCode === '020101' && finding.areaCode === '650102').map(finding => finding.kind);
  t.deepEqual(await gaps(), []);
  await confirm(city, await given(region, city, 'responsibility'));
  const issue = await issues.put(county, ref(await given(city, county, 'responsibility')), {table: 'responsibility', cells: row({leadUnitId: 'u650102-zhujian'})});
  await confirm(county, issue);
  t.deepEqual(await gaps(), (await service.dispatch({matterCode: '020101', areaCode: '650102', excludeUnitIds: [], at})).confidence === 'choose' ? ['several'] : []);
  await close();
});

test('an implementation gets its rules, materials and steps from the unit below', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  let issue = await given(region, city, 'implementations');
  const [first] = (await issues.rows(city, issue.id, {table: 'implementations', only: 'all', limit: 1})).rows;
  issue = await issues.put(city, ref(issue), {table: 'implementations', key: first?.key ?? '', cells: {rulesZh: '先到现场，再联系来电人', materialsZh: '照片', flowZh: '巡查 → 劝导 → 查处'}});
  await confirm(city, issue);
  const {cells} = await service.origins('implementations', '650100', first?.key ?? '', at);
  t.like(cells.find(cell => cell.column === 'rulesZh'), {value: '先到现场，再联系来电人', above: null, origin: {kind: 'override', unitId: 'u650100-centre'}});
  await close();
});

test('a row that the level above adds later becomes a question to the unit that had it first', async t => {
  const {issues, given, confirm, publish, close} = await issueWorld();
  const own = row({matterCode: '020102', areaCode: '650100', leadUnitId: 'u650102-zhujian'});
  await confirm(city, await issues.put(city, ref(await given(region, city, 'responsibility')), {table: 'responsibility', cells: own}));
  await publish('responsibility', '2026.9.0', csv => {
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    return `${[head, ...[...lines, '020102,650100,u650102-zhujian,,,,,上级的分工,Above,active,own: 上级'].sort()].join('\n')}\n`;
  });
  const again = await given(region, city, 'responsibility');
  const {rows} = await issues.rows(city, again.id, {table: 'responsibility', only: 'conflicts', limit: 10});
  t.deepEqual(rows.map(each => [each.key, each.kind]), [['020102|650100|u650102-zhujian', 'given']]);
  t.deepEqual(rows[0]?.fields.filter(field => field.conflict).map(field => field.columns), [['dutyZh', 'dutyEn'], ['sourceRef']]);
  await close();
});

test('nobody may handle what nobody knows', async t => {
  const {service, at, close} = await issueWorld();
  t.is(await service.mayHandle('u-nobody', '020101', '650102', at), null);
  t.is(await service.mayHandle('u650102-chengguan', 'no-matter', '650102', at), null);
  t.is(await service.mayHandle('u650102-chengguan', '020101', 'nowhere', at), null);
  t.deepEqual(await service.handling('u-nobody', at), []);
  await close();
});

test('what a row of a layer names does not go out of use above', async t => {
  const {issues, life, given, confirm, close} = await issueWorld();
  const own = row({matterCode: '020102', areaCode: '650100', leadUnitId: 'u650102-zhujian'});
  await confirm(city, await issues.put(city, ref(await given(region, city, 'responsibility')), {table: 'responsibility', cells: own}));
  const change = await life.create(region, {catalogId: 'matters', title: '下架'});
  const refused = await refusal(life.put(region, {changeId: change.id, lockVersion: change.lockVersion}, {op: 'offShelf', key: '020102'}));
  t.true(refused.includes('USED_BY_DATA matters/matters 020102'));
  await close();
});
