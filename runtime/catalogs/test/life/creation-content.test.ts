import test from 'ava';
import {readCatalog} from '@banli/formats/catalogs';
import {publishedSource, type ChangeSet, type NewCatalog, type RowInput} from '../../src/index.js';
import {author, ref, refusal, reviewer, wordsLife} from './setup.js';

type Life = Awaited<ReturnType<typeof wordsLife>>;

const code = {column: 'code', titleZh: '编码', titleEn: 'Code', type: 'text', format: 'code', maxLength: '20', required: 'yes', key: 'yes'};
const name = {column: 'titleZh', titleZh: '名称', titleEn: 'Name', type: 'text', maxLength: '40', required: 'yes'};
const toWord = {titleZh: '词', titleEn: 'Word', type: 'reference', reference: 'words/words/code', required: 'yes'};
const fairs: NewCatalog = {id: 'job-fairs', kind: 'list', titleZh: '招聘会', titleEn: 'Job fairs', owner: 'editors', columns: [code, name]};

const row = (cells: Readonly<Record<string, string>>): RowInput => ({op: 'add', cells: {sourceRef: 'own:', ...cells}});

async function made({life, pass, publish}: Life, input: Partial<NewCatalog>, rows: readonly RowInput[], day?: string): Promise<ChangeSet> {
  const change = await life.createCatalog(author, {...fairs, ...input});
  return publish(await pass(rows.length === 0 ? change : await life.putMany(author, ref(change), rows)), day);
}

test('a tree names parents, a relation joins rows of other catalogs, a matrix is found by several columns', async t => {
  const parts = await wordsLife();
  const {life, service, clock, close} = parts;
  await made(parts, {id: 'subjects', kind: 'tree'}, [row({code: 'work', titleZh: '就业'}), row({code: 'fair', parentCode: 'work', titleZh: '招聘'})]);
  t.deepEqual((await service.choices('subjects', clock.now())).choices.map(choice => [choice.key, choice.path]), [['fair', ['就业']], ['work', []]]);
  t.deepEqual((await life.tree({catalogId: 'subjects'})).map(node => [node.key, node.children]), [['work', 1]]);
  const pair = [{...toWord, column: 'word', key: 'yes'}, {...toWord, column: 'other', titleZh: '另一词', titleEn: 'Other word', key: 'yes'}];
  await made(parts, {id: 'word-pairs', kind: 'relation', columns: pair}, [row({word: 'a', other: 'b'})]);
  t.deepEqual((await life.rows({catalogId: 'word-pairs', filter: {}, limit: 5})).rows.map(each => [each.key, each.words['word']?.['zh-CN']]), [['a|b', '甲']]);
  const broken = await life.createCatalog(author, {...fairs, id: 'more-pairs', kind: 'relation', columns: pair});
  t.deepEqual((await refusal(life.put(author, ref(broken), row({word: 'a', other: 'zz'})).then(set => life.submit(author, ref(set))))).map(each => each.split(' ')[0]), ['FILE_REFERENCE_UNKNOWN'], 'a row that is not there');
  await made(parts, {id: 'fees', kind: 'matrix', columns: [{...toWord, column: 'word', key: 'yes'}, {...code, column: 'grade'}, {column: 'fee', titleZh: '金额', titleEn: 'Fee', type: 'number', format: '2', required: 'yes'}].map(({...cells}) => cells)}, [row({word: 'a', grade: 'x', fee: '1.50'})]);
  t.deepEqual((await life.form('fees')).tables[0]?.key, ['word', 'grade']);
  await close();
});

test('the key of one column among several keeps their order, and columns are required, filled and referred to as said', async t => {
  const parts = await wordsLife();
  const {life, put, close} = parts;
  const change = await life.createCatalog(author, fairs);
  t.deepEqual((await refusal(put(change, row({code: 'spring'})))).map(each => each.replace(/^\S+_/, '')), ['INVALID job-fairs/job-fairs spring titleZh']);
  t.deepEqual((await refusal(put(change, row({titleZh: '春季'})))).map(each => each.replace(/^\S+_/, '')), ['INVALID job-fairs/job-fairs  code']);
  t.deepEqual((await refusal(put(change, row({code: 'a b', titleZh: '春季'})))).map(each => each.replace(/^\S+_/, '')), ['INVALID job-fairs/job-fairs a b code']);
  const more = await put(change, {op: 'add', table: '.fields', cells: {table: 'job-fairs', column: 'word', ...toWord}});
  t.deepEqual((await life.form('job-fairs')).tables[0]?.columns.map(column => column.name), ['code', 'titleZh', 'word', 'status', 'sourceRef']);
  t.deepEqual((await life.fields('job-fairs')).fields.map(field => [field.column, field.isProposed, field.uses.join()]), [['code', true, 'key'], ['titleZh', true, ''], ['word', true, ''], ['status', false, 'status'], ['sourceRef', false, '']]);
  t.is((await life.preview(author, {catalogId: 'job-fairs', rows: [row({code: 'spring', titleZh: '春季', word: 'a'})]})).problems.filter(problem => problem.severity !== 'warning').length, 0);
  t.like(await put(more, row({code: 'spring', titleZh: '春季', word: 'a'})), {state: 'editing'});
  await close();
});

