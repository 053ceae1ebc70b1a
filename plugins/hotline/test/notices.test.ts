import test from 'ava';
import {runWorker} from '@banli/testing';
import {remindSign} from '../src/server/remind-sign.js';
import {renderReply} from '../src/server/render-reply.js';
import {sendAcceptNotice} from '../src/server/send-accept-notice.js';
import {sendCloseNotice} from '../src/server/send-close-notice.js';
import {catalogs, order, units} from './setup.js';

test('the caller is told the number by a message of the bundle', async t => {
  const {messages} = await runWorker(sendAcceptNotice({units}), {input: {anonymous: false, phone: '13899990001'}, case: order({}, {queryCode: '83042716'})});
  t.is(messages.length, 1);
  t.like(messages[0], {channel: 'sms', recipient: '13899990001', text: {documentId: 'acceptNotice', data: {centreName: '乌鲁木齐市12345热线中心', title: '占道经营', number: '650100-20260212-000001', acceptedAt: 1_770_861_600_000, queryCode: '83042716'}}});
});

test('anonymous callers and landlines get no message, and the timeline says so', async t => {
  for (const input of [{anonymous: true, phone: '13899990001'}, {anonymous: false, phone: '0991-2345678'}, {anonymous: false, phone: null}]) {
    const {messages, notes} = await runWorker(sendAcceptNotice({units}), {input, case: order({})});
    t.deepEqual([messages.length, notes.length], [0, 1]);
  }
});

test('the closing message holds the reply, cut to what a message takes', async t => {
  const {messages, fields} = await runWorker(sendCloseNotice({units}), {input: {anonymous: false, phone: '13899990001', callbackDue: true, replyText: '好'.repeat(1000)}, case: order({})});
  const [message] = messages;
  const reply = message && 'data' in message.text ? String(message.text.data['replyText']) : '';
  t.is(reply.length, 300);
  t.true(reply.endsWith('…'));
  t.deepEqual(fields, {});
});

test('an order without callback is left out of the satisfaction figures', async t => {
  const {messages, fields} = await runWorker(sendCloseNotice({units}), {input: {anonymous: true, phone: null, callbackDue: false, replyText: '好'}, case: order({})});
  t.deepEqual(fields, {satisfaction: 'notAsked'});
  t.is(messages.length, 0);
});

test('a round without callback says so in its place, and what an earlier round was rated stands', async t => {
  const close = async (earlier: Record<string, unknown>) => (await runWorker(sendCloseNotice({units}), {input: {anonymous: false, phone: null, callbackDue: false, replyText: '好', ...earlier}, case: order({})})).fields;
  t.deepEqual(await close({satisfaction: 'dissatisfied', roundSatisfactions: ['dissatisfied'], roundCallScores: [4], roundHandlingScores: [1]}), {
    satisfaction: 'dissatisfied', roundSatisfactions: ['dissatisfied', 'notAsked'], roundCallScores: [4, 0], roundHandlingScores: [1, 0],
  });
  t.deepEqual(await close({satisfaction: null, roundSatisfactions: null, roundCallScores: null, roundHandlingScores: null}), {
    satisfaction: 'notAsked', roundSatisfactions: ['notAsked'], roundCallScores: [0], roundHandlingScores: [0],
  });
});

test('the unit that has not signed is reminded; without a unit nobody is', async t => {
  const {notices, notes} = await runWorker(remindSign({units}), {input: {unit: 'chengguan'}, case: order({})});
  t.deepEqual(notes, [{'zh-CN': '已向 天山区城市管理局 催办', en: 'Tianshan District Urban Management Bureau was reminded'}]);
  t.like(notices[0], {roles: ['liaison', 'handler'], unitId: 'chengguan', title: {'zh-CN': '催办：工单 650100-20260212-000001 待签收'}});
  t.is((await runWorker(remindSign({units}), {input: {unit: null}, case: order({})})).notices.length, 0);
  t.is((await runWorker(remindSign({units}), {input: {unit: 'gone'}, case: order({})})).notices.length, 0);
});

const paper = async (values: Record<string, unknown>, input: Partial<{confidential: boolean; leadUnit: string | null}> = {}) => {
  const {documents} = await runWorker(renderReply({catalogs: catalogs(), units}), {input: {replyText: '已清理', confidential: false, leadUnit: 'chengguan', ...input}, case: order(values)});
  return documents[0]?.data ?? {};
};

test('the paper names the caller, the matter, the unit and the basis', async t => {
  t.like(await paper({basis: '条例'}), {complainant: '李明远', matterTitle: '事项020101', leadUnitName: '天山区城市管理局', content: '摊贩占道', basis: '条例', secondRound: false});
});

test('a confidential person is not on the paper, nor are his words', async t => {
  const data = await paper({phone: '13899990001', address: '某小区'}, {confidential: true});
  t.is(data['complainant'], '保密');
  for (const secret of ['李明远', '13899990001', '某小区', '摊贩占道']) t.false(JSON.stringify(data).includes(secret), secret);
});

test('the paper prints what the matter asked, but nothing that tells who somebody is, and nothing of a confidential complaint', async t => {
  const classFields = [{name: 'el_shop', title: {'zh-CN': '商家名称'}, text: '某商场', sensitive: false}, {name: 'el_phone', title: {'zh-CN': '证人电话'}, text: '13900001111', sensitive: true}];
  const print = async (confidential: boolean) => {
    const {documents} = await runWorker(renderReply({catalogs: catalogs(), units}), {input: {replyText: '已清理', confidential, leadUnit: 'chengguan'}, case: order({}, {classFields})});
    return documents[0]?.data?.['elements'];
  };
  t.deepEqual(await print(false), [{title: '商家名称', text: '某商场'}]);
  t.deepEqual(await print(true), []);
});

test('an anonymous person is called so, and a direct reply comes from the centre', async t => {
  t.like(await paper({anonymous: true, name: undefined}, {leadUnit: null}), {complainant: '匿名', leadUnitName: '乌鲁木齐市12345热线中心', basis: null});
});
