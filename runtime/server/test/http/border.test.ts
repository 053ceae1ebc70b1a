import test, {type ExecutionContext} from 'ava';
import {Type} from '@sinclair/typebox';
import {defineRoute} from '@banli/api';
import {bindPublicRoute, bindRoute, type BoundRoute} from '../../src/http/index.js';
import {codeOf, setup} from './setup.js';

const echo = defineRoute({id: 'trial.echo', method: 'POST', path: '/api/trial/:name', permission: 'public', summary: 'Echo', params: Type.Object({name: Type.String({maxLength: 5})}), query: Type.Object({n: Type.Optional(Type.Integer())}, {additionalProperties: false}), body: Type.Object({title: Type.String(), count: Type.Optional(Type.Integer())}, {additionalProperties: false}), answer: Type.Unknown()});
const broken = defineRoute({id: 'trial.broken', method: 'GET', path: '/api/broken', permission: 'public', summary: 'Fails', answer: Type.Unknown()});

function trialRoutes(): readonly BoundRoute[] {
  return [
    bindPublicRoute(echo, async ({params, query, body}) => ({params, query, body})),
    bindPublicRoute(broken, async () => {
      throw Object.assign(new Error("insert into `person` values ('王小二', '13800000001') - Duplicate entry '13800000001' for key 'phone'"), {code: 'ER_DUP_ENTRY'});
    }),
  ];
}

async function trial(t: ExecutionContext) {
  const server = await setup(t, {routes: trialRoutes});
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json', path = '/api/trial/a') => server.call(path, {method: 'POST', headers: {'content-type': type}, body});
  return {...server, post};
}

test('good input arrives checked, with numbers from the address', async t => {
  const {post} = await trial(t);
  t.deepEqual(await (await post('{"title":"甲","count":2}', 'application/json; charset=utf-8', '/api/trial/a?n=3')).json(), {params: {name: 'a'}, query: {n: 3}, body: {title: '甲', count: 2}});
});

test('every kind of bad body gets its code', async t => {
  const {post} = await trial(t);
  const table: ReadonlyArray<readonly [string | Uint8Array<ArrayBuffer>, string, string?]> = [
    ['{"title":', 'HTTP_JSON_BROKEN'],
    ['', 'HTTP_JSON_BROKEN'],
    [new Uint8Array([0x22, 0xff, 0x22]), 'HTTP_JSON_BROKEN'],
    ['null', 'HTTP_INPUT_WRONG'],
    ['[]', 'HTTP_INPUT_WRONG'],
    ['{"title":5}', 'HTTP_INPUT_WRONG'],
    ['{"title":"a","count":"2"}', 'HTTP_INPUT_WRONG'],
    ['{"title":"a","__proto__":{"x":1}}', 'HTTP_JSON_UNSAFE'],
    ['{"title":"a\\u0000"}', 'HTTP_JSON_UNSAFE'],
    ['{"title":"a","count":1e999}', 'HTTP_JSON_UNSAFE'],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'HTTP_JSON_UNSAFE'],
    [`"${'x'.repeat(1_100_000)}"`, 'HTTP_TOO_LARGE'],
    ['title=a', 'HTTP_MEDIA_WRONG', 'application/x-www-form-urlencoded'],
    ['{}', 'HTTP_MEDIA_WRONG', 'text/plain'],
  ];
  for (const [body, code, type] of table) t.is(await codeOf(await post(body, type)), code, String(body).slice(0, 40));
});

test('every problem is named with its field in both languages, and no value is repeated', async t => {
  const {post} = await trial(t);
  const answer = await post('{"count":"secret","forged":"secret"}', 'application/json', '/api/trial/toolong?n=x');
  t.is(answer.status, 400);
  const text = await answer.text();
  const body = JSON.parse(text) as {problems: Array<{code: string; messageZh: string; place: {field: string}}>; messageZh: string};
  t.deepEqual(body.problems.map(problem => `${problem.code} ${problem.place.field}`).sort(), ['HTTP_FIELD_MISSING body.title', 'HTTP_FIELD_UNKNOWN body.forged', 'HTTP_FIELD_WRONG body.count', 'HTTP_FIELD_WRONG params.name', 'HTTP_FIELD_WRONG query.n']);
  t.true(body.problems.every(problem => /[\u4e00-\u9fff]/.test(problem.messageZh)));
  t.false(text.includes('secret'));
});

