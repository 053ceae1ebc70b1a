import test from 'ava';
import {createStore, newId} from '../src/index.js';
import {openMysqlStore} from './mysql-store.js';

test('the database answers also while every connection is at work', async t => {
  const {store, close} = await openMysqlStore();
  const address = `${process.env['BANLI_TEST_MYSQL_URL']}/information_schema`;
  const [holder, busy] = [createStore(address, {poolMax: 1}), createStore(address, {poolMax: 1})];
  const lock = [newId()];
  await holder.knex.raw('select get_lock(?, 0)', lock);
  const order: string[] = [];
  const long = busy.knex.raw('select get_lock(?, 100)', lock).then(() => order.push('long'));
  await busy.ping();
  order.push('ping');
  await holder.knex.raw('select release_lock(?)', lock);
  await long;
  t.deepEqual(order, ['ping', 'long']);
  await t.notThrowsAsync(store.ping());
  await Promise.all([holder.close(), busy.close()]);
  await close();
});
