import {cp, readFile, readdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {writeSheet} from '@banli/catalogs';
import {openAudit} from '@banli/audit';
import {createStore} from '@banli/store';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {run} from '../src/index.js';
import {systemUser} from '../src/operator.js';
import {direct, install} from './installation.js';

const shipped = fileURLToPath(new URL('../../../catalogs/', import.meta.url));

/** The natures and urgency catalogs in a folder of their own. */
async function setup(t: ExecutionContext) {
  const home = scratchFolder('catalog', t);
  for (const name of ['natures', 'urgency']) await cp(join(shipped, name), join(home, 'catalogs', name), {recursive: true});
  const folder = join(home, 'catalogs', 'natures');
  const csv = join(folder, 'data', 'natures.csv');
  let env: Readonly<Record<string, string>> = {};
  const installed = async () => {
    const made = await install(t, home);
    env = made.env;
    return made;
  };
  const banli = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await run(['catalog', ...args], {env: {BANLI_HOME: home, PORT: '1', ...env}, write: line => void lines.push(line)});
    return {code, text: lines.join('\n')};
  };
  const change = async (make: (text: string) => string) => writeFile(csv, make(await readFile(csv, 'utf8')));
  return {home, folder, csv, banli, change, installed};
}

test('the check is good on a catalog and on all of them, and names file, line and column of what is wrong', async t => {
  const {home, folder, csv, banli, change} = await setup(t);
  t.like(await banli('check', folder), {code: 0, text: '✓ 没有错误，0 条提醒'});
  t.is((await banli('check', join(home, 'catalogs'))).code, 0);
  await change(text => text.replace('complaint,投诉,Complaint,active', 'complaint,,Complaint,broken'));
  const bad = await banli('check', folder);
  t.is(bad.code, 1);
  t.regex(bad.text, /✗ natures\/data\/natures\.csv:2:11:titleZh CATALOG_FILE_ROW_INVALID/);
  await writeFile(csv, Buffer.from([0x63, 0xb1, 0xa0, 0x0a]));
  t.regex((await banli('check', folder)).text, /natures\.csv 不是 UTF-8/);
  t.is((await banli('check', home)).code, 1);
  t.is((await banli('check')).code, 2);
});

