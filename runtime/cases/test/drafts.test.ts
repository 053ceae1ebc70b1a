import test from 'ava';
import {draftPage} from '../src/lists/draft-page.js';
import {act, ordinary, person, setup, startOne} from './support/world.js';

test('a draft is saved, read, checked anew and started once', async t => {
  const world = await setup(t);
  const draft = await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [ordinary]});
  await world.cases.drafts.save(person('anna'), draft.id, {bundleId: 'matter', items: [{...ordinary, matter: 'retired'}]});
  t.like(await world.cases.drafts.read(person('anna'), draft.id), {items: [{matter: 'retired'}], problems: [{code: 'CATALOG_ROW_RETIRED', place: {field: 'matter'}}]});
  const start = () => world.cases.start(person('anna'), {bundleId: 'matter', draftId: draft.id, items: [{values: ordinary}]});
  const first = await start();
  t.deepEqual(await start(), first);
  t.is((await world.store.knex('case_record')).length, 1);
  await t.throwsAsync(world.cases.drafts.read(person('anna'), draft.id), {code: 'CASE_DRAFT_UNKNOWN'});
  await t.throwsAsync(world.cases.start(person('anna'), {bundleId: 'matter', draftId: 'no-such-draft', items: [{values: ordinary}]}), {code: 'CASE_DRAFT_UNKNOWN'});
});

test('a double click on start does one thing', async t => {
  const world = await setup(t);
  const draft = await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [ordinary]});
  const input = {bundleId: 'matter', draftId: draft.id, items: [{values: ordinary}, {values: ordinary}]};
  const [one, other] = await Promise.all([world.cases.start(person('anna'), input), world.cases.start(person('anna'), input)]);
  t.deepEqual(one, other);
  t.is((await world.store.knex('case_record')).length, 2);
});

test('drafts belong to one person', async t => {
  const world = await setup(t);
  const draft = await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [ordinary]});
  await t.throwsAsync(world.cases.drafts.read(person('bela'), draft.id), {code: 'CASE_DRAFT_UNKNOWN'});
  await t.throwsAsync(world.cases.drafts.save(person('bela'), draft.id, {bundleId: 'matter', items: [{}]}), {code: 'CASE_DRAFT_UNKNOWN'});
  await world.cases.drafts.remove(person('bela'), draft.id);
  await t.notThrowsAsync(world.cases.drafts.read(person('anna'), draft.id));
  await world.cases.drafts.remove(person('anna'), draft.id);
  await world.cases.drafts.remove(person('anna'), draft.id);
  await t.throwsAsync(world.cases.drafts.create(person('emil'), {bundleId: 'matter', items: [{}]}), {code: 'CASE_START_FORBIDDEN'});
});

test('what is typed for a task is kept per person, sealed, and goes with the task', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const taskId = (await world.cases.view(person('anna'), caseId)).tasks[0]?.id ?? '';
  await world.cases.drafts.saveForTask(person('anna'), taskId, {phone: '13999990000', result: '半句'});
  await world.cases.drafts.saveForTask(person('anna'), taskId, {phone: '13999990000', result: '整句'});
  await world.cases.drafts.saveForTask(person('bela'), taskId, {result: '别的'});
  t.like((await world.cases.view(person('anna'), caseId)).tasks[0], {draft: {phone: '13999990000', result: '整句'}});
  t.false(JSON.stringify(await world.store.knex('case_draft')).includes('13999990000'));
  await t.throwsAsync(world.cases.drafts.saveForTask(person('emil'), taskId, {}), {code: 'CASE_TASK_UNKNOWN'});
  await act(world, 'anna', caseId, 'check', 'hand');
  t.is((await world.store.knex('case_draft')).length, 0);
});

test('a list of drafts tells matter, title, how many orders, and who called as far as a list may', async t => {
  const world = await setup(t);
  await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [{matter: '0101', phone: '13800001234'}, ordinary]});
  const rights: unknown[] = [];
  const show: typeof world.deps.forms.show = (form, access, values, right) => {
    rights.push([access, right]);
    return world.deps.forms.show(form, access, values, right);
  };
  const page = await draftPage({...world.deps, forms: {...world.deps.forms, show}, mayUnmask: () => false}, person('anna'), null, 10);
  t.like(page.rows[0], {title: '', matterTitle: '<0101>', items: 2, caller: '13800001234'});
  t.deepEqual(rights, [[{phone: 'read'}, {unmask: false}]], 'masked by the right to read it, not by the right to write it');
  await world.cases.drafts.create(person('bela'), {bundleId: 'matter', items: [{}]});
  const [empty] = (await world.cases.inbox(person('bela'), {box: 'drafts'})).rows;
  t.deepEqual([empty?.title, empty?.matterTitle, empty?.caller, empty?.items], ['', null, undefined, undefined]);
});
