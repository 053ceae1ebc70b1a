import test from 'ava';
import {shippedVersion} from '../../../catalogs/test/sample-service.js';
import {issueOf, issueServer, normal, today} from './issue-server.js';

const shipped = shippedVersion('limits');

test('a catalog goes down, is completed and confirmed over HTTP, tells where its values come from, and the audit log knows', async t => {
  const {as, audit} = await issueServer(t);
  const [region, city, shift, county] = [await as('qu.admin'), await as('shi.admin'), await as('shi.zhiban'), await as('ts.admin')];
  const sent = issueOf(await region('POST', '/api/catalogs/limits/issues', {fromUnitId: 'u650000-centre', toUnitIds: ['u650100-centre'], note: '请按本市情况完善'}));
  t.like(sent, {state: 'issued', may: {complete: true, confirm: true, takeBack: true}});
  t.like(issueOf(await city('GET', '/api/catalog-issues?state=issued')).may, {complete: true, confirm: true, takeBack: false});
  t.deepEqual((await county('GET', '/api/catalog-issues'))['issues'], []);
  const path = `/api/catalog-issues/${sent.id}`;
  t.like(await county('GET', path), {refused: 'CATALOG_ISSUE_NOT_YOURS', status: 403});
  const verified = issueOf(await city('POST', `${path}/verify`, {lockVersion: 1}));
  t.like(await city('PUT', `${path}/rows`, {lockVersion: verified.lockVersion, table: 'limits', key: normal, cells: {value: '9'}}), {refused: 'CATALOG_ISSUE_REFUSED', status: 422});
  t.like(await city('PUT', `${path}/rows`, {lockVersion: 1, table: 'limits', key: normal, cells: {value: '2'}}), {refused: 'CATALOG_ISSUE_STALE', status: 409});
  const put = issueOf(await shift('PUT', `${path}/rows`, {lockVersion: verified.lockVersion, table: 'limits', key: normal, cells: {value: '2', sourceRef: 'own: 市级文件'}}));
  const {rows} = (await city('GET', `${path}/rows?table=limits&only=own`)) as unknown as {rows: ReadonlyArray<{key: string; fields: ReadonlyArray<{mine: unknown}>}>};
  t.deepEqual(rows.map(row => [row.key, row.fields[0]?.mine]), [[normal, {value: '2', unit: 'workingDay'}]]);
  t.true((issueOf(await shift('GET', path)) as unknown as {isOwnWriting: boolean}).isOwnWriting);
  t.false((issueOf(await city('GET', path)) as unknown as {isOwnWriting: boolean}).isOwnWriting);
  t.is(issueOf(await city('POST', `${path}/confirm`, {lockVersion: put.lockVersion, effectiveFrom: today})).state, 'confirmed');
  t.like(await city('GET', `/api/catalogs/limits/effective?area=650102&code=city&q=%E5%B8%82%E7%BA%A7`), {version: `${shipped}+650100.1`});
  const {cells} = (await city('GET', `/api/catalogs/limits/origins?area=650102&key=${encodeURIComponent(normal)}`)) as unknown as {cells: ReadonlyArray<{column: string; origin: {unit: {name: string}}}>};
  t.is(cells.find(cell => cell.column === 'value')?.origin.unit.name, '乌鲁木齐市12345热线中心');
  const since = (await city('GET', `/api/catalogs/limits/changes-since?version=${shipped}&area=650100`)) as unknown as {version: string; rows: ReadonlyArray<{key: string; op: string}>};
  t.deepEqual(since.rows.map(row => [row.key, row.op]), [[normal, 'modify']]);
  const {catalogs} = (await city('GET', '/api/catalog-issues/catalogs')) as unknown as {catalogs: ReadonlyArray<{id: string; owner: {name: string}}>};
  t.deepEqual(catalogs.map(catalog => catalog.id).sort(), ['dispatch-rules', 'duties', 'elements', 'hot-words', 'implementations', 'items', 'limits', 'matters', 'negative-list', 'responsibility', 'return-reasons', 'rights', 'sensitive-words', 'suspend-conditions', 'tags']);
  t.like(await city('GET', '/api/catalogs/limits/changes-since?version=2020.1.0'), {refused: 'CATALOG_VERSION_UNKNOWN', status: 404});
  const {targets} = (await region('GET', '/api/catalogs/limits/issue-targets?from=u650000-centre')) as unknown as {targets: ReadonlyArray<{unit: {id: string}; layer: {name: string} | null}>};
  t.deepEqual(targets.map(target => [target.unit.id, target.layer?.name]), [['u650100-centre', `${shipped}+650100.1`]]);
  t.deepEqual((await audit.log.list({limit: 50, subject: sent.id})).rows.filter(row => row.result === 'done').map(row => row.action).reverse(), ['catalogs.issue.send', 'catalogs.issue.verify', 'catalogs.issue.put', 'catalogs.issue.confirm']);
});

