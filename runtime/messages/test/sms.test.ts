import test from 'ava';
import {createKeys, createVault} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock} from '@banli/time';
import {createFakeSmsGateway, createSms, type SmsGateway} from '../src/index.js';

async function setup(gateway?: SmsGateway) {
  const store = await openTestStore();
  const clock = createTestClock(1_000_000);
  const fake = createFakeSmsGateway(clock, 3);
  const givenUp: string[] = [];
  const sms = createSms({store, clock, vault: createVault(createKeys()), gateway: gateway ?? fake, timeoutMs: 20, onGivenUp: lost => givenUp.push(`${lost.kind} ${lost.reason}`)});
  const send = (phone: string, key = phone.slice(-4)) => store.tx(tx => sms.send(tx, {key, phone, text: '您的来电已受理', kind: 'case.accepted', caseId: 'c1', at: clock.now()}));
  const rows = () => store.knex('sms').orderBy('id') as Promise<Array<{status: string; attempts: number; reason: string | null; phone_sealed: string}>>;
  return {store, clock, fake, sms, send, rows, givenUp};
}

test('a message is delivered once, sealed in the table, and its cause does not send twice', async t => {
  const {store, sms, send, rows, fake} = await setup();
  t.true(await send('13800000001'));
  t.false(await send('13800000001'));
  t.false(JSON.stringify(await rows()).includes('13800000001'));
  t.is(await sms.deliverDue(), 1);
  t.is(await sms.deliverDue(), 0);
  t.deepEqual(fake.accepted().map(message => message.text), ['您的来电已受理']);
  t.deepEqual([(await rows())[0]?.status, await sms.waiting()], ['sent', 0]);
  t.is((await store.knex('sms_attempt')).length, 1);
  await store.close();
});

test('a refused number is never tried again', async t => {
  const {store, sms, clock, send, rows, givenUp} = await setup();
  await send('13800000404');
  await send('0991-8888888');
  await sms.deliverDue();
  clock.moveBy(86_400_000);
  t.is(await sms.deliverDue(), 0);
  t.deepEqual((await rows()).map(row => row.status), ['refused', 'refused']);
  t.deepEqual(givenUp, ['case.accepted MESSAGES_NUMBER_REFUSED', 'case.accepted MESSAGES_NUMBER_REFUSED']);
  await store.close();
});

test('a gateway that fails is tried again with growing pauses', async t => {
  const {store, sms, clock, send, rows, fake} = await setup();
  await send('13800000503');
  await sms.deliverDue();
  t.is(await sms.deliverDue(), 0, 'not before the pause is over');
  clock.moveBy(10_000);
  t.is(await sms.deliverDue(), 1);
  clock.moveBy(10_000);
  t.is(await sms.deliverDue(), 0);
  clock.moveBy(50_000);
  t.is(await sms.deliverDue(), 1);
  t.deepEqual((await rows()).map(row => [row.status, row.attempts]), [['sent', 3]]);
  t.is(fake.accepted().length, 1);
  await store.close();
});

test('a silent gateway is given up after the last attempt', async t => {
  const {store, sms, clock, send, rows, givenUp} = await setup();
  await send('13800000408');
  for (let round = 0; round < 8; round += 1) {
    await sms.deliverDue();
    clock.moveBy(8_000_000);
  }
  t.deepEqual((await rows()).map(row => [row.status, row.attempts, row.reason]), [['failed', 6, 'MESSAGES_GATEWAY_SILENT']]);
  t.deepEqual(givenUp, ['case.accepted MESSAGES_GATEWAY_SILENT']);
  await store.close();
});

test('throttling delays messages and loses none', async t => {
  const {store, sms, clock, send, fake} = await setup();
  for (let index = 0; index < 8; index += 1) await send(`1380000001${index}`);
  for (let round = 0; round < 6; round += 1) {
    await sms.deliverDue();
    clock.moveBy(60_000);
  }
  t.is(fake.accepted().length, 8);
  t.is(await sms.waiting(), 0);
  await store.close();
});

test('two deliverers at once hand a message over once; one that died is taken over', async t => {
  const {store, sms, clock, send, rows, fake} = await setup();
  await send('13800000001');
  const tried = await Promise.all([sms.deliverDue(), sms.deliverDue(), sms.deliverDue()]);
  t.is(tried.reduce((sum, count) => sum + count, 0), 1);
  await send('13800000002');
  await store.knex('sms').where({status: 'queued'}).update({status: 'sending', attempts: 1, next_at: clock.now() + 60_000});
  t.is(await sms.deliverDue(), 0);
  clock.moveBy(60_000);
  t.is(await sms.deliverDue(), 1);
  t.true((await rows()).every(row => row.status === 'sent' || row.status === 'delivered'));
  t.is(fake.accepted().length, 2);
  await store.close();
});

test('an adapter that throws anything counts as down', async t => {
  const {store, sms, send, rows} = await setup({send: () => Promise.reject(new TypeError('fetch failed')), receipt: async () => null});
  await send('13800000001');
  await sms.deliverDue();
  t.deepEqual((await rows()).map(row => [row.status, row.reason]), [['queued', 'MESSAGES_GATEWAY_DOWN']]);
  await store.close();
});
