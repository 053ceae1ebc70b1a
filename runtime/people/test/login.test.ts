import test from 'ava';
import {goodPassword, origin, setup} from './setup.js';

test('a good login opens a session and is written down', async t => {
  const {store, signIn, identities, rows} = await setup();
  const {token} = await signIn('  Lin.Yutong ');
  const identity = await identities.identify(token, origin);
  t.is(identity.person.name, '林雨桐');
  t.deepEqual(identity.actor, {personId: 'p1', personName: '林雨桐', unitId: 'top', roles: ['clerk'], requestId: 'r1', address: '127.0.0.1'});
  t.deepEqual(rows.map(row => [row.action, row.subject, row.result]), [['session.login', 'p1', 'done']]);
  t.false(JSON.stringify(await store.knex('session')).includes(token));
  await store.close();
});

test('unknown account, wrong password, disabled account and a person without post get the same answer', async t => {
  const {store, signIn, accounts, people} = await setup();
  const actor = {personId: 'p2', personName: '', unitId: 'low', roles: [], requestId: 'r', address: ''};
  const refusal = {code: 'PEOPLE_LOGIN_REFUSED', message: 'Account or password is wrong.'};
  await t.throwsAsync(signIn('nobody'), refusal);
  await t.throwsAsync(signIn('lin.yutong', 'wrong'), refusal);
  await accounts.setStatus(actor, 'p1', 'disabled');
  await t.throwsAsync(signIn(), refusal);
  await store.knex('post').where({person_id: 'p2'}).update({status: 'retired'});
  await store.knex('setting').where({name: 'people.version'}).update({value: '99'});
  await t.throwsAsync(signIn('bahetiyaer'), refusal);
  t.is(people.snapshot().version, 99);
  await store.close();
});

test('five failures lock the name, also against the right password and a hundred guesses at once, until time has passed', async t => {
  const {store, signIn, clock, rows} = await setup();
  const answers = await Promise.allSettled(Array.from({length: 20}, () => signIn('lin.yutong', 'wrong')));
  const codes = answers.map(answer => (answer.status === 'rejected' ? (answer.reason as {code: string}).code : 'in'));
  t.is(codes.filter(code => code === 'PEOPLE_LOGIN_REFUSED').length, 5);
  t.is(codes.filter(code => code === 'PEOPLE_LOGIN_LOCKED').length, 15);
  await t.throwsAsync(signIn(), {code: 'PEOPLE_LOGIN_LOCKED', message: /in 60 minutes/});
  t.is(rows.filter(row => row.result === 'refused').length, 21);
  t.true(rows.some(row => row.data?.['reason'] === 'nowLocked'));
  await signIn('bahetiyaer');
  clock.moveBy(59 * 60_000);
  await t.throwsAsync(signIn(), {code: 'PEOPLE_LOGIN_LOCKED', message: /in 1 minutes/});
  clock.moveBy(60_001);
  t.truthy((await signIn()).token);
  await store.close();
});

test('a name that does not exist is locked the same way', async t => {
  const {store, signIn} = await setup();
  for (let round = 0; round < 5; round += 1) await t.throwsAsync(signIn('ghost', 'x'), {code: 'PEOPLE_LOGIN_REFUSED'});
  await t.throwsAsync(signIn('ghost', 'x'), {code: 'PEOPLE_LOGIN_LOCKED'});
  await store.close();
});

test('a good login forgets the failures, and many good logins at once all pass', async t => {
  const {store, signIn} = await setup();
  for (let round = 0; round < 4; round += 1) await t.throwsAsync(signIn('lin.yutong', 'wrong'));
  await signIn();
  for (let round = 0; round < 4; round += 1) await t.throwsAsync(signIn('lin.yutong', 'wrong'), {code: 'PEOPLE_LOGIN_REFUSED'});
  await signIn();
  const all = await Promise.all(Array.from({length: 12}, () => signIn()));
  t.is(new Set(all.map(one => one.token)).size, 12);
  await store.close();
});

test('an administrator lifts a lock-out and it is written down', async t => {
  const {store, signIn, accounts, rows} = await setup();
  for (let round = 0; round < 5; round += 1) await t.throwsAsync(signIn('lin.yutong', 'wrong'));
  t.is((await accounts.list()).find(account => account.login === 'lin.yutong')?.status, 'locked');
  const actor = {personId: 'p2', personName: '巴合提', unitId: 'low', roles: [], requestId: 'r', address: ''};
  await accounts.unlock(actor, 'p1');
  t.true(rows.some(row => row.action === 'people.unlock' && row.subject === 'p1'));
  t.truthy((await signIn()).token);
  await t.throwsAsync(accounts.unlock(actor, 'p9'), {code: 'PEOPLE_PERSON_UNKNOWN'});
  await store.close();
});

test('a changed password ends the other sessions and must fit the policy', async t => {
  const {store, signIn, accounts, identities} = await setup();
  const [mine, other] = [await signIn(), await signIn()];
  const {actor, session} = await identities.identify(mine.token, origin);
  const change = (current: string, next: string) => accounts.changePassword(actor, {sessionId: session.id, current, next});
  await t.throwsAsync(change('wrong', 'Tianshan-88-yun'), {code: 'PEOPLE_PASSWORD_WRONG'});
  await t.throwsAsync(change(goodPassword, 'Aa1-'), {code: 'PEOPLE_PASSWORD_SHORT'});
  await t.throwsAsync(change(goodPassword, 'onlysmallletters'), {code: 'PEOPLE_PASSWORD_PLAIN'});
  await t.throwsAsync(change(goodPassword, 'Lin.Yutong-2026'), {code: 'PEOPLE_PASSWORD_GUESSABLE'});
  await t.throwsAsync(change(goodPassword, goodPassword), {code: 'PEOPLE_PASSWORD_SAME'});
  await change(goodPassword, 'Tianshan-88-yun');
  await identities.identify(mine.token, origin);
  await t.throwsAsync(identities.identify(other.token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  await t.throwsAsync(signIn(), {code: 'PEOPLE_LOGIN_REFUSED'});
  await signIn('lin.yutong', 'Tianshan-88-yun');
  await store.close();
});
