import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {createCatalogIssues, createCatalogLife, createCatalogService, readCatalogFolder} from '@banli/catalogs';
import type {AccessTokenInput} from '@banli/people';
import {sleep} from '@banli/time';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogIssueRoutes} from '../../src/routes/catalog-issue.js';
import {codeOf, ownRoutes, serverClock, setup} from './setup.js';

const root = fileURLToPath(new URL('../../../../catalogs/', import.meta.url));
const operator = {personId: 'operator', personName: '运维', unitId: '', roles: [], requestId: '', address: 'local'};

/** A server on three of the sample catalogs, with one token. */
async function tokenServer(t: ExecutionContext, input: Partial<AccessTokenInput> = {}) {
  const server = await setup(t, {publicPerMinute: 25, routes: parts => {
    const catalogs = createCatalogService(parts.store, serverClock);
    const deps = {store: parts.store, clock: serverClock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => []}, onPublished: async () => undefined};
    t.teardown(() => catalogs.close());
    return [...ownRoutes(parts), ...bindCatalogIssueRoutes({issues: createCatalogIssues({...deps, units: parts.people}), life: createCatalogLife(deps), catalogs, people: parts.people, permissions: parts.permissions, clock: serverClock})];
  }});
  const catalogs = createCatalogService(server.store, serverClock);
  await catalogs.publish(await Promise.all(['areas', 'urgency', 'return-reasons'].map(name => readCatalogFolder(`${root}${name}`, name))), 'tests');
  await catalogs.close();
  const {token, secret} = await server.tokens.create(operator, {name: '市数据平台', catalogs: ['urgency', 'areas'], areaCode: null, perMinute: 60, days: 30, ...input});
  const read = async (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => {
    const answer = await server.call(path, {method, headers: {authorization: `Bearer ${secret}`, ...headers}});
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : {refused: await codeOf(answer), status: answer.status};
  };
  return {...server, token, secret, read};
}

test('a token reads rows, changes and versions of its catalogs, and nothing else', async t => {
  const {read, store, secret} = await tokenServer(t);
  t.true(((await read('/api/catalogs/urgency/effective'))['rows'] as readonly unknown[]).length > 0);
  const {holds} = (await read('/api/catalogs/urgency/versions')) as {holds: string};
  t.deepEqual(await read(`/api/catalogs/urgency/changes-since?version=${holds}`), {from: holds, version: holds, rows: [], nextCursor: null});
  t.deepEqual(await read('/api/catalogs/return-reasons/effective'), {refused: 'PEOPLE_TOKEN_SCOPE', status: 403});
  for (const path of ['/api/catalog-issues', '/api/catalogs/urgency/layers?unit=u650100-centre', '/api/people', '/api/session', '/api/audit']) t.regex(String((await read(path))['refused']), /^HTTP_(TOKEN_NOT_HERE|NOT_FOUND|METHOD_WRONG)$/, path);
  t.is((await read('/api/catalogs/urgency/issues', {'content-type': 'application/json'}, 'POST'))['refused'], 'HTTP_TOKEN_NOT_HERE');
  t.false(JSON.stringify(await store.knex('access_token')).includes(secret));
});

test('a token and a session are not mixed, in either direction', async t => {
  const {read, call, signIn} = await tokenServer(t);
  const {headers} = await signIn('qu.admin');
  t.deepEqual(await read('/api/catalogs/urgency/effective', {cookie: headers.cookie}), {refused: 'HTTP_TOKEN_MIXED', status: 400});
  t.deepEqual(await read('/api/catalogs/urgency/effective', {'x-banli-csrf': headers['x-banli-csrf']}), {refused: 'HTTP_TOKEN_MIXED', status: 400});
  t.is((await call('/api/catalogs/urgency/effective', {headers: {cookie: headers.cookie}})).status, 200);
  t.is((await call('/api/catalogs/urgency/effective')).status, 401);
  t.is((await call('/healthz', {headers: {authorization: 'Bearer nonsense'}})).status, 200);
});

test('a wrong, expired or revoked token is refused alike, and guessing ends soon', async t => {
  const {read, tokens, token, store} = await tokenServer(t);
  t.truthy((await read('/api/catalogs/urgency/effective'))['rows']);
  await store.knex('access_token').where({id: token.id}).update({expires_at: serverClock.now() - 1});
  t.deepEqual(await read('/api/catalogs/urgency/effective'), {refused: 'PEOPLE_TOKEN_INVALID', status: 401});
  await store.knex('access_token').where({id: token.id}).update({expires_at: serverClock.now() + 60_000});
  await tokens.revoke(operator, token.id);
  t.deepEqual(await read('/api/catalogs/urgency/effective'), {refused: 'PEOPLE_TOKEN_INVALID', status: 401});
  t.deepEqual(await read('/api/catalogs/urgency/effective', {authorization: `Bearer banli_${'x'.repeat(43)}`}), {refused: 'HTTP_TOO_OFTEN', status: 429});
});

test('each token has its own number of calls a minute', async t => {
  const {read, tokens, call} = await tokenServer(t, {perMinute: 2});
  const answers = [];
  for (let count = 0; count < 4; count += 1) answers.push((await read('/api/catalogs/urgency/effective'))['refused'] ?? 'read');
  t.deepEqual(answers, ['read', 'read', 'HTTP_TOO_OFTEN', 'HTTP_TOO_OFTEN']);
  const {secret} = await tokens.create(operator, {name: '另一系统', catalogs: ['*'], areaCode: null, perMinute: 2, days: 1});
  t.is((await call('/api/catalogs/return-reasons/effective', {headers: {authorization: `Bearer ${secret}`}})).status, 200);
});

