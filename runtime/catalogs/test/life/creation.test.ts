import {readdir} from 'node:fs/promises';
import test from 'ava';
import {reservedIds, type ChangeSet, type NewCatalog, type RowInput} from '../../src/index.js';
import {catalogRoot, wordsCatalog} from '../sample-service.js';
import {author, ref, refusal, reviewer, stranger, wordsLife} from './setup.js';

type Life = Awaited<ReturnType<typeof wordsLife>>;

const code = {column: 'code', titleZh: '编码', titleEn: 'Code', type: 'text', format: 'code', maxLength: '20', required: 'yes', key: 'yes'};
const name = {column: 'titleZh', titleZh: '名称', titleEn: 'Name', type: 'text', maxLength: '40', required: 'yes'};
const fairs: NewCatalog = {id: 'job-fairs', kind: 'list', titleZh: '招聘会', titleEn: 'Job fairs', owner: 'editors', columns: [code, name]};

const row = (key: string, title: string): RowInput => ({op: 'add', cells: {code: key, titleZh: title, sourceRef: 'own:'}});

const make = (life: Life['life'], more: Partial<NewCatalog> = {}): Promise<ChangeSet> => life.createCatalog(author, {...fairs, ...more});

test('a catalog that is made on a page is reviewed and published as a set, and its first version is made of it', async t => {
  const {life, service, clock, put, pass, publish, close} = await wordsLife();
  const made = await make(life);
  t.like(made, {catalogId: 'job-fairs', state: 'editing', baseVersionId: null, baseVersion: null, title: '新建目录：招聘会'});
  t.like(await life.form('job-fairs'), {version: '', kind: 'list', owner: 'editors', title: {'zh-CN': '招聘会'}}, 'it is edited as every other');
  t.deepEqual((await life.form('job-fairs')).tables[0]?.columns.map(column => column.name), ['code', 'titleZh', 'status', 'sourceRef']);
  t.like((await life.drafts(author)).drafts[0], {id: 'job-fairs', changeId: made.id, state: 'editing'});
  t.is((await service.list(clock.now())).find(each => each.id === 'job-fairs'), undefined, 'nobody else sees it');
  const filled = await put(await put(made, row('spring', '春季招聘会')), row('autumn', '秋季招聘会'));
  t.deepEqual((await life.rows({catalogId: 'job-fairs', filter: {}, limit: 10})).rows.map(each => [each.key, each.state]), [['autumn', 'editing'], ['spring', 'editing']]);
  const {diff, problems} = await life.open(reviewer, filled.id);
  t.deepEqual(diff.map(each => `${each.op} ${each.table} ${each.key}`).sort(), ['add .catalog job-fairs', 'add .fields job-fairs|code', 'add .fields job-fairs|titleZh', 'add job-fairs autumn', 'add job-fairs spring']);
  t.deepEqual(problems, []);
  const done = await publish(await pass(filled));
  t.like(done, {state: 'published', publishedVersion: '2026.1.0', baseVersion: null});
  t.deepEqual((await life.drafts(author)).drafts, []);
  t.deepEqual((await service.choices('job-fairs', clock.now())).choices.map(choice => [choice.key, choice.title['zh-CN']]), [['autumn', '秋季招聘会'], ['spring', '春季招聘会']]);
  t.deepEqual((await life.rows({catalogId: 'job-fairs', filter: {name: '春季'}, limit: 10})).rows.map(each => each.key), ['spring']);
  t.like((await life.timeline('job-fairs', {limit: 5})).entries[0], {version: '2026.1.0', previous: null, change: {id: done.id}});
  t.like((await life.open(reviewer, done.id)), {newerVersion: null, problems: []});
  await close();
});

test('what holds of a published catalog holds of one that was made on a page: later sets stand on it, key and kind stay', async t => {
  const {life, draft, put, pass, publish, close} = await wordsLife();
  await publish(await pass(await put(await make(life), row('spring', '春季招聘会'))));
  const next = await draft('job-fairs', {op: 'add', table: '.fields', cells: {table: 'job-fairs', column: 'place', titleZh: '地点', titleEn: 'Place', type: 'text'}}, {op: 'modify', key: 'spring', cells: {place: '人民广场'}});
  const kept = (column: string, input: Partial<RowInput>) => refusal(put(next, {op: 'modify', table: '.fields', key: `job-fairs|${column}`, ...input}));
  t.deepEqual(await kept('titleZh', {cells: {key: 'yes'}}), ['FIELD_KEY_KEPT job-fairs/.fields job-fairs|titleZh key']);
  t.deepEqual(await kept('code', {cells: {required: 'no'}}), ['FIELD_KEY_KEPT job-fairs/.fields job-fairs|code required']);
  t.deepEqual(await kept('code', {op: 'offShelf'}), ['FIELD_KEY_KEPT job-fairs/.fields job-fairs|code status']);
  t.deepEqual(await refusal(put(next, {op: 'modify', table: '.catalog', key: 'job-fairs', cells: {kind: 'tree'}})), ['SETTING_KIND job-fairs/.catalog job-fairs kind']);
  await publish(await pass(next), '2026-03-03');
  const back = await life.rollBack(reviewer, {catalogId: 'job-fairs', version: '2026.1.0', title: '恢复'});
  t.deepEqual((await life.open(reviewer, back.id)).diff.map(each => `${each.op} ${each.key}`), ['offShelf job-fairs|place']);
  await close();
});

