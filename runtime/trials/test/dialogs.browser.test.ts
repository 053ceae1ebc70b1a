import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Locator, Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {act, actAndAgree, answer, choose} from '../src/browser/hands.js';
import {resultOf, stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {uploadPicture} from '../src/person.js';
import {tellFailures} from './support/tell-failures.js';
import {password, useStage, type Order, type Stage} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
const picture = join(mkdtempSync(join(tmpdir(), 'banli-upload-')), '现场照片.png');
writeFileSync(picture, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
let window: Window | null = null;
tellFailures(() => window ?? undefined);

/** People at the pages of one order. */
interface Desk {
  readonly t: ExecutionContext;
  readonly scene: Stage;
  readonly order: Order;
  readonly window: Window;
  /** The page of the case, once the step is open there. */
  at(account: string, step: string): Promise<Page>;
}

test.before(async t => {
  t.timeout(60_000);
  window = await openWindow(() => stage().instance.url(), password, process.env['BANLI_TEST_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'banli-pictures-')));
});
test.after.always(() => window?.close());

test.serial('returned and dispatched again, more time, paused and resumed, sent down, and handled again: every question by clicking', async t => {
  t.timeout(420_000);
  const scene = stage();
  if (window === null) return t.fail('no browser');
  const desk = await deskOf(t, scene, window);
  await returned(desk);
  await longer(desk);
  await pausedAndResumed(desk);
  await sentDown(desk);
  await handledAgain(desk);
  t.deepEqual(window.faults(), []);
});

async function deskOf(t: ExecutionContext, scene: Stage, shown: Window): Promise<Desk> {
  const order = await scene.registerOne({...stallOrder, area: '650102004003', place: '山西巷社区门口'});
  const pages = new Map<string, Page>();
  return {
    t, scene, order, window: shown,
    async at(account, step) {
      const {task} = await scene.open(account, order.caseId, step);
      const page = pages.get(account) ?? (await shown.open(account));
      pages.set(account, page);
      await page.goto(`${scene.instance.url()}/cases/${order.caseId}?task=${task.id}`);
      await page.getByRole('heading', {name: task.stepName['zh-CN'], exact: true}).first().waitFor();
      return page;
    },
  };
}

/** Opens the dialog of an action, which has to be accessible, and takes its picture. */
async function ask({t, window: shown}: Desk, page: Page, name: string): Promise<Locator> {
  const bar = page.getByLabel('可用操作');
  await bar.getByRole('button').first().waitFor();
  if ((await bar.getByRole('button', {name, exact: true}).count()) === 0) {
    await bar.getByRole('button', {name: '更多'}).click();
    await page.getByRole('menuitem', {name, exact: true}).click();
  } else await act(page, name);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', {name: /取\s*消/}).waitFor();
  await shown.picture(page, `dialog-${name}`);
  t.deepEqual(await findBarriers(page), [], name);
  return dialog;
}

/** Sends a dialog; it has to go. */
async function send(dialog: Locator, name: string): Promise<void> {
  await answer(dialog.getByRole('button', {name, exact: true}));
}

/** The button of a field's phrases. */
function phrasesOf(page: Page, field: string): Locator {
  return page.locator('.banli-field').filter({has: page.locator('label', {hasText: new RegExp(`^${field}`)})}).getByRole('button', {name: '常用语'});
}

/** Takes a phrase by the keyboard alone: the first below what was used last. */
async function takePhrase(page: Page, field: string): Promise<void> {
  await phrasesOf(page, field).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor({state: 'hidden'});
}

async function returned(desk: Desk): Promise<void> {
  const {t, scene, order, window: shown} = desk;
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  const unit = await desk.at('ts.chengguan', 'signCase');
  const dialog = await ask(desk, unit, '退回');
  await dialog.getByText('审核同意前仍由本单位负责').last().waitFor();
  await dialog.getByRole('button', {name: '退回', exact: true}).click();
  await dialog.getByRole('alert').first().waitFor();
  await shown.picture(unit, 'dialog-退回-refused');
  await choose(unit, '退回原因', '', '不属于本单位职责');
  await takePhrase(unit, '退回说明');
  t.regex(await dialog.getByLabel('退回说明').inputValue(), /改派/);
  await send(dialog, '退回');
  const reviewer = await desk.at('shi.shenhe', 'reviewReturn');
  await takePhrase(reviewer, '审核意见');
  await act(reviewer, '同意退回');
  await reviewer.getByRole('dialog').getByText('工单将从天山区城市管理局收回').last().waitFor();
  await shown.picture(reviewer, 'ask-同意退回');
  await send(reviewer.getByRole('dialog'), '同意退回');
  const dispatcher = await desk.at('shi.paidan', 'dispatchCase');
  await choose(dispatcher, '办理模式', '', '单独办理');
  await choose(dispatcher, '主办单位', '天山区分中心', '天山区分中心');
  await dispatcher.getByLabel('未按建议派单的理由').fill('由分中心牵头');
  await act(dispatcher, '派单');
  await dispatcher.getByRole('dialog').getByText('工单将派给天山区分中心并通知其签收').last().waitFor();
  await shown.picture(dispatcher, 'ask-派单');
  await send(dispatcher.getByRole('dialog'), '派单');
  await act(await desk.at('ts.fenzhongxin', 'signCase'), '签收');
}

async function longer(desk: Desk): Promise<void> {
  const {t, scene, order, window: shown} = desk;
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  const before = (await scene.view('ts.fenzhongxin', order.caseId)).clocks.find(clock => clock.clock === 'resolve')?.dueAt ?? 0;
  const dialog = await ask(desk, unit, '申请延期');
  await dialog.getByLabel('延长时间').fill('1');
  await takePhrase(unit, '申请理由');
  await send(dialog, '申请延期');
  const reviewer = await desk.at('shi.shenhe', 'reviewExtension');
  await takePhrase(reviewer, '审核意见');
  await shown.picture(reviewer, 'review-延期');
  await act(reviewer, '同意');
  await scene.wait('the limit is longer', async () => ((await scene.view('ts.fenzhongxin', order.caseId)).clocks.some(clock => clock.clock === 'resolve' && (clock.dueAt ?? 0) > before) ? true : null));
  t.pass();
}

async function pausedAndResumed(desk: Desk): Promise<void> {
  const {t, scene, order, window: shown} = desk;
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  const dialog = await ask(desk, unit, '申请挂起');
  await choose(unit, '挂起条件', '', '检测');
  await dialog.locator('input[type=file]').setInputFiles(picture);
  await dialog.getByText('现场照片.png').waitFor();
  await phrasesOf(unit, '申请理由').click();
  await unit.getByText('最近使用').waitFor();
  await shown.picture(unit, 'phrases-own');
  await unit.getByRole('menuitem').first().click();
  t.not(await dialog.getByLabel('申请理由').inputValue(), '');
  await send(dialog, '申请挂起');
  await act(await typedOpinion(desk, 'reviewPause'), '同意');
  await scene.wait('the case is paused', async () => ((await scene.view('ts.fenzhongxin', order.caseId)).head.marks.includes('paused') ? true : null));
  const again = await desk.at('ts.fenzhongxin', 'handleCase');
  const resume = await ask(desk, again, '申请恢复');
  await resume.getByLabel('申请理由').fill('检测已完成');
  await send(resume, '申请恢复');
  await act(await typedOpinion(desk, 'reviewResume'), '同意');
  await scene.wait('the case goes on', async () => ((await scene.view('ts.fenzhongxin', order.caseId)).head.marks.includes('paused') ? null : true));
}

async function typedOpinion(desk: Desk, step: string): Promise<Page> {
  const page = await desk.at('shi.shenhe', step);
  await page.getByLabel('审核意见', {exact: true}).fill('材料齐全，同意');
  return page;
}

async function sentDown(desk: Desk): Promise<void> {
  const {scene, order, window: shown} = desk;
  const unit = await desk.at('ts.fenzhongxin', 'handleCase');
  const dialog = await ask(desk, unit, '下派');
  await choose(unit, '下派单位', '山西巷社区', '山西巷社区');
  await takePhrase(unit, '下派要求');
  await dialog.getByText('工单将下派给山西巷社区并通知其签收').last().waitFor();
  await shown.picture(unit, 'dialog-下派-filled');
  await send(dialog, '下派');
  await scene.finish('ts.shanxixiang', order.caseId, 'signCase', 'sign');
  const evidence = await uploadPicture(await scene.person('ts.shanxixiang'), '清理后.png');
  await scene.finish('ts.shanxixiang', order.caseId, 'handleCase', 'submit', resultOf('摊点已清理', [evidence]));
  const upper = await desk.at('ts.fenzhongxin', 'confirmLower');
  await shown.picture(upper, 'confirm-lower');
  await act(upper, '引用反馈上报');
}

async function handledAgain(desk: Desk): Promise<void> {
  const {t, scene, order, window: shown} = desk;
  const reviewer = await desk.at('shi.jieguo', 'reviewResult');
  await actAndAgree(reviewer, '引用办结');
  const caller = await desk.at('shi.huifang', 'callbackCitizen');
  await caller.locator('.ant-rate').nth(1).waitFor();
  await caller.locator('.ant-rate').first().locator('li').last().click();
  await caller.locator('.ant-rate').nth(1).locator('li').first().click();
  await takePhrase(caller, '不满意原因');
  await act(caller, '提交回访');
  await shown.picture(caller, 'ask-提交回访');
  await send(caller.getByRole('dialog'), '提交回访');
  const again = await desk.at('shi.jieguo', 'recheckCase');
  await takePhrase(again, '审核意见');
  await act(again, '二次办理');
  await again.getByRole('dialog').getByText('工单将退回天山区分中心再次办理').last().waitFor();
  await shown.picture(again, 'ask-二次办理');
  await send(again.getByRole('dialog'), '二次办理');
  const {view} = await scene.open('ts.fenzhongxin', order.caseId, 'handleCase');
  t.is(view.head.round, 2);
}
