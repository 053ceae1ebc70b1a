import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';

const serveModule = new URL('../src/setup/serve.mjs', import.meta.url).href;

/** A starter with a server that says when it is ready and tells which signal ended it. */
function setup(server: string) {
  const folder = scratchFolder('serve');
  const entry = join(folder, 'server.mjs');
  writeFileSync(entry, server);
  const script = `import {serve} from ${JSON.stringify(serveModule)}; serve([${JSON.stringify(entry)}], {cwd: ${JSON.stringify(folder)}, env: process.env});`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'inherit']});
  let text = '';
  const ready = new Promise<void>(resolve => {
    starter.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('ready')) resolve();
    });
  });
  // 'close' comes when nobody holds the pipe any more, the server among them.
  return {starter, ready, closed: once(starter, 'close'), text: () => text};
}

const tidyServer = `
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => process.stdout.write('ended by ' + signal + '\\n', () => process.exit(0)));
  setInterval(() => undefined, 1000);
  process.stdout.write('ready\\n');`;

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) {
  test(`${signal} to the starter alone ends the server, and the starter says so at the end`, async t => {
    const {starter, ready, closed, text} = setup(tidyServer);
    await ready;
    starter.kill(signal);
    t.deepEqual(await closed, [0, null]);
    t.is(text(), `ready\nended by ${signal}\n已停止 stopped\n`);
  });
}

test('a server that ends with a fault gives the starter its code, and nothing is said to have stopped', async t => {
  const {closed, text} = setup(`process.stdout.write('ready\\n', () => process.exit(3));`);
  t.deepEqual(await closed, [3, null]);
  t.is(text(), 'ready\n');
});
