import test from 'ava';
import type {RowInput} from '../../src/index.js';
import {ref, refusal, reviewer, sampleLife, stranger, wordsLife} from './setup.js';

const table = '.catalog';

function settings(catalogId: string, cells: Readonly<Record<string, string | null>>): RowInput {
  return {table, op: 'modify', key: catalogId, cells};
}

test('owner, titles and review of a catalog change as a row does, with review, and stand in its versions', async t => {
  const {life, service, clock, draft, pass, publish, close} = await wordsLife();
  const change = await draft('words', settings('words', {owner: 'editors', titleZh: '词目', risk: 'high'}));
  const {diff} = await life.open(reviewer, change.id);
  t.deepEqual(diff.map(row => [row.table, row.key, row.op, row.cells.map(cell => `${cell.column} ${cell.before ?? ''}>${cell.after ?? ''}`)]), [['.catalog', 'words', 'modify', ['titleZh 词>词目', 'owner tests>editors', 'risk >high']]]);
  t.is((await life.labels('words', change.id)).column(table, 'owner')?.['zh-CN'], '主管单位');
  await publish(await pass(change));
  t.like((await life.form('words')), {owner: 'editors', title: {'zh-CN': '词目', en: 'Words'}});
  t.like((await service.list(clock.now())).find(each => each.id === 'words'), {owner: 'editors', title: {'zh-CN': '词目', en: 'Words'}});
  t.like((await life.timeline('words', {limit: 1})).entries[0]?.changed, {settings: 1, fields: 0, modified: 0});
  t.deepEqual((await life.rowHistory({catalogId: 'words', table, key: 'words', limit: 5})).entries.map(entry => entry.version), ['2026.2.0', '2026.1.0']);
  const back = await life.rollBack(reviewer, {catalogId: 'words', version: '2026.1.0', title: '恢复'});
  t.deepEqual((await life.open(reviewer, back.id)).diff.flatMap(row => row.cells.map(cell => cell.column)), ['titleZh', 'risk'], 'who owns it stays');
  await close();
});

test('settings that make no sense are refused at their cell, and to whoever has no right', async t => {
  const {life, references, draft, put, close} = await wordsLife();
  references.isUnit = unitId => unitId !== 'nowhere';
  references.hasPeople = unitId => unitId !== 'empty';
  const change = await draft('words');
  const refused = (cells: Readonly<Record<string, string | null>>) => refusal(put(change, settings('words', cells)));
  t.deepEqual(await refused({owner: 'nowhere'}), ['SETTING_OWNER words/.catalog words owner']);
  t.deepEqual(await refused({owner: null}), ['SETTING_OWNER words/.catalog words owner']);
  t.deepEqual(await refused({owner: 'empty'}), ['SETTING_OWNER_EMPTY words/.catalog words owner']);
  t.deepEqual(await refused({titleEn: ''}), ['SETTING_TITLE words/.catalog words titleEn']);
  t.deepEqual(await refused({titleZh: '词'.repeat(41)}), ['SETTING_TITLE words/.catalog words titleZh']);
  t.deepEqual(await refused({risk: 'none'}), ['SETTING_RISK words/.catalog words risk']);
  t.deepEqual(await refused({'maintainer.words': 'titleZh'}), ['SETTING_KEEPER words/.catalog words maintainer.words']);
  t.deepEqual(await refused({'maintainer.nothing': 'titleZh'}), ['SETTING_KEEPER words/.catalog words maintainer.nothing']);
  t.deepEqual(await refused({catalog: 'other'}), ['SETTING_KEPT words/.catalog words catalog']);
  t.deepEqual(await refused({version: '2027.1.0'}), ['CATALOG_CHANGE_COLUMN_UNKNOWN']);
  t.deepEqual(await refusal(put(change, {table, op: 'offShelf', key: 'words'})), ['SETTING_KEPT words/.catalog words catalog']);
  t.deepEqual(await refusal(put(change, {table, op: 'add', cells: {catalog: 'other', owner: 'x'}})), ['SETTING_KEPT words/.catalog other catalog']);
  t.deepEqual(await refusal(life.put(stranger, ref(change), settings('words', {owner: 'editors'}))), ['CATALOG_CHANGE_NOT_YOURS']);
  await close();
});

test('departments get rows to keep by a column that refers to units', async t => {
  const {life, draft, pass, publish, close} = await sampleLife();
  const change = await draft('items', settings('items', {'maintainer.items': null}));
  t.is((await life.labels('items', change.id)).column(table, 'maintainer.items')?.['zh-CN'].startsWith('维护单位字段（'), true);
  await publish(await pass(change));
  t.is((await life.form('items')).tables[0]?.maintainer, null);
  const again = await draft('items', settings('items', {'maintainer.items': 'unitId'}));
  await publish(await pass(again), '2026-03-03');
  t.is((await life.form('items')).tables[0]?.maintainer, 'unitId');
  await close();
});
