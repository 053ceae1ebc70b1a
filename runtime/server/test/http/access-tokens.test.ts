import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import type {AccessTokenView} from '@banli/api';
import {createCatalogService, readCatalogFolder, type CatalogService} from '@banli/catalogs';
import {addLocalGrant} from '@banli/permissions';
import {bindAccessTokenRoutes} from '../../src/routes/access-tokens.js';
import {createTokenRights} from '../../src/token-rights.js';
import {codeOf, ownRoutes, serverClock, setup as setupServer} from './setup.js';

const root = fileURLToPath(new URL('../../../../catalogs/', import.meta.url));
const good = {name: '市数据平台', catalogs: ['urgency'], areaCode: '650100', perMinute: 60, days: 30};

async function setup(t: ExecutionContext) {
  const server = await setupServer(t, {routes: parts => {
    const catalogs = createCatalogService(parts.store, serverClock);
    t.teardown(() => catalogs.close());
    const rights = createTokenRights({permissions: parts.permissions, people: parts.people, catalogs});
    return [...ownRoutes(parts), ...bindAccessTokenRoutes({tokens: parts.tokens, rights, catalogs, clock: serverClock, machineClock: serverClock})];
  }});
  const catalogs = createCatalogService(server.store, serverClock);
  await catalogs.publish([await readCatalogFolder(`${root}urgency`, 'urgency')], 'tests');
  await catalogs.close();
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (method: string, path = '', body?: object) => server.call(`/api/access-tokens${path}`, {method, headers: {...headers, ...(body ? {'content-type': 'application/json'} : {})}, ...(body ? {body: JSON.stringify(body)} : {})});
  };
  return {...server, as};
}

test('an administrator makes a token whose secret is told once, sees it, and revokes it; all of it is audited with his name', async t => {
  const {as, store, audit, tokens, organisation} = await setup(t);
  const admin = await as('qu.admin');
  const made = await admin('POST', '', good);
  t.is(made.status, 201);
  const {token, secret} = (await made.json()) as {token: AccessTokenView; secret: string};
  t.regex(secret, /^banli_[\w-]{43}$/);
  const listed = await (await admin('GET')).text();
  t.false(listed.includes(secret));
  t.like(JSON.parse(listed), {tokens: [{id: token.id, name: '市数据平台', catalogs: ['urgency'], areaCode: '650100', lastUsedAt: null, revokedAt: null}], catalogs: [{id: 'urgency', mayGive: true}], givesAll: true});
  t.truthy(await tokens.use(secret, {address: '127.0.0.1', requestId: 'r', agent: ''}));
  for (let times = 0; times < 2; times += 1) t.is((await admin('POST', `/${token.id}/revoke`)).status, 200);
  await t.throwsAsync(tokens.use(secret, {address: '127.0.0.1', requestId: 'r', agent: ''}), {code: 'PEOPLE_TOKEN_INVALID'});
  const rows = (await audit.log.list({limit: 10, subject: token.id})).rows;
  t.deepEqual(rows.map(row => row.action).reverse(), ['tokens.create', 'tokens.use', 'tokens.revoke']);
  t.false(JSON.stringify(await store.knex('audit_entry')).includes(secret));
  const {name} = organisation.persons.find(person => person.id === 'p-qu-admin') ?? {};
  t.deepEqual(rows.map(row => row.actorName), [name, '市数据平台', name]);
});

test('bad input makes nothing: no name, an unknown catalog, none, bad area, bounds, a name that is taken, an unknown token', async t => {
  const {as, store} = await setup(t);
  const admin = await as('qu.admin');
  for (const bad of [{name: ' '}, {catalogs: []}, {areaCode: 'x'}, {perMinute: 0}, {days: 731}, {days: 1.5}, {permissions: ['catalogs.edit']}]) t.is(await codeOf(await admin('POST', '', {...good, ...bad})), 'HTTP_INPUT_WRONG', JSON.stringify(bad));
  t.is(await codeOf(await admin('POST', '', {...good, catalogs: ['urgency', 'nowhere']})), 'PEOPLE_TOKEN_INPUT_BAD');
  t.is((await store.knex('access_token')).length, 0);
  t.is((await admin('POST', '', {...good, catalogs: ['*']})).status, 201);
  t.is(await codeOf(await admin('POST', '', good)), 'PEOPLE_TOKEN_NAME_TAKEN');
  t.is(await codeOf(await admin('POST', '/nowhere/revoke')), 'PEOPLE_TOKEN_UNKNOWN');
});

test('nobody else sees, makes or revokes tokens, whoever looks after the audit log included', async t => {
  const {as, tokens} = await setup(t);
  const {token} = (await (await (await as('qu.admin'))('POST', '', good)).json()) as {token: AccessTokenView};
  for (const account of ['shi.shouli', 'shi.admin', 'qu.shenji']) {
    const other = await as(account);
    for (const answer of [await other('GET'), await other('POST', '', {...good, name: '别的'}), await other('POST', `/${token.id}/revoke`)]) t.is(answer.status, 403, account);
  }
  t.deepEqual((await tokens.list()).map(each => [each.name, each.revokedAt]), [['市数据平台', null]]);
});

test('whoever looks after the system sees and ends tokens, and makes none that reads what he may not read', async t => {
  const {as, tokens} = await setup(t);
  const {token} = (await (await (await as('qu.admin'))('POST', '', good)).json()) as {token: AccessTokenView};
  const system = await as('qu.xitong');
  t.like(await (await system('GET')).json(), {tokens: [{id: token.id}], catalogs: [{id: 'urgency', mayGive: false}], givesAll: false});
  for (const catalogs of [['urgency'], ['*'], ['urgency', '*']]) t.is(await codeOf(await system('POST', '', {...good, name: '别的', catalogs})), 'PEOPLE_TOKEN_BEYOND_MAKER');
  t.is((await tokens.list()).length, 1);
  t.is((await system('POST', `/${token.id}/revoke`)).status, 200);
});

test('a right over one unit and those below gives no more than its catalogs and its area', async t => {
  const {store, permissions, people, call, signIn} = await setup(t);
  const line = (permission: string) => ({role: 'cityAdmin', permission, scope: 'unitAndBelow', effect: 'allow'} as const);
  await store.tx(tx => addLocalGrant(tx, line('tokens.manage'), {personId: 'tests', at: 1}));
  await permissions.refresh();
  const {headers} = await signIn('shi.admin');
  const make = async (more: object) => call('/api/access-tokens', {method: 'POST', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify({...good, ...more})});
  t.is(await codeOf(await make({})), 'PEOPLE_TOKEN_BEYOND_MAKER', 'the region owns the catalog');
  const owned = [{id: 'own', owner: 'u650102-centre'}, {id: 'urgency', owner: 'u650000-centre'}] as unknown as Awaited<ReturnType<CatalogService['list']>>;
  const rights = createTokenRights({permissions, people, catalogs: {list: async () => owned, branches: async (_, key) => (key.startsWith('6501') ? [key, '650100', '650000'] : [key])}});
  const actor = {personId: 'p-shi-admin', unitId: 'u650100-centre', roles: ['cityAdmin']};
  await rights.demand(actor, {catalogs: ['own'], areaCode: '650102'}, 1);
  for (const [catalogs, areaCode] of [[['own'], null], [['own'], '650200'], [['*'], '650102'], [['own', 'urgency'], '650102'], [['gone'], '650102']] as const) {
    await t.throwsAsync(rights.demand(actor, {catalogs, areaCode}, 1), {code: 'PEOPLE_TOKEN_BEYOND_MAKER'}, `${catalogs.join()} ${areaCode}`);
  }
});
