import test from 'ava';
import {codeOf, password, setup} from './setup.js';

test('login sets a cookie that scripts and other sites never see, and answers who one is', async t => {
  const {call} = await setup(t);
  const answer = await call('/api/session', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({account: 'ts.chengguan', password})});
  const cookie = answer.headers.get('set-cookie') ?? '';
  t.regex(cookie, /^banli_session=[\w-]{43}; path=\/; samesite=strict; httponly$/i);
  const session = (await answer.json()) as {person: {account: string}; posts: Array<{unitName: string; roles: unknown[]}>; permissions: string[]};
  t.is(session.person.account, 'ts.chengguan');
  t.is(session.posts[0]?.unitName, '天山区城市管理局');
  t.true(session.permissions.includes('tasks.complete') && !session.permissions.includes('audit.read'));
  t.is(answer.headers.get('cache-control'), 'no-store');
});

test('five wrong passwords lock the account over HTTP, with the same words for one that does not exist', async t => {
  const {call} = await setup(t);
  const login = (account: string, given: string) => call('/api/session', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({account, password: given})}).then(async answer => ({...(await answer.json() as {code: string; message: string}), requestId: ''}));
  for (let round = 0; round < 5; round += 1) t.deepEqual(await login('shi.shouli', 'wrong'), await login('ghost', 'wrong'));
  t.is((await login('shi.shouli', password)).code, 'PEOPLE_LOGIN_LOCKED');
  t.deepEqual(await login('shi.shouli', password), await login('ghost', password));
});

test('logout ends the session on the server, everywhere on request', async t => {
  const {call, signIn} = await setup(t);
  const [one, two, three] = [await signIn('shi.shouli'), await signIn('shi.shouli'), await signIn('shi.shouli')];
  const status = (headers: Record<string, string>) => call('/api/session', {headers}).then(answer => answer.status);
  const out = await call('/api/session', {method: 'DELETE', headers: one.headers});
  t.regex(out.headers.get('set-cookie') ?? '', /banli_session=; .*expires=Thu, 01 Jan 1970/i);
  t.deepEqual([await status(one.headers), await status(two.headers)], [401, 200]);
  t.is((await call('/api/session/everywhere', {method: 'DELETE', headers: two.headers})).status, 200);
  t.deepEqual([await status(two.headers), await status(three.headers)], [401, 401]);
});

test('who must change his password can do nothing else before', async t => {
  const {call, signIn, store} = await setup(t);
  const {headers} = await signIn('shi.shouli');
  await store.knex('account').where({login: 'shi.shouli'}).update({must_change: 1});
  t.is(await codeOf(await call('/api/units', {headers})), 'PEOPLE_PASSWORD_MUST_CHANGE');
  const change = await call('/api/session/password', {method: 'PUT', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify({current: password, next: 'Kunlun-4831-xue'})});
  t.is(change.status, 200);
  t.is((await call('/api/units', {headers})).status, 200);
});

test('units, persons, notices and the audit log answer by the contract', async t => {
  const {call, signIn, store, notices} = await setup(t);
  const [clerk, auditor] = [await signIn('shi.shouli'), await signIn('qu.shenji')];
  const {units} = (await (await call('/api/units', {headers: clerk.headers})).json()) as {units: Array<{id: string}>};
  t.true(units.length >= 13);
  await store.tx(tx => notices.notify(tx, {personIds: ['p-shi-shouli'], kind: 'task.opened', title: {'zh-CN': '新任务'}, body: {'zh-CN': '请办理'}, caseId: 'c1', at: 5}));
  const page = (await (await call('/api/notices?unread=true&limit=1', {headers: clerk.headers})).json()) as {notices: Array<{id: string}>};
  t.is((await call(`/api/notices/${page.notices[0]?.id ?? ''}/read`, {method: 'POST', headers: clerk.headers})).status, 200);
  t.is(await codeOf(await call(`/api/notices/${page.notices[0]?.id ?? ''}/read`, {method: 'POST', headers: auditor.headers})), 'MESSAGES_NOTICE_UNKNOWN');
  const persons = (await (await call('/api/persons', {headers: auditor.headers})).json()) as {persons: Array<Record<string, unknown>>};
  t.false(JSON.stringify(persons).includes('scrypt'));
  const audit = (await (await call('/api/audit?limit=2', {headers: auditor.headers})).json()) as {rows: Array<{action: string}>; nextCursor: string | null};
  t.deepEqual(audit.rows.map(row => row.action), ['session.login', 'session.login']);
  t.like(await (await call('/api/audit/verify', {method: 'POST', headers: auditor.headers})).json(), {good: true, faults: []});
  t.is(await codeOf(await call('/api/audit?limit=0', {headers: auditor.headers})), 'HTTP_INPUT_WRONG');
});
