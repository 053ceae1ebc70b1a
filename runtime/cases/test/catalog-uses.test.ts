import test from 'ava';
import type {CompiledBundle} from '@banli/formats';
import {openTestStore} from '@banli/store/testing';
import {createCatalogUses} from '../src/index.js';

const properties = {
  matter: {type: 'string', 'x-banli': {id: 'f1', catalog: {id: 'matters'}}},
  tags: {type: 'array', 'x-banli': {id: 'f2', catalog: {id: 'tags'}}},
  note: {type: 'string', 'x-banli': {id: 'f3'}},
};
const release = {hash: 'h', startStep: 's', steps: {s: {form: 'main'}}, nodes: [], bundle: {manifest: {}, forms: {main: {type: 'object', properties}}, limits: {clocks: []}, files: {'process.bpmn': 'form.matter = &quot;010103&quot;', 'readme.md': '010104'}}} as unknown as CompiledBundle;

async function setup() {
  const store = await openTestStore();
  let count = 0;
  const add = async (values: Record<string, unknown>, status = 'open') => {
    count += 1;
    await store.knex('case_record').insert({
      id: `case-${count}`, bundle_id: 'b', release_hash: 'h', number: `N${count}`, query_code: '', title: '', status, state_id: 's', round: 1, accepting_unit_id: 'u', area_code: '', started_by: 'p', started_by_name: 'p',
      accepted_at: 0, lock_version: 1, values_version: 1, seq: 1, acked_seq: 1, revision: 1, marks: '', form_values: JSON.stringify(values), routing: '{}', updated_at: 0,
    });
  };
  const {uses} = createCatalogUses({store, releases: {byHash: async () => ({release, definitionId: 'd'}), bundles: async () => [{bundleId: 'trial', hash: 'h'}]}});
  const layer = async (name: string, catalogId: string) => {
    const classLayer = {id: 'l', layer: 'class', title: {'zh-CN': '类'}, properties: {box: {type: 'void', properties: {[name]: {type: 'string', 'x-banli': {id: name, catalog: {id: catalogId}}}}}}};
    await store.knex('form_layer').insert({hash: name, body: JSON.stringify({subject: {matters: [], channel: null, areaCode: ''}, classLayer}), created_at: 0});
  };
  return {add, layer, uses, close: () => store.close()};
}

test('A11: orders are found by the fields bound to the catalog, running ones as processes, too', async t => {
  const {add, uses, close} = await setup();
  await add({matter: '010101', note: '010199'});
  await add({matter: '010101', note: 'x'}, 'ended');
  await add({matter: '010102', note: '"matter":"010101"'});
  await add({note: '010101', tags: ['100%', 'b']}, 'ended');
  t.deepEqual(await uses('matters', ['010101', '010199']), [{key: '010101', kind: 'order', count: 2, examples: ['N2', 'N1']}, {key: '010101', kind: 'process', count: 1, examples: ['N1']}]);
  t.deepEqual(await uses('tags', ['100%', '100_', 'c']), [{key: '100%', kind: 'order', count: 1, examples: ['N4']}]);
  t.deepEqual(await uses('areas', ['010101']), []);
  await close();
});

test('A11: a bundle whose process names a row of a catalog it is bound to is told with its file', async t => {
  const {uses, close} = await setup();
  t.deepEqual(await uses('matters', ['010103', '010104']), [{key: '010103', kind: 'data', count: 1, examples: ['trial/process.bpmn']}]);
  t.deepEqual(await uses('areas', ['010103']), []);
  await close();
});

test('elements that layouts of current bundles hide are told with their file', async t => {
  const store = await openTestStore();
  const layouts = {hami: {form: 'main', fields: {'element.amount': {hidden: true}, 'element.shop': {after: 'note'}, note: {hidden: true}}}, other: {form: 'elsewhere', fields: {'element.loss': {hidden: true}}}};
  const withClass = {...release, bundle: {...release.bundle, manifest: {classForm: {catalog: 'elements', form: 'main', group: 'all'}}, layouts}} as unknown as CompiledBundle;
  const {hiddenElements} = createCatalogUses({store, releases: {byHash: async () => ({release: withClass, definitionId: 'd'}), bundles: async () => [{bundleId: 'trial', hash: 'h'}]}});
  t.deepEqual(await hiddenElements('elements'), [{code: 'amount', layout: 'trial/forms/layouts/hami.layout.json'}]);
  t.deepEqual(await hiddenElements('other'), []);
  await store.close();
});

test('applications are told with the forms that a matter may name', async t => {
  const store = await openTestStore();
  const desk = {...release, startStep: 'register', steps: {register: {form: 'main'}, later: {form: 'end'}}, bundle: {...release.bundle, forms: {main: {}, end: {}, other: {}}, extensions: {line: {}}}} as unknown as CompiledBundle;
  const {applications} = createCatalogUses({store, releases: {byHash: async hash => (hash === 'h' ? {release: desk, definitionId: 'd'} : null), bundles: async () => [{bundleId: 'trial', hash: 'h'}, {bundleId: 'lost', hash: 'x'}]}});
  t.deepEqual([...(await applications())], [['trial', ['main', 'other', 'line']]]);
  await store.close();
});

test('receivers that current bundles know are told, of those whose clocks count limits of the catalogs', async t => {
  const store = await openTestStore();
  const limited = (clocks: readonly object[]) => ({...release, bundle: {...release.bundle, limits: {clocks, receivers: [{id: 'responsible', role: 'clerk', unit: '=upper'}]}}}) as unknown as CompiledBundle;
  const releases = new Map([['h', limited([{id: 'own', limit: {fixed: 'PT24H', unit: 'hour'}}, {id: 'resolve', limit: {kind: 'resolve'}}])], ['f', limited([{id: 'own', limit: {fixed: 'PT24H', unit: 'hour'}}])]]);
  const {receivers} = createCatalogUses({store, releases: {
    byHash: async hash => { const found = releases.get(hash); return found ? {release: found, definitionId: 'd'} : null; },
    bundles: async () => [{bundleId: 'trial', hash: 'h'}, {bundleId: 'fixed', hash: 'f'}, {bundleId: 'lost', hash: 'x'}],
  }});
  t.deepEqual([...(await receivers())], [['trial', ['responsible']]]);
  await store.close();
});

test('A11: orders are found by what their class asks, too', async t => {
  const {add, layer, uses, close} = await setup();
  await layer('el_insured_place', 'areas');
  await layer('el_other', 'tags');
  await add({el_insured_place: '650102', el_other: '650103'});
  t.deepEqual((await uses('areas', ['650102', '650103'])).map(({key, kind}) => `${key} ${kind}`), ['650102 order', '650102 process']);
  await close();
});
