import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {findBarriers} from '../src/browser/axe.js';
import {resize} from '../src/browser/browser.js';
import {clickFlow} from '../src/browser/hands.js';
import {photograph} from '../src/browser/photograph.js';
import {usePages} from './support/pages.js';

const pages = usePages();
const editor = '/designer/bundles/hotline';

/** What axe finds in what a page shows, on a laptop and on a phone: each with name and size. The page has a picture in both. */
async function barriers(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const size of ['laptop', 'phone'] as const) {
    await resize(page, size);
    await photograph(page, join(pages().pictures, `${name}-${size}.png`));
    found.push(...(await findBarriers(page)).map(barrier => `${name}, ${size}: ${barrier}`));
  }
  await resize(page, 'laptop');
  return found;
}

test.serial('the list of applications, one that is not there, the releases and the question before publishing are accessible on laptop and phone', async t => {
  t.timeout(600_000);
  const page = await pages().window.open('qu.fenxi');
  await page.goto(pages().at('/designer'));
  await page.getByRole('link', {name: '12345 热线诉求工单'}).waitFor();
  const found = [...(await barriers(page, 'bundles'))];
  await page.goto(pages().at('/designer/bundles/nothing'));
  await page.getByRole('heading', {name: '没有这个应用'}).waitFor();
  found.push(...(await barriers(page, 'bundle-unknown')));
  await page.goto(pages().at(`${editor}?tab=files`));
  await page.getByRole('button', {name: '发布记录'}).click();
  const releases = page.getByRole('dialog', {name: '发布记录'});
  await releases.getByText('当前').first().waitFor();
  found.push(...(await barriers(page, 'releases')));
  await page.keyboard.press('Escape');
  await releases.waitFor({state: 'hidden'});
  const text = page.locator('.designer-files-text');
  await text.fill(`${await text.inputValue()}# 补充\n`);
  await page.getByText('没有问题，可以发布').waitFor();
  await page.getByRole('button', {name: '发布', exact: true}).click();
  await page.locator('.ant-modal-confirm-btns').waitFor();
  found.push(...(await barriers(page, 'publish-asked')));
  t.deepEqual(found, []);
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('the drawing is accessible with nothing, a step and a flow selected, on laptop and phone', async t => {
  t.timeout(600_000);
  const page = await pages().window.open('qu.fenxi');
  await page.goto(pages().at(editor));
  const step = page.locator('[data-element-id=dispatchCase]').first();
  await step.waitFor();
  const found = [...(await barriers(page, 'process'))];
  await step.click();
  await page.getByLabel('名称').first().waitFor();
  found.push(...(await barriers(page, 'process-step')));
  // The drawing is shown anew, as a person would after looking at it on a phone.
  await page.goto(pages().at(editor));
  await clickFlow(page, 'toProposeDispatch');
  await page.getByLabel('条件（FEEL）').waitFor();
  found.push(...(await barriers(page, 'process-flow')));
  t.deepEqual(found, []);
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('layout, rules and files are accessible on laptop and phone', async t => {
  t.timeout(600_000);
  const page = await pages().window.open('qu.fenxi');
  await page.goto(pages().at(`${editor}?tab=layout&matter=0101&area=650100`));
  const field = page.locator('[data-field-id^="element."]').first();
  await field.waitFor();
  const found = [...(await barriers(page, 'layout'))];
  await field.click();
  await page.getByLabel('显示名称').waitFor();
  found.push(...(await barriers(page, 'layout-field')));
  await page.getByRole('tab', {name: '提示与通知'}).click();
  await page.getByRole('region', {name: '登记提示'}).waitFor();
  found.push(...(await barriers(page, 'rules')));
  await page.getByRole('tab', {name: '其他文件'}).click();
  await page.locator('.designer-files-text').waitFor();
  found.push(...(await barriers(page, 'files')));
  t.deepEqual(found, []);
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});
