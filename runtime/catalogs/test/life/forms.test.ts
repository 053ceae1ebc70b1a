import test from 'ava';
import {readShape} from '@banli/formats/catalogs';
import {readSheet, renewSchemaWords, writeSheet} from '../../src/index.js';
import {readCatalogFolders} from '../../src/index.js';
import {catalogRoot} from '../sample-service.js';
import {author, ref, refusal, sampleLife, sharedLife, stranger, word, wordsLife} from './setup.js';

test('every column of the sample catalogs has a title of its own, and every value of a list words, in both languages', async t => {
  const sources = await readCatalogFolders(catalogRoot);
  for (const {name, files} of sources) {
    for (const [path, text] of Object.entries(files).filter(([file]) => file.startsWith('schema/'))) {
      const {title, columns} = readShape(text);
      t.truthy(title?.en, `${name}/${path}`);
      t.is(new Set(columns.map(column => column.title['zh-CN'])).size, columns.length, `${name}/${path}`);
      for (const column of columns) {
        for (const words of [column.title, ...column.options.map(option => option.title)]) t.true(/[\u4e00-\u9fff]/.test(words['zh-CN']) && words.en !== undefined, `${name}/${path}: ${column.name}`);
      }
    }
  }
});

test('a form knows what its columns are called, what they refer to and what never changes', async t => {
  const {life, close} = await sharedLife();
  const form = await life.form('items');
  const columns = new Map(form.tables[0]?.columns.map(column => [column.name, column]));
  t.like(columns.get('matterCode'), {title: {'zh-CN': '事项分类'}, isRequired: true, isFixed: true, reference: {catalog: 'matters', table: 'matters', leaf: true, elsewhere: false}});
  t.like(columns.get('unitId'), {reference: {catalog: 'organisation', table: 'units', elsewhere: true}});
  t.deepEqual(columns.get('limitUnit')?.options[0], {value: 'workingDay', title: {'zh-CN': '个工作日', en: 'working days'}});
  t.like((await life.form('areas')).tables[0], {parent: 'parentCode'});
  await t.throwsAsync(life.form('nowhere'), {code: 'CATALOG_UNKNOWN'} as never);
  await close();
});

test('cells and rows without a title are told in words', async t => {
  const {life, close} = await sharedLife();
  const {rows} = await life.rows({catalogId: 'responsibility', filter: {code: '020101|'}, limit: 5});
  t.is(rows[0]?.words['matterCode']?.['zh-CN'], '占道经营');
  t.is(rows[0]?.words['areaCode']?.['zh-CN'] === undefined, false);
  t.true(rows[0]?.title['zh-CN'].startsWith('占道经营 · '));
  const found = await life.rows({catalogId: 'responsibility', filter: {name: '天山区'}, limit: 5});
  t.is(found.rows.length, 5);
  await close();
});

test('a tree is walked branch by branch, and a branch filters the rows', async t => {
  const {life, close} = await sharedLife();
  const roots = await life.tree({catalogId: 'matters'});
  const [first] = roots;
  t.like(first, {key: '01', title: {'zh-CN': '市场监管'}});
  const children = await life.tree({catalogId: 'matters', parent: '01'});
  t.is(children.length, first?.children ?? -1);
  const {rows} = await life.rows({catalogId: 'matters', filter: {below: '01'}, limit: 200});
  t.is(rows.length, (first?.below ?? 0) + 1);
  t.deepEqual(await life.tree({catalogId: 'items'}), []);
  t.deepEqual(await life.tree({catalogId: 'matters', parent: 'nowhere'}), []);
  await close();
});

test('options are found by words, code or key, leaves only where rows hang on leaves', async t => {
  const {life, close} = await sharedLife();
  const found = await life.options({catalogId: 'matters', words: '占道', leaf: true, limit: 10});
  t.true(found.some(option => option.key === '020101' && option.path.length === 2));
  t.deepEqual((await life.options({catalogId: 'matters', words: '0202', leaf: true, limit: 50})).filter(option => option.key === '0202'), []);
  t.deepEqual((await life.options({catalogId: 'limits', table: 'groups', keys: ['city'], limit: 5})).map(option => option.title['zh-CN']), ['城市管理']);
  await close();
});

