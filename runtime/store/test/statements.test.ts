import test from 'ava';
import {execute, insertRows, isDuplicateKey, queryByKeys, queryRow, queryRows, rewriteRows, updateRows, type Rewrite} from '../src/index.js';
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

test('rows read by keys are the same as read otherwise, in a transaction and outside, and after the table got another column', async t => {
  const store = await openTestStore();
  await store.tx(tx => insertRows(tx, 'case_clock', [clockRow(1, {due_at: 1_900_000_000_001, facts: '{"说":"“新” 😀"}'}), clockRow(2, {due_at: null, revision: 2 ** 31 - 1}), {...clockRow(3), case_id: 'C'}]));
  const sql = 'select * from case_clock where case_id = ? order by id';
  const otherwise = () => queryRows(store.knex, sql, ['c']);
  t.is((await otherwise()).length, 2);
  t.deepEqual(await queryByKeys(store.knex, sql, ['c']), await otherwise());
  await store.tx(async tx => t.deepEqual(await queryByKeys(tx, sql, ['c']), await queryRows(tx, sql, ['c'])));
  t.deepEqual(await queryByKeys(store.knex, sql, ["c' or '1' = '1"]), []);
  await store.knex.schema.alterTable('case_clock', table => void table.string('more', 8).defaultTo('x'));
  t.deepEqual(await queryByKeys(store.knex, sql, ['c']), await otherwise());
  t.is((await queryByKeys(store.knex, sql, ['c']))[0]?.['more'], 'x');
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

const rewrite = {key: 'id', counter: 'revision', columns: ['due_at', 'facts'], demands: {case_id: '', clock: '', round: 0, status: '', started_at: 0}} as const;

function anew(index: number, more: {due_at?: number | null; facts: string}) {
  return {id: `clock-${String(index).padStart(4, '0')}`, revision: 2, due_at: index as number | null, ...more};
}

function clockRow(index: number, more: {revision?: number; due_at?: number | null; facts?: string; status?: string} = {}) {
  return {id: `clock-${String(index).padStart(4, '0')}`, case_id: 'c', clock: 'resolve', round: 1, status: 'running', started_at: 1, due_at: index as number | null, revision: 1, facts: '{}', ...more};
}

test('many rows are written and get values of their own with few statements, texts of every length, numbers and nothing', async t => {
  const store = await openTestStore();
  const given = Array.from({length: 230}, (_, index) => clockRow(index));
  const told = (index: number) => `“新” \\ 😀 '${'长'.repeat(index * 7)}`;
  await store.tx(async tx => {
    await insertRows(tx, 'case_clock', given);
    t.true(await rewriteRows(tx, 'case_clock', rewrite, given.map((_, index) => anew(index, {due_at: index % 3 === 0 ? null : 1_900_000_000_000 + index, facts: told(index)}))));
    t.true(await rewriteRows(tx, 'case_clock', rewrite, []));
  });
  const rows = await queryRows(store.knex, 'select revision, due_at, facts, status from case_clock order by id', []);
  t.deepEqual(rows.map(row => ({...row})), given.map((_, index) => ({revision: 2, due_at: index % 3 === 0 ? null : 1_900_000_000_000 + index, facts: told(index), status: 'running'})));
  await store.close();
});

for (const place of [3, 120]) {
  test(`a row of many that somebody changed stays as it is, and so does one that is gone; the writer hears of it (${place})`, async t => {
    const store = await openTestStore();
    const given = Array.from({length: 130}, (_, index) => clockRow(index));
    await store.tx(async tx => {
      await insertRows(tx, 'case_clock', given);
      await updateRows(tx, 'case_clock', {id: given[place]?.id}, {revision: 2, facts: '"theirs"'});
    });
    const attempt = () => store.tx(async tx => {
      const whole = await rewriteRows(tx, 'case_clock', rewrite, given.map((_, index) => anew(index, {facts: '"ours"'})));
      const row = await queryRow(tx, 'select facts from case_clock where id = ?', [given[place]?.id]);
      if (!whole) throw new Error(`given up: ${String(row?.['facts'])}`);
    });
    await t.throwsAsync(attempt(), {message: 'given up: "theirs"'});
    await store.tx(tx => execute(tx, 'delete from case_clock where id = ?', [given[place]?.id]));
    await t.throwsAsync(attempt(), {message: /given up/});
    t.is((await queryRows(store.knex, "select id from case_clock where revision = 1 and facts = '{}'", [])).length, 129);
    await store.close();
  });
}

test('rows of many with other columns, and columns that are no names, are refused before anything is written', async t => {
  const store = await openTestStore();
  const refused = (rows: readonly object[], how: Rewrite = rewrite) => store.tx(tx => rewriteRows(tx, 'case_clock', how, rows));
  await t.throwsAsync(refused([anew(1, {facts: ''}), {...anew(2, {facts: ''}), more: 1}]), {message: /different columns/});
  await t.throwsAsync(refused([anew(1, {facts: ''})], {...rewrite, columns: ['facts` = 1; --']}), {message: /Not a name|different columns/});
  t.deepEqual(await queryRows(store.knex, 'select id from case_clock', []), []);
  await store.close();
});
