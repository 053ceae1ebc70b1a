import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {listHandled} from '@banli/cases';
import {createCatalogLife, createCatalogService, createMatterAdvisory, readCatalogFolder} from '@banli/catalogs';
import {createTestClock, parseMoment} from '@banli/time';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogLifeRoutes} from '../../src/routes/catalog-life.js';
import {bindDispatchRoutes} from '../../src/routes/dispatch.js';
import {codeOf, ownRoutes, setup as setupServer} from './setup.js';

const catalogRoot = fileURLToPath(new URL('../../../../catalogs/', import.meta.url));

const returned = (reason: string, isWrongUnit: boolean) => ({unitId: 'u650103-shijian', senderId: null, reason, isWrongUnit, matter: '010101', areaCode: '650103', at: 1});

/** A server with the shipped catalogs and four cases, three of which one unit returned. */
async function setup(t: ExecutionContext) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const made: {catalogs?: ReturnType<typeof createCatalogService>} = {};
  const server = await setupServer(t, {catalogs: true, routes: parts => {
    made.catalogs = createCatalogService(parts.store, clock);
    const life = createCatalogLife({store: parts.store, clock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => []}, onPublished: async () => undefined});
    const advisory = createMatterAdvisory({catalogs: made.catalogs, clock, past: () => listHandled(parts.store, 10), advisers: () => [], onFault: what => t.fail(what)});
    return [...ownRoutes(parts), ...bindDispatchRoutes({...parts, releases: {bundles: async () => [], byHash: async () => null}, catalogs: made.catalogs, advisory, life, clock}), ...bindCatalogLifeRoutes({life})];
  }});
  await made.catalogs?.start();
  for (const number of [1, 2, 3, 4]) {
    await server.store.knex('case_record').insert({
      id: `case-${number}`, bundle_id: 'b', release_hash: 'h', number: `N${number}`, query_code: 'q', title: '', status: 'open', state_id: 's', round: 1, accepting_unit_id: 'u650103-centre', area_code: '650103', started_by: 'p', started_by_name: 'p',
      accepted_at: 1, lock_version: 1, values_version: 1, seq: 0, acked_seq: 0, revision: 1, lead_unit_id: 'u650103-centre', matter: '010101', marks: '', form_values: '{}', routing: JSON.stringify({holding: [], returns: [returned(number < 4 ? 'not-our-duty' : 'content-unclear', number < 4)]}), updated_at: 1,
    });
  }
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (path: string, body?: unknown) => server.call(path, {headers: {...headers, 'content-type': 'application/json'}, ...(body === undefined ? {} : {method: 'POST', body: JSON.stringify(body)})});
  };
  return {...server, as};
}

test('a draft of the rules is tried on past cases, which stay as they are; a broken one is refused', async t => {
  const {as, store} = await setup(t);
  const admin = await as('qu.admin');
  const {files} = await readCatalogFolder(`${catalogRoot}responsibility`, 'responsibility');
  const path = 'data/responsibility.csv';
  const draft = {...files, [path]: (files[path] ?? '').replace(/^010101,650103,u650103-shijian,/m, '010101,650103,u650103-centre,')};
  const report = (await (await admin('/api/dispatch/redispatch', {files: draft})).json()) as {orders: number; total: number; changed: Array<{number: string; had: {name: string}; before: {units: Array<{id: string}>}; after: {units: Array<{id: string}>}}>};
  t.deepEqual([report.orders, report.total], [4, 4]);
  t.like(report.changed[0], {before: {units: [{id: 'u650103-shijian'}]}, after: {units: [{id: 'u650103-centre'}]}});
  t.is((await store.knex('case_record').where({lead_unit_id: 'u650103-centre'})).length, 4);
  t.is(await codeOf(await admin('/api/dispatch/redispatch', {files: {'catalog.yaml': 'id: ['}})), 'CATALOG_INVALID');
  t.is(await codeOf(await admin('/api/dispatch/redispatch', {version: '1.0.0'})), 'CATALOG_VERSION_UNKNOWN');
  t.is((await admin('/api/dispatch/redispatch', {cases: 10_001})).status, 400);
});

