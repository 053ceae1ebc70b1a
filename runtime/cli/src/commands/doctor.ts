import {execFile} from 'node:child_process';
import {access, constants, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {readSettings, type Settings} from '@banli/server/settings';
import {createStore, listMigrations} from '@banli/store';
import type {Command} from '../command.js';

interface Finding {
  readonly good: boolean;
  readonly what: string;
}

/** Looks at everything an installation stands on and says what to do about what is wrong. Changes nothing. */
export const doctor: Command = {
  words: 'doctor',
  takes: '',
  help: '检查运行环境、数据目录、密钥、数据库与服务',
  async run(_args, {env, write}) {
    const settings = readSettings(env);
    const findings = [checkNode(), await checkTool('java', ['-version'], 'Java 17', 'apt-get install openjdk-17-jre-headless'), await checkTool('mvn', ['-version'], 'Maven', 'apt-get install maven'), await checkHome(settings), ...(await checkKeys(settings)), ...(await checkDatabase(settings)), await checkServer(settings)];
    for (const {good, what} of findings) write(`${good ? '✓' : '✗'} ${what}`);
    return findings.every(finding => finding.good) ? 0 : 1;
  },
};

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > 20 || (major === 20 && minor >= 19);
  return {good, what: good ? `Node ${process.versions.node}` : `Node ${process.versions.node} 太旧，需要 20.19 或更新版本`};
}

async function checkTool(command: string, args: readonly string[], name: string, remedy: string): Promise<Finding> {
  try {
    const {stdout, stderr} = await promisify(execFile)(command, [...args], {timeout: 20_000});
    return {good: true, what: `${name}：${(stdout || stderr).split('\n')[0] ?? ''}`};
  } catch (error) {
    return {good: false, what: `${name} 无法运行（${error instanceof Error && 'code' in error ? String(error.code) : '?'}），请执行：${remedy}`};
  }
}

async function checkHome({home}: Settings): Promise<Finding> {
  return access(home, constants.W_OK).then(() => ({good: true, what: `数据目录 ${home}`}), () => ({good: false, what: `数据目录 ${home} 不存在或不可写，请先运行 npm start，或设置 BANLI_HOME`}));
}

async function checkKeys({keysFolder}: Settings): Promise<readonly Finding[]> {
  return Promise.all(['vault.json', 'audit.json'].map(async name => {
    const path = join(keysFolder, name);
    const found = await stat(path).then(one => one, () => null);
    if (!found) return {good: false, what: `密钥文件 ${path} 不存在`};
    const good = (found.mode & 0o077) === 0;
    return {good, what: good ? `密钥文件 ${name}` : `密钥文件可被他人读取，请执行：chmod 600 ${path}`};
  }));
}

async function checkDatabase({databaseUrl}: Settings): Promise<readonly Finding[]> {
  const kind = databaseUrl.startsWith('mysql:') ? 'MariaDB / MySQL' : 'SQLite';
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  // Opening would make the file: a doctor must not.
  if (path !== null && !(await stat(path).then(() => true, () => false))) return [{good: false, what: `数据库 ${path} 不存在，请先运行 npm start`}];
  const store = createStore(databaseUrl, {poolMax: 1});
  try {
    await store.ping();
    const ran = new Set(((await store.knex('migration').select('name')) as Array<{name: string}>).map(row => row.name));
    const waiting = (await listMigrations()).filter(migration => !ran.has(migration.name)).map(migration => migration.name);
    return [{good: true, what: `数据库 ${kind}`}, {good: waiting.length === 0, what: waiting.length === 0 ? `数据表已是最新（${ran.size} 次迁移）` : `有 ${waiting.length} 次迁移未执行，下次启动时会执行`}];
  } catch (error) {
    return [{good: false, what: `数据库 ${kind} 无法访问：${error instanceof Error ? error.message.split(' - ').at(-1) ?? '' : ''}`}];
  } finally {
    await store.close();
  }
}

async function checkServer({port}: Settings): Promise<Finding> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {signal: AbortSignal.timeout(5000)});
    const body = (await answer.json()) as {status?: string; engine?: string};
    return {good: body.status === 'ready', what: body.status === 'ready' ? `服务运行中（端口 ${port}）` : `服务运行中，但流程引擎状态为 ${body.engine ?? '?'}，请查看日志`};
  } catch (error) {
    return {good: false, what: `端口 ${port} 没有服务（${error instanceof Error ? error.name : '?'}），请运行 npm start`};
  }
}
