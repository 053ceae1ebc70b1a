import test from 'ava';
import {execute, insertRows, isDuplicateKey, queryRow, queryRows, updateMany, updateRows} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

test('rows that were inserted are read, changed and counted', async t => {
  const store = await openTestStore();
  await store.tx(async tx => {
    await insertRows(tx, 'setting', [{name: 'a', value: '1'}, {value: '2', name: 'b'}]);
    t.is(await updateRows(tx, 'setting', {name: 'a', value: '1'}, {value: '3'}), 1);
    t.is(await updateRows(tx, 'setting', {name: 'a', value: '1'}, {value: '4'}), 0);
    t.is(await execute(tx, 'update setting set value = ? where name in (?, ?)', ['5', 'b', 'c']), 1);
    t.deepEqual({...(await queryRow(tx, 'select value from setting where name = ?', ['a']))}, {value: '3'});
  });
  t.deepEqual((await queryRows(store.knex, 'select name, value from setting where name in (?, ?) order by name', ['a', 'b'])).map(row => ({...row})), [{name: 'a', value: '3'}, {name: 'b', value: '5'}]);
  t.is(await queryRow(store.knex, 'select value from setting where name = ?', ['c']), undefined);
  await store.close();
});

test('a transaction that fails leaves nothing of these statements either', async t => {
  const store = await openTestStore();
  await t.throwsAsync(store.tx(async tx => {
    await insertRows(tx, 'setting', [{name: 'a', value: '1'}]);
    throw new Error('half-way');
  }), {message: 'half-way'});
  t.is(await queryRow(store.knex, 'select value from setting where name = ?', ['a']), undefined);
  await store.close();
});

test('a taken key is told as with knex', async t => {
  const store = await openTestStore();
  const insert = () => store.tx(tx => insertRows(tx, 'setting', [{name: 'a', value: '1'}]));
  await insert();
  const error: unknown = await insert().then(() => null, (reason: unknown) => reason);
  t.true(isDuplicateKey(error));
  await store.close();
});

test('a statement after the end of its transaction is refused instead of running outside of it', async t => {
  const store = await openTestStore();
  const late = await store.tx(async tx => {
    await insertRows(tx, 'setting', [{name: 'a', value: '1'}]);
    return {tx};
  });
  await t.throwsAsync(insertRows(late.tx, 'setting', [{name: 'b', value: '1'}]), {message: /has ended/});
  await store.close();
});

test('a table or column that is no plain name is refused', async t => {
  const store = await openTestStore();
  await store.tx(async tx => {
    await t.throwsAsync(insertRows(tx, 'setting', [{'name` = 1; --': 'a'}]), {message: /Not a name/});
    await t.throwsAsync(updateRows(tx, 'setting; drop table setting', {name: 'a'}, {value: 'b'}), {message: /Not a name/});
  });
  await store.close();
});

test('rows with different columns are refused, so that nothing is left out without a word', async t => {
  const store = await openTestStore();
  await t.throwsAsync(store.tx(tx => insertRows(tx, 'setting', [{name: 'a'}, {name: 'b', value: '1'}])), {message: /different columns/});
  await t.throwsAsync(store.tx(tx => insertRows(tx, 'setting', [{name: 'a', value: '1'}, {name: 'b', kind: '1'}])), {message: /different columns/});
  t.is(await queryRow(store.knex, 'select name from setting where name = ?', ['a']), undefined);
  await store.close();
});

test('missing values are stored as null and truth as a number', async t => {
  const store = await openTestStore();
  await store.tx(tx => insertRows(tx, 'setting', [{name: 'flag', value: true}]));
  t.is(Number((await queryRow(store.knex, 'select value from setting where name = ?', ['flag']))?.['value']), 1);
  t.is((await queryRow(store.knex, 'select ? as given', [undefined]))?.['given'], null);
  await store.close();
});

test('reads outside of a transaction give their connection back', async t => {
  const store = await openTestStore();
  for (let index = 0; index < 30; index += 1) await queryRow(store.knex, 'select 1 as one', []);
  t.true(await queryRows(store.knex, 'select * from no_such_table', []).then(() => false, () => true));
  t.deepEqual({...(await queryRow(store.knex, 'select 1 as one', []))}, {one: 1});
  await store.close();
});

test('many rows get values of their own with few statements, and only those that are as they were thought to be', async t => {
  const store = await openTestStore();
  const names = Array.from({length: 230}, (_, index) => `n${String(index).padStart(3, '0')}`);
  await store.tx(async tx => {
    await insertRows(tx, 'setting', names.map(name => ({name, value: 'old'})));
    await updateRows(tx, 'setting', {name: 'n007'}, {value: 'other'});
    t.is(await updateMany(tx, 'setting', names.map((name, index) => ({where: {name, value: 'old'}, change: {value: `新 ${index}`}}))), 229);
    t.is(await updateMany(tx, 'setting', [{where: {name: 'nowhere'}, change: {value: 'x'}}]), 0);
    t.is(await updateMany(tx, 'setting', []), 0);
  });
  const rows = await queryRows(store.knex, 'select name, value from setting where name between ? and ? order by name', ['n000', 'n999']);
  t.deepEqual(rows.map(row => row['value']), names.map((_, index) => (index === 7 ? 'other' : `新 ${index}`)));
  await t.throwsAsync(store.tx(tx => updateMany(tx, 'setting', [{where: {name: 'n000'}, change: {value: 'a'}}, {where: {name: 'n001'}, change: {kind: 'a'}}])), {message: /different columns/});
  await t.throwsAsync(store.tx(tx => updateMany(tx, 'setting', [{where: {name: 'n000'}, change: {'value` = 1; --': 'a'}}])), {message: /Not a name/});
  t.is((await queryRow(store.knex, 'select value from setting where name = ?', ['n000']))?.['value'], '新 0');
  await store.close();
});
