import test, {type ExecutionContext} from 'ava';
import {createCatalogLife, createCatalogService} from '@banli/catalogs';
import {createTestClock, parseMoment} from '@banli/time';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogLifeRoutes} from '../../src/routes/catalog-life.js';
import {bindCatalogRoutes} from '../../src/routes/catalogs.js';
import {codeOf, ownRoutes, setup as setupServer} from './setup.js';

interface Proposal {
  readonly leadUnitId: string | null;
  readonly row: string | null;
  readonly rowTitle?: {readonly 'zh-CN': string};
  readonly version: string;
  readonly confidence: string;
  readonly reason: {readonly 'zh-CN': string};
  readonly attributes: ReadonlyArray<{readonly name: string; readonly value: string; readonly valueTitle: {readonly 'zh-CN': string}}>;
}

async function setup(t: ExecutionContext) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const made: {catalogs?: ReturnType<typeof createCatalogService>} = {};
  const server = await setupServer(t, {catalogs: true, routes: parts => {
    made.catalogs = createCatalogService(parts.store, clock);
    const life = createCatalogLife({store: parts.store, clock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => []}, elsewhere: (_table, key) => parts.people.unit(key)?.name ?? null, onPublished: async () => undefined});
    return [...ownRoutes(parts), ...bindCatalogRoutes({catalogs: made.catalogs, people: parts.people, releases: {current: async () => null}, clock}), ...bindCatalogLifeRoutes({life})];
  }});
  await made.catalogs?.start();
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (path: string, body?: unknown) => server.call(path, {headers: {...headers, 'content-type': 'application/json'}, ...(body === undefined ? {} : {method: 'POST', body: JSON.stringify(body)})});
  };
  return {as};
}

test('the proposal follows what the order is, and says by which row, version and condition', async t => {
  const {as} = await setup(t);
  const clerk = await as('shi.shouli');
  const ask = async (more: string) => (await (await clerk(`/api/catalogs/proposal?matter=010104&area=650103${more}`)).json()) as Proposal;
  t.like(await ask(''), {leadUnitId: 'u650103-shijian', attributes: []});
  const firm = await ask('&serviceObject=enterprise&channel=phone&nature=complaint');
  t.like(firm, {leadUnitId: 'u650103-centre', row: '0101|650103|u650103-centre|serviceObject=enterprise', version: '2026.4.3', confidence: 'certain'});
  t.deepEqual(firm.attributes.map(({name, value, valueTitle}) => [name, value, valueTitle['zh-CN']]), [['serviceObject', 'enterprise', '企业']]);
  t.true(firm.reason['zh-CN'].includes('因服务对象为企业'));
  t.is(firm.rowTitle?.['zh-CN'], '商品消费·沙依巴克区·沙依巴克区分中心·企业');
  t.like(await ask('&serviceObject=enterprise&channel=line-12315'), {leadUnitId: 'u650103-shijian', confidence: 'certain'});
  t.like(await ask('&serviceObject=someone-else'), {leadUnitId: 'u650103-shijian', attributes: []}, 'a value that no list has fits no condition');
  t.is((await clerk('/api/catalogs/proposal?matter=010104&area=650103&serviceObject=')).status, 400);
});

test('a row with conditions is proposed, found by its words, and refused where it ties or names what there is not', async t => {
  const {as} = await setup(t);
  const admin = await as('qu.admin');
  const form = (await (await admin('/api/catalogs/responsibility/form')).json()) as {tables: Array<{name: string; key: string[]; columns: Array<{name: string; isFixed: boolean; isRequired: boolean; reference: {catalog: string} | null}>}>};
  const columns = form.tables.find(table => table.name === 'responsibility')?.columns.filter(column => ['serviceObject', 'channelCode', 'natureCode', 'urgencyCode'].includes(column.name));
  t.deepEqual(columns?.map(({name, isFixed, isRequired, reference}) => [name, isFixed, isRequired, reference?.catalog]), [
    ['serviceObject', true, false, 'service-objects'], ['channelCode', true, false, 'channels'], ['natureCode', true, false, 'natures'], ['urgencyCode', true, false, 'urgency'],
  ]);
  const found = (await (await admin(`/api/catalogs/responsibility/rows?code=${encodeURIComponent('0101|650103|')}&limit=10`)).json()) as {rows: Array<{key: string; title: {'zh-CN': string}}>};
  t.is(found.rows[0]?.key, '0101|650103|u650103-centre|serviceObject=enterprise');
  t.true(found.rows[0]?.title['zh-CN'].endsWith('服务对象：企业'));
  const cells = {matterCode: '0101', areaCode: '650103', leadUnitId: 'u650103004', dutyZh: '受理', dutyEn: 'Receives', sourceRef: 'own: 试'};
  const {change} = (await (await admin('/api/catalogs/responsibility/changes', {title: '限定条件的规则'})).json()) as {change: {id: string}};
  const put = (lockVersion: number, more: Readonly<Record<string, string>>) => admin(`/api/catalog-changes/${change.id}/rows`, {lockVersion, rows: [{op: 'add', cells: {...cells, ...more}}]});
  t.is((await put(1, {serviceObject: 'enterprise'})).status, 200);
  const problemsOf = async () => ((await (await admin(`/api/catalog-changes/${change.id}/check`)).json()) as {problems: Array<{code: string; messageZh: string; place: {element: string; field: string}}>}).problems;
  const tie = (await problemsOf()).find(problem => problem.code === 'CATALOG_FILE_RULE_TIE');
  t.like(tie?.place, {element: '0101|650103|u650103004|serviceObject=enterprise', field: 'leadUnitId'});
  t.regex(tie?.messageZh ?? '', /请在其中一行补充条件，或停用其中一行/);
  t.is((await put(2, {serviceObject: 'nobody'})).status, 200);
  t.true((await problemsOf()).some(problem => problem.code === 'CATALOG_FILE_REFERENCE_UNKNOWN' && problem.place.field === 'serviceObject'));
  t.is(await codeOf(await admin(`/api/catalog-changes/${change.id}/rows`, {lockVersion: 3, rows: [{op: 'modify', key: '01|650103|u650103-shijian', cells: {serviceObject: 'person'}}]})), 'CATALOG_CHANGE_REFUSED', 'a row keeps its conditions');
});
