import type {ExecutionContext} from 'ava';
import test from 'ava';
import type {CompiledBundle, FormExtension, FormSchema} from '@banli/formats';
import {createForms} from '@banli/forms';
import {createCases, type CaseDeps} from '../src/index.js';
import {fieldNames, release} from './support/bundle.js';
import {act, ordinary, person, setup as smallWorld, startOne} from './support/world.js';

const start = release.bundle.forms['case'] as FormSchema;
const {place: _place, cause: _cause, ...kept} = start.properties;
const short: FormSchema = {...start, 'x-banli-form': {id: 'short', title: {'zh-CN': '简表'}}, properties: {...kept, address: {type: 'string', title: '地址', 'x-banli': {id: 'address', group: 'more', requiredWhen: 'true'}}}};
const goods: FormExtension = {type: 'object', 'x-banli-extension': {id: 'goods', form: 'case', title: {'zh-CN': '商品'}, layer: 'line'}, properties: {goodsBox: {type: 'void', 'x-banli': {id: 'goodsBox', group: 'more'}, properties: {brand: {type: 'string', title: '品牌', 'x-banli': {id: 'brand', requiredWhen: 'true'}}}}}};
const edit = Object.fromEntries([...fieldNames, 'more'].map(name => [name, 'edit' as const]));
const withForms: CompiledBundle = {
  ...release,
  bundle: {
    ...release.bundle,
    forms: {case: start, short},
    extensions: {goods},
    permissions: {...release.bundle.permissions, groups: {...release.bundle.permissions.groups, more: []}, steps: {register: edit, check: edit, handle: edit, assist: edit, confirm: edit}, readers: {default: {title: 'read'}, clerk: {title: 'read', matter: 'read', more: 'read', place: 'read'}}},
  },
};

/** The small world whose matters name forms; `named` may be changed, as publishing the catalog does. */
async function setup(t: ExecutionContext) {
  const world = await smallWorld(t);
  const named: Record<string, string> = {'0101': 'case', '0201': 'short', '0301': 'goods', '0401': 'gone'};
  const found = {release: withForms, definitionId: 'matter:1'};
  const deps: CaseDeps = {
    ...world.deps,
    forms: createForms(),
    releases: {...world.deps.releases, current: async () => found, byHash: async () => found},
    catalogs: {...world.deps.catalogs, matterHandling: async matter => (named[matter] === undefined ? null : {processCode: matter === '0501' ? 'other' : 'matter', formCode: named[matter], row: matter, version: '1'})},
  };
  return {...world, deps, ...createCases(deps), named};
}

const base = {...ordinary, helpers: []};
const {place: _where, ...bare} = base;
const problems = (error: unknown) => ((error as {problems?: ReadonlyArray<{code: string; place: {field?: string}}>}).problems ?? []).map(({code, place}) => `${code.replace('FORMS_', '')} ${place.field ?? ''}`);
const shown = (form: {schema: object}) => JSON.stringify(form.schema);

test('the form that a matter names is the one of its registration: an extension over the start form, or another in its place', async t => {
  const world = await setup(t);
  const form = async (matter?: string) => world.cases.startForm(person('anna'), 'matter', matter === undefined ? {} : {matter});
  t.deepEqual([(await form()).byClass, shown(await form('0101')).includes('brand'), shown(await form('0301')).includes('brand'), shown(await form('0301')).includes('place')], [true, false, true, true]);
  const other = await form('0201');
  t.deepEqual([shown(other).includes('address'), shown(other).includes('place'), other.access['address']], [true, false, 'edit']);
  t.deepEqual(shown(await form('0401')), shown(await form()), 'a form that the release does not have is passed over');
  t.deepEqual(problems(await t.throwsAsync(startOne(world, {...base, matter: '0301'}))), ['REQUIRED brand']);
  t.deepEqual(problems(await t.throwsAsync(startOne(world, {...base, matter: '0201', address: '解放路'}))), ['FIELD_UNKNOWN place']);
  await startOne(world, {...bare, matter: '0201', address: '解放路'});
  await startOne(world, {...base, matter: '0301', brand: '甲'});
});

test('handling shows the same form, and an open case keeps it when the catalog names another', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, {...bare, matter: '0201', address: '解放路'});
  world.named['0201'] = 'goods';
  const view = await act(world, 'anna', caseId, 'check', 'hand', {address: '北门'});
  t.like(view.form.values, {address: '北门'});
  t.deepEqual([view.form.access['place'], view.form.access['brand']], [undefined, undefined]);
  t.deepEqual(problems(await t.throwsAsync(startOne(world, {...bare, matter: '0201', address: '解放路'}))), ['FIELD_UNKNOWN address', 'REQUIRED brand']);
});

test('under another matter common answers stay, and those of the former form can be read', async t => {
  const world = await setup(t);
  const first = await startOne(world, {...base, matter: '0101'});
  t.deepEqual(problems(await t.throwsAsync(act(world, 'anna', first.caseId, 'check', 'hand', {matter: '0201'}))), ['REQUIRED address']);
  const view = await act(world, 'anna', first.caseId, 'check', 'hand', {matter: '0201', address: '东门'});
  t.like(view.form.values, {matter: '0201', address: '东门', place: ordinary.place, title: ordinary.title});
  t.is(view.form.access['place'], 'read');
  const second = await startOne(world, {...bare, matter: '0201', address: '解放路'});
  const back = await act(world, 'anna', second.caseId, 'check', 'hand', {matter: '0301', brand: '乙'});
  t.like(back.form.values, {brand: '乙', address: '解放路'});
  t.is(back.form.access['address'], 'read');
});
