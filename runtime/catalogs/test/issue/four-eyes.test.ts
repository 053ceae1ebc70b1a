import test from 'ava';
import {refusal} from '../life/setup.js';
import {city, colleague, issueWorld, normal, ref, region, shorter} from './setup.js';

const major = 'city|major|resolve';
const day = {effectiveFrom: '2026-03-02'};

test('whoever wrote an override last does not confirm it; a colleague does', async t => {
  const {issues, given, denied, close} = await issueWorld();
  let issue = await issues.put(colleague(city), ref(await given(region, city)), {table: 'limits', key: major, cells: {value: '6'}});
  issue = await issues.put(city, ref(issue), shorter);
  t.like(issue, {writtenBy: 'p-city', writtenByName: 'p-city'});
  t.deepEqual([issues.isOwnWriting(city, issue), issues.isOwnWriting(colleague(city), issue)], [true, false]);
  t.deepEqual(await refusal(issues.confirm(city, {...ref(issue), ...day})), ['CATALOG_ISSUE_OWN_CONFIRM']);
  t.deepEqual(await refusal(issues.confirm(city, {...ref(issue), ...day})), ['CATALOG_ISSUE_OWN_CONFIRM']);
  denied.add('catalogs.publish');
  t.deepEqual(await refusal(issues.confirm(colleague(city), {...ref(issue), ...day})), ['CATALOG_ISSUE_NOT_YOURS']);
  denied.clear();
  t.is((await issues.confirm(colleague(city), {...ref(issue), ...day})).state, 'confirmed');
  await close();
});

test('taking a row out, and deciding for a side, is writing; with nothing of its own left the same person confirms', async t => {
  const {issues, given, close} = await issueWorld();
  let issue = await issues.put(city, ref(await given(region, city)), shorter);
  issue = await issues.put(colleague(city), ref(issue), {table: 'limits', key: major, cells: {value: '6'}});
  issue = await issues.drop(city, ref(issue), {table: 'limits', key: major});
  t.deepEqual(await refusal(issues.confirm(city, {...ref(issue), ...day})), ['CATALOG_ISSUE_OWN_CONFIRM']);
  issue = await issues.drop(city, ref(issue), {table: 'limits', key: normal});
  t.is((await issues.confirm(city, {...ref(issue), ...day})).state, 'confirmed');
  await close();
});

test('what was taken over from the layer before and not touched again needs nobody else', async t => {
  const {issues, given, confirm, publish, close} = await issueWorld();
  await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  await publish('limits', '2026.9.0', csv => csv.replace(/^(consult,normal,resolve),\d+,(\w+)/m, '$1,1,$2'));
  const again = await given(region, city);
  t.is(again.writtenBy, null);
  t.is((await issues.confirm(city, {...ref(again), ...day})).state, 'confirmed');
  await close();
});

test('an office with one administrator switches the second person off', async t => {
  const {issues, given, close} = await issueWorld({fourEyes: false});
  const issue = await issues.put(city, ref(await given(region, city)), shorter);
  t.is((await issues.confirm(city, {...ref(issue), ...day})).state, 'confirmed');
  await close();
});

test('what falls away with a newer version is told with its reason, in the answer and afterwards', async t => {
  const {issues, given, confirm, publish, close} = await issueWorld();
  let issue = await issues.put(city, ref(await given(region, city)), shorter);
  issue = await issues.put(city, ref(issue), {table: 'limits', key: major, cells: {value: '6'}});
  t.deepEqual((await issues.open(city, issue.id)).fellAway, []);
  await confirm(city, issue);
  await publish('limits', '2026.9.0', csv => csv.replace(/^(city,normal,resolve,.*),active,/m, '$1,retired,').replace(/^(city,major,resolve),\d+,(\w+)/m, '$1,6,$2'));
  const again = await issues.verify(city, ref((await issues.send(region, {catalogId: 'limits', fromUnitId: region.unitId, toUnitIds: [city.unitId]}))[0] ?? issue));
  t.deepEqual(again.fellAway.map(each => [each.rowKey, each.columns.length > 0, each.reason]).sort(), [[major, true, 'same'], [normal, false, 'retired']]);
  t.deepEqual((await issues.open(city, again.id)).fellAway.map(each => [each.rowKey, each.reason]).sort(), [[major, 'same'], [normal, 'retired']]);
  t.deepEqual(await refusal(issues.verify(city, ref(again))), ['CATALOG_ISSUE_STATE']);
  t.is((await issues.open(city, again.id)).fellAway.length, 2);
  await close();
});
