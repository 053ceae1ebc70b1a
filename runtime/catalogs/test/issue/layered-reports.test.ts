import test from 'ava';
import type {PastOrder} from '../../src/index.js';
import {changedSample} from '../sample-service.js';
import {city, county, issueWorld, ref, region} from './setup.js';

const order = (id: string, areaCode: string): PastOrder => ({id, number: id, matterCode: '020101', areaCode, attributes: {}, leadUnitId: null});

/** The rules with two more rows: of the district with the layer, and of a prefecture without one. */
function withTrial(csv: string): string {
  const [head = '', ...lines] = csv.trimEnd().split('\n');
  const added = ['020101,650102,u650102-centre,,,,,试,Trial,active,own: 试', '020101,652300,u650000-centre,,,,,试,Trial,active,own: 试'];
  return `${[head, ...[...lines, ...added].sort()].join('\n')}\n`;
}

/** Tianshan (650102) gives stalls to another unit in a layer of its own; a draft of the region gives them, in both districts, to their centres. */
async function layerAndDraft() {
  const world = await issueWorld();
  const {issues, service, given, confirm, at} = world;
  await confirm(city, await given(region, city, 'responsibility'));
  let issue = await given(city, county, 'responsibility');
  const leads = (await service.effectiveRows({catalogId: 'responsibility', areaCode: '650102', at, cells: {matterCode: '020101', areaCode: '650102'}, limit: 10})).rows;
  for (const lead of leads) issue = await issues.put(county, ref(issue), {table: 'responsibility', key: lead.key, cells: {status: 'retired'}});
  issue = await issues.put(county, ref(issue), {table: 'responsibility', cells: {matterCode: '020101', areaCode: '650102', leadUnitId: 'u650102-zhujian', dutyZh: '占道经营的巡查', dutyEn: 'Looks after stalls', sourceRef: 'own: 区级分工'}});
  await confirm(county, issue);
  const draft = await changedSample('responsibility', '2026.9.0', csv => withTrial(csv.split('\n').filter(line => !/^020101,65010[23],/.test(line)).join('\n')));
  return {...world, draft};
}

test('the coverage map of an area with a layer shows what dispatch does there, also while a draft is looked at', async t => {
  const {service, draft, at, close} = await layerAndDraft();
  const place = {matter: '0201', area: '650100'};
  const cell = (map: Awaited<ReturnType<typeof service.reports.map>>, area: string) => {
    const column = map.areas.findIndex(each => each.key === area);
    return {layer: map.areas[column]?.layer, ...map.cells[map.matters.findIndex(each => each.key === '020101')]?.[column]};
  };
  const [now, tried] = [await service.reports.map(at, place), await service.reports.map(at, place, {draft})];
  t.like(cell(now, '650102'), {layer: '2026.4.3+650102.1', kind: 'one', units: ['u650102-zhujian']});
  t.like(cell(tried, '650102'), {layer: '2026.4.3+650102.1', kind: 'one', units: ['u650102-zhujian']});
  t.is(cell(now, '650103').layer, '2026.4.3+650100.1', 'a district without a layer goes by that of the city');
  const dispatched = await service.dispatch({matterCode: '020101', areaCode: '650102', excludeUnitIds: [], at});
  t.is(dispatched.leadUnit, 'u650102-zhujian');
  const elsewhere = await service.reports.map(at, {matter: '0201', area: '652300'}, {draft});
  t.like(cell(elsewhere, '652300'), {layer: null, units: ['u650000-centre']});
  await close();
});

test('coverage of a draft keeps areas with a layer on it, and says so', async t => {
  const {service, draft, at, close} = await layerAndDraft();
  const [now, tried] = [await service.reports.coverage(at), await service.reports.coverage(at, {draft})];
  const inCity = (report: typeof now) => report.findings.filter(finding => finding.areaCode.startsWith('6501')).map(finding => [finding.kind, finding.matterCode, finding.areaCode, finding.layer]);
  t.deepEqual(inCity(tried), inCity(now));
  t.true(inCity(now).every(([, , , layer]) => layer !== null));
  t.true(tried.findings.some(finding => finding.layer === null));
  await close();
});

test('past orders are compared area by area: a draft changes nothing where a layer holds', async t => {
  const {service, draft, at, close} = await layerAndDraft();
  const report = await service.reports.redispatch([order('a', '650102'), order('b', '650103'), order('c', '652300'), order('d', 'gone')], at, {draft});
  t.like(report, {orders: 4, unknown: 1, layered: 2});
  t.deepEqual(report.changed.map(each => [each.order.id, each.after.leadUnit]), [['c', 'u650000-centre']]);
  await close();
});

test('what a draft makes worse is told before it is published, but not where a layer holds', async t => {
  const {service, draft, at, publish, close} = await layerAndDraft();
  await publish('responsibility', '2026.9.0', withTrial);
  const [same, worse] = [await service.reports.change(at, draft), await service.reports.change(at, await changedSample('responsibility', '2026.9.0', csv => csv.split('\n').filter(line => !/^0201/.test(line)).join('\n')))];
  t.like(same, {gaps: 0, overlaps: 0, findings: []});
  t.true((same?.layeredAreas ?? 0) > 0);
  t.true((worse?.gaps ?? 0) > 0);
  t.true(worse?.findings.every(finding => finding.layer === null && finding.matterCode === '020101' && finding.areaCode === '652300'), JSON.stringify(worse?.findings.slice(0, 3)));
  t.is(await service.reports.change(at, await changedSample('natures', '2026.9.0', csv => csv)), null);
  await close();
});
