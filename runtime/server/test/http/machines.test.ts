import test from 'ava';
import {allRoutes} from '@banli/api';
import {bindHealthRoutes} from '../../src/routes/health.js';
import {setup} from './setup.js';

test('life, readiness and metrics answer without a session; a missing engine only degrades', async t => {
  const engine = {up: true};
  const database = {up: true};
  const store = {ping: async () => {
    if (!database.up) throw new Error('gone');
  }};
  const {call, metrics} = await setup(t, {routes: parts => bindHealthRoutes({...parts, store, isEngineUp: () => engine.up, routes: allRoutes, version: '1'})});
  const ready = async () => {
    const answer = await call('/readyz');
    return [answer.status, await answer.json()];
  };
  t.deepEqual(await (await call('/healthz')).json(), {status: 'up'});
  t.deepEqual(await ready(), [200, {status: 'ready', database: 'up', engine: 'up'}]);
  engine.up = false;
  t.deepEqual(await ready(), [200, {status: 'degraded', database: 'up', engine: 'down'}]);
  database.up = false;
  t.deepEqual(await ready(), [503, {status: 'degraded', database: 'down', engine: 'down'}]);
  metrics.gauge('banli_outbox_pending', 'Commands that wait', () => 7);
  metrics.gauge('banli_broken', 'Fails', () => Promise.reject(new Error('x')));
  metrics.counter('banli_engine_calls_total', 'Calls', ['kind']).add({kind: 'apply'}, 3);
  const text = await (await call('/metrics')).text();
  t.regex(text, /banli_outbox_pending 7/);
  t.regex(text, /banli_engine_calls_total\{kind="apply"\} 3/);
  t.regex(text, /banli_http_request_seconds_count\{route="operations.readyz",status="503"\} 1/);
});

test('a database that hangs makes readiness say so instead of hanging, and its numbers are left out', async t => {
  const never = new Promise<never>(() => undefined);
  const {call, metrics} = await setup(t, {routes: parts => bindHealthRoutes({...parts, store: {ping: () => never}, isEngineUp: () => true, routes: allRoutes, version: '1', pingWithinMs: 20})});
  const ready = await call('/readyz');
  t.deepEqual([ready.status, await ready.json()], [503, {status: 'degraded', database: 'down', engine: 'up'}]);
  metrics.gauge('banli_hanging', 'Hangs', () => never);
  metrics.gauge('banli_engine_up', 'Up', () => 1);
  const text = await (await call('/metrics')).text();
  t.regex(text, /banli_engine_up 1/);
  t.notRegex(text, /^banli_hanging \d/m);
});

test('a database that cannot be reached is 503 with its own code, another program is not taken for it', async t => {
  const failing = (error: Error) => setup(t, {routes: parts => bindHealthRoutes({...parts, isEngineUp: () => {
    throw error;
  }, routes: allRoutes, version: '1'})});
  const codeOf = async (error: Error) => {
    const answer = await (await failing(error)).call('/readyz');
    return [answer.status, ((await answer.json()) as {code: string}).code];
  };
  const refused = (more: object) => Object.assign(new Error('connect ECONNREFUSED'), {code: 'ECONNREFUSED', ...more});
  t.deepEqual(await codeOf(refused({fatal: true})), [503, 'STORE_DOWN']);
  t.deepEqual(await codeOf(Object.assign(new Error('no connection in time'), {name: 'KnexTimeoutError'})), [503, 'STORE_DOWN']);
  t.deepEqual(await codeOf(refused({})), [500, 'HTTP_INTERNAL']);
});

test('the OpenAPI document names every route with its right, its input and its refusals', async t => {
  const {call} = await setup(t);
  const document = (await (await call('/api/openapi.json')).json()) as {openapi: string; paths: Record<string, Record<string, {operationId: string; 'x-permission': string; parameters: Array<{name: string; in: string}>; responses: Record<string, unknown>}>>};
  t.is(document.openapi, '3.1.0');
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({path, method, operation})));
  t.deepEqual(operations.map(one => one.operation.operationId).sort(), allRoutes.map(route => route.id).sort());
  for (const {path, operation} of operations) {
    const holes = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]);
    t.deepEqual(operation.parameters.filter(parameter => parameter.in === 'path').map(parameter => parameter.name), holes, path);
    t.truthy(operation.responses['default']);
    t.truthy(operation['x-permission']);
  }
});
