import test from 'ava';
import type {Page} from 'playwright-core';
import {inboxRoutes, sessionRoutes, taskRoutes} from '@banli/api';
import {raisePeopleVersion} from '@banli/people';
import {findBarriers} from '../src/browser/axe.js';
import {resize, sizes} from '../src/browser/browser.js';
import {standsStill} from '../src/browser/still.js';
import {answer, settled, tick, until} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {useStage, type Order} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const unitId = 'u650102-chengguan';
const browser = useWindow(stage);

/** Orders that wait to be signed by one unit, and a colleague there who is not of the shipped organisation. */
async function prepare(titles: readonly string[]): Promise<readonly Order[]> {
  const {store, register, finish} = stage();
  await store.tx(async tx => {
    await tx('post').insert({id: 'colleague', person_id: 'p-ts-zhujian', unit_id: unitId, title: '联络员', sort_order: 99, status: 'active'});
    await tx('post_role').insert({post_id: 'colleague', role_id: 'liaison'});
    await raisePeopleVersion(tx);
  });
  const orders = await register('shi.shouli', titles.map((title, index) => ({...stallOrder, title, place: `解放南路 ${index + 1} 号`})));
  for (const {caseId} of orders) await finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: unitId, assistUnits: []});
  return orders;
}

const rowOf = (page: Page, title: string) => page.getByRole('row').filter({hasText: title});