test('a token of an area reads what holds there and below, and no other area', async t => {
  const {read} = await tokenServer(t, {areaCode: '650100'});
  for (const area of ['', '?area=650100', '?area=650102']) t.truthy((await read(`/api/catalogs/urgency/effective${area}`))['rows'], area);
  for (const path of ['effective?area=650200', 'effective?area=650000', 'versions?area=650200', 'changes-since?version=2026.1.0&area=650200', 'effective?area=nowhere']) t.deepEqual(await read(`/api/catalogs/urgency/${path}`), {refused: 'PEOPLE_TOKEN_AREA', status: 403}, path);
});

test('changes come page by page, each once, and stay with the version of the first page', async t => {
  const {read, store} = await tokenServer(t, {perMinute: 6_000});
  const catalogs = createCatalogService(store, serverClock);
  const source = await readCatalogFolder(`${root}urgency`, 'urgency');
  const {holds} = (await read('/api/catalogs/urgency/versions')) as {holds: string};
  const publish = (version: string, mark: string) => catalogs.publish([{name: 'urgency', files: {...source.files, 'catalog.yaml': (source.files['catalog.yaml'] ?? '').replace(/^version: .*$/m, `version: ${version}`), 'data/urgency.csv': (source.files['data/urgency.csv'] ?? '').replace(/^([a-z]+),([^,]+),/gm, (line, code: string, title: string) => (code === 'code' ? line : `${code},${title}${mark},`))}}], 'tests');
  const [year = '', release = '0'] = holds.split('.');
  const next = `${year}.${Number(release) + 1}.0`;
  await publish(next, '一');
  // The server looks at the database behind its answers.
  while (((await read('/api/catalogs/urgency/versions')) as {holds: string}).holds !== next) await sleep(100);
  type Page = {version: string; rows: Array<{key: string; values: {titleZh: string}}>; nextCursor: string | null};
  const page = async (cursor: string | null) => (await read(`/api/catalogs/urgency/changes-since?version=${holds}&limit=1${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)) as unknown as Page;
  const whole = (await read(`/api/catalogs/urgency/changes-since?version=${holds}`)) as unknown as Page;
  t.true(whole.rows.length > 1);
  const keys: string[] = [];
  let [cursor, pages]: [string | null, number] = [null, 0];
  do {
    const got: Page = await page(cursor);
    keys.push(...got.rows.map(row => row.key));
    t.true(got.rows.every(row => row.values.titleZh.endsWith('一')));
    if (pages === 0) await publish(`${year}.${Number(release) + 2}.0`, '二');
    cursor = got.nextCursor;
    pages += 1;
  } while (cursor !== null && pages < 50);
  t.deepEqual(keys, whole.rows.map(row => row.key));
  t.is((await read(`/api/catalogs/urgency/changes-since?version=${holds}&cursor=nonsense`))['status'], 400);
  t.is((await read(`/api/catalogs/urgency/changes-since?version=${holds}&cursor=1999.1.0:1`))['refused'], 'CATALOG_VERSION_UNKNOWN');
  await catalogs.close();
});

test('making, revoking and the first use of a day are told to the audit log; single reads are not', async t => {
  const {read, tokens, token, audit} = await tokenServer(t);
  for (let count = 0; count < 3; count += 1) await read('/api/catalogs/urgency/effective');
  await tokens.revoke(operator, token.id);
  await tokens.revoke(operator, token.id);
  t.deepEqual((await audit.log.list({limit: 10, subject: token.id})).rows.map(row => row.action).reverse(), ['tokens.create', 'tokens.use', 'tokens.revoke']);
  const [listed] = await tokens.list();
  t.like(listed, {name: '市数据平台', revokedByName: '运维'});
  t.truthy(listed?.lastUsedAt);
  await t.throwsAsync(tokens.revoke(operator, 'nothing'), {code: 'PEOPLE_TOKEN_UNKNOWN'});
});

test('a token that could do more, or nothing, is not made; a name is taken once', async t => {
  const {tokens} = await tokenServer(t);
  const good: AccessTokenInput = {name: '系统', catalogs: ['*'], areaCode: null, perMinute: 1, days: 1};
  const bad: readonly Partial<AccessTokenInput>[] = [{name: ' '}, {name: 'x'.repeat(101)}, {catalogs: []}, {catalogs: ['../etc']}, {areaCode: 'x'}, {perMinute: 0}, {perMinute: Number.NaN}, {days: 731}, {days: 1.5}, {permissions: ['catalogs.edit']}, {permissions: []}];
  for (const each of bad) await t.throwsAsync(tokens.create(operator, {...good, ...each}), {code: 'PEOPLE_TOKEN_INPUT_BAD'}, JSON.stringify(each));
  await t.throwsAsync(tokens.create(operator, {...good, name: ' 市数据平台 '}), {code: 'PEOPLE_TOKEN_NAME_TAKEN'});
});

test('the OpenAPI document offers the token as a second way in, at the read routes of catalogs and due times alone', async t => {
  const {call} = await setup(t);
  const document = (await (await call('/api/openapi.json')).json()) as {paths: Record<string, Record<string, {operationId: string; security: Array<Record<string, unknown>>}>>; components: {securitySchemes: Record<string, {scheme?: string}>}};
  t.is(document.components.securitySchemes['token']?.scheme, 'bearer');
  const open = Object.values(document.paths).flatMap(methods => Object.values(methods)).filter(operation => operation.security.some(each => 'token' in each));
  t.deepEqual(open.map(operation => operation.operationId).sort(), ['catalogs.changesSince', 'catalogs.effectiveRows', 'catalogs.versions', 'limits.dueTimes']);
});
