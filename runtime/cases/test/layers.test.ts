import type {ExecutionContext} from 'ava';
import test from 'ava';
import type {CompiledBundle, FormExtension} from '@banli/formats';
import type {CatalogRow, ElementTables} from '@banli/formats/catalogs';
import {createForms} from '@banli/forms';
import {createCases, type CaseDeps} from '../src/index.js';
import {fieldNames, release} from './support/bundle.js';
import {act, ordinary, person, setup as smallWorld, startOne, work, type World} from './support/world.js';

const element = (code: string, type = 'text', more: CatalogRow = {}): CatalogRow => ({code, family: 'event', titleZh: `要素${code}`, titleEn: code, type, status: 'active', ...more});
const use = (matterCode: string, elementCode: string, required = 'no'): CatalogRow => ({matterCode, elementCode, required, position: '10', status: 'active'});
const first: ElementTables = {
  version: '1', options: [], dependencies: [],
  elements: [element('shop'), element('batch'), element('amount', 'money'), element('witness', 'phone')],
  uses: [use('01', 'witness'), use('0101', 'shop', 'yes'), use('0101', 'batch'), use('0102', 'shop'), use('0102', 'amount', 'yes')],
};

const line: FormExtension = {type: 'object', 'x-banli-extension': {id: 'goodsLine', form: 'case', title: {'zh-CN': '商品热线'}, layer: 'line', when: {matters: ['0101']}}, properties: {lineBox: {type: 'void', 'x-banli': {id: 'lineBox', group: 'elements'}, properties: {lineNumber: {type: 'string', title: '原单号', 'x-banli': {id: 'lineNumber'}}}}}};
const edit = Object.fromEntries(fieldNames.map(name => [name, 'edit' as const]));
const layeredRelease: CompiledBundle = {
  ...release,
  bundle: {
    ...release.bundle,
    manifest: {...release.bundle.manifest, classForm: {catalog: 'elements', form: 'case', group: 'elements'}},
    extensions: {goodsLine: line},
    permissions: {...release.bundle.permissions, groups: {...release.bundle.permissions.groups, elements: []}, steps: {register: {...edit, elements: 'edit'}, check: {...edit, elements: 'edit'}, handle: {...edit, elements: 'read'}, assist: edit, confirm: {...edit, elements: 'read'}}, readers: {default: {title: 'read'}, clerk: {title: 'read', elements: 'read'}}},
  },
};

/** The small world with real forms and a catalog of elements that tests may replace. */
async function setup(t: ExecutionContext) {
  const world = await smallWorld(t);
  const catalog = {tables: first, areaCode: '650100'};
  const found = {release: layeredRelease, definitionId: 'matter:1'};
  const deps: CaseDeps = {
    ...world.deps,
    forms: createForms(),
    releases: {...world.deps.releases, current: async () => found, byHash: async () => found},
    catalogs: {...world.deps.catalogs, elements: async (_, __, ___, areaCode) => (areaCode === catalog.areaCode ? catalog.tables : null), branches: async (_, key) => (key.startsWith('01') ? [key, key.slice(0, 2)] : [])},
  };
  const parts = createCases(deps);
  return {...world, deps, ...parts, catalog} satisfies World & {catalog: {tables: ElementTables; areaCode: string}};
}

const goods = {...ordinary, helpers: [], el_shop: '某商场', el_batch: 'A1', el_witness: '13911112222', lineNumber: 'L-1'};
const fieldProblems = (error: unknown) => ((error as {problems?: ReadonlyArray<{code: string; place: {field?: string; element?: string}}>}).problems ?? []).map(({code, place}) => `${code.replace('FORMS_', '')} ${place.element ?? ''} ${place.field ?? ''}`.replace('  ', ' '));

test('what the class demands is demanded at registration; what it does not ask, or nobody may write, is refused by name', async t => {
  const world = await setup(t);
  const refused = async (values: Readonly<Record<string, unknown>>) => fieldProblems(await t.throwsAsync(startOne(world, values), {code: 'CASE_INPUT'}));
  t.deepEqual(await refused(ordinary), ['REQUIRED el_shop']);
  t.deepEqual(await refused({...goods, el_amount: 5, el_nothing: 'x'}), ['FIELD_UNKNOWN el_amount', 'FIELD_UNKNOWN el_nothing']);
  t.deepEqual(await refused({...ordinary, matter: '0102', el_amount: '5'}), ['TYPE el_amount']);
  t.is((await world.store.knex('case_record')).length, 0);
  t.is((await world.store.knex('form_layer')).length, 0);
});

test('elements are asked for as they hold in the area of the unit that accepts the case', async t => {
  const world = await setup(t);
  world.catalog.areaCode = '650200';
  t.deepEqual(fieldProblems(await t.throwsAsync(startOne(world, goods), {code: 'CASE_INPUT'})).filter(problem => problem.includes('el_shop')), ['FIELD_UNKNOWN el_shop']);
});

