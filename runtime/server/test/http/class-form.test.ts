import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {readBundleFolder} from '@banli/bundles/node';
import {createCatalogLife, createCatalogService} from '@banli/catalogs';
import {createTestClock, parseMoment} from '@banli/time';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogLifeRoutes} from '../../src/routes/catalog-life.js';
import {bindClassFormRoutes} from '../../src/routes/class-form.js';
import {codeOf, ownRoutes, setup as setupServer} from './setup.js';

const folder = (path: string) => fileURLToPath(new URL(`../../../../${path}/`, import.meta.url));

interface Answer {
  readonly subject: {readonly matters: readonly string[]; readonly areaCode: string};
  readonly version: string | null;
  readonly classLayer: {readonly properties: Readonly<Record<string, {readonly properties: Readonly<Record<string, unknown>>}>>} | null;
}

/** A server with the shipped catalogs, and the forms of the hotline as files. */
async function setup(t: ExecutionContext) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const made: {catalogs?: ReturnType<typeof createCatalogService>} = {};
  const server = await setupServer(t, {catalogs: true, routes: parts => {
    made.catalogs = createCatalogService(parts.store, clock);
    const life = createCatalogLife({store: parts.store, clock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => []}, onPublished: async () => undefined});
    return [...ownRoutes(parts), ...bindClassFormRoutes({catalogs: made.catalogs, life, clock}), ...bindCatalogLifeRoutes({life})];
  }});
  await made.catalogs?.start();
  const all = await readBundleFolder(folder('templates/hotline'));
  const files = Object.fromEntries(Object.entries(all).filter(([path]) => path === 'bundle.yaml' || path === 'forms/case.form.json'));
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    const call = (method: string, path: string, body: unknown) => server.call(path, {method, headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(body)});
    const ask = (body: object) => call('POST', '/api/design/bundles/hotline/class-form', {files, ...body});
    return {call, ask, fields: async (body: object) => {
      const answer = (await (await ask(body)).json()) as Answer;
      return {...answer, names: Object.values(answer.classLayer?.properties ?? {}).flatMap(section => Object.keys(section.properties))};
    }};
  };
  return {...server, as};
}

test('the class form of a matter is that of a moment, or of a change set that is not published', async t => {
  const {as} = await setup(t);
  const {fields, call, ask} = await as('qu.fenxi');
  const now = await fields({matter: '010101', areaCode: '650100'});
  t.deepEqual([now.subject.matters, now.subject.areaCode], [['010101', '0101', '01'], '650100']);
  t.true(now.names.includes('el_brand_model') && !now.names.includes('el_noise_source'));
  t.deepEqual((await fields({matter: '010101', at: parseMoment('2020-01-01 00:00')})).classLayer, null, 'nothing held then');
  t.deepEqual([(await fields({matter: '999999'})).classLayer, (await fields({})).classLayer], [null, null]);
  const {change} = (await (await call('POST', '/api/catalogs/elements/changes', {title: '增加要素'})).json()) as {change: {id: string; lockVersion: number}};
  const put = await call('PUT', `/api/catalog-changes/${change.id}/rows`, {lockVersion: change.lockVersion, table: 'uses', op: 'add', cells: {matterCode: '0101', elementCode: 'noise-source', required: 'no', position: '90', sourceRef: 'own: 试验'}});
  t.is(put.status, 200);
  t.true((await fields({matter: '010101', changeId: change.id})).names.includes('el_noise_source'));
  t.false((await fields({matter: '010101'})).names.includes('el_noise_source'));
  t.is(await codeOf(await ask({matter: '010101', changeId: 'nothing'})), 'CATALOG_CHANGE_UNKNOWN');
});

test('files that cannot be read are refused with their problems; who may not see the designer gets nothing', async t => {
  const {as} = await setup(t);
  const analyst = await as('qu.fenxi');
  t.is(await codeOf(await analyst.ask({files: {'bundle.yaml': 'id: ['}, matter: '010101'})), 'RELEASE_REFUSED');
  t.is(await codeOf(await analyst.ask({files: {}, matter: '010101'})), 'RELEASE_REFUSED');
  t.is((await analyst.ask({matter: '010101', areaCode: '乌鲁木齐'})).status, 400);
  t.is((await (await as('shi.admin')).ask({matter: '010101'})).status, 403);
});
