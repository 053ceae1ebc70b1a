import test from 'ava';
import {createCatalogService, readSheet, writeSheet} from '@banli/catalogs';
import {dayOf, formatDate} from '@banli/time';
import {changeOf, columns, lifeServer} from './life-server.js';
import {codeOf, serverClock} from './setup.js';

test('a set is written, reviewed and published over HTTP, and the audit log tells it', async t => {
  const {as, audit} = await lifeServer(t);
  const [writer, admin] = [await as('qu.fenxi'), await as('qu.admin')];
  const today = formatDate(dayOf(serverClock.now()));
  const {id} = changeOf(await writer('POST', '/api/catalogs/nobody/changes', {title: '增词'}));
  const path = `/api/catalog-changes/${id}`;
  const put = changeOf(await writer('PUT', `${path}/rows`, {lockVersion: 1, op: 'add', cells: {code: 'b', titleZh: '乙', titleEn: 'B', sourceRef: 'own:'}}));
  t.like(await writer('PUT', `${path}/rows`, {lockVersion: 1, op: 'offShelf', key: 'a'}), {refused: 'CATALOG_CHANGE_STALE'});
  const submitted = changeOf(await writer('POST', `${path}/submit`, {lockVersion: put.lockVersion}));
  t.like(await writer('POST', `${path}/decide`, {lockVersion: submitted.lockVersion, result: 'pass', opinion: ''}), {refused: 'PERMISSIONS_DENIED'});
  const passed = changeOf(await admin('POST', `${path}/decide`, {lockVersion: submitted.lockVersion, result: 'pass', opinion: '同意'}));
  const published = changeOf(await admin('POST', `${path}/publish`, {lockVersion: passed.lockVersion, effectiveFrom: today}));
  t.is(published.state, 'published');
  for (const caller of [writer, admin]) t.like(await caller('DELETE', `${path}?lockVersion=${published.lockVersion}`), {refused: 'CATALOG_CHANGE_EFFECTIVE'});
  const rows = (await writer('GET', '/api/catalogs/nobody/rows?state=effective&limit=1')) as unknown as {rows: Array<{key: string}>; nextCursor: string};
  t.deepEqual([rows.rows.map(row => row.key), rows.nextCursor], [['a'], 'a']);
  const entries = ((await writer('GET', '/api/catalogs/nobody/timeline'))['entries'] as Array<{version: string}>).map(entry => entry.version);
  t.is(entries.length, 2);
  const diff = (await writer('GET', `/api/catalogs/nobody/diff?from=${entries[1] ?? ''}&to=${entries[0] ?? ''}`))['diff'] as Array<{key: string; op: string}>;
  t.like(diff, [{key: 'b', op: 'add'}]);
  t.deepEqual((await audit.log.list({limit: 50, subject: id})).rows.filter(row => row.result === 'done').map(row => row.action).reverse(), ['catalogs.create', 'catalogs.put', 'catalogs.submit', 'catalogs.pass', 'catalogs.publish']);
});

test('rows are filtered by creator, days and cells over HTTP, with the number of what is left', async t => {
  const {as} = await lifeServer(t);
  const reader = await as('shi.zhiban');
  t.like(await reader('GET', '/api/catalogs/city/rows?creator=u650100-centre&createdFrom=1&cells=status:active;titleZh:甲'), {total: 1});
  t.like(await reader('GET', '/api/catalogs/city/rows?cells=status:retired'), {total: 0, nextCursor: null});
  t.like(await reader('GET', '/api/catalogs/city/rows?createdTo=1'), {total: 0});
  t.like(await reader('GET', '/api/catalogs/city/rows?cells=nothing:x'), {refused: 'CATALOG_CHANGE_COLUMN_UNKNOWN'});
  for (const cells of ['status', 'status:', ';', '1:2']) t.like(await reader('GET', `/api/catalogs/city/rows?cells=${cells}`), {refused: 'HTTP_INPUT_WRONG'}, cells);
});

