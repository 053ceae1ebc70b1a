import test from 'ava';
import fc from 'fast-check';
import {ownRoutes, setup} from './setup.js';

test('two thousand random requests at the routes of this area never end in a failure of ours', async t => {
  t.timeout(120_000);
  const {call, signIn, ...parts} = await setup(t);
  const {headers} = await signIn('qu.admin');
  const routes = ownRoutes(parts as never).map(bound => bound.route).filter(route => !['session.logout', 'session.logoutEverywhere', 'operations.metrics', 'audit.verify'].includes(route.id));
  const text = fc.oneof(fc.string({unit: 'binary', maxLength: 40}), fc.constantFrom('p-shi-shouli', '../..', "' or 1=1 --", '__proto__', '%00', '𠮷', '\ud800'));
  const body = fc.oneof(fc.json({maxDepth: 6}), fc.json().map(json => json.slice(0, -1)), fc.record({account: text, password: text, postId: text, current: text, next: text}, {requiredKeys: []}).map(value => JSON.stringify(value)));
  const request = fc.record({route: fc.constantFrom(...routes), holes: text, query: fc.dictionary(fc.constantFrom('cursor', 'limit', 'subject', 'unread', 'x', 'constructor'), text, {maxKeys: 3}), body, type: fc.constantFrom('application/json', 'application/json', 'application/json', 'text/plain', 'multipart/form-data; boundary=x', '')});
  await fc.assert(
    fc.asyncProperty(request, async given => {
      const path = given.route.path.replace(/:\w+/g, () => encodeURIComponent(given.holes.replace(/\p{Cs}/gu, '')) || 'x');
      const query = new URLSearchParams(given.query).toString();
      const sends = given.route.method !== 'GET' && given.route.method !== 'DELETE';
      const answer = await call(`${path}${query ? `?${query}` : ''}`, {method: given.route.method, headers: {...headers, ...(given.type ? {'content-type': given.type} : {})}, ...(sends ? {body: given.body} : {})});
      await answer.arrayBuffer();
      return answer.status < 500;
    }),
    {numRuns: 2000, seed: 20260302},
  );
  t.pass();
});
