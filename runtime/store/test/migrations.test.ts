import test from 'ava';
import {createStore} from '../src/index.js';
import {migrateDying, mortal, pictureOf} from './stopped-migrations.js';

test('a server that dies at any statement of its migrations is started again and goes on', async t => {
  const [whole, dying] = [createStore('sqlite::memory:'), createStore('sqlite::memory:')];
  t.teardown(() => Promise.all([whole.close(), dying.close()]));
  await whole.migrate();
  t.true((await migrateDying(dying, await mortal(dying))) > 100);
  t.deepEqual(await pictureOf(dying), await pictureOf(whole));
  t.deepEqual(await dying.migrate(), []);
});
