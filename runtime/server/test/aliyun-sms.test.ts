import test, {type ExecutionContext} from 'ava';
import {createSms, listCaseSms} from '@banli/messages';
import {createKeys, createVault} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, hourMs, minuteMs, parseMoment} from '@banli/time';
import {createSmsGateway} from '../src/sms-gateway.js';
import {readSmsSettings} from '../src/sms-settings.js';
import {startFakeAliyun} from './support/fake-aliyun.js';

async function setup(t: ExecutionContext, options: {env?: NodeJS.ProcessEnv; at?: string; timeoutMs?: number} = {}) {
  const clock = createTestClock(parseMoment(options.at ?? '2026-03-02 10:00'));
  const store = await openTestStore({clock});
  const fake = await startFakeAliyun(clock);
  const env = {
    BANLI_SMS: 'aliyun', BANLI_SMS_ALIYUN_KEY_ID: 'TESTKEY0001', BANLI_SMS_ALIYUN_KEY_SECRET: 'not-a-real-secret', BANLI_SMS_ALIYUN_SIGN: '某市12345热线',
    BANLI_SMS_ALIYUN_TEMPLATES: 'case.accepted=SMS_1001(title:10,number);clock.warned=SMS_1002(text)', BANLI_SMS_ALIYUN_ENDPOINT: fake.url, ...options.env,
  };
  const {gateway, close} = createSmsGateway(readSmsSettings(env), clock);
  t.teardown(async () => {
    await close();
    await fake.close();
    await store.close();
  });
  const vault = createVault(createKeys());
  const givenUp: string[] = [];
  const parts = {store, clock, vault, gateway, timeoutMs: options.timeoutMs ?? 30_000, onGivenUp: (lost: {reason: string}) => void givenUp.push(lost.reason)};
  const sms = createSms(parts);
  const send = (phone: string, more: {key?: string; kind?: string; title?: string} = {}) => store.tx(tx => sms.send(tx, {
    key: more.key ?? phone, phone, text: '您的来电已受理', params: {title: more.title ?? '占道经营', number: 'N-1'}, kind: more.kind ?? 'case.accepted', caseId: 'c1', at: clock.now(),
  }));
  const pass = async (ms: number) => {
    clock.moveBy(ms);
    await sms.deliverDue();
  };
  const states = async () => (await listCaseSms(parts, 'c1')).map(each => [each.state, each.reason]);
  return {clock, store, fake, sms, send, pass, states, givenUp, parts};
}

test('a message goes by its template with a signature that the provider accepts, and its receipt is told', async t => {
  const {send, sms, fake, pass, parts} = await setup(t);
  await send('+8613800000001', {title: '  乌鲁木齐市天山区 【人民路】夜间\n施工噪声扰民(反映多次)!'});
  await sms.deliverDue();
  t.deepEqual(fake.taken.map(({phone, template, sign, values}) => [phone, template, sign, JSON.parse(values)]), [['13800000001', 'SMS_1001', '某市12345热线', {title: '乌鲁木齐市天山区 …', number: 'N-1'}]]);
  await pass(30_000);
  t.like((await listCaseSms(parts, 'c1'))[0], {state: 'sent', isTrial: false});
  if (fake.taken[0]) fake.taken[0].receipts = [{status: 3, code: 'DELIVERED', at: parseMoment('2026-03-02 10:00') + 5_000}];
  await pass(minuteMs);
  t.like((await listCaseSms(parts, 'c1'))[0], {state: 'delivered', reason: 'DELIVERED', stateAt: parseMoment('2026-03-02 10:00') + 5_000, phone: '+86****0001'});
});

for (const lost of ['brokenAfter', 'half', 'hangUp', 'silent', 'noId'] as const) {
  test(`a message that went although its answer did not come (${lost}) is found by our id and never sent twice`, async t => {
    const {send, sms, fake, pass, states} = await setup(t, {timeoutMs: lost === 'silent' ? 3_000 : 30_000});
    fake.behave('SendSms', lost);
    fake.lag(60_000);
    await send('13800000002');
    await sms.deliverDue();
    t.is((await states())[0]?.[0], 'waiting');
    await pass(10_000);
    t.deepEqual(await states(), [['waiting', 'MESSAGES_GATEWAY_UNSETTLED']], 'the list may be behind: nothing is sent yet');
    await pass(minuteMs);
    t.deepEqual(await states(), [['sent', null]]);
    t.is(fake.taken.length, 1);
  });
}

