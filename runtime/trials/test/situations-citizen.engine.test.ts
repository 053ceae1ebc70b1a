import {caseRoutes, fileRoutes, inboxRoutes} from '@banli/api';
import test from 'ava';
import {resultOf, stallOrder, tourismOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {uploadPicture} from '../src/person.js';
import {clockOf, fieldsOf, openSteps, useStage, type Order, type Stage, type Values} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
/** Past the planned time of a second call. */
const nextCallMs = 36 * 3_600_000;
const unit = {account: 'ts.chengguan', id: 'u650102-chengguan'};

async function evidence(scene: Stage): Promise<string> {
  return uploadPicture(await scene.person(unit.account), '现场.png');
}

/** The unit reports, the centre closes with the unit's words. */
async function close(scene: Stage, order: Order, text = '已处理'): Promise<void> {
  await scene.finish(unit.account, order.caseId, 'handleCase', 'submit', resultOf(text, [await evidence(scene)]));
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'quote');
}

async function callBack(scene: Stage, order: Order, handlingScore: number): Promise<void> {
  await scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'submit', {callScore: 5, handlingScore, ...(handlingScore <= 2 ? {dissatisfiedReason: '问题没有解决'} : {})});
}

async function handled(values: Values = {}): Promise<{scene: Stage; order: Order}> {
  const scene = stage();
  return {scene, order: await scene.handedTo(unit.account, unit.id, {...stallOrder, ...values})};
}

async function messages(scene: Stage, order: Order): Promise<readonly string[]> {
  return (await scene.store.knex('sms').where({case_id: order.caseId}).orderBy('kind').select<Array<{kind: string}>>('kind')).map(row => row.kind);
}

test.serial('staff and citizen see the same order in their own words', async t => {
  const scene = stage();
  const order = await scene.registerOne({...stallOrder, intakeRoute: 'review'});
  const seen: Array<readonly string[]> = [];
  const look = async (account: string, step: string) => {
    await scene.open(account, order.caseId, step);
    seen.push(await scene.states(account, order));
  };
  await look('shi.shenhe', 'reviewIntake');
  await scene.finish('shi.shenhe', order.caseId, 'reviewIntake', 'supplement', {opinion: '请补充具体位置'});
  await look('shi.shouli', 'supplementCase');
  await scene.finish('shi.shouli', order.caseId, 'supplementCase', 'submit', {place: '解放南路小区东门', intakeRoute: 'dispatch'});
  await look('shi.paidan', 'dispatchCase');
  t.is((await scene.citizen(order)).leadUnit, null);
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: unit.id, assistUnits: []});
  await look(unit.account, 'signCase');
  await scene.finish(unit.account, order.caseId, 'signCase', 'sign');
  await look(unit.account, 'handleCase');
  await scene.finish(unit.account, order.caseId, 'handleCase', 'submit', resultOf('摊点已清理', [await evidence(scene)]));
  await look('shi.jieguo', 'reviewResult');
  t.like(await scene.citizen(order), {leadUnit: {'zh-CN': '天山区城市管理局', en: 'Tianshan District Urban Management Bureau'}, reply: null, closedAt: null});
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'quote');
  await look('shi.huifang', 'callbackCitizen');
  await callBack(scene, order, 4);
  await scene.ended('shi.huifang', order.caseId);
  seen.push(await scene.states('shi.huifang', order));
  t.deepEqual(seen, [['待审核', '待受理'], ['受理中', '待受理'], ['待派发', '待受理'], ['待签收', '处置中'], ['处置中', '处置中'], ['待结果审核', '处置中'], ['待回访', '已办结'], ['已归档', '已办结']]);
  t.like(await scene.citizen(order), {reply: '摊点已清理', secondRound: false});
  t.deepEqual(await messages(scene, order), ['hotline.accepted', 'hotline.closed']);
  t.is((await scene.refusal(() => scene.citizen({...order, queryCode: '00000000x'})))?.code, 'CASE_CITIZEN_UNKNOWN');
});