test('an id is taken once: by a catalog, by somebody who is making one, by the platform', async t => {
  const {life, service, put, close} = await wordsLife();
  const atOnce = await Promise.allSettled([make(life), life.createCatalog(reviewer, fairs)]);
  t.deepEqual(atOnce.map(each => (each.status === 'fulfilled' ? 'made' : (each.reason as {code: string}).code)).sort(), ['CATALOG_CHANGE_ID_TAKEN', 'made']);
  for (const id of ['words', 'job-fairs']) t.deepEqual(await refusal(make(life, {id})), ['CATALOG_CHANGE_ID_TAKEN']);
  for (const id of ['', 'Job', '1st', 'job_fairs', 'job--fairs', '-job', 'job-', 'constructor', 'j'.repeat(65), '../x', '工作']) t.deepEqual(await refusal(make(life, {id})), ['CATALOG_CHANGE_ID_INVALID'], id);
  t.deepEqual(await refusal(make(life, {id: 'limits'})), ['CATALOG_CHANGE_ID_RESERVED']);
  const shipped = (await readdir(catalogRoot, {withFileTypes: true})).filter(entry => entry.isDirectory()).map(entry => entry.name);
  t.deepEqual(shipped.filter(id => !reservedIds.has(id)), [], 'every shipped catalog keeps its id');
  const made = await make(life, {id: 'fairs'});
  const files = wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active']);
  await service.publish([{name: 'fairs', files: Object.fromEntries(Object.entries(files.files).map(([path, text]) => [path.replace('words', 'fairs'), text.replace(/words/g, 'fairs')]))}], 'tests');
  const opened = await life.open(author, made.id);
  t.deepEqual(opened.problems.map(problem => problem.code), ['CATALOG_CHANGE_ID_TAKEN'], 'its author is told');
  t.deepEqual(await refusal(put(made, row('a', '甲'))), ['CATALOG_CHANGE_ID_TAKEN']);
  t.deepEqual(await refusal(life.submit(author, ref(made))), ['CATALOG_CHANGE_ID_TAKEN']);
  await life.delete(reviewer, ref(made)).catch(() => t.fail('it can be deleted'));
  await close();
});

test('a folder of the id of a catalog that was made on a page is refused where it would change what is published', async t => {
  const {life, service, put, pass, publish, close} = await wordsLife();
  await publish(await pass(await put(await make(life, {id: 'fairs'}), row('spring', '春季招聘会'))));
  const files = (version: string) => Object.fromEntries(Object.entries(wordsCatalog(version, '2026-03-02', ['a,甲,A,active']).files).map(([path, text]) => [path.replace('words', 'fairs'), text.replace(/words/g, 'fairs')]));
  t.deepEqual(await refusal(service.publish([{name: 'fairs', files: files('2026.1.0')}], 'tests')), ['CATALOG_VERSION_TAKEN']);
  t.deepEqual((await refusal(service.publish([{name: 'fairs', files: files('2026.2.0')}], 'tests'))).map(each => each.split(' ')[0]), ['ROW_GONE']);
  await close();
});

test('kinds ask for their key; what makes no sense is refused at its cell', async t => {
  const {life, close} = await wordsLife();
  const refused = async (more: Partial<NewCatalog>) => (await refusal(make(life, more))).map(each => each.replaceAll('job-fairs', 'x'));
  const plain = (column: string, more: object = {}) => ({column, titleZh: column, titleEn: column, type: 'text', ...more});
  const key = (column: string, more: object = {}) => plain(column, {required: 'yes', key: 'yes', ...more});
  t.deepEqual(await refused({columns: [name]}), ['KEY_MISSING x/.catalog x key']);
  t.deepEqual(await refused({columns: []}), ['KEY_MISSING x/.catalog x key']);
  t.deepEqual(await refused({columns: [{...code, required: 'no'}]}), ['FIELD_KEY_REQUIRED x/.fields x|code required']);
  t.deepEqual(await refused({kind: 'calendar'}), ['KIND_UNKNOWN x/.catalog x kind']);
  t.deepEqual(await refused({kind: 'tree', columns: [code, key('more')]}), ['KEY_TREE x/.catalog x key']);
  t.deepEqual(await refused({kind: 'relation', columns: [code, key('more')]}), ['KEY_RELATION x/.catalog x key']);
  t.deepEqual(await refused({kind: 'matrix', columns: [code, key('more')]}), ['KEY_MATRIX x/.catalog x key']);
  t.deepEqual(await refused({columns: [code, plain('word', {type: 'reference', reference: 'nothing/nothing/code', maxLength: null})].map(cells => ({...cells}))}), ['FIELD_REFERENCE x/.fields x|word reference']);
  t.deepEqual(await refused({columns: [code, plain('Bad Name')]}), ['FIELD_NAME x/.fields x|Bad Name column']);
  t.deepEqual(await refused({titleEn: ' '}), ['SETTING_TITLE x/.catalog x titleEn']);
  t.deepEqual(await refused({columns: [code, plain('a', {type: 'picture'})]}), ['FIELD_TYPE_UNKNOWN x/.fields x|a type']);
  t.deepEqual(await refused({columns: [code, {...name, column: 'status'}]}), ['ROW_EXISTS x/.fields x|status']);
  t.deepEqual((await life.drafts(author)).drafts, [], 'nothing is left of what was refused');
  await close();
});