test('who may write what in a catalog that departments maintain: the owner all of it, departments their rows, others read', async t => {
  const {as, store} = await lifeServer(t);
  const columns = ['code', 'titleZh', 'unitId', 'status', 'sourceRef'];
  const catalogs = createCatalogService(store, serverClock);
  await catalogs.publish([{name: 'kept', files: {
    'catalog.yaml': JSON.stringify({id: 'kept', version: '2026.1.0', effectiveFrom: '2026-01-01', kind: 'list', title: {'zh-CN': '事项', en: 'Items'}, owner: 'u650000-centre', tables: {kept: {file: 'data/kept.csv', schema: 'schema/kept.json', key: ['code'], maintainer: 'unitId'}}}),
    'schema/kept.json': JSON.stringify({type: 'object', required: columns, additionalProperties: false, properties: Object.fromEntries(columns.map(column => [column, {type: 'string'}]))}),
    'data/kept.csv': `${columns.join()}\na,甲,u650102-chengguan,active,own:\nb,乙,u650103-shijian,active,own:\n`,
  }}], 'tests');
  await catalogs.close();
  const walk: Record<string, readonly unknown[]> = {};
  for (const login of ['qu.fenxi', 'ts.shixiang', 'shi.zhiban', 'ts.admin', 'qu.jieguo', 'ts.chengguan', 'qu.xitong']) {
    const call = await as(login);
    const {edits, refused} = await call('GET', '/api/catalogs/kept/form');
    const rows = ((await call('GET', '/api/catalogs/kept/rows'))['rows'] ?? []) as ReadonlyArray<{readonly mayEdit: boolean}>;
    const put = async (key: string) => (await call('POST', '/api/catalogs/kept/changes', {title: '改', rows: [{op: 'modify', key, cells: {titleZh: `${login}改`}}]}))['refused'] ?? 'done';
    walk[login] = [edits ?? refused, rows.filter(row => row.mayEdit).length, await put('a'), await put('b')];
  }
  const [row, denied] = ['CATALOG_CHANGE_ROW_NOT_YOURS', 'PERMISSIONS_DENIED'];
  t.deepEqual(walk, {
    'qu.fenxi': ['all', 2, 'done', 'done'], 'ts.shixiang': ['own', 1, 'done', row], 'shi.zhiban': ['own', 2, 'done', 'done'], 'ts.admin': ['own', 1, 'done', row],
    'qu.jieguo': ['none', 0, denied, denied], 'ts.chengguan': [denied, 0, denied, denied], 'qu.xitong': [denied, 0, denied, denied],
  });
});

test('the history of a row is read page by page by whoever may read catalogs', async t => {
  const {as} = await lifeServer(t);
  const [reader, clerk] = [await as('shi.zhiban'), await as('shi.shouli')];
  const answer = await reader('GET', '/api/catalogs/city/row-history?key=a&limit=1');
  t.like(answer, {nextCursor: null});
  t.like((answer['entries'] as readonly unknown[])[0], {version: '2026.1.0', state: 'holds', unit: null, cause: {kind: 'folder'}, diff: {op: 'add', key: 'a'}});
  t.like(await clerk('GET', '/api/catalogs/city/row-history?key=a'), {refused: 'PERMISSIONS_DENIED'});
  t.like(await reader('GET', '/api/catalogs/city/row-history?key=zz'), {refused: 'CATALOG_CHANGE_ROW_UNKNOWN'});
  t.like(await reader('GET', '/api/catalogs/city/row-history?key=a&before=2020.1.0'), {refused: 'CATALOG_CHANGE_VERSION_UNKNOWN'});
  t.like(await reader('GET', '/api/catalogs/city/row-history'), {refused: 'HTTP_INPUT_WRONG'});
});

test('an administrator writes changes of catalogs of his unit only; readers and clerks write none', async t => {
  const {as, call} = await lifeServer(t);
  const leader = await as('shi.zhiban');
  t.like(await leader('POST', '/api/catalogs/nobody/changes', {title: 'x'}), {refused: 'CATALOG_CHANGE_NOT_YOURS'});
  const own = changeOf(await leader('POST', '/api/catalogs/city/changes', {title: '本单位'}));
  t.is(own.state, 'editing');
  t.like(await leader('GET', `/api/catalog-changes/${own.id}`), {diff: [], newerVersion: null});
  t.like(await leader('POST', `/api/catalog-changes/${own.id}/publish`, {lockVersion: 1, effectiveFrom: '2026-12-01'}), {refused: 'PERMISSIONS_DENIED'});
  const clerk = await as('shi.shouli');
  t.like(await clerk('POST', '/api/catalogs/city/changes', {title: 'x'}), {refused: 'PERMISSIONS_DENIED'});
  t.is((await call('/api/catalogs/city/rows')).status, 401);
});

