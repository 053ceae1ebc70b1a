import test from 'ava';
import {takeLease} from '../src/index.js';
import {openMysqlStore} from './mysql-store.js';

test('of many that reach for a lease on two connections, one holder gets it', async t => {
  const {store, second, close} = await openMysqlStore();
  for (let round = 0; round < 5; round += 1) {
    const now = round * 10_000;
    const answers = await Promise.all(Array.from({length: 10}, (_, index) => takeLease(index % 2 === 0 ? store : second, {name: 'turn', holder: `h${index}`, now, forMs: 1000})));
    t.is(answers.filter(Boolean).length, 1);
  }
  await close();
});