test('several matters of one call each have their own form', async t => {
  const world = await setup(t);
  const other = {...ordinary, matter: '0102', el_amount: 88.5};
  const started = await world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: goods}, {values: other}, {values: {...ordinary, matter: '99'}}]});
  const views = await Promise.all(started.map(each => world.cases.view(person('anna'), each.caseId)));
  t.deepEqual(views.map(view => Object.keys(view.form.values).filter(name => name.startsWith('el_'))), [['el_shop', 'el_batch', 'el_witness'], ['el_amount'], []]);
  t.deepEqual(fieldProblems(await t.throwsAsync(world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: goods}, {values: {...ordinary, matter: '0102'}}]}))), ['REQUIRED items.1 el_amount']);
  t.is((await world.store.knex('form_layer')).length, 2);
  await startOne(world, goods);
  t.is((await world.store.knex('form_layer')).length, 2);
});

test('telling elements are encrypted wherever they are stored, masked where they are only read, hidden where the matrix says nothing', async t => {
  const world = await setup(t);
  const draft = await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [goods]});
  const [started] = await world.cases.start(person('anna'), {bundleId: 'matter', draftId: draft.id, items: [{values: goods}]});
  await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [goods]});
  const caseId = started?.caseId ?? '';
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId, {fields: {reply: '已受理'}});
  const dump = JSON.stringify(await Promise.all(['case_record', 'case_outbox', 'case_timeline', 'case_draft'].map(table => world.store.knex(table))));
  t.true(dump.includes('某商场'));
  t.false(dump.includes('13911112222'));
  const handling = await world.cases.view(person('emil'), caseId);
  t.like(handling.form.values, {el_shop: '某商场', el_witness: '139****2222', lineNumber: 'L-1'});
  t.like(handling.form.access, {el_shop: 'read'});
  const auditor = await world.cases.view(person('rita'), caseId);
  t.false('el_shop' in auditor.form.values);
  const lines = (await world.cases.timeline(person('anna'), caseId)).flatMap(each => each.fields);
  t.false(JSON.stringify(lines).includes('13911112222'));
});

test('a worker gets what the class asked in words, and what it writes keeps it', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, goods);
  await act(world, 'anna', caseId, 'check', 'hand');
  const [task] = (await world.engine.state(caseId))?.externalTasks ?? [];
  const load = await world.workerCases.load({caseId, externalTaskId: task?.id ?? '', stepId: task?.stepId ?? ''});
  t.deepEqual(load?.case.classFields?.map(({name, text, sensitive}) => [name, text, sensitive]), [['el_shop', '某商场', false], ['el_batch', 'A1', false], ['el_witness', '13911112222', true], ['lineNumber', 'L-1', false]]);
  await work(world, caseId);
  t.is((await world.cases.view(person('emil'), caseId)).form.values['el_shop'], '某商场');
});

test('an open case keeps the form of its version, the next case has the new one', async t => {
  const world = await setup(t);
  const before = await startOne(world, goods);
  world.catalog.tables = {...first, version: '2', uses: [...first.uses, use('0101', 'amount', 'yes')].filter(row => row['elementCode'] !== 'batch')};
  t.deepEqual(fieldProblems(await t.throwsAsync(startOne(world, goods))), ['FIELD_UNKNOWN el_batch', 'REQUIRED el_amount']);
  const view = await act(world, 'anna', before.caseId, 'check', 'hand', {el_batch: 'A2'});
  t.is(view.form.access['el_amount'], undefined);
  t.is(view.form.values['el_batch'], 'A2');
});

test('under another matter common elements keep their values, those of the former class stay readable and cannot be written', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, goods);
  t.deepEqual(fieldProblems(await t.throwsAsync(act(world, 'anna', caseId, 'check', 'hand', {matter: '0102'}))), ['REQUIRED el_amount']);
  t.deepEqual(fieldProblems(await t.throwsAsync(act(world, 'anna', caseId, 'check', 'hand', {matter: '0102', el_amount: 5, el_batch: 'B', lineNumber: 'L-2'}))), ['FIELD_FORBIDDEN el_batch', 'FIELD_FORBIDDEN lineNumber']);
  await act(world, 'anna', caseId, 'check', 'hand', {matter: '0102', el_amount: 5});
  await work(world, caseId);
  const view = await world.cases.view(person('emil'), caseId);
  t.like(view.form.values, {el_shop: '某商场', el_amount: 5, el_batch: 'A1', lineNumber: 'L-1', el_witness: '139****2222'});
  t.like(view.form.access, {el_batch: 'read', lineNumber: 'read'});
  const {formerSection} = view.form.schema['properties'] as Record<string, {title: string; properties: object}>;
  t.deepEqual([formerSection?.title, Object.keys(formerSection?.properties ?? {})], ['原事项要素', ['el_batch', 'lineNumber']]);
  const dump = JSON.stringify(await Promise.all(['case_record', 'case_outbox', 'case_timeline'].map(table => world.store.knex(table))));
  t.false(dump.includes('13911112222'));
});

