import {allRoutes, type Route} from '@banli/api';
import test from 'ava';
import fc from 'fast-check';
import {createBrowser} from '../src/person.js';
import {fromSchema} from './support/from-schema.js';
import {password, useStage} from './support/stage.js';

const stage = useStage(Date.UTC(2026, 2, 3, 3));
const left = new Set(['session.login', 'session.logout', 'session.logoutEverywhere', 'session.changePassword', 'operations.metrics']);

/** Signs in and sends whatever one likes. */
async function openBorder(account: string) {
  const browser = createBrowser(stage().instance.url);
  const login = await browser.fetch('/api/session', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({account, password})});
  const {csrf, permissions} = (await login.json()) as {csrf: string; permissions: string[]};
  const send = (route: Route, path: string, body?: string) => browser.fetch(path, {method: route.method, headers: {'x-banli-csrf': csrf, ...(body === undefined ? {} : {'content-type': 'application/json'})}, ...(body === undefined ? {} : {body})});
  const may = (route: Route) => ['public', 'signedIn', ...permissions].includes(route.permission);
  return {send, may, close: browser.close};
}

test.serial('every route of the contract is there, and nobody gets through one that is not public', async t => {
  const nobody = createBrowser(stage().instance.url);
  for (const route of allRoutes) {
    const answer = await nobody.fetch(route.path.replace(/:\w+/g, 'x1'), {method: route.method, headers: {}});
    if (route.permission === 'public') t.true(answer.status < 500, route.id);
    else t.is(`${route.id} ${answer.status}`, `${route.id} 401`);
    const body = await answer.text();
    t.false(/\bat .+\.ts:\d+/.test(body), `${route.id} shows a stack`);
  }
  await nobody.close();
});

test.serial('three thousand random requests at the whole API never end in a failure of ours, and a case goes on as before', async t => {
  t.timeout(600_000);
  const order = await stage().registerOne();
  const view = await stage().view('shi.shouli', order.caseId);
  const words = [order.caseId, order.number, ...view.tasks.map(task => task.id), ...view.clocks.map(clock => clock.id), 'hotline', 'matters', 'u650102-chengguan', '020101', '650102', 'dispatch', 'submit', 'title', 'content', 'phone', 'matter', 'bundle.yaml', 'processes/hotline.bpmn', 'todo', 'normal'];
  const borders = await Promise.all(['shi.shouli', 'shi.paidan', 'shi.shenhe', 'qu.admin', 'qu.shenji'].map(openBorder));
  const routes = allRoutes.filter(route => !left.has(route.id) && route.kind !== 'upload');
  const request = fc.constantFrom(...routes).chain(route => {
    const permitted = borders.filter(border => border.may(route));
    return fc.record({
      border: fc.oneof({weight: 12, arbitrary: fc.constantFrom(...permitted)}, {weight: 1, arbitrary: fc.constantFrom(...borders)}),
      route: fc.constant(route),
      params: fc.array(fc.oneof({weight: 9, arbitrary: fc.constantFrom(...words)}, {weight: 1, arbitrary: fc.string({minLength: 1, maxLength: 20})}), {minLength: 3, maxLength: 3}),
      query: fromSchema(route.query as never, words),
      body: route.body === undefined ? fc.constant(undefined) : fromSchema(route.body as never, words),
    });
  });
  const failures: string[] = [];
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async given => {
      const holes = [...given.params];
      const path = given.route.path.replace(/:\w+/g, () => encodeURIComponent((holes.shift() ?? 'x').replace(/\p{Cs}/gu, '')) || 'x');
      const pairs = typeof given.query === 'object' && given.query !== null ? Object.entries(given.query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).replace(/\p{Cs}/gu, ''))}`) : [];
      const answer = await given.border.send(given.route, pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, given.body === undefined ? undefined : JSON.stringify(given.body));
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500) failures.push(`${given.route.id} ${answer.status} ${await answer.text()}`);
      return answer.status < 500;
    }),
    {numRuns: 3000, seed: 20260303, endOnFailure: true},
  ).catch((error: unknown) => {
    t.fail(`${failures.join('\n')}\n${error instanceof Error ? error.message.slice(0, 3000) : ''}`);
  });
  t.deepEqual(failures, []);
  t.true((seen.get(200) ?? 0) + (seen.get(201) ?? 0) > 300, `too few got through to say anything: ${JSON.stringify([...seen])}`);
  t.log(JSON.stringify([...seen]));
  t.is((await stage().view('shi.shouli', order.caseId)).head.number, order.number);
  await Promise.all(borders.map(border => border.close()));
});
