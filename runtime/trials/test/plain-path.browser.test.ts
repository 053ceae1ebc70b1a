import test, {type ExecutionContext} from 'ava';
import type {Page} from 'playwright-core';
import {createTestSchema} from '@banli/store/testing';
import {startInstance, type Instance} from '../src/instance.js';
import {findBarriers} from '../src/browser/axe.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {act, actAndAgree, answer, clickFlow, openFromInbox, rate, settled, until} from '../src/browser/hands.js';
import {sendCall, typeCall} from '../src/browser/registration.js';
import {onePixel} from '../src/person.js';
import {password} from '../src/ready-home.js';
import {tellFailures} from './support/tell-failures.js';
import {pictureFolder} from './support/window.js';

const title = '小区门口占道经营影响通行';
const pictures = pictureFolder();

interface Stage {
  readonly instance: Instance;
  readonly window: Window;
}

let stage: Stage;
let drop = async (): Promise<void> => undefined;

test.before(async t => {
  t.timeout(300_000);
  const schema = process.env['BANLI_TEST_DATABASE'] === 'mysql' ? await createTestSchema() : null;
  const instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn'}, ...(schema ? {databaseUrl: schema.url} : {})});
  stage = {instance, window: await openWindow(instance.url, password, pictures)};
  drop = async () => schema?.drop();
});

tellFailures(() => stage?.window);

test.after.always(async () => {
  await stage.window.close();
  await stage.instance.remove();
  await drop();
});

test.serial('the plain path runs by clicking: register, dispatch, sign, handle, review, call back, archive', async t => {
  t.timeout(560_000);
  await register(stage, title, '解放南路小区东门', true);
  await dispatch(stage);
  await handle(stage);
  await close(stage);
  t.deepEqual(stage.window.faults(), []);
  t.log(`pictures: ${pictures}`);
});

