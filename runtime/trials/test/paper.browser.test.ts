import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {photograph} from '../src/browser/photograph.js';
import {cutOff, printSheets} from '../src/browser/print.js';
import {resultOf, stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {uploadPicture} from '../src/person.js';
import {useStage, type Order, type Stage, type Values} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const window = useWindow(stage);

const a4 = {width: 210, height: 297};
/** Between the margins that the paper's style names, in millimetres. */
const textWidth = 210 - 22 - 22;

/** An order that was answered: its paper is there. */
async function answered(scene: Stage, values: Values, result: Values): Promise<Order> {
  const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', values);
  const picture = await uploadPicture(await scene.person('ts.chengguan'), '现场.png');
  await scene.finish('ts.chengguan', order.caseId, 'handleCase', 'submit', {...resultOf('占道摊点已清理，安排每日早间巡查', [picture]), ...result});
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'quote');
  await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
  return order;
}

/** Opens the paper as a person does: from the case, in a page of its own. */
async function openPaper(caller: Page, {caseId}: Order): Promise<Page> {
  await caller.goto(`${stage().instance.url()}/cases/${caseId}`);
  const link = caller.getByRole('link', {name: /办理情况答复单/}).first();
  await link.waitFor();
  const [paper] = await Promise.all([caller.waitForEvent('popup'), link.click()]);
  await paper.getByRole('heading', {name: '办理情况答复单'}).waitFor();
  return paper;
}

/** What a sheet shows: texts of the paper, and of nothing around it. */
async function printed(paper: Page): Promise<{readonly roots: readonly string[]; readonly controls: number; readonly text: string}> {
  const roots = await paper.evaluate<readonly string[]>("[...document.body.children].map(element => element.tagName + '.' + element.className)");
  return {roots, controls: await paper.locator('nav, header, aside, footer, button, input, a, [class*=ant-]').count(), text: await paper.locator('body').innerText()};
}

test.serial('the reply paper of a plain order prints on one sheet of A4, whole, and nothing of the workbench with it', async t => {
  const {open, folder, picture} = await window();
  const order = await answered(stage(), stallOrder, {});
  const caller = await open('shi.huifang');
  const paper = await openPaper(caller, order);
  await picture(paper, 'paper');
  t.deepEqual(await printSheets(paper, join(folder, 'paper.pdf')), [a4]);
  t.deepEqual(await cutOff(paper, textWidth), []);
  await photograph(paper, join(folder, 'paper-printed.png'));
  const {roots, controls, text} = await printed(paper);
  t.deepEqual([roots, controls], [['MAIN.paper'], 0]);
  for (const words of ['乌鲁木齐市12345热线中心', order.number, stallOrder.title, stallOrder.content, '占道摊点已清理，安排每日早间巡查', '天山区城市管理局', '2026年3月2日']) t.true(text.includes(words), words);
  t.false(/待办|登录|时间线/.test(text));
  t.is(await paper.evaluate("getComputedStyle(document.querySelector('.paper')).boxShadow + getComputedStyle(document.body).backgroundColor"), 'nonergb(255, 255, 255)', 'neither the shadow nor the desk it lies on');
  await caller.context().close();
});

test.serial('a long answer goes on on a second sheet, with every word of it and nothing beside the edge', async t => {
  const {open, folder} = await window();
  const long = Array.from({length: 60}, (_, line) => `第${line + 1}次巡查：已对解放南路小区东门沿线流动摊贩逐一登记、宣传并劝离，占道摊位已清空。`).join('\n');
  const order = await answered(stage(), {...stallOrder, place: '解放南路小区南门', content: `现场编号${'A1B2'.repeat(60)}`}, {result: long});
  const caller = await open('shi.huifang');
  const paper = await openPaper(caller, order);
  const sheets = await printSheets(paper, join(folder, 'paper-long.pdf'));
  t.true(sheets.length >= 2, `${sheets.length} sheets`);
  t.deepEqual(new Set(sheets.map(sheet => JSON.stringify(sheet))), new Set([JSON.stringify(a4)]));
  t.deepEqual(await cutOff(paper, textWidth), []);
  t.is(await paper.evaluate("getComputedStyle(document.querySelector('.sign').parentElement).breakInside + [...document.querySelector('.sign').parentElement.children].some(element => element.className === 'closing')"), 'avoidtrue', 'no sheet holds the signature alone');
  const {text} = await printed(paper);
  t.true(text.includes(long.split('\n')[59] ?? ''));
  await caller.context().close();
});
