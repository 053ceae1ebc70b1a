import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {chromium, type Browser, type Page} from 'playwright-core';
import {build} from 'vite';
import {startFakeServer, type FakeServer} from './fake-server.js';

const app = new URL('..', import.meta.url).pathname;
const bundle = new URL('../../../platform/bundles/test/fixtures/leave-desk', import.meta.url).pathname;

interface Scene {
  readonly server: FakeServer;
  readonly page: Page;
  readonly faults: string[];
}

const built: {dist: string; browser: Browser | null} = {dist: '', browser: null};

test.before(async t => {
  t.timeout(180_000);
  built.dist = await mkdtemp(path.join(tmpdir(), 'banli-designer-'));
  await build({root: app, configFile: path.join(app, 'vite.config.ts'), logLevel: 'error', build: {outDir: built.dist, emptyOutDir: true}});
  built.browser = await chromium.launch({executablePath: process.env['BANLI_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage']});
});

test.after.always(async () => {
  await built.browser?.close();
  await rm(built.dist, {recursive: true, force: true});
});

/** The editor on a fresh copy of the bundle; `faults` collects what the page or its security policy complains about. */
async function setup(t: ExecutionContext): Promise<Scene> {
  t.timeout(120_000);
  const server = await startFakeServer(built.dist, bundle);
  if (!built.browser) throw new Error('Chromium did not start.');
  const page = await built.browser.newPage({viewport: {width: 1366, height: 768}});
  t.teardown(async () => {
    await page.close();
    await server.close();
  });
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => (message.type() === 'error' && !message.text().includes('status of 4') ? faults.push(message.text()) : undefined));
  await page.goto(`${server.address}bundles/hotline`);
  await page.locator('[data-element-id=applyLeave]').first().waitFor();
  return {server, page, faults};
}

async function selectFlow(page: Page, id: string): Promise<void> {
  const point = await page.locator(`[data-element-id=${id}] .djs-visual > path`).first().evaluate(element => {
    const line = element as unknown as SVGPathElement;
    const middle = line.getPointAtLength(line.getTotalLength() / 2);
    const {x, y} = new DOMPoint(middle.x, middle.y).matrixTransform(line.getScreenCTM() ?? new DOMMatrix());
    return {x, y};
  });
  await page.mouse.click(point.x, point.y);
}

test.serial('a wrong rule is marked at its element and listed; mended, it can be published', async t => {
  const {server, page, faults} = await setup(t);
  await page.getByText('没有问题；没有未发布的修改').waitFor();
  t.true(await page.getByRole('button', {name: '发布', exact: true}).isDisabled());
  await page.locator('[data-element-id=reviewLeave]').first().click();
  await page.locator('.ant-collapse-header [role=button]').first().click();
  const rule = page.getByLabel('可用条件');
  await rule.fill('form.dayz <= 30');
  await rule.blur();
  await page.locator('.banli-problem-mark').waitFor();
  t.regex(await page.locator('.banli-problems li').first().innerText(), /form.+dayz/);
  t.true(await page.getByRole('button', {name: '发布', exact: true}).isDisabled());
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

test.serial('a condition of a gateway is checked while it is typed', async t => {
  const {page} = await setup(t);
  await selectFlow(page, 'urgentNow');
  const condition = page.getByLabel('条件（FEEL）');
  await condition.fill('urgent = ');
  t.regex(await page.locator('.banli-panel-error').innerText(), /不完整/);
  await condition.fill('shell("x")');
  t.regex(await page.locator('.banli-panel-error').innerText(), /不允许使用函数/);
});

test.serial('the template of a plugin sets a step up, names its fields and checks them', async t => {
  const {server, page, faults} = await setup(t);
  const word = page.getByLabel('词语');
  await page.locator('[data-element-id=sendNotice]').first().click();
  await page.getByLabel('执行的服务').fill('倒写');
  await page.locator('.ant-select-item-option').filter({hasText: '把词语倒过来写进时间线'}).click();
  await word.waitFor();
  t.is(await word.inputValue(), '办理');
  await page.getByText(/^没有问题/).waitFor();
  await word.fill('');
  await word.blur();
  t.is(await page.locator('.banli-panel-error').innerText(), '必填');
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
  const isThere = (): boolean => server.state.files['bundle.yaml']?.endsWith('# 补充\n') ?? false;
  for (let tries = 0; tries < 200 && !isThere(); tries++) await page.waitForTimeout(100);
  t.true(isThere());
});

test.serial('English is complete', async t => {
  const {page} = await setup(t);
  await page.getByRole('button', {name: 'English'}).click();
  await page.getByText('No problems; no unpublished changes').waitFor();
  await page.locator('[data-element-id=reviewLeave]').first().click();
  t.true(await page.getByText('Outcomes').first().isVisible());
});
