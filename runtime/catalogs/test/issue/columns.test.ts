import test from 'ava';
import {refusal} from '../life/setup.js';
import {city, issueWorld, normal, ref, region, shorter} from './setup.js';

test('a column that the owner adds arrives below with its values, and locked', async t => {
  const {life, issues, service, given, confirm, at, close} = await issueWorld();
  const reviewer = {...region, personId: 'p-region-reviewer'};
  await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  let set = await life.create(region, {catalogId: 'limits', title: '增字段'});
  const seen = () => ({changeId: set.id, lockVersion: set.lockVersion});
  set = await life.put(region, seen(), {table: '.fields', op: 'add', cells: {table: 'limits', column: 'note', titleZh: '说明', titleEn: 'Note', type: 'text'}});
  set = await life.put(region, seen(), {op: 'modify', key: normal, cells: {note: '全区统一'}});
  set = await life.submit(region, seen());
  set = await life.decide(reviewer, seen(), {result: 'pass', opinion: ''});
  set = await life.publish(reviewer, {...seen(), effectiveFrom: '2026-03-02'});
  const again = await given(region, city);
  t.deepEqual(await refusal(issues.put(city, ref(again), {table: 'limits', key: normal, cells: {note: '本市另定'}})), [`ISSUE_LOCKED limits/limits ${normal} note`]);
  const {rows} = await issues.rows(city, again.id, {table: 'limits', only: 'own', limit: 10});
  t.like(rows.find(row => row.key === normal)?.values, {note: '全区统一', value: '2'});
  await confirm(city, again);
  t.is(await service.versionFor('limits', '650100', at), `${set.publishedVersion ?? ''}+650100.2`);
  await close();
});

test('what units below made of a column is told before a new bound breaks it, asks for a confirmation, and holds there until the next issue', async t => {
  const {life, issues, service, given, confirm, at, close} = await issueWorld();
  const reviewer = {...region, personId: 'p-region-reviewer'};
  await confirm(city, await issues.put(city, ref(await given(region, city)), shorter));
  let set = await life.create(region, {catalogId: 'limits', title: '锁定时限'});
  const seen = () => ({changeId: set.id, lockVersion: set.lockVersion});
  const bound = (column: string, cells: Readonly<Record<string, string | null>>) => life.put(region, seen(), {table: '.fields', op: 'modify', key: `limits|${column}`, cells});
  set = await bound('value', {below: null, belowWith: null});
  set = await bound('sourceRef', {below: 'extend'});
  const told = (await life.open(region, set.id)).problems;
  t.deepEqual(told.map(problem => `${problem.code} ${problem.place.element ?? ''} ${problem.severity ?? ''}`).toSorted(), ['CATALOG_CONTENT_BELOW_BROKEN limits|sourceRef warning', 'CATALOG_CONTENT_BELOW_LOCKED limits|value warning']);
  t.like(told.find(problem => problem.place.element === 'limits|value')?.details, {catalog: 'limits', table: 'limits', count: 1, example: [normal]});
  set = await life.submit(region, seen());
  set = await life.decide(reviewer, seen(), {result: 'pass', opinion: ''});
  t.like(await t.throwsAsync(life.publish(reviewer, {...seen(), effectiveFrom: '2026-03-02'})), {code: 'CATALOG_CHANGE_WARNINGS_NEW', details: {count: 2}});
  set = await life.publish(reviewer, {...seen(), effectiveFrom: '2026-03-02', acceptWarnings: true});
  t.is((await service.versionFor('limits', '650100', at)).endsWith('+650100.1'), true, 'the city keeps what it has');
  const again = await issues.open(city, (await given(region, city)).id);
  t.deepEqual(again.fellAway.filter(gone => gone.reason === 'locked').map(gone => [gone.rowKey, gone.ownValues]), [[normal, {value: '2'}]], 'the next issue takes what is locked');
  t.deepEqual(again.problems.map(problem => `${problem.code} ${problem.place.field ?? ''}`), ['CATALOG_ISSUE_TEXT_LOST sourceRef'], 'and wants the rest corrected');
  await close();
});