test('bad input is refused before anything is looked up', async t => {
  const {as} = await lifeServer(t);
  const writer = await as('qu.fenxi');
  const {id} = changeOf(await writer('POST', '/api/catalogs/nobody/changes', {title: '增词'}));
  for (const body of [{}, {lockVersion: 0, op: 'add'}, {lockVersion: 1, op: 'erase', key: 'a'}, {lockVersion: 1, op: 'add', cells: {a: 5}}, {lockVersion: 1, op: 'add', more: 1}]) {
    t.like(await writer('PUT', `/api/catalog-changes/${id}/rows`, body), {refused: 'HTTP_INPUT_WRONG'});
  }
  t.like(await writer('GET', '/api/catalogs/nobody/diff?from=1&to=2'), {refused: 'HTTP_INPUT_WRONG'});
  t.like(await writer('GET', '/api/catalogs/nothing/rows'), {refused: 'CATALOG_UNKNOWN'});
  t.like(await writer('GET', '/api/catalog-changes/none'), {refused: 'CATALOG_CHANGE_UNKNOWN'});
});

test('a table goes out as a workbook and comes in as a set; what is no workbook is refused', async t => {
  const {as, call, signIn} = await lifeServer(t);
  const {headers} = await signIn('qu.fenxi');
  const file = await call('/api/catalogs/nobody/export?code=a', {headers});
  t.is(file.headers.get('content-disposition')?.includes('nobody.xlsx'), true);
  const {rows} = await readSheet(Buffer.from(await file.arrayBuffer()), columns, ['code']);
  t.deepEqual(rows.map(row => row.cells['titleZh']), ['甲']);
  const load = (bytes: Uint8Array<ArrayBuffer>, query = `title=${encodeURIComponent('导入')}`) => {
    const body = new FormData();
    body.append('file', new Blob([bytes]), '导入.xlsx');
    return call(`/api/catalogs/nobody/import?${query}`, {method: 'POST', headers, body});
  };
  const answer = await load(Uint8Array.from(await writeSheet('words', columns, [{code: 'b', titleZh: '乙', titleEn: 'B', sourceRef: 'own:'}])));
  t.is(answer.status, 201);
  t.is(changeOf((await answer.json()) as Record<string, unknown>).state, 'editing');
  const {id, lockVersion} = changeOf(await (await as('qu.fenxi'))('POST', '/api/catalogs/nobody/changes', {title: '增字段'}));
  const note = {table: 'nobody', column: 'note', titleZh: '备注', titleEn: 'Note', type: 'text', maxLength: '5'};
  await (await as('qu.fenxi'))('PUT', `/api/catalog-changes/${id}/rows`, {lockVersion, table: '.fields', op: 'add', cells: note});
  const filled = Uint8Array.from(await writeSheet('words', ['code', '备注'], [{code: 'a', 备注: '新'}]));
  t.is(await codeOf(await load(filled)), 'CATALOG_EXCEL_INVALID');
  t.is(await codeOf(await load(filled, `changeId=${id}`)), 'CATALOG_CHANGE_STALE');
  t.is(changeOf((await (await load(filled, `changeId=${id}&lockVersion=2`)).json()) as Record<string, unknown>).lockVersion, 3);
  t.is((await call(`/api/catalogs/nobody/export?changeId=${id}&language=en`, {headers})).status, 200);
  t.is(await codeOf(await call(`/api/catalogs/city/export?changeId=${id}`, {headers})), 'CATALOG_CHANGE_OTHER_CATALOG');
  t.is(await codeOf(await load(Uint8Array.from([1, 2, 3]))), 'CATALOG_EXCEL_NOT_XLSX');
  t.is(await codeOf(await load(new Uint8Array(3_000_000))), 'CATALOG_EXCEL_TOO_LARGE');
  t.is(await codeOf(await call('/api/catalogs/nobody/import?title=x', {method: 'POST', headers, body: new FormData()})), 'FILES_FORM_BROKEN');
});

