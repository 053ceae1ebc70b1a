import {execFile} from 'node:child_process';
import {chmod, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {createSealer, openAudit} from '@banli/audit';
import {createAccounts, createLoginGuard, createSessions, importOrganisation, readOrganisation} from '@banli/people';
import {openVault} from '@banli/store';
import {openTestStoreIn} from '@banli/store/testing';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {systemClock} from '@banli/time';
import {commands, run} from '../src/index.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function setup() {
  const home = scratchFolder('cli');
  const {store, env} = await openTestStoreIn(home);
  const organisation = await readOrganisation(join(root, 'catalogs/organisation'));
  await importOrganisation(store, await openVault(store, join(home, 'keys', 'vault.json')), organisation);
  const audit = await openAudit(store, join(home, 'keys'));
  const accounts = createAccounts({store, clock: systemClock, sessions: createSessions(store, systemClock), guard: createLoginGuard(store), audit: audit.log, cost: {n: 1024}});
  await accounts.ensure(organisation.accounts.slice(0, 2), 'Tianshan-2847-qiu');
  const actor = {personId: 'p', personName: '林雨桐', unitId: 'u', roles: [], requestId: 'r', address: ''};
  for (const login of organisation.accounts.slice(0, 2)) await accounts.unlock(actor, login.personId);
  await createSealer({store, ...audit, clock: systemClock, holder: 'test', onFault: () => undefined}).sealNow();
  const banli = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await run(args, {env: {BANLI_HOME: home, PORT: '1', ...env}, write: line => void lines.push(line)});
    return {code, text: lines.join('\n')};
  };
  return {home, store, banli, close: () => store.close()};
}

test('audit verify is good on an untouched log and names a deleted row', async t => {
  const {store, banli, close} = await setup();
  t.like(await banli('audit', 'verify'), {code: 0, text: '✓ 审计日志完整：已检验 2 条，其中 0 条等待封存'});
  await store.knex('audit_entry').where({seq: 2}).delete();
  const {code, text} = await banli('audit', 'verify');
  t.is(code, 1);
  t.regex(text, /AUDIT_TAIL_MISSING/);
  await close();
});

test('audit verify tells a commit that was cut off as a doubt, and stays good', async t => {
  const {home, banli, close} = await setup();
  const path = join(home, 'keys', 'audit-open-killed.log');
  await writeFile(path, `${JSON.stringify(['+', 'gone', 'd', 'case.complete 01x'])}\n`);
  t.is((await banli('audit', 'verify')).text.includes('？'), false, 'it may be on its way');
  await utimes(path, 1, 1);
  const {code, text} = await banli('audit', 'verify');
  t.is(code, 0);
  t.regex(text, /^？ AUDIT_ENTRY_IN_DOUBT .*case\.complete 01x.*\n✓ .*1 处存疑请核对$/);
  await close();
});

test('a token of an outside system is made, listed without its secret, and revoked', async t => {
  const {store, banli, close} = await setup();
  const made = await banli('token', 'create', '市数据平台', '--catalogs', 'limits,areas', '--area', '650100', '--days', '30');
  t.is(made.code, 0);
  const [secret = ''] = /banli_\S+/.exec(made.text) ?? [];
  t.is(secret.length, 49);
  const [id = ''] = (await store.knex('access_token').select<Array<{id: string}>>('id')).map(row => row.id);
  const listed = await banli('token', 'list');
  t.regex(listed.text, /市数据平台\t.+ 到期\tlimits,areas\t650100\t60 次\/分\t未使用/);
  t.false(listed.text.includes(secret));
  t.is((await banli('token', 'revoke', id)).code, 0);
  t.regex((await banli('token', 'list')).text, /由运维（命令行）吊销/);
  t.is((await banli('token', 'revoke', 'nothing')).code, 1);
  t.is((await banli('token', 'create', '市数据平台', '--catalogs', '*')).code, 1);
  for (const wrong of [[], ['甲'], ['甲', '--catalog', '*'], ['甲', '乙', '--catalogs', '*']]) t.is((await banli('token', 'create', ...wrong)).code, 2, wrong.join(' '));
  await close();
});

test('accounts are listed with their unit and unlocked by name', async t => {
  const {banli, close} = await setup();
  const {code, text} = await banli('people', 'list-accounts');
  t.is(code, 0);
  t.regex(text, /qu\.admin\t.+\t正常\t自治区12345热线中心：业务分析员、自治区级管理员/);
  t.notRegex(text, /scrypt/);
  t.is((await banli('people', 'unlock', 'QU.admin')).code, 0);
  t.like(await banli('people', 'unlock', 'ghost'), {code: 1, text: '✗ 没有账号 ghost。'});
  await close();
});

test('a bundle folder that is none, a missing argument and an unknown command say what to do', async t => {
  const {banli, close} = await setup();
  t.is((await banli('check', '/nowhere')).code, 1);
  t.is((await banli('check')).code, 2);
  t.like(await banli('dance'), {code: 2, text: '✗ 没有命令 “dance”。请运行：banli help'});
  const help = await banli('help');
  for (const command of commands) t.true(help.text.includes(command.words));
  await close();
});

test('the doctor names an open key file and a server that is not there', async t => {
  const {home, banli, close} = await setup();
  await chmod(join(home, 'keys', 'vault.json'), 0o644);
  const {code, text} = await banli('doctor');
  t.is(code, 1);
  t.regex(text, /chmod 600/);
  t.regex(text, /端口 1 没有服务/);
  t.regex(text, /✓ 数据表已是最新/);
  await close();
});

test('commands refuse a home that is not there instead of making one', async t => {
  const lines: string[] = [];
  t.is(await run(['audit', 'verify'], {env: {BANLI_HOME: '/nowhere/banli'}, write: line => void lines.push(line)}), 1);
  t.regex(lines.join(''), /没有安装/);
});

test('the program itself starts', async t => {
  const {stdout} = await promisify(execFile)(process.execPath, [join(root, 'runtime/cli/bin/banli.mjs'), 'help']);
  t.regex(stdout, /audit verify/);
});
