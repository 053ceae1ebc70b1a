import {cp, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {run} from '../src/index.js';
import {systemUser} from '../src/operator.js';
import {direct, install, names} from './installation.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** An installation with the natures and urgency catalogs published, and their folders. */
async function setup(t: ExecutionContext, env: Record<string, string> = {}) {
  const home = scratchFolder('publish', t);
  for (const name of ['areas', 'natures', 'urgency']) await cp(join(root, 'catalogs', name), join(home, 'catalogs', name), {recursive: true});
  const {store, audit, env: database} = await install(t, home);
  const folder = join(home, 'catalogs', 'natures');
  const banli = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await run(['catalog', ...args], {env: {BANLI_HOME: home, PORT: '1', ...database, ...env}, write: line => void lines.push(line)});
    return {code, text: lines.join('\n')};
  };
  const change = async (file: string, make: (text: string) => string) => writeFile(join(folder, file), make(await readFile(join(folder, file), 'utf8')));
  t.is((await banli('publish', join(home, 'catalogs'), ...direct)).code, 0);
  const sets = () => store.knex('catalog_change').select('state', 'author_name', 'review_number', 'title');
  return {home, store, audit, folder, banli, change, sets};
}

/** Puts the template of the review into the installation as if it was deployed. */
async function useReview({store}: Awaited<ReturnType<typeof setup>>): Promise<void> {
  const compiled = compileBundle(await readBundleFolder(join(root, 'templates', 'catalog-review')));
  const {hash} = compiled;
  await store.knex('bundle_release').insert({hash, bundle_id: 'catalogReview', version: '1.1.0', status: 'deployed', definition_id: 'review:1', published_at: 1, published_by: 'p', published_by_name: 'p', files: '{}', compiled: JSON.stringify(compiled)});
  await store.knex('bundle_current').insert({bundle_id: 'catalogReview', hash});
}

test('what a folder changes goes through the review: a set and its case, told with number and page; nothing is published', async t => {
  const world = await setup(t);
  await useReview(world);
  await world.change('data/natures.csv', text => text.replace('help,求助', 'help,求助帮扶'));
  const {code, text} = await world.banli('publish', join(world.home, 'catalogs'), '--as', 'qu.fenxi');
  t.is(code, 0, text);
  t.regex(text, /· 未变 urgency/);
  t.regex(text, /✓ 已提交审核 natures：1 行，审核单 ML650000-\d{8}-000001\n {2}进展：在页面打开 \/catalogs\/natures\?tab=changes&change=\S+；通过后在该页发布/);
  const [set] = await world.sets();
  t.like(set, {state: 'inReview'});
  t.regex(String(set?.['review_number']), /^ML650000-/);
  t.is((await world.store.knex('case_record')).length, 1);
  t.is((await world.store.knex('catalog_version')).length, 3);
  const rows = (await world.audit.list({limit: 20})).rows.filter(row => row.actorName === names.get('p-qu-fenxi'));
  t.true(rows.some(row => row.action === 'catalogs.submit'));
  t.deepEqual([...new Set(rows.map(row => row.address))], [`cli:${systemUser()}`], 'no password was asked, so every row says that it was the command line, and whose');
});

test('without a chain of reviewers the set waits for one reviewer', async t => {
  const world = await setup(t, {BANLI_CATALOG_REVIEW: 'none'});
  await world.change('data/natures.csv', text => text.replace('help,求助', 'help,求助帮扶'));
  t.regex((await world.banli('publish', world.folder, '--as', 'qu.fenxi')).text, /✓ 已提交审核 natures：1 行，待审核员审核/);
  t.like(await world.sets(), [{state: 'inReview', review_number: null}]);
});

