import {spawn} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';

const startScript = fileURLToPath(new URL('../bin/start.mjs', import.meta.url));

/** Runs `npm start`'s script until it ends; only for starts that are refused. */
async function refusedStart(env: NodeJS.ProcessEnv): Promise<{readonly code: number | null; readonly text: string}> {
  const child = spawn(process.execPath, [startScript], {env: {...process.env, PORT: '0', ...env}, stdio: ['ignore', 'pipe', 'pipe']});
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>(done => void child.once('close', done));
  return {code, text};
}

test('a taken port is told with what to do, and leaves no data folder behind', async t => {
  const base = scratchFolder('home', t);
  const server = createServer();
  await new Promise<void>(done => void server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const {code, text} = await refusedStart({BANLI_HOME: join(base, 'home'), PORT: String(port)});
  t.is(code, 1);
  t.regex(text, new RegExp(`✗ 端口 ${port} 不可用.*PORT=${port + 1} npm start`));
  t.notRegex(text, /\n\s+at /);
  t.false(existsSync(join(base, 'home')));
  server.close();
});

test('a second start on the same data folder says who has it, before it looks at the port, and changes nothing', async t => {
  const home = scratchFolder('home', t);
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'start.mjs'], {stdio: 'ignore'});
  writeFileSync(join(home, 'run.json'), JSON.stringify({pid: holder.pid}));
  const {code, text} = await refusedStart({BANLI_HOME: home});
  t.is(code, 1);
  t.regex(text, new RegExp(`正被进程 ${holder.pid} 使用：.*kill ${holder.pid}.*BANLI_HOME`));
  t.deepEqual(JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')), {pid: holder.pid});
  holder.kill();
});

test('a data folder that cannot be is told with why', async t => {
  const base = scratchFolder('home', t);
  writeFileSync(join(base, 'file'), '');
  for (const home of [join(base, 'file'), join(base, 'file', 'home')]) {
    const {code, text} = await refusedStart({BANLI_HOME: home});
    t.is(code, 1, home);
    t.regex(text, /✗ 数据目录 .* 无法写入：.+BANLI_HOME/, home);
    t.notRegex(text, /\n\s+at /, home);
  }
});

for (const home of ['/proc/banli', '/proc/self/banli/home']) {
  test(`a data folder where the system lets nobody make one (${home}) ends the start with the sentence, and does not hang`, async t => {
    const {code, text} = await refusedStart({BANLI_HOME: home});
    t.is(code, 1);
    t.regex(text, /✗ 数据目录 \/proc\/.* 无法写入：.+BANLI_HOME/);
    t.notRegex(text, /\n\s+at /);
  });
}

test('a Java that is too old is named with what it should be', async t => {
  const base = scratchFolder('home', t);
  const bin = join(base, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'java'), '#!/bin/sh\necho \'openjdk version "11.0.21" 2023-10-17\' >&2\n');
  chmodSync(join(bin, 'java'), 0o755);
  const {code, text} = await refusedStart({BANLI_HOME: join(base, 'home'), PATH: `${bin}:${process.env['PATH'] ?? ''}`});
  t.is(code, 1);
  t.regex(text, /✗ Java 11\.0 太旧，至少需要 17\.0：请运行 apt-get install openjdk-17-jdk-headless/);
  t.deepEqual(readdirSync(join(base, 'home')), [], 'the folder is given back');
});