test('a message that did not go is sent again, but only when the provider has had time to know it', async t => {
  const {send, sms, fake, pass, states} = await setup(t);
  fake.behave('SendSms', 'brokenBefore');
  await send('13800000003');
  await sms.deliverDue();
  await pass(10_000);
  t.is(fake.taken.length, 0);
  await pass(minuteMs);
  await pass(5 * minuteMs);
  t.is(fake.taken.length, 1);
  t.deepEqual(await states(), [['sent', null]]);
});

test('a process killed between sending and writing it down sends no second message, also over midnight', async t => {
  const {send, sms, fake, pass, store, clock} = await setup(t, {at: '2026-03-02 23:59'});
  await send('13800000004');
  await sms.deliverDue();
  await store.knex('sms').update({status: 'sending', gateway_id: null, finished_at: null, receipt_next_at: null, next_at: clock.now() + minuteMs});
  await Promise.all([pass(2 * minuteMs), sms.deliverDue()]);
  t.is(fake.taken.length, 1);
  t.like(await store.knex('sms').first(), {status: 'sent'});
});

test('a limit of a number waits for its end: a minute, or the next morning', async t => {
  const {send, sms, fake, clock, store} = await setup(t);
  const [minute, day] = ['触发分钟级流控Permits:1', '触发天级流控Permits:40'].map(sentence => ({status: 200, code: 'isv.BUSINESS_LIMIT_CONTROL', sentence}));
  fake.behave('SendSms', minute ?? 'ok');
  await send('13800000005');
  await sms.deliverDue();
  t.like(await store.knex('sms').first(), {status: 'queued', reason: 'MESSAGES_NUMBER_LIMITED', provider_code: 'isv.BUSINESS_LIMIT_CONTROL', next_at: clock.now() + minuteMs, doubtful_at: null});
  fake.behave('SendSms', day ?? 'ok');
  clock.moveBy(minuteMs);
  await sms.deliverDue();
  t.like(await store.knex('sms').first(), {status: 'queued', next_at: parseMoment('2026-03-03 09:00')});
  clock.moveTo(parseMoment('2026-03-03 09:00'));
  await sms.deliverDue();
  t.is(fake.taken.length, 1);
});

test('refusals end at once where trying again is of no use, with a sentence that says what to do', async t => {
  const {send, sms, fake, parts, givenUp} = await setup(t);
  const codes = ['isv.MOBILE_NUMBER_ILLEGAL', 'isv.SMS_TEMPLATE_ILLEGAL', 'isv.SMS_CONTENT_ILLEGAL'];
  for (const [index, code] of codes.entries()) {
    fake.behave('SendSms', {status: 200, code});
    await send(`1380000010${index}`);
    await sms.deliverDue();
  }
  await send('0991-8888888');
  await send('13800000109', {kind: 'case.unknown'});
  await sms.deliverDue();
  const views = await listCaseSms(parts, 'c1');
  t.true(views.every(each => each.state === 'refused'));
  t.deepEqual(views.map(each => each.reason).sort(), ['MESSAGES_CONTENT_REFUSED', 'MESSAGES_NUMBER_REFUSED', 'MESSAGES_NUMBER_REFUSED', 'MESSAGES_TEMPLATE_MISSING', 'MESSAGES_TEMPLATE_REFUSED']);
  t.is(views.find(each => each.reason === 'MESSAGES_CONTENT_REFUSED')?.reasonText?.['zh-CN'], '短信内容被短信服务拒绝（isv.SMS_CONTENT_ILLEGAL），请修改内容或模板。');
  t.is(fake.calls.length, 3, 'what cannot be a number, or has no template, is not told to the provider');
  t.is(givenUp.length, 5);
});

test('a wrong key, an empty account and a refused address wait for their repair, and no message is lost', async t => {
  const wrong = await setup(t, {env: {BANLI_SMS_ALIYUN_KEY_SECRET: 'another-secret-000'}});
  await wrong.send('13800000006');
  await wrong.sms.deliverDue();
  t.deepEqual(await wrong.states(), [['waiting', 'MESSAGES_ACCOUNT_REFUSED']]);
  t.like(await wrong.store.knex('sms').first(), {provider_code: 'SignatureDoesNotMatch', doubtful_at: null});
  const empty = await setup(t);
  empty.fake.behave('SendSms', {status: 200, code: 'isv.AMOUNT_NOT_ENOUGH'});
  await empty.send('13800000006');
  await empty.sms.deliverDue();
  await empty.pass(10_000);
  t.deepEqual(await empty.states(), [['sent', null]]);
  const closed = await setup(t, {env: {BANLI_SMS_ALIYUN_ENDPOINT: 'http://127.0.0.1:9'}});
  await closed.send('13800000006');
  await closed.sms.deliverDue();
  t.like(await closed.store.knex('sms').first(), {status: 'queued', reason: 'MESSAGES_GATEWAY_UNREACHED', provider_code: 'ECONNREFUSED', doubtful_at: null});
});