test('whoever may not, may not: reading, issuing, completing and confirming of others', async t => {
  const {as} = await issueServer(t);
  const [region, shift, clerk, county] = [await as('qu.admin'), await as('shi.zhiban'), await as('shi.shouli'), await as('ts.admin')];
  const body = {fromUnitId: 'u650000-centre', toUnitIds: ['u650100-centre']};
  t.like(await clerk('GET', '/api/catalog-issues'), {refused: 'PERMISSIONS_DENIED'});
  t.like(await shift('POST', '/api/catalogs/limits/issues', body), {refused: 'PERMISSIONS_DENIED'});
  t.like(await county('POST', '/api/catalogs/limits/issues', body), {refused: 'CATALOG_ISSUE_NOT_YOURS'});
  const issue = issueOf(await region('POST', '/api/catalogs/limits/issues', body));
  const path = `/api/catalog-issues/${issue.id}`;
  t.like(await county('POST', `${path}/verify`, {lockVersion: 1}), {refused: 'CATALOG_ISSUE_NOT_YOURS'});
  const verified = issueOf(await shift('POST', `${path}/verify`, {lockVersion: 1}));
  t.like(verified.may, {complete: true, confirm: false, takeBack: false});
  t.like(await shift('POST', `${path}/confirm`, {lockVersion: verified.lockVersion, effectiveFrom: today}), {refused: 'PERMISSIONS_DENIED'});
  t.like(await shift('GET', '/api/catalogs/handling?unit=u650000-centre'), {refused: 'CATALOG_ISSUE_NOT_YOURS'});
  t.true(((await shift('GET', '/api/catalogs/handling?unit=u650102-chengguan'))['rights'] as readonly unknown[]).length > 0);
  t.is(((await shift('GET', '/api/catalogs/handling?unit=u650102-chengguan&matter=020101&area=650102'))['rights'] as readonly unknown[]).length, 1);
});

test('nonsense is refused as what it is', async t => {
  const {as} = await issueServer(t);
  const region = await as('qu.admin');
  t.like(await region('GET', '/api/catalog-issues/nothing'), {refused: 'CATALOG_ISSUE_UNKNOWN', status: 404});
  t.like(await region('GET', '/api/catalogs/limits/effective?area=nowhere&table=nothing'), {refused: 'CATALOG_ISSUE_TABLE_UNKNOWN'});
  t.like(await region('GET', '/api/catalogs/nothing/effective'), {refused: 'CATALOG_UNKNOWN'});
  t.like(await region('GET', '/api/catalogs/limits/origins?area=650100&key=no'), {refused: 'CATALOG_ROW_UNKNOWN'});
  t.like(await region('POST', '/api/catalogs/limits/undo-layer', {unitId: 'u650100-centre', number: 1, reason: '退回'}), {refused: 'CATALOG_ISSUE_NO_LAYER'});
  t.is((await region('POST', '/api/catalogs/limits/issues', {fromUnitId: 'u650000-centre', toUnitIds: []}))['status'], 400);
  t.is((await region('GET', "/api/catalogs/limits/changes-since?version=1' or 1=1"))['status'], 400);
});
