import test from 'ava';
import {createStore} from '../src/index.js';
import {openMysqlStore} from './mysql-store.js';

test('the database answers also while every connection is at work', async t => {
  const {store, close} = await openMysqlStore();
  const address = `${process.env['BANLI_TEST_MYSQL_URL']}/information_schema`;
  const busy = createStore(address, {poolMax: 1});
  const long = busy.knex.raw('select sleep(1)').then(() => 'long');
  t.is(await Promise.race([long, busy.ping().then(() => 'ping')]), 'ping');
  await long;
  await t.notThrowsAsync(store.ping());
  await busy.close();
  await close();
});
