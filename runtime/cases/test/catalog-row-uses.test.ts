import test from 'ava';
import type {CompiledBundle} from '@banli/formats';
import {insertRows, type Store} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {parseMoment} from '@banli/time';
import {keepHeldRows} from '../src/held-rows.js';
import {createCatalogRowUses} from '../src/index.js';

const choice = (element: string, more = {}) => ({type: 'string', enum: [], 'x-banli': {id: `element.${element}`, ...more}});
/** A release as a case sees it: the base form with the fields of its class. */
const release = {
  bundle: {
    manifest: {caseFields: {proposalRow: 'proposalRow'}, classForm: {catalog: 'elements', form: 'main', group: 'all'}}, limits: {clocks: []},
    forms: {main: {properties: {box: {type: 'void', properties: {el_kind_of: choice('kind-of'), el_other: choice('other'), el_secret: choice('secret', {sensitivity: 'encrypt'}), el_words: {type: 'string', 'x-banli': {id: 'element.words'}}}}}}},
  },
  hash: 'h', startStep: 'start', steps: {start: {form: 'main'}}, nodes: [],
} as unknown as CompiledBundle;

async function setup(t: {teardown: (close: () => Promise<void>) => void}) {
  const store = await openTestStore();
  t.teardown(() => store.close());
  let count = 0;
  const add = async (values: Record<string, unknown>, status = 'open', areaCode = '650102') => {
    count += 1;
    await store.knex('case_record').insert({
      id: `case-${count}`, bundle_id: 'b', release_hash: 'h', number: `N${count}`, query_code: '', title: '', status, state_id: 's', round: 1, accepting_unit_id: 'u', area_code: areaCode, started_by: 'p', started_by_name: 'p',
      accepted_at: 0, lock_version: 1, values_version: 1, seq: 1, acked_seq: 1, revision: 1, marks: '', form_values: JSON.stringify(values), routing: '{}', updated_at: 0,
    });
    if (status === 'open') await store.tx(tx => keepHeldRows(tx, release, {id: `case-${count}`, values}));
    return `case-${count}`;
  };
  const clock = (caseId: string, row: string, more: {status?: string; catalog?: string; unit?: string; started?: string; due?: string} = {}) => store.tx(tx => insertRows(tx, 'case_clock', [{
    id: `clock-${caseId}-${row}`.slice(0, 26), case_id: caseId, clock: 'resolve', round: 1, status: more.status ?? 'running', started_at: parseMoment(more.started ?? '2026-03-02 10:00'), stopped_at: null,
    due_at: parseMoment(more.due ?? '2026-03-09 19:30'), warn_at: null, critical_at: null, warned_due_at: null, critical_due_at: null, fire_at: null, revision: 1, limit_row: row,
    facts: JSON.stringify({limit: {value: 3, unit: more.unit ?? 'workingDay'}, origin: {catalog: more.catalog ?? 'limits', version: '1', row}}),
  }]));
  const uses = createCatalogRowUses({store});
  const ask = async (catalogId: string, table: string, key: string, values: Record<string, string> = {}, areaCode: string | null = null) =>
    (await uses.rowUses({catalogId, table, rows: [{key, values, areaCode}]})).map(use => `${use.key} ${use.kind} ${use.count} ${use.examples.join()}`);
  return {add, clock, ask, store};
}

test('a limit is in use by the open cases whose clock runs by its row', async t => {
  const {add, clock, ask} = await setup(t);
  await clock(await add({}), 'city|normal|resolve');
  await clock(await add({}), 'city|normal|resolve', {status: 'stopped'});
  await clock(await add({}), 'city%normal|resolve');
  await clock(await add({}), 'city|normal|resolve', {catalog: 'another'});
  await clock(await add({}), 'J|*|normal|resolve', {status: 'halted'});
  t.deepEqual(await ask('limits', 'limits', 'city|normal|resolve'), ['city|normal|resolve process 1 N1']);
  t.deepEqual(await ask('limits', 'matrix', 'J|*|normal|resolve'), ['J|*|normal|resolve process 1 N5']);
  t.deepEqual(await ask('limits', 'limits', 'city|urgent|resolve'), []);
});

