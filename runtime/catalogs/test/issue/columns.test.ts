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
