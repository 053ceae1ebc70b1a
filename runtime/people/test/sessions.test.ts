import test from 'ava';
import {createPassword, importOrganisation, passwordProblem} from '../src/index.js';
import {origin, sample, setup} from './setup.js';

test('a session ends after idling and after its longest time, and lives on while it is used', async t => {
  const {store, clock, signIn, identities} = await setup();
  const {token} = await signIn();
  for (let round = 0; round < 25; round += 1) {
    clock.moveBy(28 * 60_000);
    await identities.identify(token, origin);
  }
  clock.moveBy(25 * 60_000);
  await t.throwsAsync(identities.identify(token, origin), {code: 'PEOPLE_SESSION_ENDED'}, 'twelve hours are over');
  const second = await signIn();
  clock.moveBy(30 * 60_000 + 1);
  await t.throwsAsync(identities.identify(second.token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  await store.close();
});

test('a token that was never given, cut or empty opens nothing', async t => {
  const {store, signIn, identities} = await setup();
  const {token} = await signIn();
  for (const bad of ['', 'x', token.slice(1), `${token}x`]) await t.throwsAsync(identities.identify(bad, origin), {code: 'PEOPLE_SESSION_ENDED'});
  await store.close();
});

test('switching the post changes who acts; a foreign post is refused', async t => {
  const {store, signIn, identities} = await setup();
  const {token} = await signIn();
  const before = await identities.identify(token, origin);
  t.deepEqual((await identities.switchPost(before, 'p1-b', origin)).actor.roles, ['checker', 'clerk']);
  t.is((await identities.identify(token, origin)).actor.unitId, 'low');
  await t.throwsAsync(identities.switchPost(before, 'p2-a', origin), {code: 'PEOPLE_POST_FOREIGN'});
  await store.close();
});

test('logout ends this session, logout everywhere all of the person and nobody else', async t => {
  const {store, signIn, identities} = await setup();
  const [one, two, three, foreign] = [await signIn(), await signIn(), await signIn(), await signIn('bahetiyaer')];
  await identities.logout(await identities.identify(one.token, origin));
  await t.throwsAsync(identities.identify(one.token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  t.is(await identities.logoutEverywhere(await identities.identify(two.token, origin)), 2);
  await t.throwsAsync(identities.identify(three.token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  t.is((await identities.identify(foreign.token, origin)).person.id, 'p2');
  await store.close();
});

test('a role, a post or an account taken away is gone with the next request', async t => {
  const {store, vault, signIn, identities, accounts} = await setup();
  const {token} = await signIn('bahetiyaer');
  t.deepEqual((await identities.identify(token, origin)).actor.roles, ['checker']);
  await importOrganisation(store, vault, {...sample, posts: sample.posts.map(post => (post.id === 'p2-a' ? {...post, roles: ['clerk']} : post))});
  t.deepEqual((await identities.identify(token, origin)).actor.roles, ['clerk']);
  await importOrganisation(store, vault, {...sample, posts: sample.posts.filter(post => post.id !== 'p2-a')});
  await t.throwsAsync(identities.identify(token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  const mine = await signIn();
  const {actor} = await identities.identify(mine.token, origin);
  await accounts.setStatus(actor, 'p1', 'disabled');
  await t.throwsAsync(identities.identify(mine.token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  await store.close();
});

test('ended sessions and forgotten failures are swept away', async t => {
  const {store, clock, signIn, sessions, guard} = await setup();
  await signIn();
  await t.throwsAsync(signIn('ghost', 'x'));
  clock.moveBy(13 * 3_600_000);
  await signIn('bahetiyaer');
  await sessions.sweep();
  await guard.sweep(clock.now());
  t.is((await store.knex('session')).length, 1);
  t.is((await store.knex('login_failure')).length, 0);
  await store.close();
});

test('a generated password fits the policy', t => {
  for (let round = 0; round < 5000; round += 1) t.is(passwordProblem(createPassword(), 'qu.admin'), null);
});
