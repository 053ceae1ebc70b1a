import test from 'ava';
import {refusal} from '../life/setup.js';
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
  for (const area of ['650100', '650102', '650102004']) t.like(await limit(area), {limit: {value: 2, unit: 'workingDay'}, version: '2026.3.1+650100.3'}, area);
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
