import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {appendFile, mkdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {createSealer, openAudit} from '../src/index.js';
import {createJournal, readJournals} from '../src/journal.js';
import {entry, setup} from './setup.js';

const files = (folder: string) => readdirSync(folder).filter(name => name.startsWith('audit-open-'));

/** Another process on the same installation, after the first one was killed. */
async function restart(parts: Awaited<ReturnType<typeof setup>>) {
  const audit = await openAudit(parts.store, parts.folder);
  parts.clock.moveBy(60_000);
  return {...audit, sealer: createSealer({...audit, store: parts.store, clock: parts.clock, holder: 'next', onFault: fault => parts.faults.push(fault)})};
}

test('a row deleted after its process was killed and before it was sealed is a fault at once, and for ever', async t => {
  const parts = await setup();
  await parts.write('a', 'b');
  await parts.store.knex('audit_entry').where({subject: 'b'}).delete();
  const codes = async () => (await parts.verify()).faults.map(fault => fault.code);
  t.deepEqual(await codes(), ['AUDIT_ENTRY_VANISHED']);
  const next = await restart(parts);
  await next.sealer.sealNow();
  t.is(await next.sealer.adoptLeft(), 0, 'its process may still live');
  await parts.age();
  t.is(await next.sealer.adoptLeft(), 1);
  t.is(await next.sealer.adoptLeft(), 0);
  t.deepEqual(files(parts.folder).length, 1, 'the journal of this process holds the row about it');
  t.deepEqual(await codes(), ['AUDIT_ENTRY_VANISHED'], 'told once');
  await next.sealer.sealNow();
  await next.sealer.checkWatched();
  t.deepEqual([files(parts.folder), await codes()], [[], ['AUDIT_ENTRY_VANISHED']]);
  await parts.close();
});

test('a commit that was cut off is a doubt, not a fault: the row may never have been', async t => {
  const parts = await setup();
  await parts.write('a');
  Object.assign(parts.journal, {drop: () => undefined});
  await t.throwsAsync(parts.store.tx(async tx => {
    await parts.log.record(tx, entry('b'));
    throw new Error('killed');
  }));
  t.like(await parts.verify(), {good: true, doubts: []}, 'on its way, for all anybody knows');
  await parts.age();
  const report = await parts.verify();
  t.deepEqual([report.good, report.doubts.map(doubt => doubt.code)], [true, ['AUDIT_ENTRY_IN_DOUBT']]);
  t.regex(report.doubts[0]?.what ?? '', /case\.complete b/);
  const next = await restart(parts);
  await next.sealer.sealNow();
  t.is(await next.sealer.adoptLeft(), 1);
  await next.sealer.sealNow();
  t.deepEqual((await parts.verify()).doubts.map(doubt => doubt.seq), [2]);
  await parts.close();
});

test('a commit whose answer was lost counts once its row is seen', async t => {
  const {write, journal, sealer, verify, folder, close} = await setup();
  Object.assign(journal, {commit: () => undefined});
  await write('a');
  await sealer.sealNow();
  await sealer.checkWatched();
  t.deepEqual([files(folder), (await verify()).good], [[], true]);
  await close();
});

test('rows sealed after the last write of the head stay watched until the head covers them', async t => {
  const {write, anchor, sealer, store, verify, journal, close} = await setup();
  await write('a');
  await sealer.sealNow();
  await sealer.checkWatched();
  const {write: writeHead} = anchor;
  Object.assign(anchor, {write: async () => undefined});
  await write('b');
  await sealer.sealNow();
  await sealer.checkWatched();
  t.is(journal.entries().length, 1);
  Object.assign(anchor, {write: writeHead});
  await store.knex('audit_entry').where({subject: 'b'}).delete();
  t.deepEqual((await verify()).faults.map(fault => fault.code), ['AUDIT_ENTRY_VANISHED']);
  await close();
});

test('half a line at the end of a journal is not read, the lines before it are', async t => {
  const {folder, write, close} = await setup();
  await write('a');
  const [name = ''] = files(folder);
  await appendFile(join(folder, name), '["+","half');
  t.deepEqual(readJournals(folder).flatMap(journal => journal.entries.map(each => [each.what, each.committed])), [['case.complete a', true]]);
  await close();
});

test('a command whose audit row cannot be kept is refused, and the next one goes through once it can', async t => {
  const {folder, store, log, journal, verify, close} = await setup();
  await rm(folder, {recursive: true});
  writeFileSync(folder, 'no folder');
  await t.throwsAsync(store.tx(tx => log.record(tx, entry('a'))), {code: 'AUDIT_JOURNAL_FAILED'});
  t.deepEqual([await store.knex('audit_entry'), journal.entries()], [[], []]);
  await rm(folder);
  await mkdir(folder);
  await store.tx(tx => log.record(tx, entry('b')));
  t.like(await verify(), {good: true, checked: 1});
  await close();
});

test('a journal that another process took away meanwhile is written anew, whole', async t => {
  const {folder, store, log, close} = await setup();
  await store.tx(tx => log.record(tx, entry('a')));
  for (const name of readdirSync(folder)) if (name.startsWith('audit-open-')) await rm(join(folder, name));
  t.deepEqual(readJournals(folder), []);
  await store.tx(tx => log.record(tx, entry('b')));
  t.deepEqual(readJournals(folder).flatMap(journal => journal.entries.map(each => [each.what, each.committed])), [['case.complete a', true], ['case.complete b', true]]);
  await close();
});

test('a journal that looked left behind and was written to meanwhile stays: what stands in it is missed when it goes', async t => {
  const {folder, store, write, sealer, verify, age: lookLeftBehind, close} = await setup();
  // Another process was killed in the middle of a commit that never took effect.
  createJournal(folder).begin([{id: 'lost', digest: 'd'.repeat(64), what: 'case.complete lost'}]);
  await write('a');
  await sealer.sealNow();
  await lookLeftBehind();
  t.is(await sealer.adoptLeft(), 1, 'the row in doubt is told by a row of this process');
  const told = (await store.knex('audit_entry').where({subject: 'lost'}).first<{id: string} | undefined>())?.id;
  t.deepEqual(readJournals(folder).flatMap(each => each.entries.map(({id}) => id)).filter(id => id === told), [told], 'its journal was older than that row');
  await store.knex('audit_entry').where({id: told}).delete();
  await lookLeftBehind();
  t.false((await verify()).good);
  await close();
});

test('a journal that grew is made small again and loses nothing', async t => {
  const {folder, close} = await setup();
  const journal = createJournal(folder);
  const entries = Array.from({length: 3000}, (_, index) => ({id: `id${index}`, digest: 'd'.repeat(64), what: '内容'.repeat(60)}));
  for (const one of entries) {
    journal.begin([one]);
    journal.commit([one.id]);
    if (one.id !== 'id7') journal.drop([one.id]);
  }
  const [name = ''] = files(folder);
  t.true(readFileSync(join(folder, name)).length < 4_100_000);
  t.deepEqual(readJournals(folder).flatMap(each => each.entries.map(({id, committed}) => [id, committed])), [['id7', true]]);
  journal.drop(['id7']);
  t.deepEqual(files(folder), []);
  await close();
});

