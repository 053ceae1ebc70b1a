import test from 'ava';
import type {RowInput} from '../../src/index.js';
import {author, ref, refusal, sampleLife, stranger, word, wordsLife} from './setup.js';

const table = '.fields';

function field(column: string, cells: Readonly<Record<string, string>> = {}): RowInput {
  return {table, op: 'add', cells: {table: 'words', column, titleZh: `${column}列`, titleEn: column, type: 'text', ...cells}};
}

function edit(column: string, cells: Readonly<Record<string, string | null>>): RowInput {
  return {table, op: 'modify', key: `words|${column}`, cells};
}

const choice = {type: 'choice', 'option.low': '低', 'optionEn.low': 'Low', 'option.high': '高', 'optionEn.high': 'High'};

test('a column is added with its rows in one set, and versions of before know nothing of it', async t => {
  const {life, draft, pass, publish, close} = await wordsLife();
  const change = await draft('words', field('level', choice), {op: 'modify', key: 'a', cells: {level: 'high'}});
  const opened = await life.open(author, change.id);
  t.deepEqual(opened.diff.map(row => `${row.op} ${row.table} ${row.key}`), ['add .fields words|level', 'modify words a']);
  t.deepEqual(opened.problems, []);
  t.is((await life.labels('words', change.id)).cell('words', 'level', 'high')?.['zh-CN'], '高');
  t.is((await life.labels('words', change.id)).column('words', 'level')?.['zh-CN'], 'level列');
  await publish(await pass(change));
  const now = (await life.form('words')).tables[0]?.columns.find(column => column.name === 'level');
  t.like(now, {isOwn: true, type: 'choice', isRequired: false, title: {'zh-CN': 'level列', en: 'level'}});
  t.deepEqual(now?.options.map(option => option.value), ['low', 'high']);
  t.false((await life.form('words', '2026.1.0')).tables[0]?.columns.some(column => column.name === 'level'));
  t.is((await life.versionRows('words', '2026.2.0')).rows[0]?.['level'], 'high');
  t.is((await life.versionRows('words', '2026.1.0')).rows[0]?.['level'], undefined);
  t.deepEqual((await life.diff('words', '2026.1.0', '2026.2.0')).map(row => `${row.op} ${row.table} ${row.key}`), ['add .fields words|level', 'modify words a']);
  t.like((await life.timeline('words', {limit: 5})).entries[0]?.changed, {modified: 1, fields: 1});
  await close();
});

test('cells are held against what their column asks', async t => {
  const {draft, put, close} = await wordsLife();
  const change = await draft('words', field('level', choice), field('since', {type: 'date'}), field('rate', {type: 'number', format: '2'}), field('open', {type: 'boolean'}), field('tel', {format: 'phone', maxLength: '20'}));
  const refused = async (cells: Readonly<Record<string, string>>) => refusal(put(change, {op: 'modify', key: 'a', cells}));
  t.deepEqual(await refused({level: 'middle'}), ['FILE_ROW_INVALID words/words a level']);
  t.deepEqual(await refused({since: '2026-02-30'}), ['FILE_ROW_INVALID words/words a since']);
  t.deepEqual(await refused({rate: '1.234'}), ['FILE_ROW_INVALID words/words a rate']);
  t.deepEqual(await refused({open: '是'}), ['FILE_ROW_INVALID words/words a open']);
  t.deepEqual(await refused({tel: '12a'}), ['FILE_ROW_INVALID words/words a tel']);
  t.deepEqual(await refused({none: '1'}), ['CATALOG_CHANGE_COLUMN_UNKNOWN']);
  t.is((await put(change, {op: 'modify', key: 'a', cells: {level: 'low', since: '2026-02-28', rate: '-1.5', open: 'yes', tel: '0991-2345678'}})).state, 'editing');
  await close();
});