test('publishing directly wants the flag, an account and its right over the owner; the audit log names the person', async t => {
  const world = await setup(t, {BANLI_CATALOG_REVIEW: 'none'});
  await world.change('data/natures.csv', text => text.replace('help,求助', 'help,求助帮扶'));
  await world.change('catalog.yaml', text => text.replace(/^version: .*$/m, 'version: 2031.1.0'));
  t.is((await world.banli('publish', world.folder)).code, 2);
  t.is((await world.banli('publish', world.folder, '--direct')).code, 2);
  t.is((await world.banli('publish', world.folder, '--as', 'qu.admin', '--force')).code, 2);
  t.regex((await world.banli('publish', world.folder, '--as', 'nobody', '--direct')).text, /没有账号 nobody/);
  for (const login of ['qu.fenxi', 'shi.zhiban']) t.regex((await world.banli('publish', world.folder, '--as', login, '--direct')).text, /没有权限 catalogs\.publish/);
  t.regex((await world.banli('publish', world.folder, '--as', 'shi.zhiban')).text, /没有权限 catalogs\.edit/);
  t.is((await world.store.knex('catalog_version')).length, 3);
  t.regex((await world.banli('publish', world.folder, ...direct)).text, /✓ 已直接发布（未经审核） natures 2031\.1\.0/);
  const row = (await world.audit.list({limit: 20})).rows.find(each => each.action === 'catalogs.publishFolder' && each.subject === 'natures');
  t.like(row, {actorName: names.get('p-qu-admin'), address: `cli:${systemUser()}`});
  t.deepEqual(await world.sets(), []);
});

test('publishing directly lists what the pages would ask about, and wants it accepted; the audit log says what was', async t => {
  const world = await setup(t);
  const limits = join(world.home, 'limits');
  for (const name of ['matters', 'industries', 'channels']) await cp(join(root, 'catalogs', name), join(world.home, 'catalogs', name), {recursive: true});
  await cp(join(root, 'catalogs', 'limits'), limits, {recursive: true});
  await cp(limits, join(world.home, 'catalogs', 'limits'), {recursive: true});
  const first = await world.banli('publish', join(world.home, 'catalogs'), ...direct);
  t.is(first.code, 0, first.text);
  const edit = async (file: string, make: (text: string) => string) => writeFile(join(limits, file), make(await readFile(join(limits, file), 'utf8')));
  await edit('data/limits.csv', text => text.replace(/^(general,normal,resolve,.*),active,/m, '$1,retired,'));
  await edit('catalog.yaml', text => text.replace(/^version: .*$/m, 'version: 2031.1.0'));
  const versions = async () => (await world.store.knex('catalog_version').where({catalog_id: 'limits'})).length;

  const refused = await world.banli('publish', limits, ...direct);
  t.is(refused.code, 1);
  t.regex(refused.text, /! limits\/data\/limits\.csv:40:status CATALOG_CONTENT_LIMIT_GAP .*\n✗ 本次发布带来上列 1 条须确认的提醒，未发布任何目录.*--accept-warnings/);
  t.is(await versions(), 1);
  t.is((await world.banli('publish', limits, '--as', 'qu.fenxi', '--accept-warnings')).code, 2, 'a change that is handed in is looked at by its reviewers');

  const done = await world.banli('publish', limits, ...direct, '--accept-warnings');
  t.is(done.code, 0, done.text);
  t.regex(done.text, /✓ 已直接发布（未经审核） limits 2031\.1\.0/);
  t.is(await versions(), 2);
  const [row] = await world.store.knex('audit_entry').where({action: 'catalogs.publishFolder', subject: 'limits'}).orderBy('id', 'desc').limit(1).select('data');
  t.like(JSON.parse(String(row?.['data'])), {version: '2031.1.0', direct: true, acceptedWarnings: ['CATALOG_CONTENT_LIMIT_GAP limits/data/limits.csv:40']});
  t.is((await world.banli('publish', limits, ...direct)).code, 0, 'what is published already asks nothing');
});

