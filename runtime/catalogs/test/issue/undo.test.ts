import test from 'ava';
import {refusal} from '../life/setup.js';
import {changedSample} from '../sample-service.js';
import {city, county, issueWorld, normal, ref, region, shorter, town} from './setup.js';

/** The city confirmed twice: 2 working days, then 1. */
async function confirmedTwice() {
  const world = await issueWorld();
  const {issues, given, confirm, publish} = world;
  const first = await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  await publish('limits', '2026.9.0', csv => csv);
  const second = await confirm(city, await issues.put(city, ref(await given(region, city)), {table: 'limits', key: normal, cells: {value: '1'}}));
  const undo = (number = 2) => issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number, reason: '基层来不及'});
  return {...world, first, second, undo};
}

test('what was sent further down of the undone layer ends with it, below holds what then holds above, and the history says so', async t => {
  const {issues, service, given, confirm, second, undo, at, close} = await confirmedTwice();
  const below = await confirm(county, await given(city, county));
  const confirmedBelow = await confirm(town, await given(county, town));
  const open = await issues.send(city, {catalogId: 'limits', fromUnitId: city.unitId, toUnitIds: ['u650103-centre']});
  const limit = (areaCode: string) => service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode, at});
  t.like(await limit('650102004'), {limit: {value: 1}});
  t.like(await undo(), {kind: 'restored', number: 3, restoredFrom: 1});
  for (const area of ['650100', '650102', '650102004']) t.like(await limit(area), {limit: {value: 2, unit: 'workingDay'}, version: '2026.9.0+650100.3'}, area);
  for (const issue of [below, confirmedBelow, ...open]) {
    const opened = await issues.open(region, issue.id);
    t.is(opened.issue.state, 'takenBack');
    t.like(opened.lines.find(line => line.kind === 'fellBack'), {reason: '基层来不及', personId: city.personId});
  }
  t.like((await issues.open(region, second.id)).lines.find(line => line.kind === 'undone'), {reason: '基层来不及'});
  t.is((await issues.send(city, {catalogId: 'limits', fromUnitId: city.unitId, toUnitIds: [county.unitId]})).length, 1);
  await close();
});

test('what was sent of the layer that is brought back stays', async t => {
  const {issues, given, confirm, publish, close} = await issueWorld();
  await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  const below = await confirm(county, await given(city, county));
  await publish('limits', '2026.9.0', csv => csv);
  await confirm(city, await given(region, city));
  await issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '退'});
  t.is((await issues.open(region, below.id)).issue.state, 'confirmed');
  await close();
});

test('the layer before is checked anew: a row that it names and that is out of use now keeps it from coming back', async t => {
  const {issues, given, confirm, publish, store, close} = await issueWorld();
  const own = {matterCode: '020101', areaCode: '650102', leadUnitId: 'u650102-chengguan', dutyZh: '本级指派', sourceRef: 'own:'};
  await confirm(city, await issues.put(city, ref(await given(region, city, 'responsibility')), {table: 'responsibility', cells: own}));
  await publish('responsibility', '2026.9.0', csv => csv);
  await confirm(city, await given(region, city, 'responsibility'));
  const before = await store.knex('catalog_layer').where({catalog_id: 'responsibility', number: 1}).first<{id: string}>('id');
  await store.knex('catalog_layer_row').where({layer_id: before.id}).update({own_values: JSON.stringify({...own, matterCode: '999999', status: 'active'})});
  t.true((await refusal(issues.undo(city, {catalogId: 'responsibility', unitId: city.unitId, number: 2, reason: '退'}))).some(problem => problem.includes('REFERENCE')));
  t.is((await issues.layers(city, 'responsibility', city.unitId)).length, 2);
  await close();
});

test('a value that the level above changed meanwhile is decided for one side, and what is kept lies within its bounds of today', async t => {
  const {issues, service, publish, second, undo, at, store, close} = await confirmedTwice();
  await publish('limits', '2026.10.0', csv => csv.replace(/^city,normal,resolve,3,/m, 'city,normal,resolve,5,'));
  t.deepEqual(await refusal(undo()), [`ISSUE_CONFLICT limits/limits ${normal} value`], 'the city was not even given that version');
  t.is(second.state, 'confirmed');
  t.is((await issues.layers(city, 'limits', city.unitId)).length, 2, 'nothing was written');
  const choices = [{table: 'limits', key: normal, column: 'value', take: 'mine' as const}];
  t.like(await issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '退', choices}), {number: 3, restoredFrom: 1, baseName: '2026.10.0'});
  t.like(await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode: '650100', at}), {limit: {value: 2, unit: 'workingDay'}});
  const {id} = await store.knex('catalog_layer').where({catalog_id: 'limits', number: 3}).first<{id: string}>('id');
  const row = await store.knex('catalog_layer_row').where({layer_id: id, row_key: normal}).first<{base_values: string}>('base_values');
  t.like(JSON.parse(row.base_values), {value: '5'}, 'the value above that was decided against is known from now on');
  t.deepEqual(await refusal(issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '退', choices})), ['CATALOG_ISSUE_STALE'], 'a second time is refused');
  await close();
});

