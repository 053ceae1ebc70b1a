import test, {type ExecutionContext} from 'ava';
import {catalogLifeRoutes as routes} from '@banli/api';
import type {Locator, Page} from 'playwright-core';
import {carry, grab, settled, tick} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages();
/** Both are filed as questions to the government, which are not filed as complaints. */
const [dragged, walked] = [{code: '010304', title: '营业执照注销咨询'}, {code: '010302', title: '营业执照办理咨询'}] as const;
const why = '咨询类事项不能归入投诉';

/** The board of categories, narrowed to one matter, so that matter and categories stand side by side; answers the matter. */
async function openBoard(account: string, title: string): Promise<{readonly page: Page; readonly item: Locator}> {
  const page = await pages().window.open(account);
  await page.goto(pages().at('/catalogs/matter-natures?tab=board'));
  await page.getByRole('searchbox', {name: '按名称查找'}).fill(title);
  await page.getByRole('searchbox', {name: '按名称查找'}).press('Enter');
  const item = page.locator('.app-board-item').filter({hasText: title});
  await item.getByText('政务咨询').waitFor();
  return {page, item};
}

/** A category of the board. */
function category(page: Page, title: string): Locator {
  return page.locator('.app-board-target').filter({has: page.locator('.banli-one-line', {hasText: new RegExp(`^${title}$`)})});
}

/** Waits until the page says that a matter is held and what each category says to it: one refuses, with the reason, one is free. */
async function isHeld(page: Page, title: string): Promise<{readonly refused: Locator; readonly free: Locator}> {
  await page.getByRole('status').getByText(`已拿起“${title}”，请选择右侧可归入的类别`).waitFor();
  const [refused, free] = [category(page, '投诉'), category(page, '求助')];
  await refused.getByText('不可归入').waitFor();
  await refused.getByText(why).waitFor();
  await free.getByText('可归入', {exact: true}).waitFor();
  await category(page, '政务咨询').getByText('已在此类').waitFor();
  return {refused, free};
}

/** Waits until nothing is held any more, and no question was asked. */
async function isLetGo(t: ExecutionContext, page: Page, item: Locator): Promise<void> {
  await item.and(page.locator('[aria-pressed=false]')).waitFor();
  t.is(await settled('', () => page.locator('.app-tool-held').innerText()), '');
  t.is(await settled(0, () => page.getByRole('dialog').count()), 0);
}

/** Where a matter is filed, and whether a change of that waits to be published. */
async function filings(code: string): Promise<ReadonlyArray<readonly [string, boolean]>> {
  const reader = await pages().person('qu.fenxi');
  const {rows} = await reader.call(routes.rows, {params: {catalogId: 'matter-natures'}, query: {table: 'matter-natures', code: `${code}|`}});
  await reader.close();
  return rows.map(row => [row.key, row.pending.length > 0] as const);
}

test.serial('a matter is dragged by mouse: a category that refuses says why and takes nothing, a free one asks how, and the change waits at the matter', async t => {
  t.timeout(300_000);
  const {page, item} = await openBoard('qu.fenxi', dragged.title);
  await grab(item);
  const {refused, free} = await isHeld(page, dragged.title);
  await carry(refused);
  await page.mouse.up();
  await isLetGo(t, page, item);
  t.deepEqual(await filings(dragged.code), [[`${dragged.code}|consultation-policy`, false]]);

  await grab(item);
  await isHeld(page, dragged.title);
  await carry(free);
  await free.and(page.locator('.app-board-over')).waitFor();
  await page.mouse.up();
  const dialog = page.getByRole('dialog', {name: `把“${dragged.title}”归入“求助”`});
  await dialog.getByRole('radio', {name: '改归此类，原归类下架', checked: true}).waitFor();
  await pages().look(t, page, 'board-dropped');
  await tick(dialog.getByRole('radio', {name: '同时归入'}));
  await dialog.getByRole('button', {name: '记入变更'}).click();
  await dialog.waitFor({state: 'hidden'});
  await item.getByText(/待发布：/).waitFor();
  t.deepEqual(await filings(dragged.code), [[`${dragged.code}|consultation-policy`, false], [`${dragged.code}|help`, true]]);
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('the same by keys: Escape lets go, a category that refuses cannot be reached, Enter at a free one moves the matter there', async t => {
  t.timeout(300_000);
  const {page, item} = await openBoard('qu.admin', walked.title);
  await item.press('Enter');
  const {refused, free} = await isHeld(page, walked.title);
  t.true(await settled(true, () => refused.isDisabled()));
  await pages().look(t, page, 'board-held');
  await item.press('Escape');
  await isLetGo(t, page, item);
  await item.press('Enter');
  await isHeld(page, walked.title);
  for (let tabs = 0; tabs < 20 && !(await free.evaluate(element => element === element.ownerDocument.activeElement)); tabs += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', {name: `把“${walked.title}”归入“求助”`});
  await dialog.getByRole('radio', {name: '改归此类，原归类下架', checked: true}).waitFor();
  const record = dialog.getByRole('button', {name: '记入变更'});
  // It can be pressed once the categories were asked again and the sets are read.
  t.true(await settled(true, () => record.isEnabled()));
  await record.press('Enter');
  await dialog.waitFor({state: 'hidden'});
  await item.getByText(/待发布：/).waitFor();
  t.deepEqual(await filings(walked.code), [[`${walked.code}|consultation-policy`, true], [`${walked.code}|help`, true]]);
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});
