import test, {type ExecutionContext} from 'ava';
import {createTestClock} from '@banli/time';
import {createRefusalLog, type Refusal} from '../../src/http/index.js';
import {codeOf, setup as setupServer} from './setup.js';

interface Row {
  readonly person_id: string;
  readonly action: string;
  readonly subject: string;
  readonly result: string;
  readonly data: string;
}

const actor = {personId: 'p1', personName: '林雨桐', unitId: 'u1', roles: ['clerk'], requestId: 'r1', address: '127.0.0.1'};
const refusal: Refusal = {actor, routeId: 'tasks.complete', code: 'CASE_TASK_DONE', status: 409, subject: 't1'};

async function setup(t: ExecutionContext) {
  const server = await setupServer(t);
  const clock = createTestClock(1_760_000_000_000);
  const faults: unknown[] = [];
  const refusals = createRefusalLog({store: server.store, audit: server.audit.log, clock, onError: error => void faults.push(error)});
  const rows = async () => (await server.store.knex('audit_entry').where({result: 'refused'}).orderBy('id')) as Row[];
  return {...server, clock, faults, refusals, rows};
}

test('a command that is refused leaves a row with who, what, on what and why; reading and faults leave none', async t => {
  const {call, signIn, rows} = await setup(t);
  const {headers} = await signIn('shi.shouli');
  const put = (path: string, body: unknown) => call(path, {method: 'PUT', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(body)});
  t.is((await call('/api/audit', {headers})).status, 403);
  t.is((await call('/api/persons/p-qu-xitong/unlock', {method: 'POST', headers})).status, 403);
  t.is((await put('/api/session/password', {nonsense: 1})).status, 400);
  const noted = await rows();
  t.deepEqual(noted.map(row => [row.person_id, row.action, row.subject]), [['p-shi-shouli', 'people.unlock', 'p-qu-xitong']]);
  t.deepEqual(JSON.parse(noted[0]?.data ?? ''), {code: 'PERMISSIONS_DENIED', count: 1, status: 403});
});

test('a session without its token against forged requests is known, so its commands leave a row, too; nobody leaves none', async t => {
  const {call, signIn, rows} = await setup(t);
  const {headers} = await signIn('shi.shouli');
  t.is(await codeOf(await call('/api/notices/read', {method: 'POST', headers: {cookie: headers.cookie}})), 'HTTP_CSRF_WRONG');
  t.is((await call('/api/notices/read', {method: 'POST'})).status, 401);
  t.deepEqual((await rows()).map(row => row.action), ['notices.readAll']);
});

test('a client that hammers makes two rows a minute: the first, and how many more', async t => {
  const {refusals, clock, rows} = await setup(t);
  for (let tries = 0; tries < 500; tries += 1) await refusals.note({...refusal, subject: `t${tries}`});
  await refusals.note({...refusal, code: 'CASE_INPUT', status: 422});
  await refusals.flush();
  t.is((await rows()).length, 2, 'its minute is not over');
  clock.moveBy(60_000);
  await refusals.note(refusal);
  await refusals.flush();
  await refusals.flush();
  t.deepEqual((await rows()).map(row => (JSON.parse(row.data) as {count: number}).count).sort((one, two) => one - two), [1, 1, 1, 499]);
});

test('counts that wait are written when the process ends, and a log that cannot be written refuses nothing', async t => {
  const {refusals, rows, store, faults} = await setup(t);
  await refusals.note(refusal);
  await refusals.note(refusal);
  await refusals.flush(true);
  t.is((await rows()).length, 2);
  const broken = createRefusalLog({store, audit: {record: async () => Promise.reject(new Error('full'))}, clock: createTestClock(1), onError: error => void faults.push(error)});
  await broken.note(refusal);
  t.is(faults.length, 1);
  t.is((await rows()).length, 2);
});
