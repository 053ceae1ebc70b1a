import {join} from 'node:path';
import {Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {createFiles, fileLimits} from '@banli/files';
import {createFakeSmsGateway, createNotices, createSms} from '@banli/messages';
import {createAccounts, createIdentities, createLogin, createLoginGuard, createPeople, createSessions, importOrganisation, readOrganisation} from '@banli/people';
import {addLocalGrant, createPermissions, platformPolicyPath, readPolicyFile} from '@banli/permissions';
import {createKeys, createVault} from '@banli/store';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {createTestClock} from '@banli/time';
import {openMysqlStore} from '../../store/test/mysql-store.js';

const organisationFolder = fileURLToPath(new URL('../../../catalogs/organisation/', import.meta.url));
const origin = {requestId: 'r', address: '127.0.0.1', agent: 'test'};
const password = 'Tianshan-2847-qiu';

async function setup() {
  const database = await openMysqlStore();
  const clock = createTestClock(1_760_000_000_000);
  return {...database, clock, vault: createVault(createKeys()), audit: {record: async () => undefined}};
}

test('on MariaDB the organisation loads, people sign in, five failures lock on two servers together', async t => {
  const {store, second, clock, vault, audit, close} = await setup();
  const organisation = await readOrganisation(organisationFolder);
  t.true(await importOrganisation(store, vault, organisation));
  t.false(await importOrganisation(second, vault, organisation));
  const servers = await Promise.all([store, second].map(async one => {
    const [people, sessions, guard] = [await createPeople(one), createSessions(one, clock), createLoginGuard(one)];
    const accounts = createAccounts({store: one, clock, sessions, guard, audit, cost: {n: 1024}});
    return {people, accounts, login: createLogin({store: one, clock, people, sessions, guard, audit, cost: {n: 1024}}), identities: createIdentities({store: one, clock, people, sessions, audit})};
  }));
  const [first, other] = servers as [(typeof servers)[0], (typeof servers)[0]];
  await first.accounts.ensure(organisation.accounts.filter(({login}) => login === 'shi.shouli' || login === 'shi.zhiban'), password);
  const {token} = await first.login({login: 'shi.shouli', password, origin});
  t.is((await other.identities.identify(token, origin)).actor.unitId, 'u650100-centre');
  const guesses = await Promise.allSettled(Array.from({length: 12}, (_, index) => (index % 2 === 0 ? first : other).login({login: 'shi.zhiban', password: 'wrong', origin})));
  t.is(guesses.filter(one => one.status === 'rejected' && (one.reason as {code: string}).code === 'PEOPLE_LOGIN_REFUSED').length, 5);
  await importOrganisation(second, vault, {...organisation, posts: organisation.posts.filter(post => post.personId !== 'p-shi-shouli')});
  await t.throwsAsync(first.identities.identify(token, origin), {code: 'PEOPLE_SESSION_ENDED'});
  await close();
});

test('on MariaDB a local denial reaches the other server', async t => {
  const {store, second, close} = await setup();
  const files = await Promise.all([platformPolicyPath, join(organisationFolder, 'grants.yaml')].map(path => readPolicyFile(path)));
  const permissions = await createPermissions({store: second, files, units: {unit: () => null}});
  t.true(permissions.can({roles: ['clerk']}, 'cases.start'));
  await store.tx(tx => addLocalGrant(tx, {role: 'clerk', permission: 'cases.*', scope: 'all', effect: 'deny'}, {personId: 'p', at: 1}));
  await permissions.refresh();
  t.false(permissions.can({roles: ['clerk']}, 'cases.start'));
  await close();
});

test('on MariaDB notices and messages of two servers arrive once', async t => {
  const {store, second, clock, vault, close} = await setup();
  const gateway = createFakeSmsGateway(clock, 1000);
  const [one, two] = [store, second].map(each => createSms({store: each, clock, vault, gateway})) as [ReturnType<typeof createSms>, ReturnType<typeof createSms>];
  const send = (index: number) => store.tx(tx => one.send(tx, {key: `k${index}`, phone: `1380000${String(1000 + index)}`, text: '您好', kind: 'a', caseId: null, at: clock.now()}));
  for (let index = 0; index < 15; index += 1) await send(index);
  t.false(await send(3));
  const tried = await Promise.all([one.deliverDue(), two.deliverDue(), one.deliverDue()]);
  t.is(tried.reduce((sum, count) => sum + count, 0), 15);
  t.is(gateway.accepted().length, 15);
  const notices = createNotices(store, clock);
  await store.tx(tx => notices.notify(tx, {personIds: ['p1', 'p2', 'p1'], kind: 'a', title: {'zh-CN': '通知'}, body: {'zh-CN': '正文'}, caseId: '', at: clock.now()}));
  t.deepEqual([await notices.unread('p1'), await notices.unread('p2')], [1, 1]);
  await close();
});

test('on MariaDB a file is either taken by its case or swept away, never both', async t => {
  const {store, second, clock, close} = await setup();
  const folder = scratchFolder('files', t);
  const limits = {...fileLimits, orphanMs: 0};
  const actor = {personId: 'p1', personName: '人', unitId: 'u', roles: [], requestId: '', address: ''};
  const make = (each: typeof store) => createFiles({store: each, clock, folder, limits, audit: {record: async () => undefined}, access: {canRead: async () => true}});
  const [files, sweeper] = [make(store), make(second)];
  for (let round = 0; round < 20; round += 1) {
    const file = await files.upload(actor, {name: 'a.txt', source: Readable.from([Buffer.from('a')])});
    clock.moveBy(1);
    const [taken] = await Promise.allSettled([store.tx(tx => files.take(tx, {fileIds: [file.id], caseId: 'c1', personId: 'p1'})), sweeper.sweep()]);
    const there = (await files.describe([file.id])).length === 1;
    t.is(taken.status === 'fulfilled', there, `round ${round}`);
    if (there) (await files.open(actor, file.id)).stream.destroy();
  }
  await close();
});
