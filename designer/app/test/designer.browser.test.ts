import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {chromium, type Browser, type Page} from 'playwright-core';
import {build} from 'vite';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {startFakeServer, type FakeServer} from './fake-server.js';
import {holds, until} from './until.js';

const app = new URL('..', import.meta.url).pathname;
const bundle = new URL('../../../platform/bundles/test/fixtures/leave-desk', import.meta.url).pathname;
const hotline = new URL('../../../templates/hotline', import.meta.url).pathname;
/** Where screenshots go, to be looked at; none without it. */
const pictures = process.env['BANLI_TEST_PICTURES'];

interface Scene {
  readonly server: FakeServer;
  readonly page: Page;
  readonly faults: string[];
}

const built: {dist: string; browser: Browser | null} = {dist: '', browser: null};

test.before(async t => {
  t.timeout(300_000);
  built.dist = scratchFolder('designer');
  await build({root: app, configFile: path.join(app, 'vite.config.ts'), logLevel: 'error', build: {outDir: built.dist, emptyOutDir: true}});
  built.browser = await chromium.launch({executablePath: process.env['BANLI_TEST_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage']});
});

test.after.always(async () => {
  await built.browser?.close();
});

/** The editor on a fresh copy of the bundle; `faults` collects what the page or its security policy complains about. */
async function setup(t: ExecutionContext, {folder = bundle, tab = '', width = 1366}: {readonly folder?: string; readonly tab?: string; readonly width?: number} = {}): Promise<Scene> {
  t.timeout(300_000);
  const server = await startFakeServer(built.dist, folder);
  if (!built.browser) throw new Error('Chromium did not start.');
  const page = await built.browser.newPage({viewport: {width, height: width < 600 ? 812 : 768}, reducedMotion: 'reduce'});
  page.setDefaultTimeout(60_000);
  t.teardown(async () => {
    await page.close();
    await server.close();
  });
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.message));
  // A cleared choice is `null`, which the select of trees takes and, unless built for production, complains about.
  const expected = ['status of 4', 'Invalid prop `value` supplied to `TreeSelect`'];
  page.on('console', message => (message.type() === 'error' && !expected.some(words => message.text().includes(words)) ? faults.push(message.text()) : undefined));
  await page.goto(`${server.address}bundles/hotline${tab}`);
  await page.locator(tab === '' ? '[data-element-id=applyLeave]' : '.designer-tabs').first().waitFor();
  return {server, page, faults};
}

async function selectFlow(page: Page, id: string): Promise<void> {
  const find = () => page.locator(`[data-element-id=${id}] .djs-visual > path`).first().evaluate(element => {
    const line = element as unknown as SVGPathElement;
    const middle = line.getPointAtLength(line.getTotalLength() / 2);
    const {x, y} = new DOMPoint(middle.x, middle.y).matrixTransform(line.getScreenCTM() ?? new DOMMatrix());
    return {x, y};
  });
  // The drawing may still be on its way into the window.
  let before = await find();
  const point = await until(now => {
    const stands = now.x === before.x && now.y === before.y;
    before = now;
    return stands;
  }, find);
  await page.mouse.click(point.x, point.y);
}

test.serial('a wrong rule is marked at its element and listed; mended, it can be published', async t => {
  const {server, page, faults} = await setup(t);
  await page.getByText('没有问题；没有未发布的修改').waitFor();
  t.true(await holds(() => page.getByRole('button', {name: '发布', exact: true}).isDisabled()));
  await page.locator('[data-element-id=reviewLeave]').first().click();
  await page.locator('.ant-collapse-header [role=button]').first().click();
  const rule = page.getByLabel('可用条件');
  await rule.fill('form.dayz <= 30');
  await rule.blur();
  await page.locator('.banli-problem-mark').waitFor();
  await page.locator('.banli-problems li').filter({hasText: /form.+dayz/}).first().waitFor();
  t.true(await holds(() => page.getByRole('button', {name: '发布', exact: true}).isDisabled()));
  await rule.fill('form.days <= 30');
  await rule.blur();
  await page.getByText('没有问题，可以发布').waitFor();
  await page.getByRole('button', {name: '发布', exact: true}).click();
  await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
  await page.locator('.ant-modal-confirm-title', {hasText: '已发布'}).waitFor();
  t.is(server.state.published.length, 2);
  t.true(Object.values(server.state.files).some(text => text.includes('form.days &#60;= 30') || text.includes('form.days &lt;= 30')));
  t.deepEqual(faults, []);
});

