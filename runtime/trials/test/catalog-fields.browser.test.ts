import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {startInstance, type Instance} from '../src/instance.js';

const password = 'Banli-ziduan-2026';
const pictures = process.env['BANLI_TEST_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'banli-pictures-'));

let instance: Instance;
let window: Window;

test.before(async t => {
  t.timeout(120_000);
  instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn', BANLI_CATALOG_REVIEW: 'none'}});
  window = await openWindow(instance.url, password, pictures);
});

test.after.always(async () => {
  await window.close();
  await instance.remove();
});

async function look(t: ExecutionContext, page: Page, name: string): Promise<void> {
  await window.picture(page, name);
  t.deepEqual(await findBarriers(page), [], name);
}

test.serial('an administrator adds a column, moves it by key, fills it in the same set, and it holds once it is reviewed and published', async t => {
  t.timeout(300_000);
  const writer = await window.open('qu.fenxi');
  await writer.goto(`${instance.url()}/catalogs/tags?tab=fields`);
  await writer.getByRole('button', {name: '修改字段 编码', exact: true}).waitFor();
  await look(t, writer, 'fields');
  await writer.getByRole('button', {name: '新增字段'}).click();
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('请填写').first().waitFor();
  await writer.getByRole('textbox', {name: '名称', exact: true}).fill('使用渠道');
  await writer.getByRole('textbox', {name: '名称（英文）', exact: true}).fill('Scope of use');
  await writer.locator('#field-type').click({force: true});
  await writer.locator('.ant-select-dropdown:visible').getByText('选项').click();
  for (const [count, value, zh, en] of [[1, 'all', '全部', 'All'], [2, 'phone', '仅电话', 'Phone only']] as const) {
    await writer.getByRole('button', {name: '增加一项'}).click();
    await writer.getByLabel(`第 ${count} 项的值`).fill(value);
    await writer.getByLabel(`第 ${count} 项的名称`, {exact: true}).fill(zh);
    await writer.getByLabel(`第 ${count} 项的英文名称`).fill(en);
  }
  t.is(await writer.getByRole('textbox', {name: '字段名', exact: true}).inputValue(), 'scopeOfUse');
  await look(t, writer, 'field-editor');
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('已记入').first().waitFor();
  await writer.getByRole('button', {name: '上移 使用渠道'}).press('Enter');
  await writer.getByText('已移动“使用渠道”').waitFor({state: 'attached'});
  await look(t, writer, 'fields-proposed');
  await writer.getByRole('button', {name: '预览填写表单'}).click();
  await writer.getByText('仅电话').waitFor();
  await look(t, writer, 'field-preview');
  await writer.goto(`${instance.url()}/catalogs/tags?tab=rows`);
  await writer.locator('.app-catalog-open').first().click();
  await writer.getByRole('button', {name: '修改', exact: true}).click();
  await writer.getByText('仅电话').click();
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('已记入').first().waitFor();
  await writer.goto(`${instance.url()}/catalogs/tags?tab=changes`);
  await writer.getByRole('button', {name: /^新增字段/}).click();
  await writer.getByText('字段 · 使用渠道').waitFor();
  await look(t, writer, 'field-change');
  await writer.getByRole('button', {name: '提交审核'}).click();
  await writer.getByText('已提交审核').first().waitFor();
  await publish();
  await writer.goto(`${instance.url()}/catalogs/tags?tab=fields`);
  await writer.getByRole('button', {name: '停用字段 使用渠道'}).click();
  await writer.getByRole('button', {name: /^停\s*用$/}).last().click();
  await writer.getByText('已记入').first().waitFor();
  await look(t, writer, 'fields-own');
  t.deepEqual(window.faults(), []);
  t.log(`pictures: ${pictures}`);
});

async function publish(): Promise<void> {
  const admin = await window.open('qu.admin');
  await admin.goto(`${instance.url()}/catalogs/tags?tab=changes`);
  await admin.getByRole('button', {name: /^新增字段/}).click();
  await admin.getByRole('button', {name: '审核通过'}).click();
  await admin.getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('检查通过').waitFor();
  for (let step = 0; step < 2; step += 1) await admin.getByRole('button', {name: '下一步'}).click();
  await admin.getByLabel('生效日期').click();
  await window.picture(admin, 'publish-day');
  await admin.getByLabel('生效日期').press('Enter');
  await admin.getByRole('button', {name: '下一步'}).click();
  await admin.locator('.ant-drawer').last().getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('已发布，').first().waitFor();
  await admin.context().close();
}