test.serial('5: dissatisfied leads to a recheck and round 2; dissatisfied twice to supervision and a linked redo', async t => {
  const {scene, order} = await handled({phone: '13899990005', callbackWanted: true});
  await close(scene, order);
  const silent = await scene.refusal(() => scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'submit', {callScore: 5, handlingScore: 1}));
  t.deepEqual(fieldsOf(silent), ['dissatisfiedReason']);
  await callBack(scene, order, 1);
  t.deepEqual(await scene.states('shi.jieguo', order), ['不满意待复核', '处置中（二次办理）']);
  t.false(openSteps(await scene.view('shi.duban', order.caseId)).includes('superviseFeedback'), 'once is no supervision');
  await scene.finish('shi.jieguo', order.caseId, 'recheckCase', 'again', {opinion: '反映属实'});
  const {view: again} = await scene.open(unit.account, order.caseId, 'handleCase');
  t.deepEqual([again.head.round, openSteps(again)], [2, ['handleCase']], 'at once in the same unit, without assistants');
  t.deepEqual(await scene.states(unit.account, order), ['处置中', '处置中（二次办理）']);
  t.is(again.clocks.filter(clock => clock.clock === 'resolve').length, 2);
  await close(scene, order, '再次处理');
  await callBack(scene, order, 2);
  const {task, view} = await scene.open(unit.account, order.caseId, 'superviseFeedback');
  t.is(task.unitId, unit.id);
  t.regex(String(view.form.values['superviseNumber']), /^DB650100-/);
  t.deepEqual(await scene.states('shi.jieguo', order), ['不满意待复核', '处置中（二次办理）']);
  const bare = await scene.refusal(() => scene.finish('shi.jieguo', order.caseId, 'recheckCase', 'redo', {opinion: '重办'}));
  t.deepEqual(fieldsOf(bare), ['redoReason']);
  await scene.finish('shi.jieguo', order.caseId, 'recheckCase', 'redo', {opinion: '重办', redoReason: '两次办理仍不满意'});
  const related = await scene.wait('the redo is linked', async () => (await scene.view('shi.jieguo', order.caseId)).related[0] ?? null);
  t.not(related.number, order.number);
  const redo = await scene.open('shi.paidan', related.caseId, 'dispatchCase');
  t.like(redo.view.form.values, {redoOf: order.number, redoReason: '两次办理仍不满意', phone: '13899990005', title: stallOrder.title});
  t.true(redo.view.head.marks.includes('redo'));
  t.deepEqual([redo.view.head.round, redo.view.related.map(each => each.caseId)], [1, [order.caseId]]);
  t.not(clockOf(redo.view, 'resolve').startedAt, clockOf(view, 'resolve').startedAt);
  await scene.finish(unit.account, order.caseId, 'superviseFeedback', 'feedback', {superviseProgress: '转入重办单'});
  await scene.finish('shi.duban', order.caseId, 'superviseClose', 'close', {superviseOpinion: '转入重办单跟踪'});
  t.deepEqual([(await scene.ended('shi.duban', order.caseId)).ended, await scene.states('shi.duban', order)], [true, ['已归档', '已办结']]);
});

