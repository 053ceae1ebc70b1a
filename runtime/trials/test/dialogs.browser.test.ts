import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Locator, Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {act, answer, choose} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {tellFailures} from './support/tell-failures.js';
import {password, useStage, type Order, type Stage} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
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

test.serial('a unit returns by clicking, a phrase taken by keys; the return is accepted and the order dispatched again, each asked about', async t => {
  t.timeout(420_000);
  const scene = stage();
  if (window === null) return t.fail('no browser');
  const desk = await deskOf(t, scene, window);
  await returned(desk);
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
