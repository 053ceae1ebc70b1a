import test from 'ava';
import {isTx, queryRow} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

test('who listens for the commit is told after it, and who listens for the rollback after that', async t => {
  const store = await openTestStore();
  const told: string[] = [];
  const value = await store.tx(async tx => {
    tx.onCommit(() => told.push('first'));
    tx.onRollback(() => told.push('never'));
    t.true(isTx(tx));
    await tx('setting').insert({name: 'a', value: '1'});
    t.deepEqual(told, []);
    return 'done';
  });
  t.is(value, 'done');
  await t.throwsAsync(store.tx(async tx => {
    tx.onCommit(() => told.push('second'));
    tx.onRollback(() => told.push('third'));
    throw new Error('half-way');
  }), {message: 'half-way'});
  t.deepEqual(told, ['first', 'third']);
  t.false(isTx(store.knex));
  await store.close();
});

test('queries that knex builds stand in the transaction, too', async t => {
  const store = await openTestStore();
  await t.throwsAsync(store.tx(async tx => {
    await tx('setting').insert({name: 'a', value: tx.raw('upper(?)', ['x'])});
    t.deepEqual((await tx('setting').where({name: 'a'}).pluck('value')), ['X']);
    throw new Error('half-way');
  }), {message: 'half-way'});
  t.is(await queryRow(store.knex, 'select value from setting where name = ?', ['a']), undefined);
  await store.close();
});

test('a query that is awaited after the end of its transaction is refused, also one that was built before', async t => {
  const store = await openTestStore();
  const late = await store.tx(async tx => ({tx, query: tx('setting').select('value')}));
  await t.throwsAsync(Promise.resolve(late.query), {message: /has ended/});
  t.throws(() => late.tx('setting'), {message: /has ended/});
  await store.close();
});

test('after a failure the connection serves the next unit of work', async t => {
  const store = await openTestStore();
  for (let round = 0; round < 15; round += 1) t.is(await store.tx(tx => tx('no_such_table').insert({a: 1})).then(() => 'written', () => 'refused'), 'refused');
  t.is(await store.tx(async tx => (await tx('setting').insert({name: 'a', value: '1'}), 'done')), 'done');
  t.is((await store.knex('setting').where({name: 'a'})).length, 1);
  await store.close();
});
