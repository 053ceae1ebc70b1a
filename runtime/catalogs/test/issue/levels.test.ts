import test from 'ava';
import {createCatalogService} from '../../src/index.js';
import {refusal} from '../life/setup.js';
import {city, county, issueWorld, normal, ref, region, shorter, town, village} from './setup.js';

test('each of five levels passes on what it has, tightens it, and every cell tells where it comes from', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  const steps = [[region, city, '2'], [city, county, '20'], [county, town, '16'], [town, village, '8']] as const;
  for (const [from, to, value] of steps) {
    const cells = {value, ...(value === '2' ? {} : {unit: 'hour'}), ...(to === city ? {sourceRef: 'own: 市级文件'} : {})};
    await confirm(to, await issues.put(to, ref(await given(from, to)), {table: 'limits', key: normal, cells}));
  }
  const limit = async (areaCode: string) => (await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode, at}));
  t.deepEqual(await Promise.all(['650102004003', '650102004', '650102', '650103', '650200'].map(async area => [(await limit(area)).limit.value, (await limit(area)).version])), [
    [8, '2026.3.4+650102004003.1'], [16, '2026.3.4+650102004.1'], [20, '2026.3.4+650102.1'], [2, '2026.3.4+650100.1'], [3, '2026.3.4'],
  ]);
  const {cells, version} = await service.origins('limits', '650102004', normal, at);
  t.is(version, '2026.3.4+650102004.1');
  const origin = (column: string) => cells.find(cell => cell.column === column);
  t.like(origin('value'), {value: '16', above: '20', origin: {kind: 'override', unitId: 'u650102004', version: '2026.3.4+650102004.1'}});
  t.like(origin('unit'), {value: 'hour', origin: {unitId: 'u650102-centre'}});
  t.like(origin('sourceRef'), {value: 'own: 市级文件', origin: {unitId: 'u650100-centre', version: '2026.3.4+650100.1'}});
  t.like(origin('ladderCode'), {origin: {kind: 'published', unitId: 'u650000-centre', version: '2026.3.4'}});
  t.deepEqual(await refusal(service.origins('limits', '650102004', 'no|such|row', at)), ['CATALOG_ROW_UNKNOWN']);
  await close();
});

test('a catalog goes to the next level only, to whoever looks after an area, from whoever has it', async t => {
  const {issues, denied, close} = await issueWorld();
  const send = (actor: typeof city, toUnitIds: readonly string[], fromUnitId = actor.unitId, catalogId = 'limits') => refusal(issues.send(actor, {catalogId, fromUnitId, toUnitIds}));
  t.deepEqual(await send(region, ['u650102-centre', 'u650000-centre', 'u-nobody']), ['ISSUE_NOT_BELOW limits u650102-centre', 'ISSUE_NOT_BELOW limits u650000-centre', 'ISSUE_UNIT_UNKNOWN limits u-nobody']);
  t.deepEqual(await send(region, []), ['CATALOG_ISSUE_NO_UNITS']);
  t.deepEqual(await send(city, ['u650102-centre']), ['CATALOG_ISSUE_NOT_CONFIRMED']);
  t.deepEqual(await send(city, ['u650100-centre'], 'u650000-centre'), ['CATALOG_ISSUE_NOT_YOURS']);
  t.deepEqual(await send(region, ['u650100-centre'], 'u650000-centre', 'urgency'), ['CATALOG_ISSUE_NOT_ISSUABLE']);
  t.deepEqual(await send(region, ['u650100-centre'], 'u650000-centre', 'nothing'), ['CATALOG_UNKNOWN']);
  denied.add('catalogs.publish');
  t.deepEqual(await send(region, ['u650100-centre']), ['CATALOG_ISSUE_NOT_YOURS']);
  await close();
});

test('a department of the same area gets nothing issued: it is named in rows', async t => {
  const {issues, given, confirm, close} = await issueWorld();
  await confirm(city, await given(region, city));
  t.deepEqual(await refusal(issues.send(city, {catalogId: 'limits', fromUnitId: city.unitId, toUnitIds: ['u650100-wenlv']})), ['ISSUE_NO_JURISDICTION limits u650100-wenlv']);
  await close();
});

test('issued twice, at once or after it was confirmed, there is one issue', async t => {
  const {issues, store, send, confirm, close} = await issueWorld();
  const attempt = () => send(region, city.unitId).then(() => 'sent', error => refusal(Promise.reject(error)));
  t.deepEqual((await Promise.all([attempt(), attempt()])).flat().sort(), ['ISSUE_ALREADY_OPEN limits u650100-centre', 'sent']);
  t.is((await store.knex('catalog_issue')).length, 1);
  t.deepEqual(await refusal(send(region, city.unitId)), ['ISSUE_ALREADY_OPEN limits u650100-centre']);
  const [open] = await issues.list(region, {limit: 10});
  if (!open) return t.fail();
  await confirm(city, await issues.verify(city, ref(open)));
  t.deepEqual(await refusal(send(region, city.unitId)), ['ISSUE_HAS_IT limits u650100-centre']);
  await close();
});

