import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import {isAppError} from '@banli/errors';
import {createProcessEngine, type CountedProcessEngine} from '../src/companion-engine.js';
import {refusalClass} from '../src/engine-errors.js';
import type {ApplyRequest} from '../src/port.js';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const request: ApplyRequest = {caseId: 'c1', seq: 2, operations: [{kind: 'complete', taskId: 't1', variables: {}}]};
const state = {caseId: 'c1', instanceId: 'i1', definitionId: 'p:1:x', revision: 2, seq: 2, ended: false, endActivityId: null, tasks: [], externalTasks: [], subscriptions: [], tree: null, incidents: []};

/** A server that answers as told, and the port on it. */
async function setup(t: ExecutionContext, handler: Handler, timeoutMs = 2_000): Promise<{readonly engine: CountedProcessEngine; readonly requests: string[]; readonly baseUrl: string}> {
  const requests: string[] = [];
  const server = createServer((incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url} ${incoming.headers.authorization}`);
    incoming.resume();
    handler(incoming, response, requests.length);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const engine = createProcessEngine({endpoint: {baseUrl, token: 'secret'}, timeoutMs});
  t.teardown(async () => {
    server.closeAllConnections();
    server.close();
    await engine.close();
  });
  return {engine, requests, baseUrl};
}

const json = (status: number, body: unknown): Handler => (_request, response) => {
  response.writeHead(status, {'content-type': 'application/json'});
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

test('an answer comes back with its state, and the token went along', async t => {
  const {engine, requests} = await setup(t, json(200, {state, skipped: [0]}));
  t.deepEqual(await engine.apply(request), {state, skipped: [0], repeated: false});
  t.deepEqual(requests, ['POST /banli/apply Bearer secret']);
  t.like(engine.calls(), {apply: 1, state: 0});
});

test('attempts of an external task are set, by its id whatever it holds; one that is gone and an answer of someone else are told apart', async t => {
  const answers: Array<readonly [number, unknown]> = [[204, ''], [404, {type: 'RestException'}], [404, '<html>'], [500, {type: 'RestException'}]];
  const {engine, requests} = await setup(t, (incoming, response, count) => json(...(answers[count - 1] ?? [500, '']))(incoming, response, count));
  await engine.setRetries('../x', 3);
  t.deepEqual(requests, ['PUT /engine-rest/external-task/..%2Fx/retries Bearer secret']);
  await t.throwsAsync(engine.setRetries('e1', 3), {code: 'ENGINE_GONE'});
  await t.throwsAsync(engine.setRetries('e1', 3), {code: 'ENGINE_DOWN'});
  await t.throwsAsync(engine.setRetries('e1', 0), {code: 'ENGINE_DOWN'});
  t.like(engine.calls(), {retries: 4});
});

for (const [status, kind, code] of [[409, 'gone', 'ENGINE_GONE'], [422, 'refused', 'ENGINE_REFUSED'], [503, 'again', 'ENGINE_TRY_AGAIN']] as const) {
  test(`the class ${kind} becomes ${code} and is not tried again`, async t => {
    const {engine, requests} = await setup(t, json(status, {class: kind, reason: 'why', operation: 0}));
    const error = await t.throwsAsync(engine.apply(request), {code});
    t.is(refusalClass(error), kind);
    t.deepEqual(isAppError(error) ? error.details : null, {caseId: 'c1', seq: 2, reason: 'why', operation: 0});
    t.is(requests.length, 1);
  });
}

const nonsense: Readonly<Record<string, readonly [number, unknown]>> = {
  'an empty answer': [200, ''], 'a text': [200, 'hello'], 'a list': [200, '[]'], 'an empty object': [200, {}], 'the state of another case': [200, {state: {...state, caseId: 'other'}, skipped: []}],
  'a revision that is no number': [200, {state: {...state, revision: 'x'}, skipped: []}], 'a list that is missing': [200, {state}], 'a wrong token': [401, ''],
  'a page of someone else': [404, '<html>'], 'a failure without a class': [500, {type: 'RestException'}], 'a proxy': [502, 'bad gateway'],
};
for (const [name, [status, body]] of Object.entries(nonsense)) {
  test(`${name} is taken for an engine that is down`, async t => {
    const {engine} = await setup(t, json(status, body));
    const error = await t.throwsAsync(engine.apply(request), {code: 'ENGINE_DOWN'});
    t.is(refusalClass(error), 'again');
  });
}

test('nobody listening is ENGINE_DOWN, and health says why instead of throwing', async t => {
  const {engine} = await setup(t, json(200, {}));
  const gone = createProcessEngine({endpoint: {baseUrl: 'http://127.0.0.1:1', token: 'x'}});
  t.teardown(() => gone.close());
  await t.throwsAsync(gone.apply(request), {code: 'ENGINE_DOWN'});
  t.like(await gone.health(), {up: false});
  t.like(await engine.health(), {up: false, reason: 'unexpected answer 200'});
});

test('no answer in time is ENGINE_DOWN and is not sent twice', async t => {
  const {engine, requests} = await setup(t, () => undefined, 300);
  await t.throwsAsync(engine.apply(request), {code: 'ENGINE_DOWN'});
  t.is(requests.length, 1);
});

test('a body that stops in the middle is ENGINE_DOWN', async t => {
  const {engine} = await setup(t, (_request, response) => {
    response.writeHead(200, {'content-length': '1000'});
    response.write('{"state":');
  }, 300);
  await t.throwsAsync(engine.apply(request), {code: 'ENGINE_DOWN'});
});

test('a connection that breaks before the answer is tried once more, as a number is applied only once', async t => {
  const {engine, requests} = await setup(t, (incoming, response, count) => {
    if (count === 1) incoming.socket.destroy();
    else json(200, {state, skipped: [], repeated: true})(incoming, response, count);
  });
  t.true((await engine.apply(request)).repeated);
  t.is(requests.length, 2);
});

test('a connection that keeps breaking is given up after the second time', async t => {
  const {engine, requests} = await setup(t, incoming => incoming.socket.destroy());
  await t.throwsAsync(engine.apply(request), {code: 'ENGINE_DOWN'});
  t.is(requests.length, 2);
});

test('a case that the engine never heard of is null; a page of someone else is not', async t => {
  const {engine} = await setup(t, json(404, {}));
  t.is(await engine.state('c1'), null);
  const other = await setup(t, json(404, '<html>Not Found</html>'));
  await t.throwsAsync(other.engine.state('c1'), {code: 'ENGINE_DOWN'});
});

test('the endpoint is asked for before each request, so a restarted engine is found', async t => {
  const first = await setup(t, json(200, {state, skipped: []}));
  const second = await setup(t, json(200, {state: {...state, revision: 9}, skipped: []}));
  let baseUrl = first.baseUrl;
  const engine = createProcessEngine({endpoint: () => ({baseUrl, token: baseUrl === first.baseUrl ? 'one' : 'two'})});
  t.teardown(() => engine.close());
  t.is((await engine.apply(request)).state.revision, 2);
  baseUrl = second.baseUrl;
  t.is((await engine.apply(request)).state.revision, 9);
  t.deepEqual(second.requests, ['POST /banli/apply Bearer two']);
});

test('a name that was deployed before answers the first deployment and sends no file', async t => {
  const {engine, requests} = await setup(t, (incoming, response, count) => {
    const body = incoming.url?.startsWith('/engine-rest/deployment')
      ? [{id: 'd2', deploymentTime: '2026-01-01T00:00:01.000+0000'}, {id: 'd1', deploymentTime: '2026-01-01T00:00:00.000+0000'}]
      : [{id: 'p:1:x', key: 'p'}];
    json(200, body)(incoming, response, count);
  });
  t.deepEqual(await engine.deploy('release-1', [{fileName: 'p.bpmn', xml: '<x/>'}]), {deploymentId: 'd1', definitions: {p: 'p:1:x'}});
  t.false(requests.some(line => line.startsWith('POST')));
});

test('a refused definition names file and element', async t => {
  const {engine} = await setup(t, (incoming, response, count) => {
    if (incoming.method === 'GET') json(200, [])(incoming, response, count);
    else json(400, {type: 'ParseException', message: 'bad', details: {'p.bpmn': {errors: [{message: 'no scripts', line: 3, column: 7, mainElementId: 'evil'}], warnings: []}}})(incoming, response, count);
  });
  const error = await t.throwsAsync(engine.deploy('release-1', [{fileName: 'p.bpmn', xml: '<x/>'}]), {code: 'ENGINE_REFUSED'});
  t.deepEqual(isAppError(error) ? error.problems[0]?.place : null, {file: 'p.bpmn', element: 'evil', line: 3, column: 7});
});
