import test from 'ava';
import {allRoutes, buildPath, type Route} from '@banli/api';
import {addLocalGrant} from '@banli/permissions';
import {importOrganisation} from '@banli/people';
import {bindPublicRoute, bindRoute, type BoundRoute} from '../../src/http/index.js';
import {codeOf, ownRoutes, setup, type ServerParts} from './setup.js';

/** Every route of the contract: ours with their handlers, the others answering with nothing. */
function everyRoute(parts: ServerParts): readonly BoundRoute[] {
  const own = ownRoutes(parts);
  const rest = allRoutes.filter(route => !own.some(bound => bound.route.id === route.id));
  return [...own, ...rest.map(route => (route.permission === 'public' ? bindPublicRoute(route, async () => ({}) as never) : bindRoute(route, async () => ({}) as never)))];
}

function addressOf(route: Route): string {
  const params = Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(match => [match[1] ?? '', 'x1']));
  return buildPath(route.path, params);
}

const ending = new Set(['session.logout', 'session.logoutEverywhere']);

test('nobody gets through any route that is not public', async t => {
  const {call} = await setup(t, {routes: everyRoute});
  for (const route of allRoutes) {
    const answer = await call(addressOf(route), {method: route.method});
    if (route.permission === 'public') t.not(answer.status, 403, route.id);
    else t.is(`${route.id} ${await codeOf(answer)}`, `${route.id} PEOPLE_NOT_SIGNED_IN`);
    const forged = await call(addressOf(route), {method: route.method, headers: {cookie: 'banli_session=forged'}});
    if (route.permission !== 'public') t.is(`${route.id} ${await codeOf(forged)}`, `${route.id} PEOPLE_SESSION_ENDED`);
  }
});

test('every role gets through exactly the routes that its rights name', async t => {
  const {call, signIn, organisation, permissions} = await setup(t, {routes: everyRoute});
  const tried = new Set<string>();
  for (const account of organisation.accounts) {
    const roles = organisation.posts.filter(post => post.personId === account.personId).flatMap(post => post.roles);
    if (roles.every(role => tried.has(role))) continue;
    const {headers} = await signIn(account.login);
    for (const route of allRoutes.filter(candidate => candidate.permission !== 'public' && !ending.has(candidate.id))) {
      const answer = await call(addressOf(route), {method: route.method, headers});
      const refused = (await answer.text()).includes('"PERMISSIONS_DENIED"');
      const may = route.permission === 'signedIn' || permissions.can({roles}, route.permission);
      t.is(refused, !may, `${account.login} (${roles.join(' ')}) ${route.id}`);
      t.not(answer.status, 401, `${account.login} ${route.id}`);
    }
    for (const role of roles) tried.add(role);
  }
  t.deepEqual(organisation.roles.map(role => role.id).filter(role => !tried.has(role)), [], 'roles that no account has');
});

test('whatever changes something needs the token of its session and a page of our own', async t => {
  const {call, signIn, address} = await setup(t);
  const {cookie, headers} = await signIn('shi.shouli');
  const other = await signIn('shi.shouli');
  const read = (given: Record<string, string>) => call('/api/notices/read', {method: 'POST', headers: given});
  t.is(await codeOf(await read({cookie})), 'HTTP_CSRF_WRONG');
  t.is(await codeOf(await read({...headers, 'x-banli-csrf': other.session.csrf})), 'HTTP_CSRF_WRONG');
  t.is(await codeOf(await read({...headers, origin: 'https://evil.example'})), 'HTTP_ORIGIN_FOREIGN');
  t.is(await codeOf(await read({...headers, origin: 'null'})), 'HTTP_ORIGIN_FOREIGN');
  t.is((await read({...headers, origin: address})).status, 200);
  t.is((await call('/api/notices', {headers: {cookie}})).status, 200);
});

test('with a fixed public address only that one is ours', async t => {
  const {call, address} = await setup(t, {publicOrigins: ['https://banli.example.gov.cn']});
  const login = (origin: string) => call('/api/session', {method: 'POST', headers: {'content-type': 'application/json', origin}, body: '{"account":"a","password":"b"}'});
  t.is(await codeOf(await login(address)), 'HTTP_ORIGIN_FOREIGN');
  t.is(await codeOf(await login('https://banli.example.gov.cn')), 'PEOPLE_LOGIN_REFUSED');
});

test('a right taken away is refused by the next request: by denial, by role, by account', async t => {
  const {call, signIn, store, vault, organisation, accounts} = await setup(t);
  const [auditor, admin] = [await signIn('qu.shenji'), await signIn('qu.admin')];
  const list = (headers: Record<string, string>, path: string) => call(path, {headers}).then(answer => answer.status);
  t.is(await list(auditor.headers, '/api/audit'), 200);
  await store.tx(tx => addLocalGrant(tx, {role: 'auditor', permission: 'audit.read', scope: 'all', effect: 'deny'}, {personId: 'p', at: 1}));
  t.is(await list(auditor.headers, '/api/audit'), 403);
  t.is(await list(admin.headers, '/api/persons'), 200);
  await importOrganisation(store, vault, {...organisation, posts: organisation.posts.map(post => (post.personId === 'p-qu-admin' ? {...post, roles: ['designer']} : post))});
  t.is(await list(admin.headers, '/api/persons'), 403);
  const actor = {personId: 'p', personName: '', unitId: '', roles: [], requestId: '', address: ''};
  await accounts.setStatus(actor, 'p-qu-admin', 'disabled');
  t.is(await list(admin.headers, '/api/units'), 401);
});
