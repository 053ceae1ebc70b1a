import {createServer, type AddressInfo, type Socket} from 'node:net';
import test from 'ava';
import {sleep} from '@banli/time';
import {createStore} from '../src/index.js';
import {createMysqlProbe} from '../src/mysql-probe.js';

/** A server that takes connections and says nothing, as a frozen one does. */
async function frozen() {
  const sockets: Socket[] = [];
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  /** How many connections there are, once there are that many: the server may hear of one after its asker gave up. */
  const connections = async (atLeast: number): Promise<number> => {
    while (sockets.length < atLeast) await sleep(1);
    return sockets.length;
  };
  return {port, connections, close: () => {
    sockets.forEach(socket => socket.destroy());
    server.close();
  }};
}

test('a database that is frozen is told as down; askers share one question, and the next one asks anew', async t => {
  const {port, connections, close} = await frozen();
  const ping = createMysqlProbe({host: '127.0.0.1', port, user: 'u', password: 'p'}, 50);
  const ends = await Promise.allSettled([ping(), ping(), ping()]);
  t.deepEqual(ends.map(end => end.status === 'rejected' && (end.reason as {code: string}).code), ['STORE_DOWN', 'STORE_DOWN', 'STORE_DOWN']);
  t.is(await connections(1), 1);
  await t.throwsAsync(ping(), {code: 'STORE_DOWN'});
  t.is(await connections(2), 2);
  close();
});

test('a database that is away is told as down, and what its pool says is an event of one line, never on stdout', async t => {
  const {port, close} = await frozen();
  close();
  const told: Array<{event: string; reason: string}> = [];
  const store = createStore(`mysql://u:p@127.0.0.1:${port}/none`, {log: {warn: (event, {reason}) => void told.push({event, reason})}});
  const {log} = console;
  const printed: unknown[] = [];
  console.log = (...words: unknown[]) => void printed.push(words);
  try {
    await t.throwsAsync(store.ping(), {code: 'STORE_DOWN'});
    await t.throwsAsync(store.knex.raw('select 1'), {code: 'ECONNREFUSED'});
    await t.throwsAsync(store.tx(tx => tx('setting').first()), {code: 'STORE_DOWN'});
  } finally {
    console.log = log;
  }
  t.deepEqual(printed, []);
  t.true(told.length > 0 && told.every(({event, reason}) => event === 'store.connection.warned' && !reason.includes('\n')));
  t.regex(told[0]?.reason ?? '', /Acquire connection error/);
  await store.close();
});

test('an embedded database answers', async t => {
  const store = createStore('sqlite::memory:');
  await t.notThrowsAsync(store.ping());
  await store.close();
});