test('a change of class that the engine refuses leaves the case under its former class', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, goods);
  world.engine.faults.refuse = () => true;
  await act(world, 'anna', caseId, 'check', 'hand', {matter: '0102', el_amount: 5});
  world.engine.faults.refuse = null;
  const view = await world.cases.view(person('anna'), caseId);
  t.like(view.form.values, {matter: '0101', el_batch: 'A1'});
  t.is(view.form.access['el_batch'], 'edit');
  t.is(view.form.access['el_amount'], undefined);
});

test('a case that does this one again takes over what its class asks', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, goods);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId, {linkedCases: [{relation: 'redo', values: {title: '再次反映', matter: '0101', place: '解放路'}}]});
  const row = await world.store.knex('case_record').where({title: '再次反映'}).first<{id: string}>();
  const again = await world.cases.view(person('anna'), row.id);
  t.like(again.form.values, {el_shop: '某商场', el_batch: 'A1', lineNumber: 'L-1'});
});

test('the form for a matter is given before anything is registered, and for a task before anything is changed', async t => {
  const world = await setup(t);
  const names = (schema: object) => [...new Set(JSON.stringify(schema).match(/el_\w+/g) ?? [])].sort();
  t.deepEqual(names((await world.cases.startForm(person('anna'), 'matter')).schema), []);
  const form = await world.cases.startForm(person('anna'), 'matter', {matter: '0102'});
  t.deepEqual(names(form.schema), ['el_amount', 'el_shop', 'el_witness']);
  t.is(form.access['el_amount'], 'edit');
  t.deepEqual(names((await world.cases.startForm(person('anna'), 'matter', {matter: 'nonsense'})).schema), []);
  await t.throwsAsync(world.cases.startForm(person('emil'), 'matter', {matter: '0102'}), {code: 'CASE_START_FORBIDDEN'});
  const {caseId} = await startOne(world, goods);
  const taskId = (await world.cases.view(person('anna'), caseId)).tasks[0]?.id ?? '';
  const other = await world.cases.taskForm(person('anna'), taskId, {matter: '0102'});
  t.deepEqual([other.access['el_amount'], other.access['el_batch']], ['edit', 'read']);
  t.is((await world.cases.taskForm(person('anna'), taskId, {})).access['el_batch'], 'edit');
  await t.throwsAsync(world.cases.taskForm(person('emil'), taskId, {matter: '0102'}), {code: 'CASE_TASK_UNKNOWN'});
  t.is((await world.store.knex('form_layer')).length, 1);
});

test('a draft keeps what was typed and says what no longer fits', async t => {
  const world = await setup(t);
  const draft = await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [{...goods, el_amount: 5}, {...ordinary, matter: '0102', el_amount: 'five'}]});
  const read = await world.cases.drafts.read(person('anna'), draft.id);
  t.like(read.items[0], goods);
  t.deepEqual(read.problems.map(({code, place}) => `${code} ${place.element ?? ''} ${place.field ?? ''}`), ['FORMS_FIELD_UNKNOWN items.0 el_amount', 'FORMS_TYPE items.1 el_amount']);
});

test('the options that an open case holds, and the row it was dispatched by, are kept for whoever wants them gone: changed with it, and no more once it is over', async t => {
  const world = await setup(t);
  const options = ['A1', 'A2'].map((value): CatalogRow => ({elementCode: 'batch', value, titleZh: value, status: 'active'}));
  world.catalog.tables = {...first, options, elements: first.elements.map(row => (row['code'] === 'batch' ? element('batch', 'choice') : row))};
  const held = async () => (await world.store.knex('case_held_row').orderBy(['catalog_id', 'value']).select<ReadonlyArray<{catalog_id: string; name: string; value: string}>>('catalog_id', 'name', 'value')).map(row => `${row.catalog_id} ${row.name} ${row.value}`);
  const {caseId} = await startOne(world, {...goods, proposalRow: '0101|650102|roads'});
  t.deepEqual(await held(), ['elements batch A1', 'responsibility  0101|650102|roads']);
  await act(world, 'anna', caseId, 'check', 'hand', {el_batch: 'A2'});
  t.deepEqual(await held(), ['elements batch A2', 'responsibility  0101|650102|roads']);
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '已修复'});
  await act(world, 'bela', caseId, 'confirm', 'archive');
  await world.workerCases.relay(caseId);
  t.deepEqual(await held(), []);
});
