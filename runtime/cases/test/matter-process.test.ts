import test from 'ava';
import {AppError} from '@banli/errors';
import {ordinary, person, setup} from './support/world.js';

test('a case about a matter of another published application is refused with the field, and nothing of the call begins', async t => {
  const world = await setup(t);
  const items = [{values: ordinary}, {values: {...ordinary, matter: 'elsewhere'}}];
  const refused = await t.throwsAsync(world.cases.start(person('anna'), {bundleId: 'matter', items}), {code: 'CASE_INPUT'});
  const [problem] = (refused as AppError).problems;
  t.like(problem, {code: 'CASE_MATTER_OTHER_PROCESS', place: {field: 'matter', element: 'items.1'}, details: {processId: 'other', row: 'elsewhere', version: '1'}});
  t.regex(problem?.message ?? '', /Start the case there, or choose another matter/);
  t.is((await world.store.knex('case_record')).length, 0);
});

test('a matter that names nothing, or an application that is not published, begins anywhere', async t => {
  const world = await setup(t);
  for (const matter of ['0101', 'unpublished']) t.is((await world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: {...ordinary, matter}}]})).length, 1);
});