test('many rows are put together or not at all', async t => {
  const {life, draft, close} = await wordsLife();
  const change = await draft('words');
  const offShelf = {op: 'offShelf' as const, key: 'a'};
  t.deepEqual(await refusal(life.putMany(author, ref(change), [word('d', '丁'), {...word('e', '戊'), cells: {code: 'e', titleZh: ' 戊', titleEn: 'E', sourceRef: 'own:'}}])), ['FILE_ROW_INVALID words/words e titleZh']);
  t.deepEqual((await life.open(author, change.id)).diff, []);
  const put = await life.putMany(author, ref(change), [word('d', '丁'), {op: 'modify', key: 'b', cells: {titleZh: '贝'}}, offShelf]);
  t.deepEqual((await life.open(author, put.id)).diff.map(row => `${row.op} ${row.key}`).sort(), ['add d', 'modify b', 'offShelf a']);
  t.deepEqual(await refusal(life.putMany(author, ref(change), [offShelf])), ['CATALOG_CHANGE_STALE']);
  t.deepEqual(await refusal(life.putMany(stranger, ref(put), [offShelf])), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.putMany(author, ref(put), Array.from({length: 501}, () => offShelf))), ['CATALOG_CHANGE_TOO_MANY']);
  await close();
});

test('a preview tells what would change and what stands against it, and writes nothing', async t => {
  const {life, close} = await sampleLife();
  t.teardown(close);
  const filed = (await life.rows({catalogId: 'matter-natures', filter: {code: '010102|'}, limit: 1})).rows[0]?.values['categoryCode'] ?? '';
  const categories = (await life.options({catalogId: 'matter-natures', table: 'categories', limit: 50})).map(option => option.key).filter(key => key !== filed);
  const rows = categories.map(categoryCode => ({op: 'add' as const, cells: {matterCode: '010102', categoryCode, sourceRef: 'own: 调整'}}));
  const {diff, problems} = await life.preview(author, {catalogId: 'matter-natures', rows, apart: true});
  t.is(diff.length, rows.length);
  t.true(problems.some(problem => problem.code === 'CATALOG_CHANGE_NATURE_CONFLICT'));
  t.true(problems.some(problem => problem.code === 'CATALOG_CHANGE_NATURE_WARNED' && problem.severity === 'warning'));
  t.true(problems.every(problem => problem.place.element?.startsWith('010102|')));
  t.deepEqual(await life.changes(author, {catalogId: 'matter-natures', limit: 5}), []);
  t.deepEqual(await refusal(life.preview(stranger, {catalogId: 'matter-natures', rows})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(life.preview(author, {catalogId: 'matter-natures', rows: Array.from({length: 61}, () => rows[0] ?? {op: 'add'}), apart: true})), ['CATALOG_CHANGE_TOO_MANY']);
});

test('a workbook says its columns in Chinese or by name, and can be looked at before it becomes a set', async t => {
  const {life, close} = await sampleLife();
  const bytes = await life.exportExcel(author, {catalogId: 'natures', filter: {}});
  const headers = new Map(((await life.form('natures')).tables[0]?.columns ?? []).map(column => [column.name, column.title]));
  const sheet = await readSheet(bytes, [...headers.keys()], ['code'], headers);
  t.deepEqual(sheet.columns, [...headers.keys()]);
  t.like(await life.previewExcel(author, {catalogId: 'natures', bytes}), {rows: sheet.rows.length, unchanged: sheet.rows.length, diff: [], problems: []});
  t.deepEqual(await refusal(life.importExcel(author, {catalogId: 'natures', title: '导入', bytes})), ['CATALOG_CHANGE_EMPTY']);
  await close();
});

test('a version of before gets the words of newer schemas, and nothing else of them', async t => {
  const {life, store, service, close} = await sampleLife();
  const old = await store.knex('catalog_version').where({catalog_id: 'natures'}).first<{id: string; row_schemas: string}>('id', 'row_schemas');
  const plain = (text: string, more: object = {}) => JSON.stringify(JSON.parse(text, (name, value: unknown) => (name === 'titles' || name === 'words' ? undefined : value)), (name, value: unknown) => (name === '' ? {...(value as object), ...more} : value));
  const [path = '', text = ''] = Object.entries(JSON.parse(old.row_schemas) as Record<string, string>)[0] ?? [];
  const set = (schema: string) => store.knex('catalog_version').where({id: old.id}).update({row_schemas: JSON.stringify({[path]: schema})});
  const title = async () => (await life.form('natures')).tables[0]?.columns[0]?.title['zh-CN'];
  const sources = await readCatalogFolders(catalogRoot);
  await set(plain(text));
  t.is(await title(), 'code');
  await renewSchemaWords(store, sources);
  await renewSchemaWords(store, sources);
  t.is(await title(), '编码');
  await set(plain(text, {maxProperties: 5}));
  await renewSchemaWords(store, sources);
  t.is(await title(), 'code');
  await service.close();
  await close();
});

test('previews tell which open sets touch the same rows; they refuse nothing', async t => {
  const {life, draft, approved, publish, close} = await wordsLife();
  const other = await draft('words', {op: 'modify', key: 'a', cells: {titleZh: '甲乙'}});
  await publish(await approved('words', {op: 'modify', key: 'b', cells: {titleZh: '乙丙'}}));
  const rows = ['a', 'b'].map(key => ({op: 'modify' as const, key, cells: {titleEn: 'New'}}));
  const {others, problems} = await life.preview(author, {catalogId: 'words', rows});
  t.deepEqual(others.map(each => [each.key, each.changeId, each.title, each.state]), [['a', other.id, '变更', 'editing']]);
  t.deepEqual(problems, []);
  const bytes = await writeSheet('words', ['code', 'titleZh'], [{code: 'a', titleZh: '别的'}, {code: 'c', titleZh: '丁'}]);
  const preview = await life.previewExcel(author, {catalogId: 'words', bytes});
  t.deepEqual(preview.others.map(each => [each.table, each.key]), [['words', 'a']]);
  t.deepEqual(preview.problems, []);
  await life.revoke(author, ref(other));
  t.deepEqual((await life.preview(author, {catalogId: 'words', rows})).others, []);
  await close();
});

test('whether a set could be published is told without publishing it', async t => {
  const {life, draft, approved, publish, close} = await wordsLife();
  const empty = await draft('words');
  t.deepEqual((await life.check(author, empty.id)).problems.map(problem => problem.code), ['CATALOG_CHANGE_EMPTY']);
  const good = await approved('words', word('d', '丁'));
  t.deepEqual(await life.check(author, good.id), {version: '2026.2.0', problems: [], toConfirm: 0, remade: [], coverage: null});
  t.is((await life.open(author, good.id)).change.state, 'approved');
  await publish(good);
  t.deepEqual(await refusal(life.check(author, good.id)), ['CATALOG_CHANGE_STATE']);
  t.deepEqual(await refusal(life.check(stranger, empty.id)), ['CATALOG_CHANGE_NOT_YOURS']);
  await close();
});

test('the graph of a row shows what it names and what names it, links as the row at their other end', async t => {
  const {life, close} = await sharedLife();
  const {centre, groups} = await life.graph({catalogId: 'matters', key: '010101'});
  t.is(centre.title['zh-CN'], '商品质量投诉');
  const group = (table: string, names = false) => groups.find(each => each.table === table && each.names === names);
  t.true(groups.some(each => each.names && each.nodes[0]?.key === '0101'));
  t.is(group('matter-natures')?.nodes[0]?.table, 'categories');
  t.is(group('items')?.nodes[0]?.key, 'sx-010101-01');
  t.is(group('responsibility')?.nodes[0]?.catalog, null);
  t.true(groups.every(each => each.nodes.length <= 12 && each.total >= each.nodes.length));
  t.deepEqual(await refusal(life.graph({catalogId: 'matters', key: 'nowhere'})), ['CATALOG_ROW_UNKNOWN']);
  await close();
});
