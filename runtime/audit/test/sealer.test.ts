import test from 'ava';
import {createSealer, openAudit} from '../src/index.js';
import {entry, setup} from './setup.js';

test('a transaction that fails leaves no row and nothing to watch', async t => {
  const {store, log, sealer, journal, close} = await setup();
  await t.throwsAsync(store.tx(async tx => {
    await log.record(tx, entry('a'));
    throw new Error('half-way');
  }));
  t.deepEqual(journal.entries(), []);
  t.is(await sealer.sealNow(), 0);
  await close();
});

test('many writers and two sealers make one chain without a gap', async t => {
  const {store, log, sealer, clock, verify, close, ...audit} = await setup();
  const other = createSealer({...audit, store, log, clock, holder: 'two', onFault: fault => t.fail(fault.message)});
  const writers = Array.from({length: 40}, (_, index) => store.tx(tx => log.record(tx, entry(`s${index}`))));
  const sealers = Array.from({length: 6}, (_, index) => (index % 2 === 0 ? sealer : other).sealNow());
  await Promise.all([...writers, ...sealers]);
  clock.moveBy(60_000);
  await other.sealNow();
  t.deepEqual(await verify(), {good: true, checked: 40, unsealed: 0, faults: [], doubts: []});
  const seqs = (await store.knex('audit_entry').orderBy('seq').select('seq')) as Array<{seq: number}>;
  t.deepEqual(seqs.map(row => row.seq), Array.from({length: 40}, (_, index) => index + 1));
  await close();
});

test('only the holder of the lease seals', async t => {
  const {store, log, sealer, clock, write, close, ...audit} = await setup();
  const other = createSealer({...audit, store, log, clock, holder: 'two', onFault: () => undefined});
  await write('a');
  t.is(await sealer.sealNow(), 1);
  await write('b');
  t.is(await other.sealNow(), 0);
  clock.moveBy(10_001);
  t.is(await other.sealNow(), 1);
  await close();
});

test('a row deleted or changed before it was sealed raises an alarm and leaves a row about it', async t => {
  const {store, sealer, journal, faults, write, verify, close} = await setup();
  await write('a', 'b', 'c');
  await store.knex('audit_entry').where({subject: 'b'}).delete();
  t.is(await sealer.checkWatched(), 1);
  t.is(await sealer.checkWatched(), 0, 'once is enough');
  t.deepEqual((await verify()).faults.map(fault => fault.code), ['AUDIT_ENTRY_VANISHED'], 'also before it is sealed itself');
  t.regex(faults[0]?.message ?? '', /deleted or changed soon after it was written/);
  t.is((await store.knex('audit_entry').where({action: 'audit.entryVanished'})).length, 1);
  await sealer.sealNow();
  await sealer.checkWatched();
  t.deepEqual(journal.entries(), []);
  const report = await verify();
  t.false(report.good);
  t.deepEqual(report.faults.map(fault => fault.code), ['AUDIT_ENTRY_VANISHED']);
  t.regex(report.faults[0]?.what ?? '', /case\.complete b/);
  await close();
});

test('the last round leaves nothing outside of the chain, and reports a fault instead of throwing it', async t => {
  const {sealer, store, faults, write, verify, close} = await setup();
  await write('a', 'b');
  await sealer.finish();
  t.deepEqual(await verify(), {good: true, checked: 2, unsealed: 0, faults: [], doubts: []});
  await store.knex('audit_entry').where({seq: 2}).delete();
  await write('c');
  await sealer.finish();
  t.deepEqual(faults.map(fault => 'code' in fault && fault.code), ['AUDIT_SEALING_STOPPED']);
  await close();
});

test('a log that has rows does not get a new key', async t => {
  const {store, write, folder, close} = await setup();
  await write('a');
  await t.throwsAsync(openAudit(store, `${folder}/elsewhere`), {code: 'STORE_KEYS_MISSING'});
  await close();
});

test('the list pages from new to old and by subject', async t => {
  const {log, sealer, write, close} = await setup();
  await write('a', 'b', 'a', 'c');
  await sealer.sealNow();
  const first = await log.list({limit: 3});
  t.deepEqual(first.rows.map(row => [row.seq, row.subject]), [[4, 'c'], [3, 'a'], [2, 'b']]);
  const rest = await log.list({limit: 3, cursor: first.nextCursor ?? ''});
  t.deepEqual([rest.rows.map(row => row.seq), rest.nextCursor], [[1], null]);
  t.is((await log.list({limit: 9, subject: 'a'})).rows.length, 2);
  await close();
});
