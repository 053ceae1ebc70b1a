import test from 'ava';
import type {Page} from 'playwright-core';
import {answer, settled, until} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages();

test.serial('an administrator adds a column, moves it by key and by mouse, fills it in the same set, and it holds once it is reviewed and published', async t => {
  t.timeout(300_000);
  const writer = await pages().window.open('qu.fenxi');
  await writer.goto(pages().at('/catalogs/tags?tab=fields'));
  await writer.getByRole('button', {name: '修改字段 编码', exact: true}).waitFor();
  await pages().look(t, writer, 'fields');
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
  t.is(await settled('scopeOfUse', () => writer.getByRole('textbox', {name: '字段名', exact: true}).inputValue()), 'scopeOfUse');
  await pages().look(t, writer, 'field-editor');
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('已记入').first().waitFor();
  await writer.getByRole('button', {name: '上移 使用渠道'}).press('Enter');
  await writer.getByText('已移动“使用渠道”').waitFor({state: 'attached'});
  const byKey = await placeOf(writer);
  await writer.getByTitle('拖动 使用渠道 调整顺序').dragTo(writer.locator('.app-fields tbody tr').nth(1));
  await writer.locator('.app-fields tbody tr:nth-child(2)').filter({hasText: '使用渠道'}).waitFor();
  t.deepEqual([byKey > 1, await settled(1, () => placeOf(writer))], [true, 1]);
  await writer.reload();
  await writer.getByRole('button', {name: '修改字段 编码', exact: true}).waitFor();
  t.is(await settled(1, () => placeOf(writer)), 1, 'the place is kept in the set');
  await pages().look(t, writer, 'fields-proposed');
  await writer.getByRole('button', {name: '预览填写表单'}).click();
  await writer.getByText('仅电话').waitFor();
  await pages().look(t, writer, 'field-preview');
  await writer.goto(pages().at('/catalogs/tags?tab=rows'));
  await writer.locator('.app-catalog-open').first().click();
  await writer.getByRole('button', {name: '修改', exact: true}).click();
  await writer.getByText('仅电话').click();
  await writer.getByRole('button', {name: '记入变更'}).click();
  await writer.getByText('已记入').first().waitFor();
  await writer.goto(pages().at('/catalogs/tags?tab=changes'));
  await writer.getByRole('button', {name: /^新增字段/}).click();
  await writer.getByText('字段 · 使用渠道').waitFor();
  await pages().look(t, writer, 'field-change');
  await writer.getByRole('button', {name: '提交审核'}).click();
  await writer.getByText('已提交审核').first().waitFor();
  await publish();
  await writer.goto(pages().at('/catalogs/tags?tab=fields'));
  await writer.getByRole('button', {name: '停用字段 使用渠道'}).click();
  await answer(writer.getByRole('dialog').getByRole('button', {name: /^停\s*用$/}));
  await writer.getByText('已记入').first().waitFor();
  await pages().look(t, writer, 'fields-own');
  t.deepEqual(pages().window.faults(), []);
});

/** Where the new column stands in the list, from 0. */
async function placeOf(page: Page): Promise<number> {
  return (await page.locator('.app-fields tbody tr').allTextContents()).findIndex(text => text.includes('使用渠道'));
}

async function publish(): Promise<void> {
  const admin = await pages().window.open('qu.admin');
  await admin.goto(pages().at('/catalogs/tags?tab=changes'));
  await admin.getByRole('button', {name: /^新增字段/}).click();
  await admin.getByRole('button', {name: '审核通过'}).click();
  await admin.getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('检查通过').waitFor();
  for (let step = 0; step < 2; step += 1) await admin.getByRole('button', {name: '下一步'}).click();
  await admin.getByLabel('生效日期').click();
  await pages().window.picture(admin, 'publish-day');
  await admin.getByLabel('生效日期').press('Enter');
  await admin.getByRole('button', {name: '下一步'}).click();
  await admin.locator('.ant-drawer').last().getByRole('button', {name: /^发\s*布$/}).click();
  await admin.getByText('已发布，').first().waitFor();
  await admin.context().close();
}

test.serial('an administrator says who owns a catalog and what lower levels may make of its columns; nonsense is refused at its field', async t => {
  t.timeout(300_000);
  const writer = await pages().window.open('qu.fenxi');
  await writer.goto(pages().at('/catalogs/limits?tab=fields'));
  const save = writer.getByRole('button', {name: '记入变更'});
  await openByKey(writer, '修改字段 来源');
  await pick(writer, 'below', '只可缩短时限');
  await pick(writer, 'belowWith', '时限单位');
  await save.click();
  await writer.getByRole('alert').getByText('“时限单位”的下级调整范围已在另一字段中规定').waitFor();
  await pages().look(t, writer, 'bound-refused');
  await pick(writer, 'below', '只可补充文字');
  await answer(save);
  await openByKey(writer, '修改字段 提前预警');
  await pick(writer, 'below', '锁定，不可调整');
  await answer(save);
  await writer.locator('.app-fields tbody tr').filter({hasText: '来源'}).getByText('下级只可补充文字').waitFor();
  await openByKey(writer, '修改字段 时限单位');
  await writer.getByText('随“时限”一并规定').waitFor();
  await writer.keyboard.press('Escape');
  await writer.getByRole('dialog').waitFor({state: 'hidden'});
  await openByKey(writer, '修改设置');
  await writer.getByRole('textbox', {name: '名称（英文）', exact: true}).fill('');
  await save.click();
  await writer.getByText('请填写').first().waitFor();
  await writer.getByRole('textbox', {name: '名称（英文）', exact: true}).fill('Time limits');
  await pick(writer, 'owner', '乌鲁木齐市12345热线中心');
  await pages().look(t, writer, 'settings-editor');
  await answer(save);
  await writer.getByText('待发布：', {exact: false}).first().waitFor();
  await pages().look(t, writer, 'settings-proposed');
  await writer.goto(pages().at('/catalogs/limits?tab=changes'));
  await writer.getByRole('button', {name: /^修改字段/}).click();
  await writer.getByText('目录设置 · 时限目录').waitFor();
  for (const told of ['自治区12345热线中心', '只可补充文字', '可自行填写', '锁定，不可调整']) await writer.locator('.app-catalog-diff').getByText(told).first().waitFor();
  await pages().look(t, writer, 'settings-change');
  const clerk = await pages().window.open('shi.zhiban');
  await clerk.goto(pages().at('/catalogs/limits?tab=fields'));
  await clerk.getByRole('tab', {name: '版本'}).waitFor();
  t.is(await clerk.getByRole('button', {name: '修改设置'}).count(), 0, 'whoever does not own the catalog is not offered it');
  t.deepEqual(pages().window.faults().filter(fault => !fault.includes('422')), [], 'only what was nonsense was refused');
});

/** Opens a dialog without a mouse. */
async function openByKey(page: Page, name: string): Promise<void> {
  await page.getByRole('button', {name, exact: true}).press('Enter');
  await page.getByRole('dialog').waitFor();
}

async function pick(page: Page, cell: string, option: string): Promise<void> {
  await page.locator(`#field-${cell}`).click({force: true});
  await page.locator('.ant-select-dropdown:visible').getByText(option, {exact: true}).first().click();
}
