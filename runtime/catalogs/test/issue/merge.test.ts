import test from 'ava';
import {refusal} from '../life/setup.js';
import {city, county, issueWorld, normal, ref, region, shorter} from './setup.js';

const major = 'city|major|resolve';
const consult = 'consult|normal|resolve';

/** The city overrides three limits; then the region changes two of them and a locked column, and issues again. */
async function issuedAgain() {
  const world = await issueWorld();
  const {issues, given, confirm, publish} = world;
  let issue = await issues.put(city, ref(await given(region, city)), shorter);
  issue = await issues.put(city, ref(issue), {table: 'limits', key: major, cells: {value: '6'}});
  await confirm(city, issue);
  await publish('limits', '2026.4.0', csv => csv.replace(/^city,normal,resolve,3,workingDay,PT24H,,supervise/m, 'city,normal,resolve,24,hour,PT24H,,urge').replace(/^(consult,normal,resolve),\d+,(\w+)/m, '$1,1,$2'));
  return {...world, again: await given(region, city)};
}

test('when the level above issues again, what was not overridden follows and what both changed is shown three ways', async t => {
  const {issues, again, close} = await issuedAgain();
  const {rows} = await issues.rows(city, again.id, {table: 'limits', only: 'conflicts', limit: 10});
  t.deepEqual(rows.map(row => row.key), [normal]);
  t.like(rows[0]?.fields[0], {base: {value: '3', unit: 'workingDay'}, mine: {value: '2', unit: 'workingDay'}, theirs: {value: '24', unit: 'hour'}, conflict: true});
  t.deepEqual(rows[0]?.changedAbove.map(cell => cell.column).sort(), ['ladderCode', 'unit', 'value']);
  const changed = (await issues.rows(city, again.id, {table: 'limits', only: 'changed', limit: 10})).rows;
  t.deepEqual(changed.map(row => row.key), [normal, consult]);
  t.deepEqual((await issues.open(city, again.id)).problems.map(problem => problem.code), ['CATALOG_ISSUE_CONFLICT', 'CATALOG_ISSUE_LONGER']);
  await close();
});

test('until the unit confirms it keeps what it had, and a conflict is no confirmation', async t => {
  const {service, again, confirm, at, close} = await issuedAgain();
  t.is(await service.versionFor('limits', '650100', at), '2026.3.4+650100.1');
  t.is(await service.versionFor('limits', '650200', at), '2026.4.0');
  t.deepEqual(await refusal(confirm(city, again)), [`ISSUE_CONFLICT limits/limits ${normal} value`, `ISSUE_LONGER limits/limits ${normal} value`]);
  await close();
});

test('a side is chosen within the new bounds; locked cells follow, the other override stays', async t => {
  const {issues, service, again, confirm, at, close} = await issuedAgain();
  const choice = (take: 'mine' | 'theirs') => issues.choose(city, ref(again), [{table: 'limits', key: normal, column: 'value', take}]);
  t.deepEqual(await refusal(choice('mine')), [`ISSUE_LONGER limits/limits ${normal} value`]);
  await confirm(city, await choice('theirs'));
  const rows = await service.effectiveRows({catalogId: 'limits', areaCode: '650100', at, code: 'city|', limit: 100});
  const row = (key: string) => rows.rows.find(each => each.key === key)?.values;
  t.is(rows.version, '2026.4.0+650100.2');
  t.like(row(normal), {value: '24', unit: 'hour', ladderCode: 'urge', sourceRef: 'own: 市级文件'});
  t.like(row(major), {value: '6', unit: 'hour'});
  await close();
});

test('an own value within the new bounds is put in place of the old one', async t => {
  const {issues, service, again, confirm, at, close} = await issuedAgain();
  await confirm(city, await issues.put(city, ref(again), {table: 'limits', key: normal, cells: {value: '20', unit: 'hour'}}));
  t.like(await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode: '650100', at}), {limit: {value: 20, unit: 'hour'}, version: '2026.4.0+650100.2'});
  t.like(await service.limitOfRow('2026.3.4+650100.1', normal), {limit: {value: 2, unit: 'workingDay'}});
  await close();
});

