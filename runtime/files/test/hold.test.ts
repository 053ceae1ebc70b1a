import test from 'ava';
import {fileLimits} from '../src/index.js';
import {actor, pdf, setup} from './setup.js';

test('a held file is given by its uploader alone, once, and outlives the sweep; given up, it goes', async t => {
  const {files, upload, store, clock, onDisk, close} = await setup();
  t.teardown(close);
  const file = await upload('三定方案.pdf', pdf);
  const hold = (fileId: string, personId = 'p1') => store.tx(tx => files.hold(tx, {fileId, personId, at: clock.now()}));
  await t.throwsAsync(hold(file.id, 'p2'), {code: 'FILES_UNKNOWN'});
  await t.throwsAsync(hold('nothing'), {code: 'FILES_UNKNOWN'});
  t.is((await hold(file.id)).name, '三定方案.pdf');
  await t.throwsAsync(hold(file.id), {code: 'FILES_UNKNOWN'});
  clock.moveBy(fileLimits.orphanMs + 1);
  t.is(await files.sweep(), 0);
  await store.tx(tx => files.letGo(tx, file.id));
  t.is(await files.sweep(), 1);
  t.is(await onDisk(), 0);
});

test('a held file is read by whom its holder lets, no longer by whoever uploaded it', async t => {
  const {files, upload, store, clock, held, close} = await setup();
  t.teardown(close);
  const file = await upload('a.pdf', pdf);
  await store.tx(tx => files.hold(tx, {fileId: file.id, personId: 'p1', at: clock.now()}));
  await t.throwsAsync(files.open(actor('p1'), file.id), {code: 'FILES_UNKNOWN'});
  held.add(`p2 ${file.id}`);
  (await files.open(actor('p2'), file.id)).stream.destroy();
});

test('what a case has, too, stays when it is given up', async t => {
  const {files, upload, link, store, clock, onDisk, close} = await setup();
  t.teardown(close);
  const file = await upload('a.pdf', pdf);
  await store.tx(tx => files.hold(tx, {fileId: file.id, personId: 'p1', at: clock.now()}));
  await link('c1', [file.id]);
  await store.tx(tx => files.letGo(tx, file.id));
  clock.moveBy(fileLimits.orphanMs + 1);
  t.deepEqual([await files.sweep(), await onDisk()], [0, 1]);
});
