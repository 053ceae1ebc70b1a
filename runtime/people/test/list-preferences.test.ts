import test from 'ava';
import {openTestStore} from '@banli/store/testing';
import {createTestClock} from '@banli/time';
import {createListPreferences} from '../src/index.js';

test('two browsers of one person save at once: the last columns hold, a name is taken by one alone', async t => {
  const clock = createTestClock(1_000);
  const store = await openTestStore({clock});
  t.teardown(() => store.close());
  const lists = createListPreferences({store, clock});
  await Promise.all([['due'], ['matter', 'due'], ['at']].map(columns => lists.saveColumns('p', 'todo', columns)));
  await lists.saveColumns('p', 'todo', ['at', 'due']);
  t.deepEqual((await lists.read('p', 'todo')).columns, ['at', 'due']);
  const results = await Promise.allSettled([1, 2, 3].map(() => lists.addView('p', 'todo', {name: '待签收', filters: {state: 'toSign'}})));
  t.deepEqual(results.map(each => (each.status === 'fulfilled' ? 'saved' : (each.reason as {code: string}).code)).sort(), ['PEOPLE_VIEW_NAME_TAKEN', 'PEOPLE_VIEW_NAME_TAKEN', 'saved']);
  await t.throwsAsync(lists.addView('p', 'todo', {name: '\u0007', filters: {}}), {code: 'PEOPLE_VIEW_NAME_BAD'});
  const [view] = (await lists.read('p', 'todo')).views;
  await t.throwsAsync(lists.removeView('other', 'todo', view?.id ?? ''), {code: 'PEOPLE_VIEW_UNKNOWN'});
  await lists.removeView('p', 'todo', view?.id ?? '');
  await lists.saveColumns('p', 'todo', null);
  t.deepEqual(await lists.read('p', 'todo'), {columns: null, views: []});
});