test('returns become suggestions, coverage is counted, and a clerk may see neither', async t => {
  const {as} = await setup(t);
  const admin = await as('qu.admin');
  const {suggestions} = (await (await admin('/api/dispatch/suggestions')).json()) as {suggestions: unknown[]};
  t.is(suggestions.length, 1);
  t.like(suggestions[0], {matterCode: '010101', areaCode: '650103', returns: 3, sender: null, reasons: [{reason: 'not-our-duty', title: '不属于本单位职责', isWrongUnit: true, returns: 3}, {reason: 'content-unclear', isWrongUnit: false, returns: 1}], holds: true, instead: {orders: 3}, caseIds: ['case-3', 'case-2', 'case-1']});
  const coverage = (await (await admin('/api/dispatch/coverage?limit=5&kind=none')).json()) as {matters: number; areas: number; total: number; findings: unknown[]; handling: Array<{messageZh?: string}>; counts: Record<string, number>};
  t.is(Object.values(coverage.counts).reduce((sum, count) => sum + count, 0), coverage.matters * coverage.areas);
  t.is(coverage.findings.length, Math.min(5, coverage.total));
  t.like(coverage.handling, {length: 1, 0: {code: 'CATALOG_HANDLING_PROCESS', place: {element: '01'}, severity: 'warning'}}, 'no application is published here');
  t.regex(coverage.handling[0]?.messageZh ?? '', /应用 hotline 尚未发布.*请在设计器中发布该应用/);
  const clerk = await as('shi.shouli');
  for (const path of ['/api/dispatch/suggestions', '/api/dispatch/coverage']) t.is(await codeOf(await clerk(path)), 'PERMISSIONS_DENIED');
  t.is(await codeOf(await clerk('/api/dispatch/redispatch', {})), 'PERMISSIONS_DENIED');
});

test('past orders are tried, and returns told, only to units in whose area they lie', async t => {
  const {as} = await setup(t);
  const seen = async (account: string) => {
    const call = await as(account);
    const [{orders}, {suggestions}] = [(await (await call('/api/dispatch/redispatch', {})).json()) as {orders: number}, (await (await call('/api/dispatch/suggestions')).json()) as {suggestions: unknown[]}];
    return [orders, suggestions.length];
  };
  t.deepEqual(await Promise.all(['qu.admin', 'shi.admin', 'ts.admin', 'jf.admin'].map(seen)), [[4, 1], [4, 1], [0, 0], [0, 0]]);
});

test('a clerk gets three matters at most for what a caller says', async t => {
  const {as, store} = await setup(t);
  await store.knex('case_record').where({id: 'case-4'}).update({status: 'ended', title: '琥珀手串是假的'});
  await store.knex('case_record').where({id: 'case-3'}).update({title: '琥珀手串是假的', matter: '010104'});
  const clerk = await as('shi.shouli');
  const past = (await (await clerk(`/api/dispatch/candidates?q=${encodeURIComponent('琥珀手串是假的')}`)).json()) as {candidates: Array<{key: string}>};
  t.deepEqual(past.candidates.map(({key}) => key), ['010101'], 'an ended case speaks, an open one does not');
  const {candidates} = (await (await clerk(`/api/dispatch/candidates?q=${encodeURIComponent('楼下工地半夜施工吵得睡不着')}`)).json()) as {candidates: Array<{key: string; confidence: number; why: {'zh-CN': string}}>};
  t.true(candidates.length > 0 && candidates.length <= 3);
  t.true(candidates.every(candidate => candidate.confidence > 0 && candidate.why['zh-CN'] !== ''));
  t.is((await clerk('/api/dispatch/candidates?q=')).status, 400);
});

