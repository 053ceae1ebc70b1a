import test from 'ava';
import {Readable} from 'node:stream';
import {AppError} from '@banli/errors';
import {defineRoute, inboxRoutes} from '@banli/api';
import {bindPublicRoute, createReadBound} from '../../src/http/index.js';
import {setup} from './setup.js';

const never = new Promise<never>(() => undefined);
const quick = {askAfterMs: 5, answerWithinMs: 20};

/** A read that is done once the database was asked so many times. */
function slowRead(asks: number) {
  const asked = {times: 0};
  let done: (value: string) => void = () => undefined;
  const read = new Promise<string>(resolve => {
    done = resolve;
  });
  const ping = async () => {
    asked.times += 1;
    if (asked.times === asks) done('exported');
  };
  return {asked, read, ping};
}

test('a read that takes long is waited for as long as the database answers', async t => {
  const {asked, read, ping} = slowRead(4);
  t.is(await createReadBound(ping, quick).hold(read), 'exported');
  t.is(asked.times, 4);
});

test('a read ends with STORE_DOWN once the database does not answer, says that it is gone, or hangs later', async t => {
  await t.throwsAsync(createReadBound(() => never, quick).hold(never), {code: 'STORE_DOWN'});
  await t.throwsAsync(createReadBound(() => Promise.reject(new Error('gone')), quick).hold(never), {code: 'STORE_DOWN'});
  let pings = 0;
  await t.throwsAsync(createReadBound(() => ((pings += 1) < 3 ? Promise.resolve() : never), quick).hold(never), {code: 'STORE_DOWN'});
});

test('a read that is done, or fails by itself, is told as it is, and asks nothing', async t => {
  let pings = 0;
  const bound = createReadBound(async () => void (pings += 1), {askAfterMs: 60_000});
  t.is(await bound.hold(Promise.resolve(7)), 7);
  await t.throwsAsync(bound.hold(Promise.reject(new AppError('CASE_UNKNOWN', 404, 'unknown'))), {code: 'CASE_UNKNOWN'});
  t.is(pings, 0);
});

test('many reads that wait share one question', async t => {
  let pings = 0;
  const bound = createReadBound(() => {
    pings += 1;
    return never;
  }, quick);
  const ends = await Promise.allSettled(Array.from({length: 50}, () => bound.hold(never)));
  t.true(ends.every(end => end.status === 'rejected'));
  t.true(pings < 10);
});

const answer = {type: 'object', properties: {}} as const;
const readRoute = defineRoute({id: 'test.read', method: 'GET', path: '/api/test/read', permission: 'public', summary: 'Hangs', answer: answer as never});
const writeRoute = defineRoute({id: 'test.write', method: 'POST', path: '/api/test/write', permission: 'public', summary: 'Takes long', answer: answer as never});
const fileRoute = defineRoute({id: 'test.file', method: 'GET', path: '/api/test/file', permission: 'public', summary: 'Comes late', kind: 'file', answer: answer as never});

test('over HTTP a read is 503 with the code, a command is waited for, and a file that comes too late is closed', async t => {
  let release: () => void = () => undefined;
  const later = new Promise<void>(resolve => {
    release = resolve;
  });
  const stream = Readable.from(['late']);
  const {call} = await setup(t, {readBound: createReadBound(() => never, quick), routes: () => [
    bindPublicRoute(readRoute, () => never as never),
    bindPublicRoute(writeRoute, (() => later.then(() => ({}))) as never),
    bindPublicRoute(fileRoute, (() => later.then(() => ({name: 'a', type: 'text/plain', sizeBytes: 4, stream}))) as never),
  ]});
  const written = call('/api/test/write', {method: 'POST'});
  const [read, file] = await Promise.all([call('/api/test/read'), call('/api/test/file')]);
  t.deepEqual([read.status, ((await read.json()) as {code: string}).code, file.status], [503, 'STORE_DOWN', 503]);
  release();
  t.is((await written).status, 200);
  t.true(stream.destroyed);
});

test('a search reads, though it carries its words in a body', t => {
  t.true(inboxRoutes.search.reads);
  t.true(inboxRoutes.list.reads);
  t.false(writeRoute.reads);
});