test('one click goes back to the layer before, a second time one further; history stays', async t => {
  const {issues, service, again, confirm, at, audit, close} = await issuedAgain();
  await confirm(city, await issues.choose(city, ref(again), [{table: 'limits', key: normal, column: 'value', take: 'theirs'}]));
  const undo = (number: number, actor = city, take: 'mine' | 'theirs' = 'theirs') => issues.undo(actor, {catalogId: 'limits', unitId: 'u650100-centre', number, reason: '基层来不及', choices: [{table: 'limits', key: normal, column: 'value', take}]});
  t.deepEqual(await refusal(undo(1)), ['CATALOG_ISSUE_STALE']);
  t.deepEqual(await refusal(undo(2, county)), ['CATALOG_ISSUE_NOT_YOURS']);
  t.deepEqual(await refusal(issues.undo(city, {catalogId: 'limits', unitId: 'u650100-centre', number: 2, reason: '基层来不及'})), [`ISSUE_CONFLICT limits/limits ${normal} value`, `ISSUE_LONGER limits/limits ${normal} value`]);
  t.deepEqual(await refusal(undo(2, city, 'mine')), [`ISSUE_LONGER limits/limits ${normal} value`]);
  t.like(await undo(2), {kind: 'restored', number: 3, restoredFrom: 1, name: '2026.4.0+650100.3', baseName: '2026.4.0'});
  const limit = (urgency: string) => service.limit({matterCode: '020101', urgency, kind: 'resolve', areaCode: '650100', at});
  t.like(await limit('normal'), {limit: {value: 24, unit: 'hour'}, version: '2026.4.0+650100.3'});
  t.like(await limit('major'), {limit: {value: 6, unit: 'hour'}});
  t.deepEqual(await refusal(undo(3)), ['CATALOG_ISSUE_NOTHING_BEFORE']);
  t.deepEqual((await issues.layers(city, 'limits', 'u650100-centre')).map(layer => [layer.number, layer.kind]), [[3, 'restored'], [2, 'confirmed'], [1, 'confirmed']]);
  t.is(audit.at(-1)?.action, 'catalogs.issue.undo');
  await close();
});

test('of two who undo at once one does it', async t => {
  const {issues, again, confirm, store, close} = await issuedAgain();
  await confirm(city, await issues.choose(city, ref(again), [{table: 'limits', key: normal, column: 'value', take: 'theirs'}]));
  const undo = () => issues.undo(city, {catalogId: 'limits', unitId: 'u650100-centre', number: 2, reason: '退回', choices: [{table: 'limits', key: normal, column: 'value', take: 'theirs'}]});
  const results = await Promise.allSettled([undo(), undo()]);
  t.is(results.filter(result => result.status === 'fulfilled').length, 1);
  t.is((await store.knex('catalog_layer')).length, 3);
  await close();
});

test('taken back, a layer ends from the day with everything below that stands on it, and stays to be read', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  const first = await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  const below = await confirm(county, await issues.put(county, ref(await given(city, county)), {table: 'limits', key: normal, cells: {value: '1'}}));
  const open = await issues.send(county, {catalogId: 'limits', fromUnitId: county.unitId, toUnitIds: ['u650102004']});
  t.deepEqual(await refusal(issues.takeBack(city, {...ref(first), reason: '收回'})), ['CATALOG_ISSUE_NOT_YOURS']);
  t.deepEqual(await refusal(issues.takeBack(region, {...ref(first), reason: ''})), ['CATALOG_ISSUE_TEXT_INVALID']);
  t.is((await issues.takeBack(region, {...ref(first), reason: '收回', effectiveFrom: '2026-03-05'})).state, 'takenBack');
  t.is(await service.versionFor('limits', '650102', at), '2026.3.4+650102.1');
  const later = Date.parse('2026-03-05T08:00:00+08:00');
  t.deepEqual(await Promise.all(['650100', '650102', '650102004'].map(area => service.versionFor('limits', area, later))), ['2026.3.4', '2026.3.4', '2026.3.4']);
  t.deepEqual((await Promise.all([below, ...open].map(issue => issues.open(region, issue.id)))).map(opened => opened.issue.state), ['takenBack', 'takenBack']);
  t.is((await issues.rows(city, first.id, {table: 'limits', only: 'own', limit: 10})).rows[0]?.values['value'], '2');
  t.deepEqual(await refusal(issues.takeBack(region, {...ref(first), reason: '再收'})), ['CATALOG_ISSUE_STATE']);
  t.deepEqual(await refusal(issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '退'})), ['CATALOG_ISSUE_NO_LAYER']);
  t.deepEqual(await refusal(issues.send(city, {catalogId: 'limits', fromUnitId: city.unitId, toUnitIds: ['u650102-centre']})), ['CATALOG_ISSUE_NOT_CONFIRMED']);
  t.is((await issues.send(region, {catalogId: 'limits', fromUnitId: region.unitId, toUnitIds: [city.unitId]})).length, 1);
  await close();
});