test.serial('an address of an application that is not there says so and leads back', async t => {
  const {server, page} = await setup(t);
  await page.goto(`${server.address}bundles/nothing`);
  await page.getByRole('heading', {name: '没有这个应用'}).waitFor();
  await page.getByRole('link', {name: '返回应用列表'}).click();
  await page.getByRole('heading', {name: '应用', exact: true}).waitFor();
  t.pass();
});

test.serial('undo takes back a removed step with its problems', async t => {
  const {page, faults} = await setup(t);
  await page.locator('[data-element-id=adviseLeave]').first().click();
  await page.keyboard.press('Delete');
  await page.locator('.banli-problems li').first().waitFor();
  await page.getByRole('button', {name: '撤销'}).click();
  await page.getByText(/^没有问题/).waitFor();
  t.deepEqual(faults, []);
});

test.serial('a task that goes along with its case is told in the panel and written into the drawing', async t => {
  const {server, page, faults} = await setup(t);
  await page.locator('[data-element-id=reviewLeave]').first().click();
  const follow = page.getByLabel('办件移交时');
  await follow.fill('随办件');
  await page.locator('.ant-select-item-option', {hasText: /^任务随办件移交$/}).click();
  await page.getByText('没有问题，可以发布').waitFor();
  await follow.scrollIntoViewIfNeeded();
  if (pictures) await page.screenshot({path: `${pictures}/follow-1366.png`});
  await page.getByRole('button', {name: '发布', exact: true}).click();
  await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
  await page.locator('.ant-modal-confirm-title', {hasText: '已发布'}).waitFor();
  t.true(Object.values(server.state.files).some(text => text.includes('follow="true"')));
  t.deepEqual(faults, []);
});

test.serial('a condition of a gateway is checked while it is typed', async t => {
  const {page} = await setup(t);
  await selectFlow(page, 'urgentNow');
  const condition = page.getByLabel('条件（FEEL）');
  await condition.fill('urgent = ');
  await page.locator('.banli-panel-error').filter({hasText: /不完整/}).waitFor();
  await condition.fill('shell("x")');
  await page.locator('.banli-panel-error').filter({hasText: /不允许使用函数/}).waitFor();
  t.pass();
});

test.serial('the template of a plugin sets a step up, names its fields and checks them', async t => {
  const {server, page, faults} = await setup(t);
  const word = page.getByLabel('词语');
  await page.locator('[data-element-id=sendNotice]').first().click();
  await page.getByLabel('执行的服务').fill('倒写');
  await page.locator('.ant-select-item-option').filter({hasText: '把词语倒过来写进时间线'}).click();
  await word.waitFor();
  t.is(await until(text => text !== '', () => word.inputValue()), '办理');
  await page.getByText(/^没有问题/).waitFor();
  await word.fill('');
  await word.blur();
  await page.locator('.banli-panel-error').filter({hasText: /^必填$/}).waitFor();
  await page.locator('.banli-problems li', {hasText: 'BUNDLES_INPUT_MISSING'}).waitFor();
  await page.locator('.banli-problem-mark').waitFor();
  await word.fill('=form.days');
  await word.blur();
  await page.locator('.banli-problems li', {hasText: 'sendNotice › input word'}).waitFor();
  await word.fill('=form.title');
  await word.blur();
  await page.getByText(/^没有问题/).waitFor();
  await page.getByText('已保存').waitFor();
  t.regex(server.state.files['processes/leaveRequest.bpmn'] ?? Object.values(server.state.files).join('\n'), /banli:topic="demo.ok" banli:template="demo.ok"[\s\S]*<banli:input name="word" value="form.title" \/>/);
  t.deepEqual(faults, []);
});

test.serial('what somebody else saved meanwhile is not overwritten', async t => {
  const {server, page} = await setup(t);
  server.state.revision = 7;
  await page.getByRole('tab', {name: '其他文件'}).click();
  await page.locator('.designer-files-text').fill('id: leaveDesk\n');
  await page.getByText('草稿未能保存').waitFor();
  t.is(server.state.revision, 7);
  t.true((server.state.files['bundle.yaml'] ?? '').length > 100);
});