test('publishing directly asks of a new owner and of what goes out of use what the pages ask', async t => {
  const world = await setup(t);
  const version = (text: string) => text.replace(/^version: .*$/m, 'version: 2031.1.0');
  const owner = (unit: string) => world.change('catalog.yaml', text => version(text).replace(/^owner: .*$/m, `owner: ${unit}`));
  const publish = () => world.banli('publish', world.folder, ...direct);
  await owner('u-nowhere');
  const gone = await publish();
  t.is(gone.code, 1);
  t.regex(gone.text, /natures\/catalog\.yaml:natures CATALOG_CHANGE_SETTING_OWNER 机构“u-nowhere”不存在或未在用/);
  await world.store.knex('post').where({unit_id: 'u650100-wenlv'}).update({status: 'retired'});
  await owner('u650100-wenlv');
  t.regex((await publish()).text, /CATALOG_CHANGE_SETTING_OWNER_EMPTY 市文化和旅游局没有任何人员/);
  t.is((await world.store.knex('catalog_version').where({catalog_id: 'natures'})).length, 1);
  await owner('u650100-centre');
  t.is((await publish()).code, 0);
});

test('owner, titles and bounds of a folder are handed in as a set, told by a difference, and refused where they make no sense', async t => {
  const world = await setup(t, {BANLI_CATALOG_REVIEW: 'none'});
  await world.change('catalog.yaml', text => text.replace('title: {zh-CN: 诉求性质', 'title: {zh-CN: 诉求类别').replace('owner: u650000-centre', 'owner: u650100-centre').replace('    key: [code]\n', '    key: [code]\n    issue: {overrides: [{columns: [sourceRef], bound: extend}]}\n'));
  const told = (await world.banli('diff', join(root, 'catalogs', 'natures'), world.folder)).text;
  for (const line of ['titleZh: 诉求性质 → 诉求类别', 'owner: u650000-centre → u650100-centre', 'below: （空） → extend']) t.true(told.includes(line), told);
  t.regex((await world.banli('publish', world.folder, '--as', 'qu.fenxi')).text, /✓ 已提交审核 natures：2 行，待审核员审核/);
  const rows = (await world.store.knex('catalog_change_row').orderBy('table_name').select('table_name', 'row_key')) as ReadonlyArray<Readonly<Record<string, string>>>;
  t.deepEqual(rows.map(row => [row['table_name'], row['row_key']]), [['.catalog', 'natures'], ['.fields', 'natures|sourceRef']]);
  await world.change('catalog.yaml', text => text.replace('owner: u650100-centre', 'owner: u-nowhere'));
  t.regex((await world.banli('publish', world.folder, '--as', 'qu.fenxi')).text, /u-nowhere/);
  t.deepEqual((await world.sets()).map(set => (set as {readonly state: string}).state).toSorted(), ['inReview', 'revoked']);
});

test('a folder that names another owner takes the catalog over from nobody', async t => {
  const world = await setup(t, {BANLI_CATALOG_REVIEW: 'none'});
  await world.change('catalog.yaml', text => text.replace('owner: u650000-centre', 'owner: u650100-centre').replace(/^version: .*$/m, 'version: 2031.1.0'));
  for (const more of [[], ['--direct']]) t.regex((await world.banli('publish', world.folder, '--as', 'shi.admin', ...more)).text, /没有权限 catalogs\.(edit|publish)/);
  t.deepEqual(await world.sets(), []);
});

test('what no change set of rows can say is refused with the way out, and nothing is handed in', async t => {
  const world = await setup(t, {BANLI_CATALOG_REVIEW: 'none'});
  await world.change('catalog.yaml', text => text.replace('kind: list', 'kind: relation'));
  t.regex((await world.banli('publish', world.folder, '--as', 'qu.fenxi')).text, /超出变更单.*--direct/);
  await world.change('catalog.yaml', text => text.replace('kind: relation', 'kind: list'));
  await world.change('data/natures.csv', text => text.replace(/^help,.*\n/m, ''));
  t.regex((await world.banli('publish', world.folder, '--as', 'qu.fenxi')).text, /help/);
  await cp(join(root, 'catalogs', 'channels'), join(world.home, 'channels'), {recursive: true});
  t.regex((await world.banli('publish', join(world.home, 'channels'), '--as', 'qu.fenxi')).text, /从未发布.*--direct/);
  t.deepEqual(await world.sets(), []);
});