test('with bundles the check tells of receivers that none of them knows, with line and column', async t => {
  const {home, banli} = await setup(t);
  const limits = join(home, 'catalogs', 'limits');
  await cp(join(shipped, 'limits'), limits, {recursive: true});
  const templates = join(home, 'templates');
  await cp(fileURLToPath(new URL('../../../templates/hotline/', import.meta.url)), join(templates, 'hotline'), {recursive: true});
  const unknown = async (bundles: string) => (await banli('check', limits, '--bundles', bundles)).text.split('\n').filter(line => line.includes('RECEIVER'));
  t.deepEqual(await unknown(templates), []);
  const file = join(templates, 'hotline', 'limits.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('id: unit-head', 'id: head'));
  const [line = '', ...more] = await unknown(join(templates, 'hotline'));
  t.regex(line, /^! limits\/data\/ladders\.csv:3:supervise\|2 CATALOG_RECEIVER_UNKNOWN 1 行（supervise\|2）的告知对象“unit-head”在已发布的应用（hotline）中均无定义.*补充 unit-head 并发布该应用，或改选：.*head/);
  t.deepEqual(more, []);
  t.false((await banli('check', limits)).text.includes('RECEIVER'), 'without bundles nothing is asked');
  t.is((await banli('check', limits, '--bundles', home)).code, 1, 'there is no bundle');
  t.is((await banli('check', limits, '--bundles')).code, 2);
});

test('formatting sorts, cleans and changes nothing the second time; a row that cannot be read stays', async t => {
  const {folder, csv, banli, change} = await setup(t);
  const good = await readFile(csv, 'utf8');
  await change(text => {
    const [header = '', ...rows] = text.trimEnd().split('\n');
    return `\uFEFF${[header, ...rows.reverse().map(row => `"${row.split(',')[0] ?? ''}"${row.slice(row.indexOf(','))}`)].join('\r\n')}`;
  });
  t.is((await banli('check', folder)).code, 1);
  t.is((await banli('format', folder)).code, 0);
  t.is(await readFile(csv, 'utf8'), good);
  t.like(await banli('format', folder), {code: 0, text: '✓ 已是规范格式'});
  const broken = `${good}help2,"求助,Help,active,own:\n`;
  await writeFile(csv, broken);
  t.is((await banli('format', folder)).code, 1);
  t.is(await readFile(csv, 'utf8'), broken);
});

test('two states are compared by row and column; different catalogs are not compared', async t => {
  const {home, folder, banli, change} = await setup(t);
  const old = join(home, 'old');
  await cp(folder, old, {recursive: true});
  await change(text => text.replace('help,求助', 'help,求助帮扶').replace('report,举报,Report of an offence,active', 'report,举报,Report of an offence,retired'));
  const {code, text} = await banli('diff', old, folder);
  t.is(code, 0);
  t.regex(text, /~ natures help 求助帮扶\n {4}titleZh: 求助 → 求助帮扶\n下架 natures report 举报\n {4}status: active → retired\n.+2 行不同/);
  t.is((await banli('diff', old, join(home, 'catalogs', 'urgency'))).code, 1);
  t.is((await banli('diff', old)).code, 2);
});

test('a workbook goes out and comes in; a bad row leaves the text as it was', async t => {
  const {home, folder, csv, banli} = await setup(t);
  const [good, file] = [await readFile(csv, 'utf8'), join(home, 'natures.xlsx')];
  t.is((await banli('export', folder, file)).code, 0);
  t.is((await banli('import', folder, file)).code, 0);
  t.is(await readFile(csv, 'utf8'), good);
  const columns = ['code', 'titleZh', 'titleEn', 'sourceRef'];
  await writeFile(file, await writeSheet('natures', columns, [{code: 'praise', titleZh: '表扬', titleEn: 'Praise', sourceRef: 'own:'}, {code: 'help', titleEn: 'Help', titleZh: '求助帮扶', sourceRef: 'own:'}]));
  t.is((await banli('import', folder, file)).code, 0);
  t.is((await banli('check', folder)).code, 0);
  const changed = await readFile(csv, 'utf8');
  t.true(changed.includes('praise,表扬,Praise,active,own:\n') && changed.includes('help,求助帮扶'));
  await writeFile(file, await writeSheet('natures', columns, [{code: 'BAD CODE', titleZh: '坏', titleEn: 'Bad'}]));
  t.is((await banli('import', folder, file)).code, 1);
  t.is(await readFile(csv, 'utf8'), changed);
  t.is((await banli('import', folder, join(home, 'none.xlsx'))).code, 1);
  t.is((await banli('export', folder, file, 'nothing')).code, 1);
});

test('publishing wants an installation, happens once and is told to the audit log; a bad catalog publishes nothing', async t => {
  const {home, folder, banli, change, csv, installed} = await setup(t);
  t.regex((await banli('publish', folder, ...direct)).text, /没有安装/);
  const {store, audit: log} = await installed();
  t.regex((await banli('publish', join(home, 'catalogs'), ...direct)).text, /✓ 已直接发布（未经审核） natures .+\n✓ 已直接发布（未经审核） urgency/);
  t.regex((await banli('publish', folder, ...direct)).text, /· 未变 natures/);
  const pulled = join(home, 'pulled');
  t.is((await banli('pull', 'natures', pulled)).code, 0);
  t.is(await readFile(join(pulled, 'data', 'natures.csv'), 'utf8'), await readFile(csv, 'utf8'));
  t.regex((await banli('diff', folder, pulled)).text, /：0 行不同$/);
  t.is((await banli('check', pulled)).code, 0);
  t.regex((await banli('publish', pulled, ...direct)).text, /· 未变 natures/);
  t.is((await banli('pull', 'nowhere', pulled)).code, 1);
  t.is((await banli('pull', 'natures', pulled, '1999.1.0')).code, 1);
  t.is((await banli('pull', 'natures')).code, 2);
  t.deepEqual((await log.list({limit: 50})).rows.filter(row => row.action === 'catalogs.publishFolder').map(row => `${row.subject} ${row.address}`).sort(), ['natures', 'urgency'].map(name => `${name} cli:${systemUser()}`));
  await change(text => text.replace('help,求助', 'help,'));
  t.is((await banli('publish', join(home, 'catalogs'), ...direct)).code, 1);
  t.is((await store.knex('catalog_version')).length, 2);
});

test('what is published from files requires nothing that a form of the installation hides', async t => {
  const {home, banli, installed} = await setup(t);
  for (const name of await readdir(shipped)) if (name !== 'organisation') await cp(join(shipped, name), join(home, 'catalogs', name), {recursive: true});
  const {store} = await installed();
  const bundle = {forms: {case: {}}, manifest: {id: 'trial', classForm: {catalog: 'elements', form: 'case', group: 'all'}}, layouts: {own: {form: 'case', fields: {'element.evidence': {hidden: true}}}}};
  await store.knex('bundle_release').insert({hash: 'h', bundle_id: 'trial', version: '1.0.0', status: 'deployed', definition_id: 'd', published_at: 1, published_by: 'p', published_by_name: 'p', files: '{}', compiled: JSON.stringify({hash: 'h', bundle, startStep: 'register', steps: {register: {form: 'case'}}})});
  await store.knex('bundle_current').insert({bundle_id: 'trial', hash: 'h'});
  const uses = join(home, 'catalogs', 'elements', 'data', 'uses.csv');
  const text = await readFile(uses, 'utf8');
  await writeFile(uses, text.replace('01,evidence,no', '01,evidence,yes'));
  const refused = await banli('publish', join(home, 'catalogs'), ...direct);
  t.is(refused.code, 1);
  t.regex(refused.text, /elements\/data\/uses\.csv:3:required CATALOG_ELEMENT_HIDDEN 01\|evidence 要求填写要素 evidence，但布局 trial\/forms\/layouts\/own\.layout\.json 隐藏了它/);
  t.is((await store.knex('catalog_version')).length, 0);
  await writeFile(uses, text);
  t.is((await banli('publish', join(home, 'catalogs'), ...direct)).code, 0);
});

test('a version is withdrawn before its day, with its reason, once', async t => {
  const {home, folder, banli, change, installed} = await setup(t);
  const {store, audit} = await installed();
  t.true((await store.knex('catalog_version')).length === 0);
  await banli('publish', join(home, 'catalogs'), ...direct);
  await change(text => text.replace('help,求助', 'help,求助帮扶'));
  const manifest = join(folder, 'catalog.yaml');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(/^version: .*$/m, 'version: 2098.1.0').replace(/^effectiveFrom: .*$/m, 'effectiveFrom: 2099-01-01'));
  t.is((await banli('publish', folder, ...direct)).code, 0);
  const log = await banli('log', 'natures', 'help');
  t.is(log.code, 0);
  t.regex(log.text, /^2098\.1\.0（待生效）修改：\S+ \d{4}-\d{2}-\d{2} 发布，2099-01-01 起生效；目录文件$/m);
  t.regex(log.text, /^ {2}titleZh：求助 → 求助帮扶$/m);
  t.is((await banli('log', 'natures', 'nobody')).code, 1);
  t.is((await banli('log', 'natures')).code, 2);
  t.is((await banli('withdraw', 'natures', '2098.1.0')).code, 2);
  t.like(await banli('withdraw', 'natures', '2098.1.0', '文件', '有误'), {code: 0, text: '✓ 已撤回 natures 2098.1.0'});
  t.is((await banli('withdraw', 'natures', '2098.1.0', '再次')).code, 1);
  t.is((await banli('publish', folder, ...direct)).code, 1);
  t.is((await audit.list({limit: 5})).rows.find(row => row.action === 'catalogs.withdraw')?.actorName, '运维（命令行）');
});
