import test from 'ava';
import {allRoutes, ApiError, buildPath, createClient, inboxRoutes, sessionRoutes} from '../src/index.js';

test('route ids and method + path are unique', t => {
  t.is(new Set(allRoutes.map(route => route.id)).size, allRoutes.length);
  t.is(new Set(allRoutes.map(route => `${route.method} ${route.path}`)).size, allRoutes.length);
});

test('every hole of a path is declared as a parameter, and the other way round', t => {
  for (const route of allRoutes) {
    const holes = [...route.path.matchAll(/:(\w+)/g)].map(match => match[1]).sort();
    t.deepEqual(Object.keys(route.params.properties).sort(), holes, route.id);
  }
});

test('only reading routes go without a session', t => {
  const open = allRoutes.filter(route => route.permission === 'public').map(route => route.id);
  t.deepEqual(open.sort(), ['cases.publicView', 'operations.healthz', 'operations.metrics', 'operations.openapi', 'operations.readyz', 'session.login']);
});

test('a path is filled and escaped, empty query values are left out', t => {
  t.is(buildPath('/api/inbox/:box', {box: 'a b'}, {limit: 5, cursor: undefined, state: ''}), '/api/inbox/a%20b?limit=5');
});

test('a refusal becomes an ApiError with its code, a reset connection one with NETWORK', async t => {
  const refusing = createClient({baseUrl: '', csrf: () => 'c', fetch: async () => ({ok: false, status: 403, headers: {get: () => null}, json: async () => ({}), text: async () => JSON.stringify({code: 'X', message: 'm', messageZh: '中', details: {}, problems: [], requestId: 'r'})})});
  const refused = await t.throwsAsync(refusing.call(inboxRoutes.counts), {instanceOf: ApiError});
  t.is(refused?.code, 'X');
  const dead = createClient({baseUrl: '', csrf: () => null, fetch: () => Promise.reject(new Error('reset'))});
  t.is((await t.throwsAsync(dead.call(inboxRoutes.counts), {instanceOf: ApiError}))?.code, 'NETWORK');
});

test('the token goes with what changes something, and only there', async t => {
  const seen: Array<Record<string, string>> = [];
  const client = createClient({baseUrl: '', csrf: () => 'token', fetch: async (_url, init) => {
    seen.push(init.headers);
    return {ok: true, status: 200, headers: {get: () => null}, json: async () => ({}), text: async () => ''};
  }});
  await client.call(inboxRoutes.counts);
  await client.call(sessionRoutes.logout);
  t.is(seen[0]?.['x-banli-csrf'], undefined);
  t.is(seen[1]?.['x-banli-csrf'], 'token');
});
