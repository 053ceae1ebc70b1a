import test, {type ExecutionContext} from 'ava';
import type {Locator, Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import {standsStill} from '../src/browser/still.js';
import {act, actAndAgree, answer, choose, rate, settled, tick, until} from '../src/browser/hands.js';
import {typeCall} from '../src/browser/registration.js';
import {resultOf, stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {onePixel, uploadPicture} from '../src/person.js';
import {ask, deskOf, phrasesOf, send, takePhrase, type Desk} from './support/desk.js';
import {clockOf, useStage, type Order} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);
const picture = {name: '现场照片.png', mimeType: 'image/png', buffer: onePixel};

/** An order that 天山区分中心 has signed, and the pages of those who work on it; they are closed after the test. */
async function atUnit(t: ExecutionContext, title: string): Promise<Desk> {
  t.timeout(420_000);
  const scene = stage();
  const order = await scene.handedTo('ts.fenzhongxin', 'u650102-centre', {...stallOrder, title, area: '650102004003', place: '山西巷社区门口'});
  return deskOf({t, scene, order, window: await browser()});
}

/** Takes a picture of a page in all sizes; axe has to find nothing. */
async function look({t, window}: Pick<Desk, 't' | 'window'>, page: Page, name: string): Promise<void> {
  await window.picture(page, name);
  t.deepEqual(await findBarriers(page), [], name);
}

/** What pages complained about, but for the extension that the server is meant to refuse. */
function unasked(faults: readonly string[]): readonly string[] {
  return faults.filter(fault => !/status of 422/.test(fault));
}

/** Agrees to a request, which is not asked about: a phrase by keys, then 同意. */
async function agree(desk: Desk, step: string): Promise<void> {
  const page = await desk.at('shi.shenhe', step);
  await takePhrase(page, '审核意见');
  await look(desk, page, `review-${step}`);
  await act(page, '同意');
  await page.getByLabel('可用操作').waitFor({state: 'hidden'});
}

/** The badge of the state in the header of a case. */
function stateOf(page: Page, state: string): Locator {
  return page.locator('header').getByText(state, {exact: true}).first();
}

test.serial('下派 by clicking: the community signs and handles, the unit above reads its result and reports it', async t => {
  const desk = await atUnit(t, '巷口堆物占道');
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  const dialog = await ask(desk, unit, '下派');
  await dialog.getByRole('button', {name: '下派', exact: true}).click();
  await dialog.getByRole('alert').first().waitFor();
  await choose(unit, '下派单位', '山西巷社区', '山西巷社区');
  await takePhrase(unit, '下派要求');
  await dialog.getByText('工单将下派给山西巷社区并通知其签收').last().waitFor();
  await look(desk, unit, 'dialog-下派-filled');
  await send(dialog, '下派');
  await act(await desk.at('ts.shanxixiang', 'signCase'), '签收');
  const lower = await desk.at('ts.shanxixiang', 'handleCase');
  await lower.getByLabel('办理情况').first().fill('已到现场核实。');
  await lower.getByLabel('办理结果').first().fill('堆物已清理，通道恢复。');
  await lower.getByLabel('处置依据').first().fill('市容环境卫生管理规定');
  await lower.locator('input[type=file]').first().setInputFiles(picture);
  await lower.getByText('现场照片.png').first().waitFor();
  const responses = lower.locator('.app-clock').filter({hasText: '响应时限'});
  t.deepEqual((await until(texts => texts.length === 2 && texts.every(text => /起算/.test(text)), () => responses.allInnerTexts())).map(text => /起算/.test(text)), [true, true]);
  await look(desk, lower, 'lower-handles');
  await act(lower, '提交结果');
  const upper = await desk.at('ts.fenzhongxin', 'confirmLower');
  await upper.getByText('堆物已清理，通道恢复。').first().waitFor();
  await look(desk, upper, 'confirm-lower');
  await act(upper, '引用反馈上报');
  const {view} = await desk.scene.open('shi.jieguo', desk.order.caseId, 'reviewResult');
  t.is(view.form.values['result'], '堆物已清理，通道恢复。');
  await desk.leave();
  t.deepEqual(unasked(desk.window.faults()), []);
});

test.serial('延期 by clicking: too much is refused at the field, what is asked for is reviewed and moves the due time, a second time is not offered', async t => {
  const desk = await atUnit(t, '早市占道申请延期');
  const {scene, order} = desk;
  const before = clockOf(await scene.view('ts.fenzhongxin', order.caseId), 'resolve').dueAt ?? 0;
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  const dialog = await ask(desk, unit, '申请延期');
  const amount = dialog.locator('[data-field=extensionAmount]');
  await dialog.getByLabel('延长时间').fill('999');
  await takePhrase(unit, '申请理由');
  await dialog.getByRole('button', {name: '申请延期', exact: true}).click();
  await amount.getByRole('alert').waitFor();
  t.is(await settled('999', () => dialog.getByLabel('延长时间').inputValue()), '999');
  await dialog.getByLabel('延长时间').fill('300');
  await dialog.getByRole('button', {name: '申请延期', exact: true}).click();
  await amount.getByText('延期最长不超过原时限（3 个工作日）').waitFor();
  await look(desk, unit, 'dialog-申请延期-refused');
  await dialog.getByLabel('延长时间').fill('1');
  await send(dialog, '申请延期');
  await agree(desk, 'reviewExtension');
  await scene.wait('the limit is longer', async () => (clockOf(await scene.view('ts.fenzhongxin', order.caseId), 'resolve').dueAt ?? 0) > before || null);
  const again = await desk.at('ts.fenzhongxin', 'handleCase');
  const second = again.getByLabel('可用操作').getByRole('button', {name: '申请延期'});
  t.true(await settled(true, () => second.isDisabled()));
  // A button that is not to be clicked is not waited for until it stands.
  await standsStill(again);
  await second.hover({force: true});
  await again.getByRole('tooltip').getByText('已延期过一次，不能再次延期').waitFor();
  await look(desk, again, 'extended');
  await desk.leave();
  t.deepEqual(unasked(desk.window.faults()), []);
});

test.serial('挂起 and 恢复 by clicking: condition, evidence and reason are asked for; the clock stands still until the resumption is agreed to', async t => {
  const desk = await atUnit(t, '油烟检测等待结论');
  const {scene, order} = desk;
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  const dialog = await ask(desk, unit, '申请挂起');
  await dialog.getByRole('button', {name: '申请挂起', exact: true}).click();
  await dialog.getByRole('alert').first().waitFor();
  await look(desk, unit, 'dialog-申请挂起-refused');
  await choose(unit, '挂起条件', '', '检测');
  await dialog.locator('input[type=file]').setInputFiles(picture);
  await dialog.getByText('现场照片.png').waitFor();
  await phrasesOf(unit, '申请理由').click();
  await unit.getByRole('menuitem').first().waitFor();
  await desk.window.picture(unit, 'phrases-pause');
  await answer(unit.getByRole('menuitem').first());
  t.not(await until(text => text !== '', () => dialog.getByLabel('申请理由').inputValue()), '');
  await send(dialog, '申请挂起');
  await agree(desk, 'reviewPause');
  t.is(await settled('paused', async () => (await scene.view('ts.fenzhongxin', order.caseId)).head.state.id), 'paused');
  const paused = await desk.at('ts.fenzhongxin', 'handleCase');
  await stateOf(paused, '挂起').waitFor();
  t.is(await settled(0, () => paused.getByLabel('可用操作').getByRole('button', {name: '提交结果'}).count()), 0);
  await look(desk, paused, 'paused');
  const resume = await ask(desk, paused, '申请恢复');
  await resume.getByLabel('申请理由').fill('检测结论已出具');
  await send(resume, '申请恢复');
  await agree(desk, 'reviewResume');
  const resumed = await desk.at('ts.fenzhongxin', 'handleCase');
  await stateOf(resumed, '处置中').waitFor();
  await resumed.getByLabel('可用操作').getByRole('button', {name: '提交结果'}).waitFor();
  const {status, dueAt} = await until(clock => clock.status === 'running', async () => clockOf(await scene.view('ts.fenzhongxin', order.caseId), 'resolve'));
  t.is(status, 'running');
  t.true((dueAt ?? 0) > 0);
  await desk.leave();
  t.deepEqual(unasked(desk.window.faults()), []);
});

test.serial('二次办理 by clicking: two low scores, a reason, the review sends it back to the unit for a second round', async t => {
  const desk = await atUnit(t, '摊点清理后又反复');
  const {scene, order} = desk;
  const evidence = await uploadPicture(await scene.person('ts.fenzhongxin'), '清理后.png');
  await scene.finish('ts.fenzhongxin', order.caseId, 'handleCase', 'submit', resultOf('摊点已清理', [evidence]));
  await actAndAgree(await desk.at('shi.jieguo', 'reviewResult'), '引用办结');
  await rateLow(desk, order);
  const again = await desk.at('shi.jieguo', 'recheckCase');
  await again.getByText('清理两天后又有摊贩占道').first().waitFor();
  await takePhrase(again, '审核意见');
  await act(again, '二次办理');
  const question = again.getByRole('dialog');
  await question.getByText('工单将退回天山区分中心再次办理').last().waitFor();
  await look(desk, again, 'ask-二次办理');
  await send(question, '二次办理');
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  await unit.getByText('第 2 轮办理').first().waitFor();
  await look(desk, unit, 'round-2');
  t.is(await settled(2, async () => (await scene.view('ts.fenzhongxin', order.caseId)).head.round), 2);
  t.is((await scene.citizen(order)).state['zh-CN'], '处置中（二次办理）');
  await desk.leave();
  t.deepEqual(unasked(desk.window.faults()), []);
});

test.serial('当场答复 by clicking: registering asks first, with the title of the order; a taken-back click registers nothing', async t => {
  t.timeout(420_000);
  const scene = stage();
  const window = await browser();
  const page = await window.open('shi.shouli');
  const title = '社保卡在哪里补办';
  await typeCall(page, {title});
  await tick(page.getByLabel('当场答复'));
  await page.getByLabel('答复内容').fill('请携带身份证到任一社保卡服务网点补办，当场领取。');
  const submit = page.getByRole('button', {name: '提交', exact: true});
  await submit.click();
  const question = page.getByRole('dialog');
  await question.getByText(`“${title}”的答复内容将立即发给诉求人`).last().waitFor();
  await look({t, window}, page, 'ask-当场答复');
  await answer(question.getByRole('button', {name: /取\s*消/}));
  t.is(await scene.store.knex('case_record').where({title}).first(), undefined);
  await submit.click();
  await answer(question.getByRole('button', {name: /提\s*交/}));
  await page.getByText('已登记 1 件').waitFor();
  const {id} = await scene.store.knex('case_record').where({title}).first();
  await scene.wait('it is answered, and nobody has to handle it', async () => (await scene.view('shi.shouli', String(id))).head.state.id === 'toCallback' || null, 60);
  await page.context().close();
  t.deepEqual(unasked(window.faults()), []);
});

/** A callback with 5 for the service and 1 for the result: the reason is asked for at its field first. */
async function rateLow(desk: Desk, {caseId}: Order): Promise<void> {
  const caller = await desk.at('shi.huifang', 'callbackCitizen');
  await rate(caller.locator('[data-field=callScore]'), 5);
  await rate(caller.locator('[data-field=handlingScore]'), 1);
  await act(caller, '提交回访');
  await caller.locator('[data-field=dissatisfiedReason]').getByRole('alert').waitFor();
  await look(desk, caller, 'callback-refused');
  await caller.getByLabel('不满意原因').fill('清理两天后又有摊贩占道');
  await act(caller, '提交回访');
  await caller.getByRole('dialog').getByText('评价提交后不能修改').last().waitFor();
  await look(desk, caller, 'ask-提交回访');
  await send(caller.getByRole('dialog'), '提交回访');
  await desk.scene.open('shi.jieguo', caseId, 'recheckCase');
}