test('nonsense is refused at its cell', async t => {
  const {draft, put, life, close} = await wordsLife();
  const change = await draft('words', field('level', choice));
  const refused = (row: RowInput) => refusal(put(change, row));
  for (const name of ['Level', 'LEVEL', 'constructor', 'a b', 'x'.repeat(41), '1a']) t.regex((await refused(field(name))).join(), /FIELD_NAME|FIELD_TITLE/, name);
  t.deepEqual(await refused(field('code')), ['ROW_EXISTS words/.fields words|code']);
  t.deepEqual(await refused(field('other', {titleZh: 'level列'})), ['FIELD_TITLE_TAKEN words/.fields words|other titleZh']);
  t.deepEqual(await refused(field('other', {titleEn: ''})), ['FIELD_TITLE words/.fields words|other titleEn']);
  t.deepEqual(await refused(field('other', {type: 'formula'})), ['FIELD_TYPE_UNKNOWN words/.fields words|other type']);
  t.deepEqual(await refused(field('other', {type: 'number', format: '9'})), ['FIELD_FORMAT words/.fields words|other format']);
  t.deepEqual(await refused(field('other', {maxLength: '99999'})), ['FIELD_LENGTH words/.fields words|other maxLength']);
  t.deepEqual(await refused(field('other', {type: 'choice'})), ['FIELD_OPTIONS words/.fields words|other options']);
  t.deepEqual(await refused(field('other', {type: 'choice', 'option.a b': '甲', 'optionEn.a b': 'A'})), ['FIELD_OPTIONS words/.fields words|other options']);
  t.deepEqual(await refused(field('other', {type: 'reference', reference: 'nowhere/nowhere/code'})), ['FIELD_REFERENCE words/.fields words|other reference']);
  t.deepEqual(await refused(field('other', {table: 'nowhere'})), ['TABLE_UNKNOWN words/.fields nowhere|other table']);
  t.deepEqual(await refused(field('other', {order: 'first'})), ['FIELD_ORDER words/.fields words|other order']);
  t.deepEqual(await refused(field('other', {sql: 'drop'})), ['CATALOG_CHANGE_COLUMN_UNKNOWN']);
  t.deepEqual(await refused({table, op: 'void', key: 'words|code'}), ['FIELD_LOCKED words/.fields words|code status']);
  t.deepEqual(await refusal(life.put(stranger, ref(change), field('other'))), ['CATALOG_CHANGE_NOT_YOURS']);
  await close();
});

test('of a column that the platform reads only titles and place change', async t => {
  const {life, draft, put, pass, publish, close} = await wordsLife();
  const change = await draft('words');
  t.deepEqual(await refusal(put(change, edit('titleEn', {required: 'no'}))), ['FIELD_LOCKED words/.fields words|titleEn required']);
  t.deepEqual(await refusal(put(change, {table, op: 'offShelf', key: 'words|titleEn'})), ['FIELD_LOCKED words/.fields words|titleEn status']);
  await publish(await pass(await put(change, edit('titleEn', {titleZh: '外文名', titleEn: 'Foreign name', order: '500'}))));
  const [first] = (await life.form('words')).tables[0]?.columns ?? [];
  t.like(first, {name: 'titleEn', title: {'zh-CN': '外文名', en: 'Foreign name'}, isRequired: true});
  await close();
});

test('a column is required only when every row in use has it; retired rows need not', async t => {
  const {life, draft, put, pass, publish, close} = await wordsLife();
  await publish(await pass(await draft('words', {op: 'offShelf', key: 'c'})));
  let change = await draft('words', field('level', choice), {op: 'modify', key: 'a', cells: {level: 'low'}});
  t.deepEqual(await refusal(put(change, edit('level', {required: 'yes'}))), ['FIELD_EMPTY words/.fields words|level required']);
  change = await put(change, {op: 'modify', key: 'b', cells: {level: 'high'}});
  change = await put(change, edit('level', {required: 'yes'}));
  t.deepEqual(await refusal(put(change, word('d', '丁'))), ['FILE_ROW_INVALID words/words d level']);
  await publish(await pass(change));
  const later = await draft('words');
  t.deepEqual(await refusal(put(later, {op: 'restore', key: 'c'})), ['FILE_ROW_INVALID words/words c level']);
  t.deepEqual(await refusal(put(later, {op: 'modify', key: 'a', cells: {level: ''}})), ['FILE_ROW_INVALID words/words a level']);
  t.is((await put(later, {op: 'restore', key: 'c', cells: {level: 'low'}})).state, 'editing');
  t.true((await life.form('words')).tables[0]?.columns.find(column => column.name === 'level')?.isRequired);
  await close();
});