test('a catalog may be published without rows, and says so; it is filled later, and only then others refer to it', async t => {
  const parts = await wordsLife();
  const {life, draft, pass, publish, put, service, clock, close} = parts;
  const change = await life.createCatalog(author, fairs);
  const opened = await life.open(author, change.id);
  t.deepEqual(opened.problems.map(problem => [problem.code, problem.severity]), [['CATALOG_CHANGE_NO_ROWS', 'warning']]);
  t.like(await life.check(author, change.id), {version: '2026.1.0', toConfirm: 0});
  await publish(await pass(change));
  t.deepEqual((await service.choices('job-fairs', clock.now())).choices, []);
  const refers = {op: 'add' as const, table: '.fields', cells: {table: 'words', column: 'fair', titleZh: '招聘会', titleEn: 'Job fair', type: 'reference', reference: 'job-fairs/job-fairs/code'}};
  t.deepEqual((await refusal(draft('words', refers))).map(each => each.split(' ')[0]), ['FIELD_REFERENCE']);
  await publish(await pass(await draft('job-fairs', row({code: 'spring', titleZh: '春季招聘会'}))), '2026-03-03');
  const filled = await put(await draft('words', refers), {op: 'modify', key: 'a', cells: {fair: 'spring'}});
  await publish(await pass(filled), '2026-03-04');
  t.is((await life.rows({catalogId: 'words', filter: {}, limit: 5})).rows[0]?.words['fair']?.['zh-CN'], '春季招聘会');
  t.deepEqual((await refusal(draft('job-fairs', {op: 'offShelf', key: 'spring'}))).map(each => each.split(' ')[0]), ['USED_BY_ROW']);
  await close();
});

test('rows of a catalog that is being made come from a workbook, and go into one', async t => {
  const parts = await wordsLife();
  const {life, put, pass, publish, close} = parts;
  const change = await put(await life.createCatalog(author, fairs), row({code: 'spring', titleZh: '春季招聘会'}));
  const bytes = await life.exportExcel(author, {catalogId: 'job-fairs', filter: {}, changeId: change.id});
  const other = await life.createCatalog(author, {...fairs, id: 'more-fairs'});
  t.deepEqual(await refusal(life.importExcel(author, {catalogId: 'more-fairs', title: '导入', bytes})), ['CATALOG_CHANGE_CREATION_OPEN']);
  t.like(await life.previewExcel(author, {catalogId: 'more-fairs', bytes, changeId: other.id}), {rows: 1});
  const filled = await life.importExcel(author, {catalogId: 'more-fairs', bytes, into: ref(other)});
  await publish(await pass(filled));
  t.deepEqual((await life.rows({catalogId: 'more-fairs', filter: {}, limit: 5})).rows.map(each => [each.key, each.title['zh-CN']]), [['spring', '春季招聘会']]);
  const again = await life.exportExcel(author, {catalogId: 'more-fairs', filter: {}});
  t.deepEqual(await refusal(life.importExcel(author, {catalogId: 'more-fairs', title: '导入', bytes: again})), ['CATALOG_CHANGE_EMPTY'], 'what was exported changes nothing');
  await close();
});

test('the text of a catalog that was made on a page is sound, and there is none before it is published', async t => {
  const parts = await wordsLife();
  const {life, store, put, pass, publish, close} = parts;
  const change = await put(await life.createCatalog(author, {...fairs, risk: 'high'}), row({code: 'spring', titleZh: '春季招聘会'}));
  t.deepEqual(await refusal(publishedSource(store, 'job-fairs')), ['CATALOG_UNKNOWN']);
  t.is((await life.draftSource(reviewer, change.id, 'job-fairs')).name, 'job-fairs');
  await publish(await pass(change));
  const {files} = await publishedSource(store, 'job-fairs');
  const {catalog, problems} = readCatalog(files);
  t.deepEqual(problems, []);
  t.like(catalog?.manifest, {id: 'job-fairs', version: '2026.1.0', effectiveFrom: '2026-03-02', kind: 'list', owner: 'editors', review: {risk: 'high'}});
  t.is(files['data/job-fairs.csv'], 'code,titleZh,status,sourceRef\nspring,春季招聘会,active,own:\n');
  await close();
});