test('what the unit did not override is as the level above has it now, also where it never confirmed that', async t => {
  const {issues, service, publish, undo, audit, at, close} = await confirmedTwice();
  await publish('limits', '2026.10.0', csv => csv.replace(/^city,urgent,resolve,(\d+),/m, 'city,urgent,resolve,1,'));
  const urgent = (areaCode: string) => service.limit({matterCode: '020101', urgency: 'urgent', kind: 'resolve', areaCode, at});
  t.like(await urgent('650100'), {version: '2026.9.0+650100.2'});
  t.like(await undo(), {baseName: '2026.10.0', name: '2026.10.0+650100.3'});
  t.deepEqual((await urgent('650100')).limit, (await urgent('650200')).limit);
  t.like(await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode: '650100', at}), {limit: {value: 2, unit: 'workingDay'}});
  t.is(audit.at(-1)?.action, 'catalogs.issue.undo');
  t.deepEqual(await refusal(issues.send(region, {catalogId: 'limits', fromUnitId: region.unitId, toUnitIds: [city.unitId]})), ['ISSUE_HAS_IT limits u650100-centre'], 'it stands on that already');
  await close();
});

test('a version that begins later does not count today, and counts from its day on', async t => {
  const {issues, service, undo, close} = await confirmedTwice();
  const source = await changedSample('limits', '2026.10.0', csv => csv.replace(/^city,normal,resolve,3,/m, 'city,normal,resolve,1,'));
  const yaml = (source.files['catalog.yaml'] ?? '').replace(/^effectiveFrom: .*$/m, "effectiveFrom: '2026-03-10'");
  await service.publish([{...source, files: {...source.files, 'catalog.yaml': yaml}}], 'tests');
  t.deepEqual(await refusal(issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '退', effectiveFrom: '2026-03-10'})), [`ISSUE_CONFLICT limits/limits ${normal} value`, `ISSUE_LONGER limits/limits ${normal} value`]);
  t.like(await undo(), {kind: 'restored', number: 3});
  await close();
});

test('a column that the level above locked meanwhile keeps the layer from coming back until its override is given up', async t => {
  const {issues, service, undo, at, close} = await confirmedTwice();
  const source = await changedSample('limits', '2026.10.0', csv => csv);
  const yaml = source.files['catalog.yaml'] ?? '';
  const locked = yaml.replace(/^.*columns: \[value, unit\].*\n/m, '');
  t.not(locked, yaml);
  await service.publish([{...source, files: {...source.files, 'catalog.yaml': locked}}], 'tests');
  t.true((await refusal(undo())).includes(`ISSUE_LOCKED limits/limits ${normal} value`));
  const choices = ['value', 'unit'].map(column => ({table: 'limits', key: normal, column, take: 'theirs' as const}));
  t.like(await issues.undo(city, {catalogId: 'limits', unitId: city.unitId, number: 2, reason: '退', choices}), {number: 3});
  t.like(await service.limit({matterCode: '020101', urgency: 'normal', kind: 'resolve', areaCode: '650100', at}), {limit: {value: 3, unit: 'workingDay'}});
  await close();
});

test('a county is held against its city as it is today, not against the layer it stood on', async t => {
  const {issues, given, confirm, publish, close} = await issueWorld();
  await confirm(city, await given(region, city));
  await confirm(county, await issues.put(county, ref(await given(city, county)), shorter));
  await publish('limits', '2026.9.0', csv => csv);
  await confirm(city, await issues.put(city, ref(await given(region, city)), {table: 'limits', key: normal, cells: {value: '1'}}));
  await confirm(county, await issues.choose(county, ref(await given(city, county)), [{table: 'limits', key: normal, column: 'value', take: 'theirs'}]));
  const undo = (choices: ReadonlyArray<{table: string; key: string; column: string; take: 'mine' | 'theirs'}>) => issues.undo(county, {catalogId: 'limits', unitId: county.unitId, number: 2, reason: '退', choices});
  t.deepEqual(await refusal(undo([])), [`ISSUE_CONFLICT limits/limits ${normal} value`, `ISSUE_LONGER limits/limits ${normal} value`]);
  t.like(await undo([{table: 'limits', key: normal, column: 'value', take: 'theirs'}, {table: 'limits', key: 'nothing', column: 'value', take: 'mine'}]), {number: 3, restoredFrom: 1});
  await close();
});