test('what was effective keeps type and options; options are added, widths only as rows allow', async t => {
  const {draft, put, pass, publish, close} = await wordsLife();
  await publish(await pass(await draft('words', field('level', choice), field('note', {maxLength: '10'}), {op: 'modify', key: 'a', cells: {level: 'high', note: '一二三四五'}})));
  let change = await draft('words');
  t.deepEqual(await refusal(put(change, edit('level', {type: 'text'}))), ['FIELD_TYPE words/.fields words|level type', 'FIELD_LENGTH words/.fields words|level maxLength', 'FIELD_OPTIONS words/.fields words|level options']);
  t.deepEqual(await refusal(put(change, edit('level', {'option.high': null, 'optionEn.high': null}))), ['FIELD_OPTION_GONE words/.fields words|level option.high']);
  t.deepEqual(await refusal(put(change, edit('note', {maxLength: '4'}))), ['FIELD_TOO_LONG words/.fields words|note maxLength']);
  t.deepEqual(await refusal(put(change, edit('note', {maxLength: '10'}))), ['CATALOG_CHANGE_CHANGED_NOTHING']);
  change = await put(change, edit('level', {'option.urgent': '特急', 'optionEn.urgent': 'Urgent'}));
  t.is((await put(change, {op: 'modify', key: 'b', cells: {level: 'urgent'}})).state, 'editing');
  await close();
});

test('a retired column keeps its values, is asked no more, and comes back', async t => {
  const {life, draft, put, pass, publish, close} = await wordsLife();
  await publish(await pass(await draft('words', field('note'), {op: 'modify', key: 'a', cells: {note: '旧'}}, {op: 'modify', key: 'b', cells: {note: '乙'}}, {op: 'modify', key: 'c', cells: {note: '丙'}}, edit('note', {required: 'yes'}))));
  await publish(await pass(await draft('words', {table, op: 'offShelf', key: 'words|note'})));
  t.is((await life.versionRows('words', '2026.3.0')).rows[0]?.['note'], '旧');
  t.like((await life.form('words')).tables[0]?.columns.find(column => column.name === 'note'), {isRetired: true, isRequired: false});
  const change = await draft('words', word('d', '丁'), {op: 'modify', key: 'a', cells: {titleZh: '甲甲'}});
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'b', cells: {note: '新'}})), ['FIELD_RETIRED words/words b note']);
  t.deepEqual(await refusal(put(change, {table, op: 'restore', key: 'words|note', cells: {required: 'yes'}})), ['FIELD_EMPTY words/.fields words|note required']);
  const restored = await put(change, {table, op: 'restore', key: 'words|note'});
  t.is((await put(restored, {op: 'modify', key: 'b', cells: {note: '新'}})).state, 'editing');
  await close();
});

test('a column that rows of the set fill is not taken out of it unnoticed', async t => {
  const {life, draft, close} = await wordsLife();
  const change = await draft('words', field('note'), {op: 'modify', key: 'a', cells: {note: '甲'}});
  const without = await life.remove(author, ref(change), {table, key: 'words|note'});
  t.deepEqual((await life.open(author, change.id)).problems.map(problem => problem.code), ['CATALOG_CHANGE_COLUMN_UNKNOWN']);
  t.deepEqual(await refusal(life.submit(author, ref(without))), ['COLUMN_UNKNOWN words/words a note']);
  await close();
});

