import {randomBytes} from 'node:crypto';
import {createServer} from 'node:net';
import test from 'ava';
import {createConnection, type Connection} from 'mysql2/promise';
import {prepareSchema} from '../src/database.js';
import {ownSchema} from '../src/testing.js';

async function root(url: string): Promise<Connection> {
  const {hostname, port, username, password} = new URL(url);
  return createConnection({host: hostname, port: Number(port), user: decodeURIComponent(username), password: decodeURIComponent(password)});
}

test('the engine\'s schema is made once, with a binary collation', async t => {
  const schema = await ownSchema();
  t.teardown(() => schema.drop());
  await Promise.all([prepareSchema(schema.url), prepareSchema(schema.url)]);
  await prepareSchema(schema.url);
  const connection = await root(schema.url);
  const [rows] = await connection.query('SELECT DEFAULT_COLLATION_NAME AS collation FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?', [`${new URL(schema.url).pathname.slice(1)}_engine`]);
  await connection.end();
  t.deepEqual(JSON.parse(JSON.stringify(rows)), [{collation: 'utf8mb4_bin'}]);
});

test('an account that may not make it gets the statements for the administrator', async t => {
  const schema = await ownSchema();
  const user = `poor_${randomBytes(4).toString('hex')}`;
  const connection = await root(schema.url);
  await connection.query(`CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY 'secret'`);
  t.teardown(async () => {
    await connection.query(`DROP USER ${user}@'127.0.0.1'`);
    await connection.end();
  });
  const url = new URL(schema.url);
  url.username = user;
  url.password = 'secret';
  const error = await t.throwsAsync(prepareSchema(url.href), {code: 'ENGINE_SCHEMA_MISSING'});
  t.regex(error?.message ?? '', /CREATE DATABASE `banli_test_\w+_engine`.*GRANT ALL/);
  t.notRegex(error?.message ?? '', /secret/);
});

test('a server that is not there is named', async t => {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise(done => server.close(done));
  const error = await t.throwsAsync(prepareSchema(`mysql://a:b@127.0.0.1:${port}/banli`), {code: 'ENGINE_DATABASE_DOWN'});
  t.regex(error?.message ?? '', new RegExp(`127\\.0\\.0\\.1:${port}`));
});
