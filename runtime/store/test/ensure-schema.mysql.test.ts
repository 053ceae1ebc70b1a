import test from 'ava';
import {createStore, ensureSchema, newId} from '../src/index.js';

const server = process.env['BANLI_TEST_MYSQL_URL'] ?? '';

test('a schema that is missing is made, and a second time nothing happens', async t => {
  const schema = `banli_test_${newId().slice(0, 18)}`;
  await ensureSchema(`${server}/${schema}`);
  await ensureSchema(`${server}/${schema}`);
  const store = createStore(`${server}/${schema}`);
  t.true((await store.migrate()).length > 0);
  await store.knex.raw('drop database ??', [schema]);
  await store.close();
});

test('an account that may not make the schema is told what an administrator does', async t => {
  const user = `u_${newId().slice(0, 12)}`;
  const admin = createStore(`${server}/information_schema`, {poolMax: 1});
  await admin.knex.raw(`create user '${user}'@'127.0.0.1' identified by 'secret'`);
  const address = new URL(server.replace('mysql:', 'http:'));
  await t.throwsAsync(ensureSchema(`mysql://${user}:secret@${address.host}/banli_not_there`), {code: 'STORE_SCHEMA_MISSING', message: /CREATE DATABASE banli_not_there/});
  await admin.knex.raw(`drop user '${user}'@'127.0.0.1'`);
  await admin.close();
});

test('a server that does not answer, and a name that is none, are told apart', async t => {
  await t.throwsAsync(ensureSchema('mysql://a:b@127.0.0.1:1/banli'), {code: 'STORE_DOWN'});
  await t.throwsAsync(ensureSchema(`${server}/`), {code: 'STORE_SCHEMA_NAME'});
  await t.throwsAsync(ensureSchema(`${server}/a-b`), {code: 'STORE_SCHEMA_NAME'});
  await t.notThrowsAsync(ensureSchema('sqlite::memory:'));
});