test('two sets that edit the same column are merged cell by cell, what contradicts is decided', async t => {
  const {life, draft, pass, publish, close} = await wordsLife();
  await publish(await pass(await draft('words', field('level', choice))));
  const mine = await draft('words', edit('level', {titleZh: '档次', 'option.mid': '中', 'optionEn.mid': 'Middle'}));
  const theirs = await draft('words', edit('level', {titleZh: '等级', 'option.top': '顶', 'optionEn.top': 'Top'}));
  await publish(await pass(theirs));
  t.deepEqual(await refusal(life.submit(author, ref(mine))), ['CONFLICT words/.fields words|level titleZh']);
  t.deepEqual(await refusal(life.rebase(author, ref(mine), [])), ['CONFLICT words/.fields words|level titleZh']);
  const merged = await life.rebase(author, ref(mine), [{table, key: 'words|level', column: 'titleZh', take: 'mine'}]);
  await publish(await pass(merged));
  const level = (await life.form('words')).tables[0]?.columns.find(column => column.name === 'level');
  t.is(level?.title['zh-CN'], '档次');
  t.deepEqual(new Set(level?.options.map(option => option.value)), new Set(['low', 'high', 'mid', 'top']));
  await close();
});

test('of two sets that add the same column the later one is told, and both types do not mix', async t => {
  const {life, draft, pass, publish, close} = await wordsLife();
  const mine = await draft('words', field('level'));
  await publish(await pass(await draft('words', field('level', choice))));
  t.true((await refusal(life.submit(author, ref(mine)))).some(problem => problem.startsWith('CONFLICT words/.fields words|level type')));
  const choices = ['type', 'maxLength', 'order'].map(column => ({table, key: 'words|level', column, take: 'mine' as const}));
  const merged = await life.rebase(author, ref(mine), choices);
  t.true((await refusal(life.submit(author, ref(merged)))).some(problem => problem.startsWith('FIELD_TYPE words/.fields words|level type')));
  await close();
});

test('going back to a version retires later columns, keeps their values and brings titles back', async t => {
  const {life, draft, pass, publish, close} = await wordsLife();
  await publish(await pass(await draft('words', field('note'), {op: 'modify', key: 'a', cells: {note: '甲'}}, edit('titleEn', {titleZh: '外文名'}))));
  const back = await life.rollBack(author, {catalogId: 'words', version: '2026.1.0', title: '回到首版'});
  t.deepEqual((await life.open(author, back.id)).diff.map(row => `${row.op} ${row.key}`), ['offShelf words|note', 'modify words|titleEn']);
  await publish(await pass(back));
  t.is((await life.versionRows('words', '2026.3.0')).rows[0]?.['note'], '甲');
  await close();
});

test('workbooks follow the columns: out with the new ones, without retired ones, in again', async t => {
  const {life, draft, pass, publish, close} = await wordsLife();
  await publish(await pass(await draft('words', field('note'), field('gone'), {op: 'modify', key: 'a', cells: {note: '甲', gone: '留'}})));
  await publish(await pass(await draft('words', {table, op: 'offShelf', key: 'words|gone'})));
  const bytes = await life.exportExcel(author, {catalogId: 'words', filter: {}});
  const preview = await life.previewExcel(author, {catalogId: 'words', bytes});
  t.deepEqual([preview.rows, preview.unchanged, preview.problems.length], [3, 3, 0]);
  t.is((await life.versionRows('words', '2026.3.0')).rows[0]?.['gone'], '留');
  await close();
});

test('a column refers to another catalog, and its rows are held in use by it', async t => {
  const {draft, put, pass, publish, life, close} = await sampleLife();
  await publish(await pass(await draft('tags', {table, op: 'add', cells: {table: 'tags', column: 'areaCode', titleZh: '适用地区', titleEn: 'Area', type: 'reference', reference: 'areas/areas/code'}})), '2026-03-02');
  const column = (await life.form('tags')).tables[0]?.columns.find(each => each.name === 'areaCode');
  t.like(column, {type: 'reference', reference: {catalog: 'areas', table: 'areas', elsewhere: false}});
  const key = (await life.rows({catalogId: 'tags', filter: {}, limit: 1})).rows[0]?.key ?? '';
  const change = await put(await draft('tags'), {op: 'modify', key, cells: {areaCode: '999999'}});
  t.true((await refusal(life.submit(author, ref(change)))).some(problem => problem.startsWith('FILE_REFERENCE_UNKNOWN')));
  await put(change, {op: 'modify', key, cells: {areaCode: '650100'}});
  await close();
});