test('every command wants its state, its lock version and its right, and does its work once', async t => {
  const {issues, send, confirm, store, close} = await issueWorld();
  const issue = await send(region, city.unitId);
  t.deepEqual(await refusal(issues.verify(county, ref(issue))), ['CATALOG_ISSUE_NOT_YOURS']);
  t.deepEqual(await refusal(issues.put(city, ref(issue), shorter)), ['CATALOG_ISSUE_STATE']);
  t.deepEqual(await refusal(confirm(city, issue)), ['CATALOG_ISSUE_STATE']);
  const verified = await issues.verify(city, ref(issue));
  t.deepEqual(await refusal(issues.verify(city, ref(issue))), ['CATALOG_ISSUE_STATE']);
  t.deepEqual(await refusal(issues.put(city, ref(issue), shorter)), ['CATALOG_ISSUE_STALE']);
  const both = await Promise.allSettled([confirm(city, verified), confirm(city, verified)]);
  t.is(both.filter(result => result.status === 'fulfilled').length, 1);
  t.is((await store.knex('catalog_layer')).length, 1);
  t.deepEqual(await refusal(issues.open(county, issue.id)), ['CATALOG_ISSUE_NOT_YOURS']);
  t.deepEqual(await refusal(issues.open(city, 'nothing')), ['CATALOG_ISSUE_UNKNOWN']);
  t.deepEqual((await issues.open(city, issue.id)).lines.map(line => line.kind).sort(), ['confirmed', 'issued', 'verified']);
  await close();
});

test('a unit sends an issue back with a reason, and it can be issued again', async t => {
  const {issues, send, service, at, close} = await issueWorld();
  const issue = await send(region, city.unitId);
  t.deepEqual(await refusal(issues.decline(city, {...ref(issue), reason: '  '})), ['CATALOG_ISSUE_TEXT_INVALID']);
  t.is((await issues.decline(city, {...ref(issue), reason: '不属于本级'})).state, 'declined');
  t.is(await service.versionFor('limits', '650100', at), '2026.3.4');
  t.is((await send(region, city.unitId)).state, 'issued');
  await close();
});

test('days that are past, none, before the upper version or before the layer there is are refused', async t => {
  const {issues, publish, given, confirm, clock, close} = await issueWorld();
  const issue = await given(region, city);
  for (const day of ['2026-03-01', '2026-02-30', 'tomorrow', '']) t.deepEqual(await refusal(confirm(city, issue, day)), ['CATALOG_ISSUE_DAY_INVALID'], day);
  await confirm(city, issue, '2026-05-01');
  await publish('limits', '2026.4.0', csv => csv.replace('city,normal,resolve,3,', 'city,normal,resolve,4,'));
  clock.moveTo(clock.now() + 1_000);
  t.deepEqual(await refusal(confirm(city, await given(region, city), '2026-04-01')), ['CATALOG_ISSUE_DAY_OVERLAPS']);
  await close();
});

test('what another process confirms shows within a second', async t => {
  const {issues, store, clock, service, given, confirm, at, close} = await issueWorld();
  const other = createCatalogService(store, clock, {freshMs: 0, staleMs: 0});
  await other.start();
  await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  t.is(await other.versionFor('limits', '650100', at), '2026.3.4+650100.1');
  t.is(await service.versionFor('limits', '650100', at), '2026.3.4+650100.1');
  await other.close();
  await close();
});

test('the last layer to change what holds for an area is told, with what holds there because of it', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  const through = (layer: string, area: string) => service.versionThrough('limits', layer, area, at);
  const own = await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  t.deepEqual(await service.layersOf('limits'), [{name: '2026.3.4+650100.1', unitId: city.unitId, areaCode: '650100', effectiveAt: own.effectiveAt ?? 0}]);
  t.is(await through('2026.3.4+650100.1', '650102004'), '2026.3.4+650100.1');
  t.is(await through('2026.3.4+650100.1', '650200'), null);
  await confirm(county, await given(city, county));
  t.is(await through('2026.3.4+650100.1', '650102004'), null);
  t.is(await through('2026.3.4+650102.1', '650102004'), '2026.3.4+650102.1');
  await issues.takeBack(region, {...ref(own), reason: '误下发'});
  t.deepEqual((await service.layersOf('limits')).map(layer => layer.name).sort(), ['2026.3.4+650100.1', '2026.3.4+650100.2', '2026.3.4+650102.1', '2026.3.4+650102.2']);
  t.is(await through('2026.3.4+650100.2', '650103'), '2026.3.4');
  t.is(await through('2026.3.4+650102.2', '650102004'), '2026.3.4');
  t.is(await through('2026.3.4+650100.2', '650102004'), null, 'of two that ended together the inner one speaks');
  await close();
});