test.serial('a change that is drawn and published is used by the next case, an open one keeps its own', async t => {
  t.timeout(300_000);
  const {window} = stage;
  await register(stage, '旧版本登记的工单', '解放南路小区西门');
  await redesign(t, stage);
  await register(stage, '新版本登记的工单', '解放南路小区北门');
  const page = await window.open('shi.paidan');
  await openFromInbox(page, '新版本登记的工单', '派单调度');
  await page.getByRole('heading', {name: '派单调度'}).waitFor();
  await page.getByRole('tab', {name: '流程图'}).click();
  await page.locator('[data-element-id=dispatchCase]', {hasText: '派单调度'}).waitFor();
  await window.picture(page, 'next-release');
  await openFromInbox(page, '旧版本登记的工单', '派单');
  t.is(await settled(0, () => page.getByRole('heading', {name: '派单调度'}).count()), 0);
  await page.getByRole('tab', {name: '流程图'}).click();
  await page.locator('[data-element-id=dispatchCase]').waitFor();
  t.is(await settled(0, () => page.locator('[data-element-id=dispatchCase]', {hasText: '派单调度'}).count()), 0);
  await actAndAgree(page, '派单');
  await page.getByText('待签收').first().waitFor();
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

async function register({window}: Stage, title: string, place: string, isPictured = false): Promise<void> {
  const page = await window.open('shi.shouli');
  await typeCall(page, {title, place, ticks: ['需要回访'], seen: ['天山区城市管理局']});
  if (isPictured) await window.picture(page, 'registration');
  await sendCall(page);
  if (isPictured) {
    await window.picture(page, 'registered');
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('button', {name: '登录'}).waitFor();
    await window.picture(page, 'login');
  }
  await page.context().close();
}

async function dispatch({window}: Stage): Promise<void> {
  const page = await window.open('shi.paidan');
  await page.getByRole('row').filter({hasText: title}).waitFor();
  await window.picture(page, 'inbox');
  await openFromInbox(page, title, '派单');
  await page.getByText('建议理由').waitFor();
  await window.picture(page, 'dispatch-proposal');
  await actAndAgree(page, '派单');
  await page.getByText('待签收').first().waitFor();
  await page.context().close();
}

async function handle({window}: Stage): Promise<void> {
  const page = await window.open('ts.chengguan', {isStill: false});
  await openFromInbox(page, title, '签收');
  await act(page, '签收');
  await page.getByLabel('办理结果').waitFor();
  await page.getByLabel('办理情况').fill('现场劝离三处摊点');
  await page.getByLabel('办理结果').fill('占道摊点已清理，安排每日早间巡查');
  await page.getByLabel('处置依据').fill('城市市容和环境卫生管理条例');
  await page.locator('input[type=file]').last().setInputFiles({name: '现场照片.png', mimeType: 'image/png', buffer: onePixel});
  await page.getByText('现场照片.png').waitFor();
  await page.getByRole('tab', {name: '流程图'}).click();
  await page.locator('[data-element-id=handleCase]').waitFor();
  await window.picture(page, 'case-diagram');
  await page.getByRole('button', {name: '依据'}).first().click();
  await page.getByText('起算').first().waitFor();
  await window.picture(page, 'clock-explanation');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', {name: '办理'}).click();
  await window.picture(page, 'case');
  await act(page, '提交结果');
  await page.getByText('待结果审核').first().waitFor();
  await page.context().close();
}

async function close({window}: Stage): Promise<void> {
  const reviewer = await window.open('shi.jieguo');
  await openFromInbox(reviewer, title, '办结审核');
  await actAndAgree(reviewer, '引用办结');
  await reviewer.getByText('待回访').first().waitFor();
  await reviewer.context().close();
  const caller = await window.open('shi.huifang');
  await openFromInbox(caller, title, '回访');
  const ratings = caller.locator('.banli-rating');
  await ratings.nth(1).waitFor();
  await caller.getByText('未评分').nth(1).waitFor();
  await window.picture(caller, 'callback');
  for (const rating of await ratings.all()) await rate(rating, 5);
  await actAndAgree(caller, '提交回访');
  await caller.getByText('已归档').first().waitFor();
  await caller.getByRole('tab', {name: '时间线'}).click();
  await caller.getByText('非常满意', {exact: true}).first().waitFor();
  await window.picture(caller, 'timeline');
  await caller.context().close();
}

/** Breaks a condition, sees it marked, mends it, renames a step and publishes. */
async function redesign(t: ExecutionContext, {instance, window}: Stage): Promise<void> {
  const page = await window.open('qu.fenxi', {isStill: false});
  await page.goto(`${instance.url()}/designer/bundles/hotline`);
  await page.locator('[data-element-id=proposeDispatch]').first().click();
  await page.getByText('按职责清单和时限表提出主办、协办单位和时限').waitFor();
  await clickFlow(page, 'toProposeDispatch');
  const condition = page.getByLabel('条件（FEEL）');
  const right = await until(text => text !== '', () => condition.inputValue());
  await condition.fill('intakeWay = "review"');
  await condition.blur();
  await page.locator('.banli-problem-mark').waitFor();
  await page.getByText('1 个错误').waitFor();
  await look(t, page, 'designer-problem');
  await condition.fill(right);
  await condition.blur();
  await page.getByText(/^没有问题/).waitFor();
  await page.locator('[data-element-id=dispatchCase]').first().click();
  await page.getByLabel('名称').first().fill('派单调度');
  await page.getByLabel('名称').first().blur();
  await page.getByText('已保存').waitFor();
  await page.getByText(/^没有问题/).waitFor();
  await page.getByRole('button', {name: '发布', exact: true}).click();
  await answer(page.locator('.ant-modal-confirm-btns .ant-btn-primary'));
  await page.locator('.ant-modal-confirm-title', {hasText: '已发布'}).waitFor();
  await window.picture(page, 'designer-published');
  await page.context().close();
}

/** Takes a picture in all sizes and asks axe. */
async function look(t: ExecutionContext, page: Page, name: string): Promise<void> {
  await stage.window.picture(page, name);
  t.deepEqual(await findBarriers(page), [], name);
}
