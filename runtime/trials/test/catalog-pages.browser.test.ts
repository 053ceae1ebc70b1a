import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Page} from 'playwright-core';
import {createTestSchema} from '@banli/store/testing';
import {findBarriers} from '../src/browser/axe.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {answer, loadUntil, settled, tick} from '../src/browser/hands.js';
import {createChecks} from '../src/checks.js';
import {startInstance, type Instance} from '../src/instance.js';
import {stallOrder} from '../src/main-job/orders.js';
import {createScene} from '../src/main-job/scene.js';
import {password} from '../src/ready-home.js';
import {tellFailures} from './support/tell-failures.js';
import {pictureFolder} from './support/window.js';

const pictures = pictureFolder();

let stage: {readonly instance: Instance; readonly window: Window};
let drop = async (): Promise<void> => undefined;

test.before(async t => {
  t.timeout(300_000);
  const schema = process.env['BANLI_TEST_DATABASE'] === 'mysql' ? await createTestSchema() : null;
  const instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn', BANLI_CATALOG_REVIEW: 'none'}, ...(schema ? {databaseUrl: schema.url} : {})});
  stage = {instance, window: await openWindow(instance.url, password, pictures)};
  drop = async () => schema?.drop();
});

tellFailures(() => stage?.window);

test.after.always(async () => {
  await stage.window.close();
  await stage.instance.remove();
  await drop();
});

/** Takes a picture and asks axe. */
async function look(t: ExecutionContext, page: Page, name: string): Promise<void> {
  await stage.window.picture(page, name);
  t.deepEqual(await findBarriers(page), [], name);
}

test.serial('a limit is changed in a form, reviewed, published step by step, and open cases move when somebody approves', async t => {
  t.timeout(300_000);
  const {instance, window} = stage;
  const scene = createScene(instance, createChecks('catalog pages', () => undefined), {password, startAt: 0});
  await scene.register('shi.shouli', [stallOrder]);
  await scene.close();
  const writer = await window.open('qu.fenxi');
  await writer.goto(`${instance.url()}/catalogs/limits?tab=rows&code=city%7Cnormal%7Cresolve`);
  await writer.getByRole('button', {name: '城市管理 · 普通 · 办结'}).click();
  await writer.getByRole('button', {name: '修改', exact: true}).click();
  const limit = writer.getByRole('textbox', {name: '时限'});
  await limit.fill('');
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('必填').waitFor();
  await limit.fill('两天');
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('应为 1 至 9999 的整数').waitFor();
  t.is(await settled('两天', () => limit.inputValue()), '两天');
  await look(t, writer, 'row-form');
  await limit.fill('2');
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('已记入').first().waitFor();
  await writer.goto(`${instance.url()}/catalogs/limits?tab=changes`);
  await writer.getByRole('button', {name: /^修改 城市管理/}).click();
  await writer.getByRole('button', {name: '提交审核'}).click();
  await writer.getByText('已提交审核').first().waitFor();
  await writer.context().close();
  const admin = await window.open('qu.admin');
  await admin.goto(`${instance.url()}/catalogs/limits?tab=changes`);
  await admin.getByRole('button', {name: /^修改 城市管理/}).click();
  await admin.getByRole('button', {name: '审核通过'}).click();
  await admin.getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('检查通过').waitFor();
  await look(t, admin, 'publish-checks');
  for (let step = 0; step < 3; step += 1) await admin.getByRole('button', {name: '下一步'}).click();
  await admin.locator('.ant-drawer').last().getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('已发布，').first().waitFor();
  await approvePlan(t, admin);
  await admin.context().close();
  t.deepEqual(window.faults(), []);
});

