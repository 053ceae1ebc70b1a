import test from 'ava';
import {createStore, fromRow, isDuplicateKey, newId, runRetried, toRow} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

const setup = () => openTestStore();

test('migrations run once', async t => {
  const store = await setup();
  t.deepEqual(await store.migrate(), []);
  await store.close();
});

test('a database of a newer version is refused', async t => {
  const store = await setup();
  await store.knex('migration').insert({name: '9999-future', ran_at: 1});
  await t.throwsAsync(store.migrate(), {code: 'STORE_MIGRATION_NEWER'});
  await store.close();
});

test('a failing unit of work leaves nothing', async t => {
  const store = await setup();
  await t.throwsAsync(store.tx(async tx => {
    await tx('setting').insert({name: 'a', value: '1'});
    throw new Error('half-way');
  }), {message: 'half-way'});
  t.is((await store.knex('setting').where({name: 'a'})).length, 0);
  await store.close();
});

test('a taken key is told apart from other failures', async t => {
  const store = await setup();
  await store.knex('setting').insert({name: 'a', value: '1'});
  const error: unknown = await store.knex('setting').insert({name: 'a', value: '2'}).then(() => null, (reason: unknown) => reason);
  t.true(isDuplicateKey(error));
  t.false(isDuplicateKey(new Error('other')));
  await store.close();
});

test('busy is retried, then reported with a code', async t => {
  let calls = 0;
  const busy = Object.assign(new Error('busy'), {code: 'SQLITE_BUSY'});
  t.is(await runRetried(async () => {
    calls += 1;
    if (calls < 3) throw busy;
    return 'done';
  }), 'done');
  await t.throwsAsync(runRetried(() => Promise.reject(busy)), {code: 'STORE_BUSY'});
});

test('ids sort by time and do not repeat', t => {
  t.true(newId(1000) < newId(2000));
  const ids = new Set(Array.from({length: 10_000}, () => newId(5)));
  t.is(ids.size, 10_000);
  t.true([...ids].every(id => /^[0-9a-hjkmnp-tv-z]{26}$/.test(id)));
});

test('ids of one moment sort as they were made, also when others are made between them', t => {
  const ids = Array.from({length: 10_000}, (_, index) => newId(5 + (index % 2)));
  const ofOneMoment = ids.filter((_, index) => index % 2 === 0);
  t.deepEqual(ofOneMoment.toSorted(), ofOneMoment);
});

test('rows translate between the two spellings', t => {
  t.deepEqual(toRow({unitId: 'u', isOpen: true, gone: undefined}), {unit_id: 'u', is_open: 1});
  t.deepEqual(fromRow({unit_id: 'u', created_at: 5}), {unitId: 'u', createdAt: 5});
});

test('an unknown scheme is refused', t => {
  t.throws(() => createStore('oracle://x'), {code: 'STORE_URL_UNKNOWN'});
});
