import test, {type ExecutionContext} from 'ava';
import {createListPreferences, mostViews} from '@banli/people';
import {bindListRoutes} from '../../src/routes/lists.js';
import {codeOf, ownRoutes, serverClock, setup as setupServer} from './setup.js';

async function setup(t: ExecutionContext) {
  const server = await setupServer(t, {routes: parts => [...ownRoutes(parts), ...bindListRoutes({lists: createListPreferences({store: parts.store, clock: serverClock})})]});
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (method: string, path: string, body?: object) => server.call(`/api/lists/${path}`, {method, headers: {...headers, ...(body ? {'content-type': 'application/json'} : {})}, ...(body ? {body: JSON.stringify(body)} : {})});
  };
  return {...server, as};
}

test('chosen columns are kept for the person, in their order, whatever the browser, and for nobody else', async t => {
  const {as} = await setup(t);
  const [one, again, other] = [await as('shi.shouli'), await as('shi.shouli'), await as('shi.paidan')];
  t.deepEqual(await (await one('GET', 'todo')).json(), {columns: null, views: []});
  for (const columns of [['due', 'matter'], ['due', 'unit', 'at']]) t.is((await one('PUT', 'todo/columns', {columns})).status, 200);
  t.deepEqual(await (await again('GET', 'todo')).json(), {columns: ['due', 'unit', 'at'], views: []});
  t.deepEqual(await (await again('GET', 'done')).json(), {columns: null, views: []});
  t.deepEqual(await (await other('GET', 'todo')).json(), {columns: null, views: []});
  await one('PUT', 'todo/columns', {columns: null});
  t.deepEqual(await (await again('GET', 'todo')).json(), {columns: null, views: []});
  for (const columns of [['phone'], ['due', 'due'], 'due']) t.is(await codeOf(await one('PUT', 'todo/columns', {columns})), 'HTTP_INPUT_WRONG');
  t.is(await codeOf(await one('GET', 'others')), 'HTTP_INPUT_WRONG');
});

test('columns of a table of a catalog are kept for the person and the table, by whoever may read catalogs', async t => {
  const {as} = await setup(t);
  const [one, other, clerk] = [await as('shi.zhiban'), await as('qu.fenxi'), await as('shi.shouli')];
  const [items, rights] = ['../catalogs/items/tables/items/columns', `../catalogs/${'long-name-'.repeat(6)}/tables/${'t'.repeat(60)}/columns`];
  t.deepEqual(await (await one('GET', items)).json(), {columns: null});
  for (const path of [items, rights]) t.is((await one('PUT', path, {columns: ['cell.unitId', 'updated']})).status, 200, path);
  t.deepEqual(await (await one('GET', items)).json(), {columns: ['cell.unitId', 'updated']});
  t.deepEqual(await (await one('GET', rights)).json(), {columns: ['cell.unitId', 'updated']});
  t.deepEqual(await (await other('GET', items)).json(), {columns: null});
  for (const columns of [['phone'], ['cell.'], ['level', 'level'], 'level']) t.is(await codeOf(await one('PUT', items, {columns})), 'HTTP_INPUT_WRONG');
  t.is(await codeOf(await clerk('GET', items)), 'PERMISSIONS_DENIED');
  await one('PUT', items, {columns: null});
  t.deepEqual(await (await one('GET', items)).json(), {columns: null});
});

test('views are saved under a name, listed in order, deleted once, and only by their owner', async t => {
  const {as, store} = await setup(t);
  const [one, other] = [await as('shi.shouli'), await as('shi.paidan')];
  const add = async (name: string, filters: object = {state: 'toSign'}) => one('POST', 'todo/views', {name, filters});
  const saved = (await (await add(' 待签收 ')).json()) as {id: string; name: string};
  t.is(saved.name, '待签收');
  t.is((await add('紧急', {urgency: 'urgent', state: 'handling'})).status, 201);
  t.is(await codeOf(await add('紧急')), 'PEOPLE_VIEW_NAME_TAKEN');
  t.is((await one('POST', 'done/views', {name: '紧急', filters: {}})).status, 201, 'another list has names of its own');
  t.deepEqual(((await (await one('GET', 'todo')).json()) as {views: unknown}).views, [{...saved, filters: {state: 'toSign'}}, {id: (await store.knex('list_view').where({name: '紧急', list: 'todo'}).first<{id: string}>()).id, name: '紧急', filters: {urgency: 'urgent', state: 'handling'}}]);
  t.is(await codeOf(await other('DELETE', `todo/views/${saved.id}`)), 'PEOPLE_VIEW_UNKNOWN');
  t.is((await one('DELETE', `todo/views/${saved.id}`)).status, 200);
  t.is(await codeOf(await one('DELETE', `todo/views/${saved.id}`)), 'PEOPLE_VIEW_UNKNOWN');
});

test('a view without a name, with words of a search, or one too many is refused', async t => {
  const {as, store} = await setup(t);
  const one = await as('shi.shouli');
  const bodies = [{name: '  ', filters: {}}, {name: 'x'.repeat(41), filters: {}}, {name: '我的', filters: {q: '13800001234'}}, {name: '我的', filters: {state: ''}}, {name: '我的'}];
  for (const body of bodies) t.is(await codeOf(await one('POST', 'search/views', body)), 'HTTP_INPUT_WRONG');
  t.is(await codeOf(await one('POST', 'search/views', {name: '一\n二', filters: {}})), 'PEOPLE_VIEW_NAME_BAD');
  for (let count = 0; count < mostViews; count += 1) t.is((await one('POST', 'search/views', {name: `视图 ${count}`, filters: {}})).status, 201);
  t.is(await codeOf(await one('POST', 'search/views', {name: '再一个', filters: {}})), 'PEOPLE_VIEWS_FULL');
  t.is((await store.knex('list_view')).length, mostViews);
});
