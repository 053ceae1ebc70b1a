import {Agent, request as send, type RequestOptions} from 'node:http';
import test from 'ava';
import fc from 'fast-check';
import {propertySeed} from '@banli/testing/property-seed';
import {ownRoutes, setup} from './setup.js';


/** The status of an answer, read to its end; without `fetch`, whose streams would take longer than the server. */
function statusOf(address: string, options: RequestOptions, body: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = send(address, options, answer => {
      answer.on('error', reject).on('end', () => resolve(answer.statusCode ?? 0)).resume();
    });
    asked.on('error', reject).end(body);
  });
}

test('two thousand random requests at the routes of this area never end in a failure of ours', async t => {
  t.timeout(120_000);
  const {address, signIn, ...parts} = await setup(t);
  const {headers} = await signIn('qu.admin');
  const agent = new Agent({keepAlive: true, maxSockets: 1});
  t.teardown(() => agent.destroy());
  const routes = ownRoutes(parts as never).map(bound => bound.route).filter(route => !['session.logout', 'session.logoutEverywhere', 'operations.metrics', 'audit.verify'].includes(route.id));
  const text = fc.oneof(fc.string({unit: 'binary', maxLength: 40}), fc.constantFrom('p-shi-shouli', '../..', "' or 1=1 --", '__proto__', '%00', '𠮷', '\ud800'));
  const body = fc.oneof(fc.json({maxDepth: 6}), fc.json().map(json => json.slice(0, -1)), fc.record({account: text, password: text, postId: text, current: text, next: text}, {requiredKeys: []}).map(value => JSON.stringify(value)));
  const request = fc.record({route: fc.constantFrom(...routes), holes: text, query: fc.dictionary(fc.constantFrom('cursor', 'limit', 'subject', 'unread', 'x', 'constructor'), text, {maxKeys: 3}), body, type: fc.constantFrom('application/json', 'application/json', 'application/json', 'text/plain', 'multipart/form-data; boundary=x', '')});
  await fc.assert(
    fc.asyncProperty(request, async given => {
      const path = given.route.path.replace(/:\w+/g, () => encodeURIComponent(given.holes.replace(/\p{Cs}/gu, '')) || 'x');
      const query = new URLSearchParams(given.query).toString();
      const sends = given.route.method !== 'GET' && given.route.method !== 'DELETE';
      const options = {agent, method: given.route.method, headers: {...headers, ...(given.type ? {'content-type': given.type} : {})}};
      return (await statusOf(`${address}${path}${query ? `?${query}` : ''}`, options, sends ? given.body : undefined)) < 500;
    }),
    {numRuns: 2000, seed: propertySeed},
  );
  t.log(`seed ${propertySeed}`);
  t.pass();
});
