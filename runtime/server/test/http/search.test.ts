import test, {type ExecutionContext} from 'ava';
import type {Cases} from '@banli/cases';
import {bindInboxRoutes} from '../../src/routes/inbox.js';
import {codeOf, ownRoutes, serverClock, setup as setupServer} from './setup.js';

const choice = (key: string, parentKey: string | null) => ({key, title: {'zh-CN': key}, parentKey, path: [], leaf: false, status: 'active' as const, more: {}});

/** A server whose search notes what it is asked. */
async function setup(t: ExecutionContext) {
  const asked: Array<Parameters<Cases['search']>[1]> = [];
  const cases = {search: async (_actor: unknown, query: (typeof asked)[number]) => {
    asked.push(query);
    return {rows: [], nextCursor: null, total: 0, states: [{id: 'handling', title: {'zh-CN': '办理中'}}]};
  }} as unknown as Cases;
  // A circle among the choices must not stop the server.
  const catalogs = {choices: async () => ({version: '1', choices: [choice('01', '0101'), choice('0101', '01'), choice('010101', '0101'), choice('02', null)]})};
  const server = await setupServer(t, {routes: parts => [...ownRoutes(parts), ...bindInboxRoutes({cases, catalogs, people: parts.people, clock: serverClock, limitBoard: {filterOf: async () => ({filter: {columns: [], rest: false}, title: {'zh-CN': ''}})}, unread: async () => 0})]});
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (body: object) => server.call('/api/search', {method: 'POST', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(body)});
  };
  return {...server, asked, as};
}

test('a matter stands for everything below it, a unit for those below, an area for the beginning of its code', async t => {
  const {asked, as} = await setup(t);
  const search = await as('shi.shouli');
  const answer = await search({q: '路灯', matter: '01', area: '650100', unit: 'u650103-centre', status: 'open', from: 1, to: 2, part: 'handled', limit: 5});
  t.deepEqual(await answer.json(), {rows: [], nextCursor: null, total: 0, states: [{id: 'handling', title: {'zh-CN': '办理中'}}]});
  const [{leadUnitIds, ...rest} = {}] = asked;
  t.deepEqual(rest, {q: '路灯', matters: ['01', '0101', '010101'], area: '6501', status: 'open', from: 1, to: 2, part: 'handled', limit: 5});
  t.deepEqual([...(leadUnitIds ?? [])].sort(), ['u650103-centre', 'u650103-shijian', 'u650103004', 'u650103004001']);
  await search({matter: '99', unit: 'nowhere', area: '650102004'});
  t.deepEqual(asked[1], {matters: ['99'], area: '650102004', leadUnitIds: []}, 'what is not there narrows to nothing');
});

test('nonsense is refused, and so is whoever may read no cases', async t => {
  const {asked, as} = await setup(t);
  const search = await as('shi.shouli');
  for (const query of [{q: 'x'}, {status: 'broken'}, {area: '65%'}, {from: 'never'}, {part: 'all'}, {limit: 0}, {other: 1}, {matter: '9'.repeat(200)}]) t.is(await codeOf(await search(query)), 'HTTP_INPUT_WRONG', JSON.stringify(query));
  t.is((await (await as('qu.xitong'))({part: 'started'})).status, 403);
  t.deepEqual(asked, []);
});

test('a phone number that is looked for stands in no line of the log, and no address takes it', async t => {
  const {as, call, lines, signIn} = await setup(t);
  t.is((await (await as('shi.shouli'))({q: '13899990001'})).status, 200);
  const {headers} = await signIn('shi.shouli');
  t.is((await call('/api/search?q=words', {headers})).status, 405);
  t.true(lines.some(line => line.includes('inbox.search')));
  t.deepEqual(lines.filter(line => line.includes('13899990001')), []);
});
