import {mkdir, readFile, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {actor, pdf, setup} from './setup.js';

test('a file lies under its id, not its name, and comes back byte for byte', async t => {
  const {folder, files, upload, audited, clock, close} = await setup();
  const file = await upload('来电 记录.txt', '甲方来电');
  t.is(file.sizeBytes, 12);
  t.regex(file.sha256, /^[0-9a-f]{64}$/);
  t.is(await readFile(join(folder, file.id.slice(-2), file.id), 'utf8'), '甲方来电');
  t.deepEqual(audited, [{actor: actor('p1'), action: 'files.upload', subject: file.id, result: 'done', at: clock.now(), data: {type: file.type, sizeBytes: 12, sha256: file.sha256}}], 'without its name');
  const opened = await files.open(actor('p1'), file.id);
  t.is(await text(opened.stream), '甲方来电');
  await close();
});

test('until a case takes it a file is seen by its uploader alone; then by whoever may read that field of the case', async t => {
  const {files, upload, link, readers, close} = await setup();
  const file = await upload('a.pdf', pdf);
  const readsIt = (person: string) => files.open(actor(person), file.id).then(opened => {
    opened.stream.destroy();
    return true;
  }, (error: {code: string}) => error.code);
  t.is(await readsIt('p1'), true);
  t.is(await readsIt('p2'), 'FILES_UNKNOWN');
  await link('c1', [file.id]);
  t.is(await readsIt('p1'), 'FILES_UNKNOWN');
  readers.add('p2 c1 attachments').add('p3 c1 other');
  t.is(await readsIt('p2'), true);
  t.is(await readsIt('p3'), 'FILES_UNKNOWN');
  t.deepEqual([(await files.ofCase(actor('p2'), 'c1')).length, (await files.ofCase(actor('p3'), 'c1')).length], [1, 0]);
  t.is((await files.describe([file.id, 'nothing'])).length, 1);
  await t.throwsAsync(files.open(actor('p2'), '../../keys/vault.json'), {code: 'FILES_UNKNOWN'});
  await close();
});

test('several matters of one call may hold the same file; a foreign file is refused', async t => {
  const {upload, link, store, close} = await setup();
  const [own, foreign] = [await upload('a.pdf', pdf), await upload('b.pdf', pdf, 'p2')];
  await link('c1', [own.id, own.id]);
  await link('c1', [own.id]);
  await link('c2', [own.id]);
  await t.throwsAsync(link('c1', [foreign.id]), {code: 'FILES_UNKNOWN'});
  await t.throwsAsync(link('c1', ['nothing']), {code: 'FILES_UNKNOWN'});
  t.is((await store.knex('file').where({id: foreign.id}).first<{linked_at: number | null}>()).linked_at, null);
  await link('c3', [foreign.id], null);
  t.is((await store.knex('file_link')).length, 3);
  await close();
});

test('a file that is too large, cut off, or over the quota leaves nothing', async t => {
  const {files, upload, link, onDisk, close} = await setup({fileBytes: 100, personBytes: 150, caseFiles: 2, caseBytes: 170});
  await t.throwsAsync(upload('a.txt', 'x'.repeat(101)), {code: 'FILES_TOO_LARGE'});
  const broken = Readable.from((async function* () {
    yield Buffer.from('abc');
    throw new Error('connection lost');
  })());
  await t.throwsAsync(files.upload(actor('p1'), {name: 'a.txt', source: broken}), {code: 'FILES_CUT_OFF'});
  t.is(await onDisk(), 0);
  const [one, two] = [await upload('a.txt', 'x'.repeat(90)), await upload('b.txt', 'y'.repeat(90))];
  await t.throwsAsync(upload('c.txt', 'z'), {code: 'FILES_QUOTA'});
  await t.throwsAsync(link('c1', [one.id, two.id]), {code: 'FILES_QUOTA'});
  await link('c1', [one.id]);
  const [three, four] = [await upload('c.txt', 'z'), await upload('d.txt', 'z')];
  await t.throwsAsync(link('c1', [three.id, four.id]), {code: 'FILES_TOO_MANY'});
  t.is(await onDisk(), 4);
  await close();
});

test('the sweep removes what no case took in time and stray bytes, and nothing else', async t => {
  const {folder, files, upload, link, clock, onDisk, close} = await setup();
  const [held, lost] = [await upload('a.txt', 'a'), await upload('b.txt', 'b')];
  await link('c1', [held.id]);
  await mkdir(join(folder, 'incoming'), {recursive: true});
  await writeFile(join(folder, 'incoming', 'stray'), 'x');
  await writeFile(join(folder, 'incoming', 'fresh'), 'x');
  await utimes(join(folder, 'incoming', 'stray'), 1, 1);
  clock.moveBy(31 * 86_400_000);
  await upload('c.txt', 'c');
  t.is(await files.sweep(), 2);
  t.is(await files.sweep(), 0);
  t.is(await onDisk(), 3);
  await t.throwsAsync(files.open(actor('p1'), lost.id), {code: 'FILES_UNKNOWN'});
  await close();
});