async function approvePlan(t: ExecutionContext, page: Page): Promise<void> {
  await page.goto(`${stage.instance.url()}/limit-plans`);
  const plan = page.getByRole('row').filter({hasText: '待批准'});
  await loadUntil(page, plan.first());
  await plan.first().getByRole('button').click();
  await page.getByText('3 个工作日改为').first().waitFor();
  await look(t, page, 'plan');
  await page.getByRole('button', {name: '按修订后的时限执行'}).click();
  await page.getByRole('button', {name: '批准重算'}).click();
  await answer(page.locator('.ant-modal-confirm-btns .ant-btn-primary'));
  await page.getByText('已调整 1 个').waitFor();
}

test.serial('trees, batches, workbooks and categories are worked on by mouse and key', async t => {
  t.timeout(300_000);
  const {instance: {url}, window} = stage;
  const page = await window.open('qu.admin');
  await page.goto(`${url()}/catalogs/matters`);
  const branch = page.getByRole('treeitem', {name: /城市管理/});
  await branch.focus();
  await page.keyboard.press('ArrowRight');
  await branch.and(page.locator('[aria-expanded=true]')).waitFor();
  // Its lines are read first: before that, the key leads to the next branch.
  await page.locator('[role=treeitem][aria-level="2"]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('[role=treeitem][aria-level="2"]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', {name: /占道经营/}).first().waitFor();
  await look(t, page, 'tree');
  await page.goto(`${url()}/catalogs/items`);
  for (const title of ['商品质量投诉处理', '食品安全举报处理']) await tick(page.getByRole('checkbox', {name: `选中 ${title}`}));
  await page.getByRole('button', {name: /^导\s*出$/}).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('中文列名').click()]);
  const workbook = join(pictures, 'items.xlsx');
  await download.saveAs(workbook);
  await page.getByRole('button', {name: '批量修改'}).click();
  await tick(page.getByRole('radio', {name: '下架'}));
  await page.getByText(/个问题须先改正/).waitFor();
  await look(t, page, 'bulk-refused');
  t.true(await settled(true, () => page.getByRole('button', {name: '记入变更'}).isDisabled()));
  await page.goto(`${url()}/catalogs/items`);
  await page.getByRole('button', {name: /^导\s*入$/}).click();
  await page.locator('input[type=file]').setInputFiles(workbook);
  await page.getByText('69 行没有变化').waitFor();
  await look(t, page, 'import');
  await page.goto(`${url()}/catalogs/matter-natures?tab=board`);
  await page.getByRole('button', {name: /^商品质量投诉/}).focus();
  await page.keyboard.press('Enter');
  await page.getByText('请选择右侧可归入的类别').waitFor();
  await look(t, page, 'board');
  await page.getByRole('button', {name: /^服务消费投诉.*可归入/}).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', {name: '记入变更'}).click();
  await page.getByText('已记入').first().waitFor();
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('who leads where and what a row has to do with are walked by keys; whoever may not read catalogs sees neither', async t => {
  t.timeout(300_000);
  const {instance: {url}, window} = stage;
  const page = await window.open('qu.admin');
  await page.goto(`${url()}/dispatch-rules?area=650100&matter=02`);
  await page.getByRole('button', {name: /^占道经营 乌鲁木齐市/}).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText('依据的规则').waitFor();
  await look(t, page, 'map');
  await page.getByRole('link', {name: /查看规则/}).click();
  await page.getByRole('heading', {name: '职责清单'}).waitFor();
  await page.goto(`${url()}/catalogs/matters?tab=graph&key=010101`);
  await page.getByRole('link', {name: /^商品消费投诉/}).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {name: '事项性质对应'}).waitFor();
  await page.getByRole('group', {name: '商品消费投诉的关系图'}).waitFor();
  await look(t, page, 'graph');
  await page.context().close();
  const clerk = await window.open('shi.shouli');
  for (const [path, title] of [['catalogs/matters', '看不到目录'], ['dispatch-rules', '看不到派单规则检查'], ['limit-plans', '看不到时限重算']] as const) {
    await clerk.goto(`${url()}/${path}`);
    await clerk.getByRole('heading', {name: title}).waitFor();
  }
  await clerk.context().close();
  t.deepEqual(window.faults(), []);
});