test('a row of who is responsible is in use by the open cases that were dispatched by it', async t => {
  const {add, ask} = await setup(t);
  await add({proposalRow: '020101|650102|roads'});
  await add({proposalRow: '020101|650102|roads'}, 'ended');
  await add({note: '020101|650102|roads'});
  t.deepEqual(await ask('responsibility', 'responsibility', '020101|650102|roads'), ['020101|650102|roads process 1 N1']);
  t.deepEqual(await ask('matters', 'matters', '020101|650102|roads'), []);
});

test('an option is in use by the open cases whose class field holds it, alone or among others', async t => {
  const {add, ask} = await setup(t);
  await add({el_kind_of: 'sale'});
  await add({el_kind_of: ['rent', 'sale']});
  await add({el_other: 'sale', el_kind_of: 'rent'});
  await add({el_kind_of: 'sale'}, 'ended');
  t.deepEqual(await ask('elements', 'options', 'kind-of|sale', {elementCode: 'kind-of', value: 'sale'}), ['kind-of|sale process 2 N1,N2']);
  t.deepEqual(await ask('elements', 'options', 'never|sale', {elementCode: 'never', value: 'sale'}), []);
  t.deepEqual(await ask('others', 'options', 'kind-of|sale', {elementCode: 'kind-of', value: 'sale'}), [], 'the classes of another catalog');
});

test('what is stored encrypted, and what is written and not chosen, is kept nowhere else', async t => {
  const {add, store} = await setup(t);
  await add({el_secret: 'sale', el_words: 'sale', el_kind_of: 'rent'});
  t.deepEqual(await store.knex('case_held_row').select('name', 'value'), [{name: 'kind-of', value: 'rent'}]);
});

test('a day or year is in use by the clocks that count over it, in the area of its calendar', async t => {
  const {add, clock, ask} = await setup(t);
  await clock(await add({}), 'a');
  await clock(await add({}, 'open', '110101'), 'b');
  await clock(await add({}), 'c', {unit: 'hour'});
  await clock(await add({}), 'd', {due: '2026-03-04 19:30'});
  await clock(await add({}), 'e', {status: 'dropped'});
  const day = (date: string, areaCode: string | null) => ask('calendars', 'days', `x|${date}`, {layer: 'x', date}, areaCode);
  t.deepEqual(await day('2026-03-05', '650000'), ['x|2026-03-05 process 1 N1']);
  t.deepEqual(await day('2026-03-05', null), ['x|2026-03-05 process 2 N1,N2']);
  t.deepEqual(await day('2026-03-20', null), []);
  t.deepEqual(await ask('calendars', 'years', 'x|2026', {layer: 'x', year: '2026'}, '650000'), ['x|2026 process 2 N1,N4']);
});

interface Asked {
  sql: string;
  values: readonly string[];
}

/** A store that counts the statements read from it and the rows they gave, and keeps the last one. */
function counting(store: Store): {readonly store: Store; readonly read: {statements: number; rows: number}; readonly last: Asked} {
  const read = {statements: 0, rows: 0};
  const last: Asked = {sql: '', values: []};
  const pool = store.knex.client;
  const client = {
    acquireConnection: async () => {
      const connection = await pool.acquireConnection();
      const counted = (asked: Asked, rows: unknown) => {
        read.statements += 1;
        if (Array.isArray(rows)) read.rows += rows.length;
        Object.assign(last, asked);
      };
      const prepare = (sql: string) => ({reader: true, all: (values: readonly string[]) => {
        const rows = connection.prepare(sql).all(values);
        counted({sql, values}, rows);
        return rows;
      }});
      const query = (sql: string, values: readonly string[], done: (error: Error | null, rows: unknown) => void) => connection.query(sql, values, (error: Error | null, rows: unknown) => {
        counted({sql, values}, rows);
        done(error, rows);
      });
      return {connection, ...(store.dialect === 'sqlite' ? {prepare} : {query})};
    },
    releaseConnection: (held: {readonly connection: unknown}) => pool.releaseConnection(held.connection),
  };
  return {store: {...store, knex: {client} as unknown as Store['knex']}, read, last};
}

