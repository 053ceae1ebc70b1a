import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {nodeFlags} from '@banli/tooling/node-flags';
import {scratchFolder} from '../src/scratch-folder.js';

test('a scratch folder goes with its test, with all that lies in it', t => {
  const ends: Array<() => void> = [];
  const folder = scratchFolder('tried', {teardown: work => void ends.push(work)});
  writeFileSync(join(folder, 'file'), '');
  t.deepEqual(readdirSync(folder), ['file']);
  for (const end of ends) end();
  t.false(existsSync(folder));
});

test('a scratch folder without a test goes when its process ends, also where that one fails', t => {
  const home = scratchFolder('home', t);
  const source = fileURLToPath(new URL('../src/scratch-folder.ts', import.meta.url));
  const script = `const {scratchFolder} = await import(${JSON.stringify(source)}); process.stdout.write(scratchFolder('one') + '\\n' + scratchFolder('two')); throw new Error('a fault of the test');`;
  const child = spawnSync(process.execPath, [...nodeFlags, '--input-type=module', '-e', script], {encoding: 'utf8', env: {...process.env, TMPDIR: home}});
  t.is(child.status, 1, child.stderr);
  const made = child.stdout.split('\n');
  t.deepEqual(made.map(path => path.startsWith(join(home, 'banli-'))), [true, true]);
  t.deepEqual(readdirSync(home), []);
});