test('an unforeseen failure says nothing outside, and its log holds no data of rows', async t => {
  const {call, lines} = await trial(t);
  const answer = await call('/api/broken');
  t.is(answer.status, 500);
  const body = (await answer.json()) as Record<string, unknown>;
  t.deepEqual([body['code'], body['details'], body['problems']], ['HTTP_INTERNAL', {}, []]);
  t.is(body['requestId'], answer.headers.get('x-request-id'));
  const log = lines.join('');
  t.true(log.includes('ER_DUP_ENTRY') && log.includes(String(body['requestId'])));
  t.false(/13800000001|王小二/.test(log + JSON.stringify(body)));
});

test('an unknown address is 404, a wrong method 405 with the right ones', async t => {
  const {call} = await trial(t);
  t.is(await codeOf(await call('/api/nothing')), 'HTTP_NOT_FOUND');
  const wrong = await call('/api/trial/a', {method: 'DELETE'});
  t.deepEqual([await codeOf(wrong), wrong.status, wrong.headers.get('allow')], ['HTTP_METHOD_WRONG', 405, 'POST']);
  t.is((await call('/api/%E0%A4%A')).status < 500, true);
});

test('public routes are limited for each address', async t => {
  const {call} = await setup(t, {routes: trialRoutes, publicPerMinute: 5});
  const codes: string[] = [];
  for (let round = 0; round < 8; round += 1) codes.push(await codeOf(await call('/api/trial/a', {method: 'POST', headers: {'content-type': 'application/json'}, body: '{'})));
  t.deepEqual(codes.filter(code => code === 'HTTP_TOO_OFTEN').length, 3);
});

test('a route without a known right, or one that exists twice, cannot be mounted', async t => {
  const unknown = defineRoute({id: 'trial.unknown', method: 'GET', path: '/api/u', permission: 'trial.forgotten', summary: '', answer: Type.Unknown()});
  await t.throwsAsync(setup(t, {routes: () => [bindRoute(unknown, async () => ({}))]}), {code: 'PERMISSIONS_UNKNOWN'});
  await t.throwsAsync(setup(t, {routes: () => [...trialRoutes(), ...trialRoutes()]}), {message: /share trial.echo/});
  t.throws(() => bindRoute(broken, async () => ({})), {message: /is public/});
  t.throws(() => bindPublicRoute(unknown, async () => ({})), {message: /is not public/});
});

test('pages come with a strict policy, hashed files for a year, and no path leads out', async t => {
  const {call} = await trial(t);
  const page = await call('/cases/c1', {headers: {accept: 'text/html'}});
  t.is(await page.text(), '<!doctype html><title>办理</title>');
  const policy = page.headers.get('content-security-policy') ?? '';
  t.regex(policy, /script-src 'self'/);
  t.notRegex(policy, /unsafe-eval|script-src[^;]*unsafe-inline/);
  t.is(page.headers.get('cache-control'), 'no-cache');
  t.is(page.headers.get('x-content-type-options'), 'nosniff');
  const asset = await call('/assets/main-a1B2c3D4.js');
  t.deepEqual([asset.status, asset.headers.get('cache-control'), asset.headers.get('content-type')], [200, 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8']);
  t.is((await call('/', {headers: {'if-none-match': page.headers.get('etag') ?? '', 'cache-control': 'max-age=0'}})).status, 304);
  for (const path of ['/../keys/vault.json', '/..%2fkeys%2fvault.json', '/assets/../../keys/vault.json', '/assets/missing.js', '/keys/vault.json']) t.is((await call(path)).status, 404, path);
});

const whoAsks = defineRoute({id: 'trial.who', method: 'GET', path: '/api/who', permission: 'public', summary: 'Tells the address', answer: Type.Unknown()});

test('behind a proxy the caller is who the proxy saw, whatever he claims; without one his header is nothing', async t => {
  const routes = () => [bindPublicRoute(whoAsks, async ({origin}) => ({address: origin.address}))];
  const ask = async (behindProxy: boolean) => {
    const {call} = await setup(t, {routes, behindProxy, https: true});
    return call('/api/who', {headers: {'x-forwarded-for': '198.51.100.7, 203.0.113.9'}});
  };
  const proxied = await ask(true);
  t.deepEqual(await proxied.json(), {address: '203.0.113.9'});
  t.regex(proxied.headers.get('strict-transport-security') ?? '', /max-age=31536000/);
  t.deepEqual(await (await ask(false)).json(), {address: '127.0.0.1'});
});
