import test from 'ava';
import {catalogLifeRoutes as routes} from '@banli/api';
import type {Page} from 'playwright-core';
import {settled, until} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages();

/** The year of a calendar, once its days are there. */
async function openYear(account: string, year: number): Promise<Page> {
  const {window, at} = pages();
  const page = await window.open(account);
  await page.goto(at(`/catalogs/calendars?tab=year&calendar=xinjiang&year=${year}`));
  await page.locator(`#calendar-${year}-01-01`).waitFor();
  return page;
}

/** Fills the form of a day and puts it into a change set. */
async function fill(page: Page, cells: {readonly zh: string; readonly en: string; readonly source: string}): Promise<void> {
  const dialog = page.locator('.ant-modal');
  await dialog.locator('#cell-titleZh').fill(cells.zh);
  await dialog.locator('#cell-titleEn').fill(cells.en);
  await dialog.locator('#cell-sourceRef').fill(cells.source);
  await dialog.getByRole('button', {name: '记入变更'}).click();
  await dialog.waitFor({state: 'hidden'});
}

test.serial('a year shows holidays, make-up days and those of the region with who says so, and which year is provisional', async t => {
  t.timeout(300_000);
  const page = await openYear('qu.fenxi', 2026);
  const tell = async (date: string, words: RegExp) => t.regex(await until(name => words.test(name), async () => (await page.locator(`#calendar-${date}`).getAttribute('aria-label')) ?? ''), words);
  await tell('2026-10-01', /法定节假日：国庆节（全国工作日历）/);
  await tell('2026-10-10', /周六，调休上班/);
  await tell('2026-05-27', /地方节假日：古尔邦节（新疆工作日历）/);
  await tell('2026-03-02', /周一，工作日$/);
  await page.getByText('10:00–14:00').first().waitFor();
  await pages().look(t, page, 'calendar-year');
  await page.getByRole('button', {name: '下一年，2027 年'}).click();
  await page.getByText('暂定年度').waitFor();
  await tell('2027-03-02', /暂定$/);
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('a day is set by click and by keys; both go into one change set and its comparison, and the year shows them', async t => {
  t.timeout(300_000);
  const page = await openYear('qu.fenxi', 2026);
  await page.locator('#calendar-2026-11-02').click();
  await page.getByRole('button', {name: '在新疆工作日历中单列'}).click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('button', {name: '记入变更'}).click();
  await dialog.locator('.app-catalog-cell-error').first().waitFor();
  t.true((await until(count => count >= 3, () => dialog.locator('.app-catalog-cell-error').count())) >= 3, 'name in both languages and source are asked');
  await fill(page, {zh: '防疫停工一天', en: 'Closed for a day', source: 'own: 样例通知'});
  await page.locator('.ant-drawer').getByText('变更发布后').waitFor();
  await pages().look(t, page, 'calendar-day');
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer').waitFor({state: 'hidden'});
  await page.locator('#calendar-2026-11-02.app-calendar-proposed').waitFor();
  await page.locator('#calendar-2026-11-02').focus();
  for (const key of ['ArrowDown', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('dialog', {name: /2026-11-08/}).waitFor();
  await page.getByRole('button', {name: '在新疆工作日历中单列'}).press('Enter');
  await fill(page, {zh: '停工调休上班', en: 'Make-up day', source: 'own: 样例通知'});
  await page.getByRole('link', {name: /停工调休上班|防疫停工一天/}).first().click();
  const diff = page.locator('.app-catalog-diff');
  await diff.getByText('停工调休上班').first().waitFor();
  await diff.getByText('防疫停工一天').first().waitFor();
  await pages().window.picture(page, 'calendar-diff');
  const writer = await pages().person('qu.fenxi');
  const {changes} = await writer.call(routes.changes, {params: {catalogId: 'calendars'}, query: {state: 'editing'}});
  t.is(changes.length, 1, 'both days are in one set');
  const {rows} = await writer.call(routes.rows, {params: {catalogId: 'calendars'}, query: {table: 'days', code: 'xinjiang|2026-11-'}});
  t.deepEqual(rows.map(row => [row.values['date'], row.values['kind']]), [['2026-11-02', 'off'], ['2026-11-08', 'work']]);
  await writer.close();
  await page.context().close();
  t.deepEqual(pages().window.faults(), []);
});

test.serial('a due time is worked out by the calendar that holds; one who does not edit only looks', async t => {
  t.timeout(300_000);
  const reader = await openYear('qu.jieguo', 2026);
  await reader.locator('#calendar-2026-10-01').click();
  await reader.getByRole('dialog').getByRole('button', {name: '查看条目'}).waitFor();
  t.is(await reader.getByRole('dialog').getByRole('button', {name: /修\s*改|单列/}).count(), 0);
  await reader.keyboard.press('Escape');
  await reader.locator('.ant-drawer').waitFor({state: 'hidden'});
  await reader.getByLabel('起算日期').fill('2026-02-12');
  await reader.getByLabel('起算日期').press('Tab');
  await reader.getByRole('button', {name: /^试\s*算$/}).click();
  await reader.getByText('2026-02-26 19:30 到期', {exact: true}).waitFor();
  t.is(await settled(5, () => reader.locator('.app-day-counted').count()), 5);
  await pages().look(t, reader, 'calendar-due');
  await reader.context().close();
});