test('told to slow down, nothing more is handed over for some seconds', async t => {
  const {send, sms, fake, pass} = await setup(t);
  fake.behave('SendSms', {status: 400, code: 'Throttling.User'});
  await send('13800000007');
  await sms.deliverDue();
  await send('13800000008');
  await sms.deliverDue();
  t.is(fake.calls.length, 1);
  await pass(10_000);
  t.is(fake.taken.length, 2);
});

test('receipts that come twice, late or not at all count once', async t => {
  const {send, sms, fake, pass, states, givenUp, clock} = await setup(t);
  for (const phone of ['13800000011', '13800000012', '13800000013']) await send(phone);
  await sms.deliverDue();
  const of = (phone: string) => fake.taken.find(each => each.phone === phone);
  const [twice, late] = [of('13800000011'), of('13800000012')];
  if (twice) twice.receipts = [{status: 2, code: 'MOBILE_NOT_ON_SERVICE', at: clock.now()}, {status: 3, code: 'DELIVERED', at: clock.now() + 1000}];
  await pass(30_000);
  await pass(minuteMs);
  await pass(26 * hourMs);
  if (late) late.receipts = [{status: 2, code: 'MOBILE_TERMINAL_ERROR', at: clock.now()}];
  for (let day = 0; day < 4; day += 1) await pass(24 * hourMs);
  t.deepEqual((await states()).sort(), [['delivered', 'DELIVERED'], ['sent', null], ['undelivered', 'MOBILE_TERMINAL_ERROR']]);
  t.deepEqual(givenUp, ['MOBILE_TERMINAL_ERROR']);
});

test('a question that fails is asked once more at once, and its failure changes nothing', async t => {
  const {send, sms, fake, pass, states} = await setup(t);
  await send('13800000014');
  await sms.deliverDue();
  fake.behave('QuerySendDetails', 'brokenBefore', 'brokenBefore');
  await pass(30_000);
  t.deepEqual(fake.calls, ['SendSms', 'QuerySendDetails', 'QuerySendDetails']);
  t.deepEqual(await states(), [['sent', null]]);
});

test('settings name what is wrong, and no secret stands in them', t => {
  const good = {BANLI_SMS: 'aliyun', BANLI_SMS_ALIYUN_KEY_ID: 'TESTKEY0001', BANLI_SMS_ALIYUN_KEY_SECRET: 'not-a-real-secret', BANLI_SMS_ALIYUN_SIGN: '某市12345热线', BANLI_SMS_ALIYUN_TEMPLATES: 'a.b=SMS_1(text)'};
  t.false(JSON.stringify(readSmsSettings(good)).includes('not-a-real-secret'));
  t.is(readSmsSettings({}).provider, 'trial');
  t.is(readSmsSettings({BANLI_SMS: 'none'}).provider, 'none');
  const bad: NodeJS.ProcessEnv[] = [{BANLI_SMS: 'other'}, {BANLI_SMS: ''}, {...good, BANLI_SMS_ALIYUN_KEY_SECRET: ''}, {...good, BANLI_SMS_ALIYUN_SIGN: '【某市】'}, {...good, BANLI_SMS_ALIYUN_TEMPLATES: ''}, {...good, BANLI_SMS_ALIYUN_TEMPLATES: 'a.b=SMS_1(text'}, {...good, BANLI_SMS_ALIYUN_TEMPLATES: 'a=SMS_1();a=SMS_2()'}, {...good, BANLI_SMS_ALIYUN_ENDPOINT: 'http://example.com'}, {...good, BANLI_SMS_ALIYUN_ENDPOINT: 'http://127.0.0.1.example.com'}];
  for (const env of bad) t.throws(() => readSmsSettings(env), {code: 'SERVER_SETTING_BAD', message: /^(?!.*not-a-real-secret)/s});
});

test('without a way out each message ends as not sent, visibly', async t => {
  const {send, sms, parts, givenUp} = await setup(t, {env: {BANLI_SMS: 'none'}});
  await send('13800000001');
  await sms.deliverDue();
  t.like((await listCaseSms(parts, 'c1'))[0], {state: 'refused', reason: 'MESSAGES_CHANNEL_NONE'});
  t.deepEqual(givenUp, ['MESSAGES_CHANNEL_NONE']);
});
