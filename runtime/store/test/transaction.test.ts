import test from 'ava';
import {executeLast, insertMissingLast, insertRowsLast, isDuplicateKey, isTx, queryRow, queryRows, updateExpected, updateRowsLast, type Tx} from '../src/index.js';
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

test('what is put last is written before the commit, in the order it came, and read by nothing before', async t => {
  const store = await openTestStore();
  const told: string[] = [];
  await store.tx(async tx => {
    tx.onCommit(() => told.push('committed'));
    await insertRowsLast(tx, 'setting', [{name: 'a', value: '1'}, {name: 'b', value: 'b; -- ?'}]);
    updateRowsLast(tx, 'setting', {name: 'a', value: '1'}, {value: '2'});
    executeLast(tx, 'update setting set value = replace(value, ?, ?) where name = ?', ['2', '23', 'a']);
    await insertRowsLast(tx, 'setting', []);
    t.deepEqual(await queryRows(tx, 'select value from setting where name in (?, ?)', ['a', 'b']), []);
  });
  t.deepEqual((await queryRows(store.knex, 'select value from setting where name in (?, ?) order by name', ['a', 'b'])).map(row => row['value']), ['23', 'b; -- ?']);
  t.deepEqual(told, ['committed']);
  await store.close();
});

test('of rows that are put last those that are there already stay as they are', async t => {
  const store = await openTestStore();
  await store.tx(tx => tx('setting').insert([{name: 'a', value: '1'}]));
  await store.tx(async tx => {
    insertMissingLast(tx, 'setting', [{name: 'a', value: '2'}, {name: 'insert', value: '2'}]);
    insertMissingLast(tx, 'setting', []);
    t.is(await queryRow(tx, 'select value from setting where name = ?', ['insert']), undefined);
  });
  t.deepEqual(await store.knex('setting').whereIn('name', ['a', 'insert']).orderBy('name').pluck('value'), ['1', '2']);
  await t.throwsAsync(store.tx(async tx => insertMissingLast(tx, 'setting', [{name: 'b', value: null}, {name: 'c', value: '3'}])), {any: true}, 'only a row that is there is left alone: one that does not fit is refused');
  t.deepEqual(await store.knex('setting').whereIn('name', ['b', 'c']).pluck('name'), []);
  await store.close();
});

test('what is put last and fails takes the whole transaction back, and the connection goes on', async t => {
  const store = await openTestStore();
  await store.tx(tx => tx('setting').insert([{name: 'a', value: '1'}, {name: 'b', value: '1'}]));
  const told: string[] = [];
  const error: unknown = await store.tx(async tx => {
    tx.onCommit(() => told.push('committed'));
    tx.onRollback(() => told.push('rolled back'));
    await tx('setting').where({name: 'b'}).update({value: '2'});
    await insertRowsLast(tx, 'setting', [{name: 'c', value: '2'}]);
    await insertRowsLast(tx, 'setting', [{name: 'a', value: '2'}]);
    await insertRowsLast(tx, 'setting', [{name: 'd', value: '2'}]);
  }).catch((failure: unknown) => failure);
  t.true(isDuplicateKey(error));
  t.deepEqual(told, ['rolled back']);
  t.deepEqual((await store.knex('setting').whereIn('name', ['a', 'b', 'c', 'd']).orderBy('name').pluck('value')), ['1', '1']);
  const ended = await store.tx(async tx => tx);
  t.throws(() => updateRowsLast(ended, 'setting', {name: 'a'}, {value: '9'}), {message: /has ended/});
  await store.close();
});

class Moved extends Error {}
const moved = () => new Moved('somebody was first');

test('a change that has to find its row is seen by what comes after it, and stands with the commit', async t => {
  const store = await openTestStore();
  await store.tx(tx => tx('setting').insert([{name: 'a', value: '1'}, {name: 'b', value: '1'}]));
  await store.tx(async tx => {
    await updateExpected(tx, 'setting', {name: 'a', value: '1'}, {value: '2'}, moved);
    await updateExpected(tx, 'setting', {name: 'a', value: '2'}, {value: '3'}, moved);
    t.is((await queryRow(tx, 'select value from setting where name = ?', ['a']))?.['value'], '3');
    await updateExpected(tx, 'setting', {name: 'b', value: '1'}, {value: '2'}, moved);
    t.deepEqual(await tx('setting').where({name: 'b'}).pluck('value'), ['2'], 'also by what knex builds');
    await updateExpected(tx, 'setting', {name: 'a', value: '3'}, {value: '4'}, moved);
    executeLast(tx, 'update setting set value = replace(value, ?, ?) where name = ?', ['4', '45', 'a']);
  });
  await store.tx(tx => updateExpected(tx, 'setting', {name: 'b', value: '2'}, {value: '9'}, moved));
  t.deepEqual(await store.knex('setting').whereIn('name', ['a', 'b']).orderBy('name').pluck('value'), ['45', '9']);
  await store.close();
});

const others: Readonly<Record<string, (tx: Tx) => unknown>> = {
  nothing: () => undefined,
  'what is put last': tx => insertRowsLast(tx, 'setting', [{name: 'c', value: '1'}]),
  'what is put last and fails': tx => insertRowsLast(tx, 'setting', [{name: 'b', value: '1'}]),
  'a read': tx => queryRow(tx, 'select 1 as one', []),
  'what knex builds': tx => tx('setting').insert({name: 'c', value: '1'}),
  'what fails': tx => tx('setting').insert({name: 'b', value: '1'}),
  'one that finds its row': tx => updateExpected(tx, 'setting', {name: 'b'}, {value: '2'}, () => new Error('not this one')),
};

for (const [name, more] of Object.entries(others)) {
  test(`a change that finds no row takes the transaction back and says so, followed by ${name}`, async t => {
    const store = await openTestStore();
    await store.tx(tx => tx('setting').insert([{name: 'a', value: '1'}, {name: 'b', value: '1'}]));
    const told: string[] = [];
    await t.throwsAsync(store.tx(async tx => {
      tx.onCommit(() => told.push('committed'));
      tx.onRollback(() => told.push('rolled back'));
      await tx('setting').insert({name: 'd', value: '1'});
      await updateExpected(tx, 'setting', {name: 'a', value: '0'}, {value: '2'}, moved);
      await more(tx);
    }), {instanceOf: Moved});
    t.deepEqual(told, ['rolled back']);
    t.deepEqual(await store.knex('setting').whereIn('name', ['a', 'b', 'c', 'd']).orderBy('name').pluck('value'), ['1', '1']);
    t.is(await store.tx(async tx => (await queryRow(tx, 'select value from setting where name = ?', ['a']))?.['value']), '1', 'the connection goes on');
    await store.close();
  });
}
