import {allRoutes, type CaseViewJson, type Route} from '@banli/api';
import test from 'ava';
import fc from 'fast-check';
import {propertySeed} from '@banli/testing/property-seed';
import {createBrowser} from '../src/person.js';
import {fromSchema} from './support/from-schema.js';
import {openSteps, password, useStage} from './support/stage.js';

const stage = useStage(Date.UTC(2026, 2, 3, 3));
const left = new Set(['session.login', 'session.logout', 'session.logoutEverywhere', 'session.changePassword', 'operations.metrics']);

/** All of a case that does not pass with time. */
function standing({version, head, pending, ended, form, tasks, clocks, strands, parties, documents, related}: CaseViewJson) {
  return {version, state: head.state, marks: head.marks, pending, ended, values: form.values, tasks: tasks.map(({id, state, assignee}) => ({id, state, assignee})), clocks: clocks.map(({id, status, dueAt}) => ({id, status, dueAt})), strands, parties, documents, related};
}

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
  await stage().open('shi.paidan', order.caseId, 'dispatchCase');
  const view = await stage().view('shi.shouli', order.caseId);
  const words = [order.caseId, order.number, ...view.tasks.map(task => task.id), ...view.clocks.map(clock => clock.id), 'hotline', 'matters', 'u650102-chengguan', '020101', '650102', 'dispatch', 'submit', 'title', 'content', 'phone', 'matter', 'bundle.yaml', 'processes/hotlineCase.bpmn', 'todo', 'normal'];
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
  const taken: string[] = [];
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async given => {
      const holes = [...given.params];
      const path = given.route.path.replace(/:\w+/g, () => encodeURIComponent((holes.shift() ?? 'x').replace(/\p{Cs}/gu, '')) || 'x');
      const pairs = typeof given.query === 'object' && given.query !== null ? Object.entries(given.query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).replace(/\p{Cs}/gu, ''))}`) : [];
      const body = given.body === undefined ? undefined : JSON.stringify(given.body);
      const answer = await given.border.send(given.route, pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, body);
      if (!given.route.reads && answer.status < 400) taken.push(`${given.route.id} ${path} ${body ?? ''}`);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500) failures.push(`${given.route.id} ${answer.status} ${await answer.text()}`);
      return answer.status < 500;
    }),
    {numRuns: 3000, seed: propertySeed, endOnFailure: true},
  ).catch((error: unknown) => {
    t.fail(`${failures.join('\n')}\n${error instanceof Error ? error.message.slice(0, 3000) : ''}`);
  });
  t.deepEqual(failures, []);
  t.true((seen.get(200) ?? 0) + (seen.get(201) ?? 0) > 300, `too few got through to say anything: ${JSON.stringify([...seen])}`);
  t.log(`seed ${propertySeed} ${JSON.stringify([...seen])}`);
  const own = [order.caseId, order.number, ...view.tasks.map(task => task.id)];
  const after = await stage().view('shi.shouli', order.caseId);
  // Whoever is asked often enough may meet the right words: what was done by right is no damage.
  if (taken.some(what => own.some(id => what.includes(id)))) t.is(after.head.number, order.number);
  else t.deepEqual(standing(after), standing(view));
  if (openSteps(after).includes('dispatchCase')) await stage().finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  await Promise.all(borders.map(border => border.close()));
});
