import test from 'ava';
import {migration} from '../src/migrations/0138-case-held-rows.js';
import {openTestStore} from '../src/testing.js';

test('open cases begun before get the rows that their forms hold, those of a former class too', async t => {
  const store = await openTestStore();
  t.teardown(() => store.close());
  const option = (element: string, more = {}) => ({type: 'string', enum: [], 'x-banli': {id: `element.${element}`, ...more}});
  const compiled = {bundle: {manifest: {caseFields: {proposalRow: 'row'}, classForm: {catalog: 'elements'}}, forms: {main: {properties: {own: {type: 'string', enum: [], 'x-banli': {id: 'f1', element: 'own'}}}}}}};
  await store.knex('bundle_release').insert({hash: 'h', bundle_id: 'b', version: '1', status: 'deployed', files: '{}', compiled: JSON.stringify(compiled), published_at: 0, published_by: 'p', published_by_name: 'p'});
  const layer = (hash: string, properties: object) => store.knex('form_layer').insert({hash, body: JSON.stringify({classLayer: {properties: {box: {type: 'void', properties}}}}), created_at: 0});
  await layer('now', {el_now: option('now'), el_secret: option('secret', {sensitivity: 'encrypt'}), el_text: {type: 'string', 'x-banli': {id: 'element.text'}}});
  await layer('former', {el_former: option('former')});
  const values = JSON.stringify({row: 'a|b', own: 'x', el_now: ['p', 'q', 'p'], el_former: 'z', el_secret: 's', el_text: 't'});
  const add = (id: string, status: string, routing: object, hash = 'h') => store.knex('case_record').insert({
    id, bundle_id: 'b', release_hash: hash, number: id, query_code: '', title: '', status, state_id: 's', round: 1, accepting_unit_id: 'u', area_code: '', started_by: 'p', started_by_name: 'p',
    accepted_at: 0, lock_version: 1, values_version: 1, seq: 1, acked_seq: 1, revision: 1, marks: '', form_values: values, routing: JSON.stringify(routing), updated_at: 0,
  });
  await add('case-1', 'open', {layers: {now: 'now', former: ['former', 'gone']}});
  await add('case-2', 'open', {});
  await add('case-3', 'ended', {});
  await add('case-4', 'open', {layers: null}, 'unknown');
  await store.knex.schema.dropTable('case_held_row');
  await migration.up(store.knex);
  const rows: ReadonlyArray<{case_id: string; catalog_id: string; name: string; value: string}> = await store.knex('case_held_row').orderBy(['case_id', 'catalog_id', 'name', 'value']);
  t.deepEqual(rows.map(row => `${row.case_id} ${row.catalog_id} ${row.name} ${row.value}`), [
    'case-1 elements former z', 'case-1 elements now p', 'case-1 elements now q', 'case-1 elements own x', 'case-1 responsibility  a|b', 'case-2 elements own x', 'case-2 responsibility  a|b',
  ]);
});