test('of 20,000 cases, each row asked is one look by index, and gives no more than the cases that stand on it', async t => {
  t.timeout(120_000);
  const {store} = await setup(t);
  const rows = 300;
  const digits = Array.from({length: 10}, (_, digit) => `select ${digit} as d`).join(' union all ');
  const numbers = `(select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as i from (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) e, (select 0 as d union all select 1) f) n`;
  const insert = (table: string, columns: Readonly<Record<string, string>>) => store.tx(async tx => void (await tx.raw(`insert into ${table} (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')} from ${numbers}`)));
  await insert('case_record', {
    id: 'cast(100000 + i as char)', bundle_id: "'b'", release_hash: "'h'", number: 'cast(100000 + i as char)', query_code: "''", title: "''", status: "'open'", state_id: "'s'", round: '1', accepting_unit_id: "'u'", area_code: "'650102'", started_by: "'p'",
    started_by_name: "'p'", accepted_at: '0', lock_version: '1', values_version: '1', seq: '1', acked_seq: '1', revision: '1', marks: "''", form_values: "'{}'", routing: "'{}'", updated_at: '0',
  });
  await insert('case_clock', {
    id: 'cast(100000 + i as char)', case_id: 'cast(100000 + i as char)', clock: "'resolve'", round: '1', status: "'running'", started_at: '0', due_at: '1', revision: '1', limit_row: `case when i = 15555 then 'row-9' else 'other' end`,
    facts: `case when i = 15555 then '{"limit":{"unit":"workingDay"},"origin":{"catalog":"limits","row":"row-9"}}' else '{"limit":{"unit":"workingDay"},"origin":{"catalog":"limits","row":"other"}}' end`,
  });
  const held = (name: string, catalog: string, one: string) => insert('case_held_row', {case_id: 'cast(100000 + i as char)', catalog_id: `'${catalog}'`, name: `'${name}'`, value: `case when i = 17777 then '${one}' else 'other' end`});
  await held('', 'responsibility', 'row-7');
  await held('kind-of', 'elements', 'row-8');
  const asked = Array.from({length: rows}, (_, index) => ({key: `row-${index}`, values: {}, areaCode: null}));
  const {store: counted, read, last} = counting(store);
  const uses = createCatalogRowUses({store: counted});
  t.deepEqual(await uses.rowUses({catalogId: 'limits', table: 'limits', rows: asked}), [{key: 'row-9', kind: 'process', count: 1, examples: ['115555']}]);
  t.deepEqual(read, {statements: rows, rows: 1}, 'one look by index a row');
  Object.assign(read, {statements: 0, rows: 0});
  t.deepEqual(await uses.rowUses({catalogId: 'responsibility', table: 'responsibility', rows: asked}), [{key: 'row-7', kind: 'process', count: 1, examples: ['117777']}]);
  t.deepEqual(read, {statements: 2 * rows, rows: 2}, 'a proposal; limits of any catalog are looked up, too, and one of another is found');
  Object.assign(read, {statements: 0, rows: 0});
  const options = asked.map(({key}) => ({key, values: {elementCode: 'kind-of', value: key}, areaCode: null}));
  t.deepEqual(await uses.rowUses({catalogId: 'elements', table: 'options', rows: options}), [{key: 'row-8', kind: 'process', count: 1, examples: ['117777']}]);
  t.deepEqual(read, {statements: 2 * rows, rows: 2}, 'an option');
  t.regex(await planOf(store, last), /held (USING INDEX )?case_held_row_value/, 'by the index over values');
});

/** How the database looks up what was asked: each table with the index it takes, in the order in which they are read. */
async function planOf({knex, dialect}: Store, {sql, values}: Asked): Promise<string> {
  if (dialect === 'sqlite') return (await knex.raw<Array<{detail: string}>>(`explain query plan ${sql}`, [...values])).map(({detail}) => detail).join('; ');
  const [steps = []] = await knex.raw<[Array<{table: string; key: string | null}>?]>(`explain ${sql}`, [...values]);
  return steps.map(({table, key}) => `${table} ${key ?? ''}`).join('; ');
}
