import test, {type ExecutionContext} from 'ava';
import {createKeys, createVault} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, parseMoment} from '@banli/time';
import {afterQuietHours, createFakeSmsGateway, createSms, listCaseSms} from '../src/index.js';

const minuteMs = 60_000;

async function setup(t: ExecutionContext, options: {isWanted?: (sms: {key: string}) => Promise<boolean>; refusedKinds?: readonly string[]} = {}) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const store = await openTestStore({clock});
  t.teardown(() => store.close());
  const vault = createVault(createKeys());
  const fake = createFakeSmsGateway(clock, 50, {refusedKinds: options.refusedKinds ?? []});
  const givenUp: string[] = [];
  const parts = {store, clock, vault, gateway: fake, timeoutMs: 20, onGivenUp: (lost: {kind: string; reason: string}) => void givenUp.push(lost.reason), ...(options.isWanted ? {isWanted: options.isWanted} : {})};
  const sms = createSms(parts);
  const send = (phone: string, more: {key?: string; notBefore?: number; kind?: string} = {}) => store.tx(tx => sms.send(tx, {key: more.key ?? phone, phone, text: '办结时限预警', kind: more.kind ?? 'clock.warned', caseId: 'c1', at: clock.now(), title: {'zh-CN': '预警', en: 'warning'}, personId: 'p1', ...(more.notBefore === undefined ? {} : {notBefore: more.notBefore})}));
  const states = async () => (await listCaseSms(parts, 'c1')).map(each => each.state);
  const pass = async (minutes: number) => {
    clock.moveBy(minutes * minuteMs);
    await sms.deliverDue();
  };
  return {parts, clock, store, fake, sms, send, states, pass, givenUp};
}

test('what became of a message is asked until it is known, and told once', async t => {
  const {send, pass, states, sms, store, givenUp} = await setup(t);
  for (const end of ['0001', '0410', '0202']) await send(`1380000${end}`);
  await sms.deliverDue();
  t.deepEqual(await states(), ['sent', 'sent', 'sent']);
  await pass(1);
  t.deepEqual((await states()).sort(), ['delivered', 'sent', 'undelivered']);
  for (let round = 0; round < 12; round += 1) await pass(24 * 60);
  t.deepEqual((await states()).sort(), ['delivered', 'sent', 'undelivered']);
  t.deepEqual(givenUp, ['MOBILE_NOT_ON_SERVICE']);
  t.is((await store.knex('sms').whereNotNull('receipt_next_at')).length, 0, 'asking ends');
});

test('two servers that ask at once write one receipt', async t => {
  const {parts, send, sms, clock, givenUp} = await setup(t);
  await send('13800000410');
  await sms.deliverDue();
  clock.moveBy(minuteMs);
  await Promise.all([sms.deliverDue(), createSms(parts).deliverDue(), createSms(parts).deliverDue()]);
  t.deepEqual(givenUp, ['MOBILE_NOT_ON_SERVICE']);
});

test('a message whose answer got lost is looked for before it is sent again', async t => {
  const {send, pass, states, sms, fake} = await setup(t);
  await send('13800000504');
  await sms.deliverDue();
  t.deepEqual(await states(), ['waiting']);
  await pass(1);
  t.deepEqual([await states(), fake.accepted().length], [['sent'], 1]);
});

test('a process that died after the hand-over does not send a second time', async t => {
  const {send, pass, states, sms, fake, store} = await setup(t);
  await send('13800000001');
  await sms.deliverDue();
  await store.knex('sms').update({status: 'sending', gateway_id: null, finished_at: null, receipt_next_at: null});
  await pass(2);
  t.deepEqual([await states(), fake.accepted().length], [['sent'], 1]);
});

test('a number that wants no messages and a refused template end at once, with the reason', async t => {
  const {send, pass, parts, sms, fake, givenUp} = await setup(t, {refusedKinds: ['clock.lapsed']});
  await send('13800000403');
  await send('13800000001', {kind: 'clock.lapsed'});
  await sms.deliverDue();
  await pass(600);
  t.deepEqual((await listCaseSms(parts, 'c1')).map(each => [each.state, each.reason, each.attempts]).sort(), [['refused', 'MESSAGES_NUMBER_BLOCKED', 1], ['refused', 'MESSAGES_TEMPLATE_REFUSED', 1]]);
  t.deepEqual([fake.accepted().length, givenUp.length], [0, 2]);
});

test('a number that had its ten messages of the day gets the next one tomorrow', async t => {
  const {send, pass, states, sms} = await setup(t);
  for (let count = 0; count < 11; count += 1) await send('13800000429', {key: `k${count}`});
  await sms.deliverDue();
  t.is((await states()).filter(state => state === 'waiting').length, 1);
  for (let hour = 0; hour < 24; hour += 1) await pass(60);
  const last = (await states()).filter(state => state === 'failed' || state === 'waiting');
  t.true(last.length <= 1);
});

test('a message that waited for the morning is dropped when nobody needs it any more', async t => {
  const wanted = new Set(['still']);
  const {send, pass, parts, clock, sms, fake} = await setup(t, {isWanted: async ({key}) => wanted.has(key)});
  const morning = clock.now() + 8 * 60 * minuteMs;
  await send('13800000001', {key: 'still', notBefore: morning});
  await send('13800000002', {key: 'settled', notBefore: morning});
  await sms.deliverDue();
  t.is(fake.accepted().length, 0);
  await pass(8 * 60);
  t.deepEqual((await listCaseSms(parts, 'c1')).map(each => [each.phone, each.state]).sort(), [['138****0001', 'sent'], ['138****0002', 'dropped']]);
  t.is(fake.accepted().length, 1);
});

test('the log of a case tells no number and no text', async t => {
  const {send, parts} = await setup(t);
  await send('13800001234');
  const [view] = await listCaseSms(parts, 'c1');
  t.like(view, {phone: '138****1234', title: {'zh-CN': '预警', en: 'warning'}, personId: 'p1', state: 'waiting'});
  t.false(/13800001234|办结时限/.test(JSON.stringify(view)));
  t.deepEqual(await listCaseSms(parts, 'c2'), []);
});

test('quiet hours hold a message back until the morning, unless it would come too late', t => {
  const night = {from: 23, to: 9};
  const at = (moment: string) => parseMoment(moment);
  const goes = (moment: string, useless: string | null) => afterQuietHours(night, at(moment), useless === null ? null : at(useless));
  t.is(goes('2026-03-02 22:59', null), at('2026-03-02 22:59'));
  t.is(goes('2026-03-02 23:00', null), at('2026-03-03 09:00'));
  t.is(goes('2026-03-03 03:00', '2026-03-04 10:00'), at('2026-03-03 09:00'));
  t.is(goes('2026-03-03 08:59', '2026-03-03 09:00'), at('2026-03-03 08:59'), 'due by the morning: at once');
  t.is(goes('2026-03-03 03:00', '2026-03-03 02:00'), at('2026-03-03 03:00'), 'already lapsed: at once');
  t.is(goes('2026-03-03 09:00', null), at('2026-03-03 09:00'));
  t.is(afterQuietHours({from: 12, to: 14}, at('2026-03-03 13:00'), null), at('2026-03-03 14:00'));
  t.is(afterQuietHours(null, at('2026-03-03 03:00'), null), at('2026-03-03 03:00'));
});
