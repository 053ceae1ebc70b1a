import test from 'ava';
import {allRoutes, ApiError, buildPath, catalogLifeRoutes, createClient, inboxRoutes, operationRoutes, sessionRoutes} from '../src/index.js';

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

test('an answer that is not ours, as of a proxy or of the sign-in page of a network, becomes an ApiError that can be shown', async t => {
  const answering = (status: number, text: string) => createClient({baseUrl: '', csrf: () => null, fetch: async () => ({ok: status < 400, status, headers: {get: () => null}, json: async () => JSON.parse(text) as unknown, text: async () => text})});
  const strange: ReadonlyArray<readonly [number, string]> = [[502, '<html>Bad Gateway</html>'], [500, '{"code":500,"msg":"upstream"}'], [504, 'null'], [413, ''], [403, '{"code":"X","message":"m"}'], [200, '<html>Sign in</html>']];
  for (const [status, text] of strange) {
    const error = await t.throwsAsync(answering(status, text).call(inboxRoutes.counts), {instanceOf: ApiError}, text);
    t.deepEqual([error?.code, error?.status], status < 400 ? ['NETWORK', 0] : ['HTTP', status], text);
    t.deepEqual(error?.answer.problems, [], text);
    t.regex(error?.answer.messageZh ?? '', /请/, 'it says what to do');
  }
});

test('a connection that breaks while the answer is read is a network error like any other, for refusals and texts, too', async t => {
  const told: string[] = [];
  const broken = (status: number) => createClient({baseUrl: '', csrf: () => null, onError: error => told.push(error.code), fetch: async () => ({
    ok: status < 400, status, headers: {get: () => null}, json: () => Promise.reject(new TypeError('terminated')), text: () => Promise.reject(new TypeError('terminated')),
  })});
  for (const [status, route] of [[409, inboxRoutes.counts], [200, inboxRoutes.counts], [200, operationRoutes.metrics]] as const) {
    const error = await t.throwsAsync(broken(status).call(route), {instanceOf: ApiError}, route.id);
    t.is(error?.code, 'NETWORK', `${status} ${route.id}`);
  }
  t.deepEqual(told, ['NETWORK', 'NETWORK', 'NETWORK']);
});

test('a file comes with its bytes and its name; a refusal instead of it is a refusal', async t => {
  const disposition = `attachment; filename="_.xlsx"; filename*=UTF-8''${encodeURIComponent('诉求事项.xlsx')}`;
  const client = (status: number) => createClient({baseUrl: '', csrf: () => null, fetch: async () => ({
    ok: status < 400, status, headers: {get: name => (name === 'content-disposition' ? disposition : null)}, json: async () => ({}), text: async () => '', blob: async () => Buffer.from('bytes'),
  })});
  const {content, name} = await client(200).file(catalogLifeRoutes.exportExcel, {params: {catalogId: 'matters'}});
  t.deepEqual([String(content), name], ['bytes', '诉求事项.xlsx']);
  t.is((await t.throwsAsync(client(401).file(catalogLifeRoutes.exportExcel, {params: {catalogId: 'matters'}}), {instanceOf: ApiError}))?.status, 401);
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
