import test from 'ava';
import {createCaseNotebook} from '../src/index.js';
import {person, setup, startOne} from './support/world.js';

test('lines for many cases are written at once and stand in each timeline, or in none', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const notebook = createCaseNotebook();
  const notes = [caseId, ...Array.from({length: 250}, (_, index) => `other-${index}`)].map(id => ({caseId: id, kind: 'clock.recomputed', at: world.clock.now(), text: {'zh-CN': '时限经批准重算', en: 'Worked out again'}}));
  await t.throwsAsync(world.store.tx(async tx => {
    await notebook.noteAll(tx, notes);
    throw new Error('the process died');
  }));
  t.is((await world.store.knex('case_timeline').where({kind: 'clock.recomputed'})).length, 0);
  await world.store.tx(tx => notebook.noteAll(tx, notes));
  t.is((await world.store.knex('case_timeline').where({kind: 'clock.recomputed'})).length, 251);
  const line = (await world.cases.timeline(person('anna'), caseId)).at(-1);
  t.like(line, {kind: 'clock.recomputed', text: {'zh-CN': '时限经批准重算'}, actorName: null, fields: []});
  await world.store.tx(tx => notebook.noteAll(tx, []));
});
