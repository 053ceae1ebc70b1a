import test from 'ava';
import {openEmptyMysql} from './mysql-store.js';
import {migrateDying, mortal, pictureOf} from './stopped-migrations.js';

test('a server that dies at any statement of its migrations is started again and goes on', async t => {
  const [whole, dying] = await Promise.all([openEmptyMysql(), openEmptyMysql()]);
  t.teardown(() => Promise.all([whole.close(), dying.close()]));
  await whole.store.migrate();
  t.true((await migrateDying(dying.store, await mortal(dying.store))) > 100);
  t.deepEqual(await pictureOf(dying.store), await pictureOf(whole.store));
  t.deepEqual(await dying.store.migrate(), []);
});

test('of two servers that start together one migrates, the other waits for it', async t => {
  const {store, second, close} = await openEmptyMysql();
  t.teardown(close);
  const [one, other] = await Promise.all([store.migrate(), second.migrate()]);
  t.deepEqual([one.length, other.length].filter(count => count === 0).length, 1);
  t.true(one.length + other.length > 30);
});