test('forms, branches, previews and batches are for readers and writers of the catalog, nobody else', async t => {
  const {as, call} = await lifeServer(t);
  const writer = await as('qu.fenxi');
  t.like(await writer('GET', '/api/catalogs/nobody/form'), {id: 'nobody', tables: [{name: 'nobody', key: ['code'], parent: null}]});
  t.deepEqual(await writer('GET', '/api/catalogs/nobody/tree'), {nodes: []});
  t.like(await writer('GET', '/api/catalogs/nobody/options?q=甲'), {options: [{key: 'a', path: []}]});
  t.like(await writer('GET', '/api/catalogs/nobody/graph?key=a'), {centre: {key: 'a', title: {'zh-CN': '甲'}}, groups: []});
  t.like(await writer('GET', '/api/catalogs/nobody/graph?key=z'), {refused: 'CATALOG_ROW_UNKNOWN'});
  t.like(await writer('GET', '/api/catalogs/nobody/tree?table=other'), {refused: 'CATALOG_CHANGE_TABLE_UNKNOWN'});
  const rows = [{op: 'offShelf', key: 'a'}, {op: 'add', cells: {code: 'b', titleZh: '乙', titleEn: 'B', sourceRef: 'own:'}}];
  t.like(await writer('POST', '/api/catalogs/nobody/preview', {rows}), {diff: [{key: 'a', op: 'offShelf'}, {key: 'b', op: 'add'}], problems: []});
  const {id} = changeOf(await writer('POST', '/api/catalogs/nobody/changes', {title: '批量'}));
  t.is(changeOf(await writer('POST', `/api/catalog-changes/${id}/rows`, {lockVersion: 1, rows})).lockVersion, 2);
  t.like(await writer('POST', `/api/catalog-changes/${id}/rows`, {lockVersion: 1, rows}), {refused: 'CATALOG_CHANGE_STALE'});
  t.like(await writer('GET', `/api/catalog-changes/${id}/check`), {problems: []});
  t.is((await call('/api/catalogs/nobody/form')).status, 401);
  const clerk = await as('shi.shouli');
  for (const [method, path, body] of [
    ['GET', '/api/catalogs/nobody/form'], ['GET', '/api/catalogs/nobody/tree'], ['GET', '/api/catalogs/nobody/options'], ['GET', '/api/catalogs/nobody/graph?key=a'], ['GET', `/api/catalog-changes/${id}/check`],
    ['POST', '/api/catalogs/nobody/preview', {rows}], ['POST', `/api/catalog-changes/${id}/rows`, {lockVersion: 2, rows}],
  ] as const) t.like(await clerk(method, path, body), {refused: 'PERMISSIONS_DENIED'}, path);
  const leader = await as('shi.zhiban');
  t.like(await leader('POST', '/api/catalogs/nobody/preview', {rows}), {refused: 'CATALOG_CHANGE_NOT_YOURS'});
});