test.serial('what was typed while the page went away is there again', async t => {
  const {server, page} = await setup(t);
  await page.route('**/api/design/bundles/hotline/draft', route => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
  await page.getByRole('tab', {name: '其他文件'}).click();
  const text = page.locator('.designer-files-text');
  await text.fill(`${await text.inputValue()}# 补充\n`);
  await page.getByText('已存在本机').waitFor();
  await page.unroute('**/api/design/bundles/hotline/draft');
  await page.reload();
  t.true(await holds(() => server.state.files['bundle.yaml']?.endsWith('# 补充\n') ?? false));
});

test.serial('English is complete, but for what the application itself is called in Chinese', async t => {
  const {page} = await setup(t);
  await page.getByRole('button', {name: 'English'}).click();
  await page.getByText('No problems; no unpublished changes').waitFor();
  await page.locator('[data-element-id=reviewLeave]').first().click();
  await page.getByText('Outcomes').first().waitFor();
  const chinese = (selector: string) => page.locator(selector).evaluateAll(all => all.flatMap(element => [element.textContent ?? '', element.getAttribute('title') ?? '', element.getAttribute('aria-label') ?? '', element.getAttribute('placeholder') ?? '']).filter(text => text !== '中文' && /[\u3400-\u9fff]/.test(text.replaceAll(/"[^"]*"/g, ''))));
  const noneOf = (selector: string) => until(found => found.length === 0, () => chinese(selector));
  t.deepEqual(await noneOf('.djs-palette .entry, .djs-context-pad .entry, .banli-process-tools button, .designer-tabs, .designer-bar button'), []);
  const words = '.banli-process-panel label, .banli-process-panel h2, .banli-process-panel button, .banli-panel-help, .banli-panel-error, .banli-process-panel .ant-select-selection-placeholder';
  for (const id of ['applyLeave', 'reviewLeave', 'sendNotice', 'adviseLeave']) {
    await page.locator(`[data-element-id=${id}]`).first().click();
    t.deepEqual(await noneOf(words), [], id);
  }
  await selectFlow(page, 'urgentNow');
  t.deepEqual(await noneOf(words), [], 'flow');
  if (pictures) await page.screenshot({path: `${pictures}/english-1366.png`});
});

test.serial('an id that cannot be written counts as a problem while it stands there, and nothing is publishable meanwhile', async t => {
  const {page} = await setup(t);
  await page.locator('[data-element-id=reviewLeave]').first().click();
  const id = page.getByLabel('标识', {exact: true}).first();
  const name = page.getByLabel('名称', {exact: true}).first();
  await name.fill('审核请假');
  await name.blur();
  await page.getByText('没有问题，可以发布').waitFor();
  await id.fill('1 bad');
  await page.locator('.banli-problems li', {hasText: 'BUNDLES_ID_FORM'}).waitFor();
  t.true(await holds(() => page.getByRole('button', {name: '发布', exact: true}).isDisabled()));
  await id.fill('adviseLeave');
  await page.locator('.banli-problems li', {hasText: 'BUNDLES_ID_DUPLICATE'}).waitFor();
  t.is(await until(count => count === 1, () => page.locator('.banli-problems li').count()), 1);
  if (pictures) await page.screenshot({path: `${pictures}/id-1366.png`});
  await id.fill('reviewLeave');
  await page.getByText('没有问题，可以发布').waitFor();
  t.true(await holds(() => page.getByRole('button', {name: '发布', exact: true}).isEnabled()));
});

const rows = (page: Page) => page.locator('.designer-layout-row').evaluateAll(all => all.map(row => row.getAttribute('data-field-id') ?? ''));
const layoutOf = ({server}: Scene, file = 'case') => JSON.parse(server.state.files[`forms/layouts/${file}.layout.json`] ?? '{}') as {areas?: string[]; fields?: Record<string, {after?: string; hidden?: boolean; width?: string}>};

test.serial('the form of a matter is shown with its layers, and its fields are moved, renamed and hidden by keyboard', async t => {
  const scene = await setup(t, {folder: hotline, tab: '?tab=layout&matter=0101&channel=line-12315&area=650100'});
  const {page, faults} = scene;
  await page.locator('[data-field-id="element.shop-name"]').waitFor();
  const preview = page.getByRole('region', {name: '表单预览'});
  await preview.getByText('商家名称').waitFor();
  await preview.getByText('12315 登记编号').waitFor();
  await page.locator('[data-field-id="element.shop-name"]').filter({hasText: /商家名称\*?\s*\*?[\s\S]*事项要素/}).waitFor();
  await page.locator('summary', {hasText: '诉求内容'}).click();
  await page.locator('[data-field-id="title"]').filter({hasText: '基础表单'}).waitFor();
  await page.locator('[data-field-id="element.brand"]').focus();
  await page.keyboard.press('Alt+ArrowUp');
  t.true(await holds(() => layoutOf(scene).fields?.['element.brand']?.after === 'element.shop-name'));
  const order = ['element.shop-name', 'element.brand', 'element.amount'];
  t.deepEqual(await until(ids => ids.join() === order.join(), async () => (await rows(page)).filter(id => id.startsWith('element.'))), order);
  await page.locator('[data-field-id="element.brand"]:focus').waitFor();
  await page.getByLabel('显示名称').fill('型号');
  await page.keyboard.press('Enter');
  await preview.getByText('型号').waitFor();
  await page.getByRole('switch', {name: '隐藏'}).press('Space');
  await page.locator('summary', {hasText: '已隐藏'}).waitFor();
  t.true(await holds(() => layoutOf(scene).fields?.['element.brand']?.hidden === true));
  t.is(await until(count => count === 0, () => preview.getByText('型号').count()), 0);
  await page.locator('[data-field-id="element.shop-name"]').click();
  t.true(await holds(() => page.getByRole('switch', {name: '隐藏'}).isDisabled()));
  await page.locator('[data-field-id="element.amount"]').click();
  await page.getByText('目录中有 2 处要求必填，不能隐藏').waitFor();
  await page.locator('[data-field-id="title"]').click();
  await page.getByText('基础表单的字段在表单文件中调整。').waitFor();
  if (pictures) await page.screenshot({path: `${pictures}/layout-base.png`});
  await page.locator('[data-field-id="element.shop-name"]').click();
  await page.getByRole('switch', {name: '标出来源'}).click();
  if (pictures) await page.screenshot({path: `${pictures}/layout-1366.png`});
  await page.getByText('手机', {exact: true}).click();
  t.true(await holds(() => preview.evaluate(element => element.getBoundingClientRect().width <= 375)));
  if (pictures) await page.screenshot({path: `${pictures}/layout-phone.png`});
  t.deepEqual(faults, []);
});

test.serial('a place gets a layout of its own; nothing is lost by going to another tab; a broken file is named', async t => {
  const scene = await setup(t, {folder: hotline, tab: '?tab=layout&matter=0101&area=650100'});
  const {page} = scene;
  await page.locator('[data-field-id="element.amount"]').click();
  await page.getByRole('combobox', {name: '编辑布局'}).press('ArrowDown');
  await page.locator('.ant-select-item-option', {hasText: '地区 6501'}).click();
  await page.getByText('尚无此布局').waitFor();
  await page.getByText('两列', {exact: true}).click();
  t.true(await holds(() => layoutOf(scene, 'case6501').fields?.['element.amount']?.width === 'two'));
  t.deepEqual(layoutOf(scene, 'case6501').areas, ['6501']);
  await page.getByRole('tab', {name: '其他文件'}).click();
  await page.getByRole('tab', {name: '布局'}).click();
  await page.locator('[data-field-id="element.amount"]').click();
  await page.getByText('当前地区由 forms/layouts/case6501.layout.json 安排此字段').waitFor();
  await page.getByRole('tab', {name: '其他文件'}).click();
  await page.getByRole('menuitem', {name: 'forms/layouts/case.layout.json'}).click();
  await page.locator('.designer-files-text').fill('{');
  await page.getByRole('tab', {name: /布局/}).click();
  await page.getByText('有文件无法读取').waitFor();
  await page.getByText('forms/layouts/case.layout.json').first().waitFor();
  t.pass();
});

test.serial('a form that stands in for the base form is chosen, shown with the layers of the matter, and not arranged', async t => {
  const scene = await setup(t, {folder: hotline, tab: '?tab=layout&matter=0101'});
  const {page, server, faults} = scene;
  const form = JSON.parse(server.state.files['forms/case.form.json'] ?? '{}') as {properties: Record<string, unknown>};
  const lot = {type: 'string', title: '停车场名称', 'x-component': 'Input', 'x-decorator': 'FormItem', 'x-banli': {id: 'parkingLot', group: 'content'}};
  const parking = {...form, 'x-banli-form': {id: 'parking', title: {'zh-CN': '停车类诉求表', en: 'Parking'}}, properties: {lotSection: {type: 'void', title: '停车场', 'x-component': 'Section', 'x-banli': {id: 'lotSection', group: 'content'}, properties: {parkingLot: lot}}, ...form.properties}};
  server.state.files = {...server.state.files, 'forms/parking.form.json': JSON.stringify(parking)};
  await page.reload();
  const preview = page.getByRole('region', {name: '表单预览'});
  await preview.getByText('商家名称').waitFor();
  t.is(await until(count => count === 0, () => preview.getByText('停车场名称').count()), 0);
  const bar = page.getByRole('group', {name: '查看谁的表单'});
  await bar.locator('[data-field=form] .ant-select').click();
  await page.locator('.ant-select-dropdown:visible').getByTitle('停车类诉求表').click();
  await preview.getByText('停车场名称').waitFor();
  await preview.getByText('商家名称').waitFor();
  await page.getByText('目录指定“停车类诉求表”的事项').waitFor();
  await page.waitForURL(/form=parking/);
  await page.locator('[data-field-id="element.shop-name"]').click();
  await page.getByText('正在查看替代表单，布局请在基础表单上调整。').waitFor();
  if (pictures) await page.screenshot({path: `${pictures}/layout-stand-in.png`});
  if (pictures) {
    await page.setViewportSize({width: 375, height: 812});
    await page.screenshot({path: `${pictures}/layout-stand-in-375.png`});
  }
  t.deepEqual(faults, []);
});

test.serial('on a phone the layout stands in one column without scrolling sideways', async t => {
  const {page, faults} = await setup(t, {folder: hotline, tab: '?tab=layout&matter=0101', width: 375});
  await page.locator('[data-field-id="element.amount"]').click();
  t.true(await holds(() => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)));
  t.true(await holds(async () => ((await page.locator('[data-field-id="element.amount"]').boundingBox())?.height ?? 0) >= 44));
  if (pictures) await page.screenshot({path: `${pictures}/layout-375.png`, fullPage: true});
  t.deepEqual(faults, []);
});

test.serial('hints, words, fill and receivers are set in a form of their own; what is wrong is told at the row, and it is published', async t => {
  const scene = await setup(t, {folder: hotline, tab: '?tab=rules'});
  const {server, page, faults} = scene;
  const manifest = () => server.state.files['bundle.yaml'] ?? '';
  const choose = async (label: string | RegExp, option: string) => {
    const box = page.getByRole('combobox', {name: label}).first();
    await box.focus();
    await box.fill(option);
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option-active', {hasText: option}).waitFor();
    await box.press('Enter');
  };
  await page.getByRole('region', {name: '登记提示'}).waitFor();
  if (pictures) await page.screenshot({path: `${pictures}/rules-1366.png`});
  await choose('热点分类', '诉求内容');
  t.true(await holds(() => manifest().includes('hotClass: content')));
  t.true(manifest().includes('# C5: what the negative list does not accept'), 'comments stay');
  const seats = () => (server.state.files['forms/case.form.json'] ?? '').split('"words": "seat"').length;
  const before = seats();
  await choose(/答复用语/, '详细地点');
  await page.keyboard.press('Escape');
  t.true(await holds(() => seats() === before + 1));
  const receiver = page.getByRole('region', {name: '通知对象'}).locator('.designer-rules-row').first();
  const unit = receiver.getByLabel('机构', {exact: true});
  await unit.fill('=form.nowhere');
  await unit.blur();
  await receiver.getByRole('alert').waitFor();
  await page.locator('.banli-problems li', {hasText: 'EXPRESSIONS_ENTRY_UNKNOWN'}).waitFor();
  if (pictures) await page.screenshot({path: `${pictures}/rules-problem.png`});
  await page.getByRole('tab', {name: '流程'}).click();
  await page.locator('.banli-problems li button').first().click();
  await page.getByRole('region', {name: '通知对象'}).getByRole('alert').waitFor();
  await receiver.getByRole('combobox').press('ArrowDown');
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', {hasText: '行业主管部门'}).click();
  await page.getByText('没有问题，可以发布').waitFor();
  await page.getByText('已保存').waitFor();
  await page.getByRole('button', {name: '发布', exact: true}).click();
  await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
  await page.locator('.ant-modal-confirm-title', {hasText: '已发布'}).waitFor();
  t.is(server.state.published.length, 2);
  t.deepEqual(faults, []);
});

test.serial('rules stand in one column on a phone', async t => {
  const {page, faults} = await setup(t, {folder: hotline, tab: '?tab=rules', width: 375});
  await page.getByRole('region', {name: '登记提示'}).waitFor();
  t.true(await holds(() => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)));
  if (pictures) await page.screenshot({path: `${pictures}/rules-375.png`});
  t.deepEqual(faults, []);
});
