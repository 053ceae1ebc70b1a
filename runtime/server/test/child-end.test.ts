import {spawn} from 'node:child_process';
import {once} from 'node:events';
import test from 'ava';
import {endChild, endOf} from '../src/child-end.js';

function child(code: string) {
  return spawn(process.execPath, ['-e', code], {stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
}

test('a message that does not reach a child is told each time, and the child runs on', async t => {
  const one = child('setInterval(() => {}, 1000)');
  const told: string[] = [];
  const ended = endOf(one, error => told.push(error.message));
  for (const message of ['write EPIPE', 'channel closed']) one.emit('error', new Error(message));
  t.deepEqual(told, ['write EPIPE', 'channel closed']);
  t.is(await Promise.race([ended, Promise.resolve('runs')]), 'runs');
  await endChild(one, ended, 20_000);
  t.is(await ended, 'SIGTERM');
});

test('a child that cannot be started has ended, with the reason', async t => {
  const none = spawn('/nowhere/at-all', [], {stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
  t.regex(String(await endOf(none, () => t.fail())), /ENOENT/);
});

test('a child that does not end when asked is killed', async t => {
  const one = child('process.on("SIGTERM", () => {}); process.send("ready"); setInterval(() => {}, 1000)');
  const ended = endOf(one, error => t.fail(error.message));
  await once(one, 'message');
  await endChild(one, ended, 50);
  t.is(await ended, 'SIGKILL');
});
