import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {nodeFlags} from '@banli/tooling/node-flags';
import {createStore} from '../src/index.js';
import {createWalBarrier} from '../src/wal-barrier.js';
import {keepStatements} from '../src/statement-cache.js';

test('what was answered survives a killed process', async t => {
  const url = `sqlite:${join(scratchFolder('store', t), 'a.sqlite')}`;
  const store = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const script = `const {createStore} = await import(${JSON.stringify(store)}); const store = createStore(${JSON.stringify(url)}); await store.migrate();
    await store.tx(tx => tx('setting').insert({name: 'a', value: '1'})); await store.tx(tx => tx('setting').insert({name: 'b', value: '2'}), {durable: false}); process.kill(process.pid, 'SIGKILL');`;
  const child = spawnSync(process.execPath, [...nodeFlags, '--input-type=module', '-e', script], {encoding: 'utf8'});
  t.is(child.signal, 'SIGKILL', child.stderr);
  const again = createStore(url);
  t.is((await again.knex('setting').whereIn('name', ['a', 'b'])).length, 2);
  await again.close();
});

test('commits that wait at the same moment share one trip to the disk, and none leaves before it', async t => {
  const path = join(scratchFolder('store', t), 'b.sqlite');
  const store = createStore(`sqlite:${path}`);
  await store.migrate();
  await Promise.all(Array.from({length: 50}, (_, index) => store.tx(tx => tx('setting').insert({name: `n${index}`, value: ''}))));
  t.is((await store.knex('setting').where('name', 'like', 'n%').andWhere({value: ''})).length, 50);
  const barrier = createWalBarrier(path);
  await Promise.all([barrier.flush(), barrier.flush(), barrier.flush()]);
  await barrier.close();
  await store.close();
});

test('a database without a log needs no barrier', async t => {
  const barrier = createWalBarrier(join(scratchFolder('store', t), 'nothing.sqlite'));
  await t.notThrowsAsync(barrier.flush());
  await barrier.close();
});

test('a failed unit of work rolls back and the next one works', async t => {
  const store = createStore(`sqlite:${join(scratchFolder('store', t), 'c.sqlite')}`);
  await store.migrate();
  await t.throwsAsync(store.tx(() => Promise.reject(new Error('no'))), {message: 'no'});
  await store.tx(tx => tx('setting').insert({name: 'a', value: '1'}));
  t.is((await store.knex('setting').where({name: 'a'})).length, 1);
  await store.close();
});

test('statements are prepared once, and the oldest go first', t => {
  const prepared: string[] = [];
  const connection = {prepare: (sql: string) => (prepared.push(sql), {reader: true})};
  keepStatements(connection);
  t.is(connection.prepare('a'), connection.prepare('a'));
  for (let index = 0; index < 500; index += 1) connection.prepare(`s${index}`);
  connection.prepare('a');
  t.is(prepared.filter(sql => sql === 'a').length, 2);
});