test('owner and bounds of a catalog are proposed as rows of `.catalog` and `.fields`; a unit that is not there is refused', async t => {
  const {as} = await lifeServer(t);
  const writer = await as('qu.fenxi');
  const rows = (cells: Readonly<Record<string, string>>) => ({title: '改设置', rows: [{table: '.catalog', op: 'modify', key: 'nobody', cells}]});
  t.like(await writer('POST', '/api/catalogs/nobody/changes', rows({owner: 'u-nowhere'})), {refused: 'CATALOG_CHANGE_REFUSED'});
  t.like(await (await as('shi.zhiban'))('POST', '/api/catalogs/nobody/changes', rows({titleZh: '无人'})), {refused: 'CATALOG_CHANGE_NOT_YOURS'});
  const {id, lockVersion} = changeOf(await writer('POST', '/api/catalogs/nobody/changes', rows({owner: 'u650100-centre'})));
  const bound = (column: string, below: string) => ({lockVersion, table: '.fields', op: 'modify', key: `nobody|${column}`, cells: {below}});
  t.like(await writer('PUT', `/api/catalog-changes/${id}/rows`, bound('code', 'free')), {refused: 'CATALOG_CHANGE_REFUSED'});
  await writer('PUT', `/api/catalog-changes/${id}/rows`, bound('titleZh', 'extend'));
  const opened = (await writer('GET', `/api/catalog-changes/${id}`)) as unknown as {readonly diff: ReadonlyArray<{readonly table: string; readonly cells: ReadonlyArray<{readonly afterWords: unknown; readonly title: unknown}>}>};
  t.like(opened.diff.find(row => row.table === '.catalog')?.cells[0], {title: {'zh-CN': '主管单位'}, afterWords: {'zh-CN': '乌鲁木齐市12345热线中心'}});
  t.like(opened.diff.find(row => row.table === '.fields')?.cells[0], {title: {'zh-CN': '下级调整'}, afterWords: {'zh-CN': '只可补充文字'}});
  const {settings} = (await writer('GET', '/api/catalogs/nobody/fields')) as unknown as {readonly settings: {readonly values: Readonly<Record<string, string>>; readonly pending: readonly unknown[]}};
  t.deepEqual([Object.keys(settings.values), settings.pending.length], [['catalog', 'titleZh', 'titleEn', 'owner'], 1]);
});

test('columns are listed, proposed as rows of `.fields`, and shown as a set would make them; whoever may not edit may not', async t => {
  const {as} = await lifeServer(t);
  const writer = await as('qu.fenxi');
  const {id, lockVersion} = changeOf(await writer('POST', '/api/catalogs/nobody/changes', {title: '增字段'}));
  const body = {lockVersion, table: '.fields', op: 'add', cells: {table: 'nobody', column: 'note', titleZh: '备注', titleEn: 'Note', type: 'text', maxLength: '50'}};
  t.like(await (await as('shi.shouli'))('PUT', `/api/catalog-changes/${id}/rows`, body), {refused: 'PERMISSIONS_DENIED'});
  t.like(await writer('PUT', `/api/catalog-changes/${id}/rows`, {...body, cells: {...body.cells, type: 'formula'}}), {refused: 'CATALOG_CHANGE_REFUSED'});
  await writer('PUT', `/api/catalog-changes/${id}/rows`, body);
  const {fields, targets} = (await writer('GET', '/api/catalogs/nobody/fields')) as unknown as {readonly fields: ReadonlyArray<{readonly column: string; readonly isOwn: boolean; readonly isProposed: boolean; readonly pending: readonly unknown[]}>; readonly targets: ReadonlyArray<{readonly reference: string}>};
  t.deepEqual(fields.filter(field => field.isProposed).map(field => [field.column, field.isOwn, field.pending.length]), [['note', true, 1]]);
  t.true(targets.some(target => target.reference === 'organisation/units/id') && targets.some(target => target.reference === 'city/city/code'));
  const columnsOf = async (query: string) => ((await writer('GET', `/api/catalogs/nobody/form${query}`)) as unknown as {readonly tables: ReadonlyArray<{readonly columns: ReadonlyArray<{readonly name: string}>}>}).tables[0]?.columns.map(column => column.name);
  t.deepEqual(await columnsOf(''), columns);
  t.deepEqual(await columnsOf(`?changeId=${id}`), [...columns, 'note']);
  t.deepEqual(await columnsOf('?version=2026.1.0'), columns);
  t.like(await writer('GET', `/api/catalogs/city/form?changeId=${id}`), {refused: 'CATALOG_CHANGE_OTHER_CATALOG'});
  t.like(await writer('GET', '/api/catalogs/nobody/form?version=2030.1.0'), {refused: 'CATALOG_CHANGE_VERSION_UNKNOWN'});
  const seen = (await writer('GET', '/api/catalogs/nobody/versions/2026.1.0/rows')) as unknown as {readonly columns: readonly unknown[]};
  t.is(seen.columns.length, columns.length);
});