test.serial('two tasks are signed at once, the one that a colleague took meanwhile fails alone and says why', async t => {
  t.timeout(400_000);
  await prepare(['早市占道', '夜市占道', '校门口占道']);
  const window = await browser();
  const page = await window.open('ts.chengguan');
  for (const title of ['早市占道', '夜市占道']) await tick(rowOf(page, title).getByRole('checkbox'));
  const bar = page.getByRole('region', {name: '批量操作'});
  await bar.getByText('已选 2 件').waitFor();
  await window.picture(page, 'lists-picked');
  t.deepEqual(await findBarriers(page), []);
  await bar.getByRole('button', {name: '签收', exact: true}).click();
  await page.locator('.ant-modal-confirm-title', {hasText: '对 2 件工单签收？'}).waitFor();

  const colleague = await stage().person('ts.zhujian');
  await colleague.call(sessionRoutes.switchPost, {body: {postId: 'colleague'}});
  const {rows} = await colleague.call(inboxRoutes.list, {params: {box: 'todo'}, query: {}});
  await colleague.call(taskRoutes.claim, {params: {taskId: rows.find(row => row.title === '夜市占道')?.taskId ?? ''}});
  await answer(page.locator('.ant-modal-confirm-btns .ant-btn-primary'));

  const result = page.getByRole('dialog').filter({hasText: '1 件已完成，1 件未完成'});
  await result.getByRole('listitem').filter({hasText: '夜市占道'}).getByText(/已由.*领取|CASE_TASK_TAKEN/).first().waitFor();
  await result.getByRole('listitem').filter({hasText: '早市占道'}).getByText('已完成').waitFor();
  await window.picture(page, 'lists-result');
  await result.getByRole('button', {name: /关\s*闭/}).last().click();
  await rowOf(page, '夜市占道').waitFor({state: 'detached'});
  const steps = async (title: string) => (await stage().store.knex('case_task').join('case_record', 'case_record.id', 'case_task.case_id').where({'case_record.title': title, 'case_task.status': 'open'}).select<Array<{step_id: string}>>('case_task.step_id')).map(row => row.step_id);
  t.deepEqual(await Promise.all(['早市占道', '夜市占道', '校门口占道'].map(steps)), [['handleCase'], ['signCase'], ['signCase']]);

  await rowOf(page, '校门口占道').click({position: {x: 400, y: 8}, trial: true});
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await bar.getByText('已选 1 件').waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({state: 'detached'});
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('whoever has several posts sees in one what waits in another, and goes there', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await window.open('ts.zhujian');
  await page.getByTitle('其他岗位有 2 件待办').waitFor();
  t.deepEqual((await (await stage().person('ts.zhujian')).call(inboxRoutes.counts)).otherPosts, [{postId: 'p-ts-zhujian-1', todo: 0}], 'his session of before works in the post of the colleague');
  await page.locator('.app-person').click();
  await page.getByRole('menuitem').filter({hasText: '城市管理局'}).getByTitle('其他岗位有 2 件待办').waitFor();
  await window.picture(page, 'lists-posts');
  await page.getByRole('menuitem').filter({hasText: '城市管理局'}).click();
  await rowOf(page, '校门口占道').waitFor();
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('columns and a view are kept for the account, the peek stays beside the list, and one comes back to the same place', async t => {
  t.timeout(300_000);
  await stage().register('shi.shouli', Array.from({length: 20}, (_, index) => ({...stallOrder, title: `占道经营 ${index + 1}`, place: `解放南路 ${index + 20} 号`})));
  const window = await browser();
  const page = await window.open('shi.paidan');
  await stage().wait('all orders wait for dispatch', async () => ((await page.locator('.app-row').count()) >= 20 ? true : null), 90);

  await page.getByRole('button', {name: '列', exact: true}).click();
  const chooser = page.getByRole('tooltip').filter({hasText: '显示的列'});
  for (const name of ['办理单位', '状态']) {
    await chooser.getByRole('checkbox', {name}).click();
    await page.getByRole('columnheader', {name, exact: true}).waitFor();
  }
  await chooser.getByRole('button', {name: '“时限”左移'}).click();
  await window.picture(page, 'lists-columns');
  t.deepEqual(await findBarriers(page), []);
  await page.getByRole('heading', {name: '待办', exact: true}).click();

  await page.getByRole('group', {name: '筛选'}).getByRole('button', {name: /状态/}).click();
  await page.getByRole('menuitem').first().click();
  await page.getByRole('button', {name: '保存为视图'}).click();
  await page.getByLabel('视图名称').fill('等待派单');
  await window.picture(page, 'lists-view');
  await page.getByRole('button', {name: /保\s*存/, exact: false}).last().click();
  await page.getByRole('button', {name: '等待派单', exact: true, pressed: true}).waitFor();

  const other = await window.open('shi.paidan');
  await other.getByRole('columnheader', {name: '办理单位'}).waitFor();
  const titles = await until(names => names.indexOf('时限') < names.indexOf('办理单位'), () => other.getByRole('columnheader').allInnerTexts());
  t.true(titles.indexOf('时限') < titles.indexOf('办理单位'), titles.join());
  await other.getByRole('button', {name: '等待派单', exact: true}).click();
  await other.waitForURL(/state=/);

  await peekAndComeBack(t, other);
  await other.getByRole('button', {name: '删除视图“等待派单”'}).click();
  await answer(other.locator('.ant-modal-confirm-btns .ant-btn-primary'));
  await other.getByRole('button', {name: '等待派单', exact: true}).waitFor({state: 'detached'});
  await resize(other, 'phone');
  t.true(await settled(true, () => other.evaluate<boolean>('document.documentElement.scrollWidth <= 375 && document.getElementById("page").scrollWidth <= 375')));
  await page.context().close();
  await other.context().close();
  t.deepEqual(window.faults(), []);
});

/** Peeks with the keys, opens a row far down, and goes back. */
async function peekAndComeBack(t: {is(actual: unknown, expected: unknown): void; true(actual: boolean): void}, page: Page): Promise<void> {
  const window = await browser();
  for (let count = 0; count < 16; count += 1) await page.keyboard.press('j');
  const chosen = page.locator('.app-row[aria-selected=true]');
  await standsStill(page);
  const number = await chosen.locator('.app-number').innerText();
  await page.keyboard.press(' ');
  const peek = page.getByRole('dialog').filter({hasText: number});
  await peek.getByRole('heading').first().waitFor();
  await window.picture(page, 'lists-peek');
  await page.keyboard.press('j');
  await page.getByRole('dialog').filter({hasText: await chosen.locator('.app-number').innerText()}).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({state: 'hidden'});
  await page.locator('.app-row[aria-selected=true] a:focus').waitFor();
  await standsStill(page);
  const [kept, place] = [await chosen.locator('.app-number').innerText(), await page.evaluate<number>('document.getElementById("page").scrollTop')];
  t.true(place > 0);
  await page.keyboard.press('Enter');
  await page.getByRole('tab', {name: '办理'}).waitFor();
  await page.goBack();
  await chosen.waitFor();
  t.is(await settled(kept, () => chosen.locator('.app-number').innerText()), kept);
  t.is(await settled(place, () => page.evaluate<number>('document.getElementById("page").scrollTop')), place);
}
