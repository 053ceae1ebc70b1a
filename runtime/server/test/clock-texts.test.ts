import test from 'ava';
import {createFakeSmsGateway, createSms, listCaseSms} from '@banli/messages';
import {createKeys, createVault} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, parseMoment} from '@banli/time';
import {createClockTexts} from '../src/clock-texts.js';

test('whom a clock concerns is told by phone, once a person, in the morning when it is night; who has no number is not', async t => {
  const clock = createTestClock(parseMoment('2026-03-02 23:30'));
  const store = await openTestStore({clock});
  t.teardown(() => store.close());
  const vault = createVault(createKeys());
  for (const [id, phone, status] of [['p1', '13800000001', 'active'], ['p2', null, 'active'], ['p3', '13800000003', 'retired']] as const) {
    await store.knex('person').insert({id, name: id, phone_sealed: phone === null ? null : vault.seal(phone), phone_index: null, status});
  }
  const fake = createFakeSmsGateway(clock);
  const sms = createSms({store, clock, vault, gateway: fake});
  const texts = createClockTexts({sms, vault, quiet: {from: 23, to: 9}});
  const warn = (key: string, dueAt: number) => store.tx(tx => texts.send(tx, {key, personIds: ['p1', 'p1', 'p2', 'p3'], kind: 'clock.warned', caseId: 'c1', title: {'zh-CN': 'N-1 办结时限预警'}, body: {'zh-CN': '请抓紧办理'}, dueAt, at: clock.now()}));
  await warn('clock:a:1:warn', parseMoment('2026-03-04 19:30'));
  await warn('clock:a:1:warn', parseMoment('2026-03-04 19:30'));
  t.deepEqual((await listCaseSms({store, vault}, 'c1')).map(each => [each.personId, each.state, each.stateAt]), [['p1', 'waiting', parseMoment('2026-03-03 09:00')]]);
  await warn('clock:b:1:warn', parseMoment('2026-03-03 01:30'));
  await sms.deliverDue();
  t.deepEqual(fake.accepted().map(message => [message.phone, message.text]), [['13800000001', 'N-1 办结时限预警：请抓紧办理']]);
  clock.moveTo(parseMoment('2026-03-03 09:00'));
  await sms.deliverDue();
  t.is(fake.accepted().length, 2);
});