test.serial('6: the unit appeals in round 2 with proof; refused it goes on, approved it is closed without a callback', async t => {
  const {scene, order} = await handled({phone: '13899990006', callbackWanted: true});
  const early = await scene.refusal(async () => scene.finish(unit.account, order.caseId, 'handleCase', 'appeal', {appealText: '无依据', appealEvidence: [await evidence(scene)]}));
  t.is(early?.code, 'CASE_OUTCOME_UNKNOWN', 'there is nothing to appeal against in round 1');
  await close(scene, order);
  await callBack(scene, order, 1);
  await scene.finish('shi.jieguo', order.caseId, 'recheckCase', 'again', {opinion: '二次办理'});
  const bare = await scene.refusal(() => scene.finish(unit.account, order.caseId, 'handleCase', 'appeal', {appealText: '诉求不合理'}));
  t.deepEqual(fieldsOf(bare), ['appealEvidence']);
  const appeal = async (): Promise<unknown> => scene.finish(unit.account, order.caseId, 'handleCase', 'appeal', {appealText: '诉求不合理', appealEvidence: [await evidence(scene)]});
  await appeal();
  const {task} = await scene.open('shi.jieguo', order.caseId, 'reviewResult');
  t.deepEqual(task.outcomes.map(outcome => outcome.id).sort(), ['grantAppeal', 'refuseAppeal']);
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'refuseAppeal', {opinion: '请继续办理'});
  await appeal();
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'grantAppeal', {opinion: '佐证有效', replyText: '经核查，经营活动已获许可'});
  const end = await scene.ended('shi.jieguo', order.caseId);
  t.deepEqual([end.ended, end.form.values['satisfaction'], await scene.states('shi.jieguo', order)], [true, 'dissatisfied', ['已归档', '已办结']]);
  t.like(end.form.values, {roundSatisfactions: ['dissatisfied', 'notAsked'], roundHandlingScores: [1, 0]}, 'what the citizen said in round 1 is on record');
  t.is((await scene.citizen(order)).reply, '经核查，经营活动已获许可');
  t.is((await scene.lines('shi.jieguo', order.caseId)).filter(line => line.stepId === 'callbackCitizen' && line.kind === 'completed').length, 1, 'only the first round was called back');
});

test.serial('9: an anonymous caller gets a query code, no notice, no callback, and is left out of the satisfaction figures', async t => {
  const {name: _name, gender: _gender, phone: _phone, callbackWanted: _wanted, ...unnamed} = stallOrder;
  const scene = stage();
  const order = await scene.handedTo(unit.account, unit.id, {...unnamed, anonymous: true});
  t.regex(order.queryCode ?? '', /^\d{8}$/);
  t.deepEqual((await scene.view('shi.shouli', order.caseId)).head.marks, ['anonymous']);
  await close(scene, order, '已清理');
  const end = await scene.ended('shi.jieguo', order.caseId);
  t.deepEqual([end.ended, end.form.values['satisfaction']], [true, 'notAsked']);
  t.false((await scene.lines('shi.jieguo', order.caseId)).some(line => line.stepId === 'callbackCitizen'));
  t.deepEqual(await messages(scene, order), []);
  t.like(await scene.citizen(order), {state: {'zh-CN': '已办结', en: 'Closed'}, reply: '已清理'});
});

