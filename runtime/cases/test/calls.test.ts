import test from 'ava';
import {ordinary, person, setup} from './support/world.js';

const callKey = 'call-00000000-0001';
const items = [{values: ordinary}];

test('a call that is sent twice under its key is registered once, whatever became of what it names', async t => {
  const world = await setup(t);
  const start = (more = {}) => world.cases.start(person('anna'), {bundleId: 'matter', callKey, items: [{values: ordinary}, {values: {...ordinary, matter: '0102'}}], ...more});
  const first = await start();
  world.deps.catalogs.checkRow = () => {
    throw new Error('What was registered is not checked again.');
  };
  t.deepEqual(await start(), first, 'in the order in which they were sent');
  t.is((await world.store.knex('case_record')).length, 2);
});

test('a call that is sent several times at once is registered once', async t => {
  const world = await setup(t);
  const start = () => world.cases.start(person('anna'), {bundleId: 'matter', callKey, items});
  const [one, ...others] = await Promise.all([start(), start(), start()]);
  for (const other of others) t.deepEqual(other, one);
  t.is((await world.store.knex('case_record')).length, 1);
});

test('the key of one person says nothing to another, and another key or none is another call', async t => {
  const world = await setup(t);
  const anna = await world.cases.start(person('anna'), {bundleId: 'matter', callKey, items});
  const bela = await world.cases.start(person('bela'), {bundleId: 'matter', callKey, items});
  const other = await world.cases.start(person('anna'), {bundleId: 'matter', callKey: `${callKey}2`, items});
  const without = await world.cases.start(person('anna'), {bundleId: 'matter', items});
  t.is(new Set([anna, bela, other, without].flatMap(cases => cases.map(each => each.caseId))).size, 4);
  await t.throwsAsync(world.cases.start(person('emil'), {bundleId: 'matter', callKey, items}), {code: 'CASE_START_FORBIDDEN'});
});

test('whoever sends a registered call with something else is told its number, and nothing is registered', async t => {
  const world = await setup(t);
  const [first] = await world.cases.start(person('anna'), {bundleId: 'matter', callKey, items});
  const changed = world.cases.start(person('anna'), {bundleId: 'matter', callKey, items: [...items, {values: {...ordinary, matter: '0102'}}]});
  const error = await t.throwsAsync(changed, {code: 'CASE_CALL_CHANGED'});
  t.true(error?.message.includes(first?.number ?? '?'));
  const reordered = Object.fromEntries(Object.entries(ordinary).reverse());
  t.deepEqual(await world.cases.start(person('anna'), {bundleId: 'matter', callKey, items: [{values: reordered}]}), [first]);
  t.is((await world.store.knex('case_record')).length, 1);
});

test('what a call was sent with cannot be guessed from its row', async t => {
  const world = await setup(t);
  await world.cases.start(person('anna'), {bundleId: 'matter', callKey, items});
  const other = await setup(t);
  await other.cases.start(person('anna'), {bundleId: 'matter', callKey, items});
  const print = async ({store}: typeof world) => (await store.knex('case_record').first<{start_print: string}>('start_print')).start_print;
  t.not(await print(world), await print(other), 'keyed by the installation');
});

test('a draft whose answer was lost is the same draft, and goes with its call, whether the page learnt of it or not', async t => {
  const world = await setup(t);
  const create = (values = ordinary) => world.cases.drafts.create(person('anna'), {bundleId: 'matter', callKey, items: [values]});
  const [one, other] = [await create(), await create({...ordinary, matter: '0102'})];
  t.is(one.id, other.id);
  t.like(await world.cases.drafts.read(person('anna'), one.id), {items: [{matter: '0102'}]});
  const first = await world.cases.start(person('anna'), {bundleId: 'matter', callKey, items});
  t.is((await world.store.knex('case_draft')).length, 0);
  await t.throwsAsync(create(), {code: 'CASE_DRAFT_UNKNOWN'}, 'a save that comes late brings nothing back');
  t.deepEqual(await world.cases.start(person('anna'), {bundleId: 'matter', callKey, draftId: one.id, items}), first, 'named by the draft');
  t.deepEqual(await world.cases.start(person('anna'), {bundleId: 'matter', draftId: one.id, items}), first);
  const bela = await world.cases.drafts.create(person('bela'), {bundleId: 'matter', callKey, items: [ordinary]});
  t.not(bela.id, one.id);
});