test('a change set is tried before it is published: on the map, in the coverage, on past cases', async t => {
  const {as} = await setup(t);
  const admin = await as('qu.admin');
  const made = async (catalogId: string) => ((await (await admin(`/api/catalogs/${catalogId}/changes`, {title: '调整主办'})).json()) as {change: {id: string}}).change.id;
  const changeId = await made('responsibility');
  const put = await admin(`/api/catalog-changes/${changeId}/rows`, {lockVersion: 1, rows: [{op: 'offShelf', key: '010101|650103|u650103-shijian'}, {op: 'add', cells: {matterCode: '010101', areaCode: '650103', leadUnitId: 'u650103-centre', dutyZh: '受理', dutyEn: 'Receives', sourceRef: 'own: 试'}}]});
  t.is(put.status, 200);
  const map = async (query: string) => (await (await admin(`/api/dispatch/coverage-map?matter=0101&area=650100${query}`)).json()) as {matters: Array<{key: string}>; areas: Array<{key: string; below: number}>; cells: Array<Array<{kind: string; units: Array<{id: string}>; row: string}>>};
  const cell = ({matters, areas, cells}: Awaited<ReturnType<typeof map>>) => cells[matters.findIndex(each => each.key === '010101')]?.[areas.findIndex(each => each.key === '650103')];
  const now = await map('');
  t.is(now.areas[0]?.key, '650100');
  t.true((now.areas[0]?.below ?? 0) === now.areas.length - 1);
  t.like(cell(now), {kind: 'one', row: '010101|650103|u650103-shijian', units: [{id: 'u650103-shijian'}]});
  t.like(cell(await map(`&changeId=${changeId}`)), {kind: 'one', units: [{id: 'u650103-centre'}]});
  t.deepEqual((await map('&area=nowhere').catch(() => null))?.cells ?? [], []);
  const report = (await (await admin('/api/dispatch/redispatch', {changeId})).json()) as {total: number; changed: Array<{matter: Record<string, string>}>};
  t.is(report.total, 4);
  t.is(report.changed[0]?.matter['zh-CN'], '商品质量投诉');
  t.is(await codeOf(await admin('/api/dispatch/redispatch', {changeId: await made('natures')})), 'CATALOG_CHANGE_OTHER_CATALOG');
  t.is(await codeOf(await admin('/api/dispatch/coverage?changeId=nothing')), 'CATALOG_CHANGE_UNKNOWN');
  const clerk = await as('shi.shouli');
  t.is(await codeOf(await clerk('/api/dispatch/coverage-map?matter=0101&area=650100')), 'PERMISSIONS_DENIED');
});

test('a clerk is told of listed words in what he types, and of what is not accepted; without signing in nobody is', async t => {
  const {as, call} = await setup(t);
  const clerk = await as('shi.shouli');
  type Answer = {hints: Array<{word: string; proposes: {sensitive: boolean; urgency: {code: string} | null}}>; notAccepted: Array<{entry: string}>};
  const told = (await (await clerk('/api/dispatch/word-hints', {text: '楼道着火，不服法院判决', scope: 'order', matter: '150301'})).json()) as Answer;
  t.like(told.hints, [{word: '着火', proposes: {sensitive: true, urgency: {code: 'urgent'}}}]);
  t.deepEqual(told.notAccepted.map(({entry}) => entry), ['na-disclosure', 'na-litigation']);
  const conflict = async (more: Readonly<Record<string, string>>) => ((await (await clerk('/api/dispatch/word-hints', {text: '', scope: 'order', ...more})).json()) as {natureConflict: unknown}).natureConflict;
  t.like(await conflict({matter: '040201', nature: 'complaint'}), {verdict: 'block', fitting: [{key: 'consult'}]});
  t.is(await conflict({matter: '040201'}), null);
  const said = (await (await clerk('/api/dispatch/word-hints', {text: '这不归我管，不服法院判决', scope: 'seat'})).json()) as Answer;
  t.deepEqual([said.hints.map(({word}) => word), said.notAccepted], [['这不归我管'], []]);
  t.is((await clerk('/api/dispatch/word-hints', {text: '火'.repeat(10_001), scope: 'order'})).status, 400);
  t.is((await clerk('/api/dispatch/word-hints', {text: '火', scope: 'else'})).status, 400);
  t.is((await call('/api/dispatch/word-hints', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({text: '火', scope: 'order'})})).status, 401);
});