test('whoever has no right over the owner makes no catalog, sees none that is made, and hands none to an owner of others', async t => {
  const {life, denied, references, put, close} = await wordsLife();
  references.isUnit = unitId => unitId !== 'nowhere';
  t.deepEqual(await refusal(life.createCatalog(stranger, fairs)), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual((await refusal(make(life, {owner: 'nowhere'}))).map(each => each.split(' ')[0]), ['SETTING_OWNER']);
  const made = await make(life);
  t.deepEqual((await life.drafts(stranger)).drafts, []);
  t.deepEqual(await refusal(life.open(stranger, made.id)), ['CATALOG_CHANGE_NOT_YOURS']);
  denied.add('catalogs.create');
  t.deepEqual(await refusal(make(life, {id: 'others'})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.deepEqual(await refusal(put(made, {op: 'modify', table: '.catalog', key: 'job-fairs', cells: {owner: 'elsewhere'}})), ['CATALOG_CHANGE_NOT_YOURS']);
  t.like(await put(made, {op: 'modify', table: '.catalog', key: 'job-fairs', cells: {titleZh: '招聘'}}), {state: 'editing'}, 'writing it wants the right to write');
  await close();
});

test('the set that makes a catalog is the only one of it, keeps what makes it, and is gone for good when it is deleted', async t => {
  const {life, store, denied, put, draft, audit, close} = await wordsLife();
  let made = await put(await make(life), row('spring', '春季招聘会'));
  t.deepEqual(await refusal(draft('job-fairs')), ['CATALOG_CHANGE_CREATION_OPEN']);
  t.deepEqual(await refusal(life.rebase(author, ref(made), [])), ['CATALOG_CHANGE_CREATION_OPEN']);
  t.deepEqual(await refusal(life.rollBack(author, {catalogId: 'job-fairs', version: '2026.1.0', title: '恢复'})), ['CATALOG_CHANGE_VERSION_UNKNOWN']);
  t.deepEqual(await refusal(life.remove(author, ref(made), {table: '.catalog', key: 'job-fairs'})), ['CATALOG_CHANGE_SETTING_KEPT']);
  t.deepEqual((await refusal(life.remove(author, ref(made), {table: '.fields', key: 'job-fairs|code'}))).map(each => each.split(' ')[0]), ['KEY_MISSING']);
  t.deepEqual((await refusal(put(made, {op: 'modify', table: '.fields', key: 'job-fairs|titleZh', cells: {key: 'yes'}}))).map(each => each.split(' ')[0]), ['FIELD_KEY_ROWS']);
  t.deepEqual((await refusal(put(made, {op: 'modify', table: '.catalog', key: 'job-fairs', cells: {kind: 'calendar'}}))).map(each => each.split(' ')[0]), ['KIND_UNKNOWN']);
  made = await life.remove(author, ref(made), {table: 'job-fairs', key: 'spring'});
  made = await put(made, {op: 'modify', table: '.fields', key: 'job-fairs|titleZh', cells: {key: 'yes'}});
  t.deepEqual((await life.form('job-fairs')).tables[0]?.key, ['code', 'titleZh']);
  t.deepEqual((await refusal(put(made, {op: 'modify', table: '.catalog', key: 'job-fairs', cells: {kind: 'tree'}}))).map(each => each.split(' ')[0]), ['KEY_TREE']);
  denied.add('catalogs.delete');
  t.deepEqual(await refusal(life.delete(reviewer, ref(made))), ['CATALOG_CHANGE_NOT_YOURS']);
  await life.delete(author, ref(made));
  t.deepEqual([await store.knex('catalog_change').count({n: '*'}), await store.knex('catalog_change_row').count({n: '*'}), await store.knex('catalog_creation').count({n: '*'})].map(([found]) => Number(found?.n)), [0, 0, 0]);
  t.is(audit.at(-1)?.action, 'catalogs.delete');
  t.deepEqual(await refusal(life.form('job-fairs')), ['CATALOG_UNKNOWN']);
  t.like(await life.revoke(author, ref(await make(life))), {state: 'revoked'});
  t.like(await make(life), {state: 'editing'}, 'a revoked one gives its id back');
  await close();
});
