import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createStore} from '@banli/store';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {sleep} from '@banli/time';
import {nodeFlags} from '@banli/tooling/node-flags';
import test from 'ava';

const workerMain = fileURLToPath(new URL('../src/worker-main.ts', import.meta.url));

/** A parent that dies without notice as soon as its worker host has opened its log, which is long before that one polls. */
const parentScript = `
  import {spawn} from 'node:child_process';
  import {existsSync} from 'node:fs';
  const child = spawn(process.execPath, ${JSON.stringify([...nodeFlags, workerMain])}, {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
  child.send({endpoint: {baseUrl: 'http://127.0.0.1:9', token: 'none'}});
  process.stdout.write('PID ' + child.pid + '\\n');
  setInterval(() => existsSync(process.env.WATCHED) && process.kill(process.pid, 'SIGKILL'), 5);`;

async function migratedHome(): Promise<string> {
  const home = scratchFolder('orphan');
  mkdirSync(join(home, 'keys'));
  const store = createStore(`sqlite:${join(home, 'platform.sqlite')}`);
  await store.migrate();
  await store.close();
  return home;
}

test('a worker host whose server is killed while it starts ends too, and lets go of what it prints to', async t => {
  t.timeout(120_000);
  const home = await migratedHome();
  const logged = join(home, 'logs', 'workers.log');
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript], {
    stdio: ['ignore', 'pipe', 'inherit'], env: {...process.env, BANLI_HOME: home, WATCHED: logged},
  });
  let text = '';
  parent.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  // 'close' comes when nobody holds the pipe any more, the worker host among them.
  const closed = once(parent, 'close').then(() => true);
  const patience = new AbortController();
  const inTime = await Promise.race([closed, sleep(60_000, patience.signal).then(() => false)]);
  patience.abort();
  t.true(existsSync(logged));
  t.true(inTime);
  if (!inTime) process.kill(Number(/PID (\d+)/.exec(text)?.[1]), 'SIGKILL');
});
