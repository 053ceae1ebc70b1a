import {writeSheet} from '@banli/catalogs';
import {catalogLifeRoutes as routes} from '@banli/api';
import test from 'ava';
import type {Locator, Page} from 'playwright-core';
import {settled, tick} from '../src/browser/hands.js';
import {createChecks} from '../src/checks.js';
import {stallOrder} from '../src/main-job/orders.js';
import {createScene} from '../src/main-job/scene.js';
import {usePages} from './support/pages.js';
import {password} from './support/stage.js';

const pages = usePages();

/** Marks rows and says that they become void; answers the drawer with the preview. */
async function voidMany(page: Page, titles: readonly string[]): Promise<Locator> {
  for (const title of titles) await tick(page.getByRole('checkbox', {name: `选中 ${title}`, exact: true}));
  await page.getByRole('button', {name: '批量修改'}).click();
  const drawer = page.getByRole('dialog');
  await tick(drawer.getByRole('radio', {name: '作废', exact: true}));
  return drawer;
}

test.serial('rows that orders, processes and other rows stand on do not become void: each conflict is named, and nothing can be recorded', async t => {
  t.timeout(300_000);
  const scene = createScene(pages().instance, createChecks('bulk', () => undefined), {password, startAt: 0});
  const [order] = await scene.register('shi.shouli', [stallOrder]);
  await scene.close();
  const page = await pages().window.open('qu.fenxi');
  await page.goto(pages().at('/catalogs/matters?tab=rows&code=02010'));
  const drawer = await voidMany(page, ['占道经营', '油烟扰民']);
  await drawer.getByText(/个问题须先改正/).waitFor();
  await drawer.getByText(new RegExp(`^占道经营 已关联 1 个工单（${order?.number ?? ''}）`)).waitFor();
  await drawer.getByText(/^占道经营 正被 1 个流程使用/).waitFor();
  await drawer.getByText(/^占道经营 被“职责清单”的 4 行引用（占道经营 · 天山区 · 天山区城市管理局/).waitFor();
  await drawer.getByText(/^占道经营 被 2 项其他数据引用/).waitFor();
  await drawer.getByText(/^油烟扰民 被“热词”的 1 行引用/).waitFor();
  await drawer.getByText('已作废', {exact: true}).first().waitFor();
  await pages().look(t, page, 'bulk-void-held');
  t.true(await settled(true, () => drawer.getByRole('button', {name: '记入变更'}).isDisabled()));
  await drawer.getByText('所选各行都被占用，没有可以继续的行。').waitFor();
  t.is(await settled(0, () => drawer.getByRole('button', {name: /^去掉被占用的/}).count()), 0);
  await page.goto(pages().at('/catalogs/natures?tab=rows'));
  const named = await voidMany(page, ['投诉']);
  await named.getByText(/^投诉 被.*引用/).first().waitFor();
  await pages().look(t, page, 'bulk-void-named');
  t.true(await settled(true, () => named.getByRole('button', {name: '记入变更'}).isDisabled()));
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('rows that nothing stands on become void together: recorded, reviewed, published, and found as such', async t => {
  t.timeout(300_000);
  const writer = await pages().window.open('qu.fenxi');
  await writer.goto(pages().at('/catalogs/hot-words?tab=rows'));
  const boxes = writer.getByRole('checkbox', {name: /^选中 /});
  await boxes.nth(1).waitFor();
  const words = await Promise.all([0, 1].map(async place => ((await boxes.nth(place).getAttribute('aria-label')) ?? '').replace('选中 ', '')));
  const drawer = await voidMany(writer, words);
  await drawer.getByText(/^将改变 2 行/).waitFor();
  await pages().look(t, writer, 'bulk-void-free');
  await drawer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('已记入').first().waitFor();
  await writer.goto(pages().at('/catalogs/hot-words?tab=changes'));
  await writer.getByRole('button', {name: /作废/}).click();
  await writer.getByRole('heading', {name: '修改内容（2 行）'}).waitFor();
  await writer.getByRole('button', {name: '提交审核'}).click();
  await writer.getByText('已提交审核').first().waitFor();
  await writer.context().close();
  const admin = await pages().window.open('qu.admin');
  await admin.goto(pages().at('/catalogs/hot-words?tab=changes'));
  await admin.getByRole('button', {name: /作废/}).click();
  await admin.getByRole('button', {name: '审核通过'}).click();
  await admin.getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('检查通过').waitFor();
  for (let step = 0; step < 3; step += 1) await admin.getByRole('button', {name: '下一步'}).click();
  await admin.locator('.ant-drawer').last().getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('已发布，').first().waitFor();
  await admin.goto(pages().at('/catalogs/hot-words?tab=rows'));
  await admin.locator('.ant-select', {hasText: '全部状态'}).click();
  await admin.locator('.ant-select-dropdown:visible').getByTitle('已作废', {exact: true}).click();
  for (const title of words) await admin.getByRole('row').filter({hasText: title}).getByText('已作废').waitFor();
  await pages().look(t, admin, 'bulk-voided');
  await admin.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('rows that are held are left out by one click and can be put back; the others are recorded, and those left out stay chosen', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('qu.fenxi');
  await page.goto(pages().at('/catalogs/tags?tab=rows'));
  const drawer = await voidMany(page, ['企业标签', '生产经营困难', '新办企业']);
  await drawer.getByText('所选行中有 1 行被工单、流程、其他数据或其他行占用，见下方问题。可以先处理其余各行。').waitFor();
  const record = drawer.getByRole('button', {name: '记入变更'});
  t.true(await settled(true, () => record.isDisabled()));
  await pages().look(t, page, 'bulk-void-some-held');
  await drawer.getByRole('button', {name: '去掉被占用的 1 行，继续'}).click();
  await drawer.getByText('已去掉 1 行：企业标签。记入变更后，这些行仍保持选中。').waitFor();
  await drawer.getByText(/^将改变 2 行/).waitFor();
  await drawer.getByRole('button', {name: '放回'}).click();
  await drawer.getByText(/^将改变 3 行/).waitFor();
  t.true(await settled(true, () => record.isDisabled()));
  await drawer.getByRole('button', {name: '去掉被占用的 1 行，继续'}).click();
  await drawer.getByText(/^将改变 2 行/).waitFor();
  await tick(drawer.getByRole('radio', {name: '恢复', exact: true}));
  t.is(await settled(0, () => drawer.getByText(/^已去掉/).count()), 0, 'another change begins with all rows');
  await tick(drawer.getByRole('radio', {name: '作废', exact: true}));
  await drawer.getByRole('button', {name: '去掉被占用的 1 行，继续'}).click();
  await drawer.getByText(/^将改变 2 行/).waitFor();
  await pages().look(t, page, 'bulk-void-left-out');
  await record.click();
  await page.getByText('已记入').first().waitFor();
  await page.getByText('已选 1 行').waitFor();
  t.true(await settled(true, () => page.getByRole('checkbox', {name: '选中 企业标签', exact: true}).isChecked()));
  await page.goto(pages().at('/catalogs/tags?tab=changes'));
  await page.getByRole('button', {name: /作废 2 行/}).click();
  await page.getByRole('heading', {name: '修改内容（2 行）'}).waitFor();
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('whoever reads English reads what is held, what was left out and where nothing can go on', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('qu.fenxi');
  await page.goto(pages().at('/catalogs/tags?tab=rows'));
  await page.getByRole('button', {name: 'English'}).click();
  for (const title of ['Tags of knowledge', 'Guides']) await tick(page.getByRole('checkbox', {name: `Choose ${title}`, exact: true}));
  await page.getByRole('button', {name: 'Change together'}).click();
  const drawer = page.getByRole('dialog');
  await tick(drawer.getByRole('radio', {name: 'Void', exact: true}));
  await drawer.getByText(/^1 of the chosen rows is still held by orders, /).waitFor();
  await pages().look(t, page, 'bulk-void-held-english');
  await drawer.getByRole('button', {name: 'Leave out what is held (1) and go on'}).click();
  await drawer.getByText('Left out (1): Tags of knowledge. They stay chosen once the others are recorded.').waitFor();
  t.true(await settled(true, () => drawer.getByRole('button', {name: 'Put into the change'}).isEnabled()));
  await drawer.getByRole('button', {name: 'Close'}).click();
  await page.getByText('2 rows chosen').waitFor();
  await page.getByRole('checkbox', {name: 'Choose Guides', exact: true}).click();
  await page.getByText('1 row chosen').waitFor();
  await page.getByRole('button', {name: 'Change together'}).click();
  await tick(page.getByRole('dialog').getByRole('radio', {name: 'Void', exact: true}));
  await page.getByRole('dialog').getByText('All chosen rows are still held: none can go ahead.').waitFor();
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

const wordColumns = ['code', 'titleZh', 'titleEn', 'descriptionZh'] as const;

/** Loads a workbook of these rows into the page of the tags. */
async function load(page: Page, rows: ReadonlyArray<Readonly<Record<string, string>>>): Promise<Locator> {
  await page.goto(pages().at('/catalogs/tags?tab=rows'));
  await page.getByRole('button', {name: /^导\s*入$/}).click();
  const drawer = page.getByRole('dialog');
  await drawer.locator('input[type=file]').setInputFiles({name: '标签.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: await writeSheet('tags', wordColumns, rows)});
  return drawer;
}

test.serial('a workbook with a wrong row is refused with row and column, and nothing is imported; mended it becomes a change of just what differs', async t => {
  t.timeout(300_000);
  const author = await pages().person('qu.fenxi');
  const sets = async () => (await author.call(routes.changes, {params: {catalogId: 'tags'}, query: {limit: 50}})).changes.length;
  const before = await sets();
  const page = await pages().window.open('qu.fenxi');
  const changed = {code: 'enterprise-key', titleZh: '重点企业', titleEn: 'Key enterprise', descriptionZh: '由专属服务专员联系'};
  const wrong = await load(page, [changed, {code: 'enterprise-difficult', titleZh: '', titleEn: 'In difficulties', descriptionZh: ''}]);
  await wrong.getByText(/个问题须先改正/).waitFor();
  await pages().look(t, page, 'import-refused');
  await wrong.getByText('“名称”不能为空。 第 3 行 · enterprise-difficult · 名称').waitFor();
  t.true(await settled(true, () => wrong.getByRole('button', {name: '下一步'}).isDisabled()));
  t.is(await sets(), before);
  const mended = await load(page, [changed, {code: 'enterprise-difficult', titleZh: '生产经营困难', titleEn: 'In difficulties', descriptionZh: ''}]);
  await mended.getByText('读到 2 行：1 行有变化，1 行没有变化。').waitFor();
  await pages().look(t, page, 'import-changed');
  await mended.getByRole('button', {name: '下一步'}).click();
  await mended.getByRole('button', {name: '生成变更'}).click();
  await page.getByRole('heading', {name: '修改内容（1 行）'}).waitFor();
  await page.getByText('由专属服务专员联系').first().waitFor();
  t.is(await settled(before + 1, sets), before + 1);
  await author.close();
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});
