import {sessionRoutes} from '@banli/api';
import test from 'ava';
import {createPageClient} from '../src/logic.js';

test.serial('the end of a session is told to whoever signed in, and to nobody before', async t => {
  const sent: Array<string | null> = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = async (_, init) => {
    sent.push(new Headers(init?.headers).get('x-banli-csrf'));
    return new Response(JSON.stringify({code: 'SESSION_REQUIRED', message: {'zh-CN': '请登录', en: 'Sign in'}}), {status: 401, headers: {'content-type': 'application/json'}});
  };
  t.teardown(() => {
    globalThis.fetch = fetched;
  });
  const page = createPageClient();
  let told = 0;
  const end = page.onSessionExpired(() => {
    told += 1;
  });
  await t.throwsAsync(page.api.call(sessionRoutes.current));
  t.is(told, 0, 'Nobody was signed in, so nothing has ended.');
  page.setCsrf('a-token');
  await t.throwsAsync(page.api.call(sessionRoutes.logout));
  t.is(told, 1);
  t.deepEqual(sent, [null, 'a-token'], 'What changes something carries the token.');
  end();
  await t.throwsAsync(page.api.call(sessionRoutes.current));
  t.is(told, 1);
});
