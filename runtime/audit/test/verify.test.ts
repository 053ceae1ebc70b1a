import {rm, writeFile} from 'node:fs/promises';
import test from 'ava';
import {canonicalJson} from '../src/index.js';
import {setup} from './setup.js';

async function sealed() {
  const parts = await setup();
  await parts.write('a', 'b', 'c', 'd', 'e');
  await parts.sealer.sealNow();
  await parts.sealer.checkWatched();
  return {...parts, codes: async () => (await parts.verify()).faults.map(fault => `${fault.code.replace('AUDIT_', '')} ${fault.seq}`)};
}

test('an untouched log is good, sealed or not yet', async t => {
  const {verify, write, close} = await sealed();
  await write('f');
  t.deepEqual(await verify(), {good: true, checked: 6, unsealed: 1, faults: [], doubts: []});
  await close();
});

for (const column of ['at', 'person_id', 'person_name', 'unit_id', 'roles', 'request_id', 'address', 'action', 'subject', 'result', 'data', 'digest'] as const) {
  test(`a change of ${column} is found`, async t => {
    const {store, codes, close} = await sealed();
    await store.knex('audit_entry').where({seq: 3}).update({[column]: column === 'at' ? 1 : 'x'});
    t.deepEqual(await codes(), ['ROW_CHANGED 3']);
    await close();
  });
}

test('a row deleted in the middle or at the start is found', async t => {
  const {store, codes, close} = await sealed();
  await store.knex('audit_entry').where({seq: 3}).delete();
  t.deepEqual(await codes(), ['ROW_MISSING 4']);
  await store.knex('audit_entry').where({seq: 1}).delete();
  t.deepEqual(await codes(), ['ROW_MISSING 2', 'ROW_MISSING 4']);
  await close();
});

test('a tail that was cut off is found, and the sealer does not grow over it', async t => {
  const {store, sealer, codes, write, close} = await sealed();
  await store.knex('audit_entry').where('seq', '>', 3).delete();
  t.deepEqual(await codes(), ['TAIL_MISSING 5']);
  await write('f', 'g', 'h');
  await t.throwsAsync(sealer.sealNow(), {code: 'AUDIT_SEALING_STOPPED'});
  t.deepEqual(await codes(), ['TAIL_MISSING 5']);
  await store.knex('audit_entry').delete();
  t.deepEqual(await codes(), ['TAIL_MISSING 5', 'ENTRY_VANISHED 0', 'ENTRY_VANISHED 0', 'ENTRY_VANISHED 0'], 'those that were never sealed, too');
  await close();
});

test('two rows that changed places are found', async t => {
  const {store, codes, close} = await sealed();
  await store.knex('audit_entry').where({seq: 2}).update({seq: 99});
  await store.knex('audit_entry').where({seq: 4}).update({seq: 2});
  await store.knex('audit_entry').where({seq: 99}).update({seq: 4});
  t.deepEqual(await codes(), ['ROW_MOVED 2', 'ROW_MOVED 4']);
  await close();
});

test('closing a gap by counting on is found', async t => {
  const {store, codes, close} = await sealed();
  await store.knex('audit_entry').where({seq: 2}).delete();
  for (const seq of [3, 4, 5]) await store.knex('audit_entry').where({seq}).update({seq: seq - 1});
  t.deepEqual(await codes(), ['ROW_MOVED 2', 'ROW_MOVED 3', 'ROW_MOVED 4', 'TAIL_MISSING 5']);
  await close();
});

test('a row copied from elsewhere is found', async t => {
  const {store, codes, close} = await sealed();
  const row = await store.knex('audit_entry').where({seq: 5}).first<Record<string, unknown>>();
  await store.knex('audit_entry').insert({...row, id: 'copy', seq: 6});
  t.deepEqual(await codes(), ['ROW_CHANGED 6']);
  await close();
});

test('a change of a row that is not sealed yet is found', async t => {
  const {store, codes, write, close} = await sealed();
  await write('f');
  await store.knex('audit_entry').whereNull('seq').update({subject: 'g'});
  t.deepEqual(await codes(), ['ENTRY_VANISHED 0']);
  await close();
});

test('an anchor that is gone or forged is reported; a new one leaves a row in the chain, which stays a fault', async t => {
  const {anchor, sealer, store, codes, faults, close} = await sealed();
  await writeFile(anchor.path, JSON.stringify({seq: 2, hash: 'x', mac: 'y'}));
  t.deepEqual(await codes(), ['ANCHOR_FORGED 0']);
  await t.throwsAsync(sealer.sealNow(), {code: 'AUDIT_ANCHOR_FORGED'});
  await rm(anchor.path);
  t.deepEqual(await codes(), ['ANCHOR_MISSING 0']);
  await sealer.sealNow();
  t.is((await store.knex('audit_entry').where({action: 'audit.anchorMissing'})).length, 1);
  t.is(faults.length, 1);
  t.deepEqual(await codes(), ['ANCHOR_REPLACED 6']);
  await close();
});

test('the same data always gives the same text', t => {
  t.is(canonicalJson({b: [1, undefined, {d: 1, c: undefined}], a: '甲"'}), '{"a":"甲\\"","b":[1,null,{"d":1}]}');
});