test.serial('10: a confidential complainant is reached through the centre: no name, phone, address, file or line of his reaches a unit', async t => {
  const scene = stage();
  const clerk = await scene.person('shi.shouli');
  const photo = await uploadPicture(clerk, '自家门口.png');
  const secret = {name: '周守默', phone: '13899990010', address: '解放南路小区三号楼五零一', idNumber: '650102199001011234'};
  const order = await scene.registerOne({...stallOrder, ...secret, confidential: true, attachments: [photo], intakeRoute: 'review'});
  await scene.finish('shi.shenhe', order.caseId, 'reviewIntake', 'supplement', {opinion: '请核对电话'});
  await scene.finish('shi.shouli', order.caseId, 'supplementCase', 'submit', {phone: '13899990011', intakeRoute: 'dispatch'});
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'mainAssist', leadUnit: unit.id, assistUnits: ['u650102004']});
  await scene.finish(unit.account, order.caseId, 'signCase', 'sign');
  await scene.open('ts.jiefang', order.caseId, 'assistCase');
  for (const account of [unit.account, 'ts.jiefang', 'ts.fenzhongxin']) {
    const person = await scene.person(account);
    const view = await scene.view(account, order.caseId);
    const told = JSON.stringify([view, await scene.lines(account, order.caseId), await person.call(caseRoutes.diagram, {params: {caseId: order.caseId}})]);
    for (const word of [...Object.values(secret), '13899990011', photo]) t.false(told.includes(word), `${account} must not see ${word}`);
    t.true(view.head.marks.includes('confidential'));
    t.is((await scene.refusal(() => person.call(fileRoutes.download, {params: {fileId: photo}})))?.code, 'FILES_UNKNOWN');
    t.deepEqual((await person.call(fileRoutes.ofCase, {params: {caseId: order.caseId}})).files, []);
    t.deepEqual((await person.call(inboxRoutes.search, {body: {q: '13899990011'}})).rows, [], `${account} cannot find out by a phone number whose order it is`);
  }
  const centre = await scene.view('shi.paidan', order.caseId);
  t.like(centre.form.values, {name: secret.name, phone: '13899990011', attachments: [photo]});
  t.deepEqual((await (await scene.person('shi.jieguo')).call(inboxRoutes.search, {body: {q: '13899990011'}})).rows.map(row => row.id), [order.caseId]);
  await close(scene, order, '已规范经营');
  const {view} = await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
  const html = await (await scene.person('shi.huifang')).call(caseRoutes.document, {params: {caseId: order.caseId, documentId: view.documents[0]?.id ?? ''}});
  t.true(html.includes('已规范经营') && html.includes('保密'));
  for (const word of [secret.name, secret.address, stallOrder.content, '13899990011']) t.false(html.includes(word));
});

test.serial('11: a vulnerable caller is marked everywhere, called back by a person, and never closed automatically', async t => {
  const {scene, order} = await handled({phone: '13899990014', vulnerable: true, callbackWanted: false});
  const worker = await scene.person(unit.account);
  t.deepEqual((await scene.view(unit.account, order.caseId)).head.marks, ['vulnerable']);
  const row = (await worker.call(inboxRoutes.list, {params: {box: 'todo'}, query: {limit: 200}})).rows.find(each => each.caseId === order.caseId);
  t.deepEqual(row?.marks, ['vulnerable']);
  const found = (await (await scene.person('shi.jieguo')).call(inboxRoutes.search, {body: {q: order.number}})).rows;
  t.deepEqual(found.map(each => each.marks), [['vulnerable']]);
  await close(scene, order);
  for (const attempt of [1, 2, 3]) {
    const {view} = await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
    t.is(view.form.values['callbackWay'], 'person', `attempt ${attempt}`);
    await scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'unreachable');
    // The next call is planned before the clock moves.
    await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
    await scene.moveTo(scene.now() + nextCallMs);
  }
  await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
  await callBack(scene, order, 5);
  t.is((await scene.ended('shi.huifang', order.caseId)).form.values['satisfaction'], 'satisfied');
});

test.serial('13: two unanswered callbacks close the order as satisfied, outside the actual callbacks', async t => {
  const scene = stage();
  const order = await scene.handedTo('shi.wenlv', 'u650100-wenlv', tourismOrder);
  await scene.finish('shi.wenlv', order.caseId, 'handleCase', 'submit', resultOf('已退款', [await uploadPicture(await scene.person('shi.wenlv'), '退款.png')]));
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'quote');
  await scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'unreachable');
  const {view} = await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
  t.true(Date.parse(String(view.form.values['callbackPlannedAt'])) > scene.now() + 12 * 3_600_000, 'the second call is another day');
  t.truthy(await scene.refusal(() => scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'unreachable')), 'it is not made up at once');
  await scene.moveTo(scene.now() + nextCallMs);
  await scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'unreachable');
  const end = await scene.ended('shi.huifang', order.caseId);
  t.deepEqual([end.ended, end.form.values['satisfaction'], end.form.values['handlingScore']], [true, 'satisfiedUnreached', undefined]);
});
