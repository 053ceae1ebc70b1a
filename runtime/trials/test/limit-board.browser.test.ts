import test from 'ava';
import {findBarriers} from '../src/browser/axe.js';
import {resize} from '../src/browser/browser.js';
import {comeBackTo, settled} from '../src/browser/hands.js';
import {pensionOrder, stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

test.serial('the board of limits leads from a number to the overdue order, by keys too, and fits a phone', async t => {
  t.timeout(300_000);
  const window = await browser();
  const scene = stage();
  const late = await scene.registerOne({...stallOrder, title: '已经超期的工单'});
  await scene.moveTo(at('2026-03-09', '10:00'));
  const fresh = await scene.registerOne({...pensionOrder, title: '刚受理的工单'});
  const page = await window.open('shi.duban');
  await page.getByRole('link', {name: '时限看板'}).click();
  await page.getByRole('heading', {name: '时限看板'}).waitFor();
  const row = page.getByRole('row').filter({has: page.getByRole('rowheader', {name: '乡镇（街道）'})});
  await row.getByRole('link', {name: '乡镇（街道）：超期 1 件，查看清单'}).waitFor();
  t.is(await settled('在办\n2', () => page.locator('.app-limit-board-figure').first().innerText()), '在办\n2');
  t.deepEqual(await findBarriers(page), []);
  await window.picture(page, 'limit-board');
  await page.getByRole('combobox', {name: '统计维度'}).press('Enter');
  await page.locator('.ant-select-item-option').getByText('紧急程度').click();
  await page.getByRole('rowheader', {name: '普通'}).waitFor();
  await window.picture(page, 'limit-board-urgency');
  await page.goto(`${scene.instance.url()}/limit-board`);
  const number = row.getByRole('link', {name: '乡镇（街道）：超期 1 件，查看清单'});
  await number.focus();
  await page.keyboard.press('Enter');
  await page.getByText('计时状态：超期').waitFor();
  await page.getByText('看板分组：乡镇（街道）').waitFor();
  await page.getByRole('row').filter({hasText: late.number}).waitFor();
  t.is(await settled(0, () => page.getByRole('row').filter({hasText: fresh.number}).count()), 0);
  await window.picture(page, 'limit-board-list');
  await page.getByRole('link', {name: '已经超期的工单'}).first().click();
  await page.getByRole('heading', {name: '已经超期的工单'}).waitFor();
  await resize(page, 'phone');
  await page.goto(`${scene.instance.url()}/limit-board?by=matter`);
  await page.getByRole('rowheader', {name: '合计'}).waitFor();
  t.true(await settled(true, () => page.evaluate<boolean>('document.documentElement.scrollWidth <= 375')), 'nothing sticks out');
  t.deepEqual(await findBarriers(page), []);
  await window.picture(page, 'limit-board-phone');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a long name stays in its column, and numbers stay where they are when they cannot be renewed', async t => {
  t.timeout(300_000);
  const window = await browser();
  await stage().registerOne({...stallOrder, title: '主办单位名称很长的工单'});
  const page = await window.open('shi.duban');
  await page.goto(`${stage().instance.url()}/limit-board?by=unit`);
  await page.locator('tbody .app-limit-board-group > span').first().waitFor();
  const stays = `(() => {
    const span = document.querySelector('tbody .app-limit-board-group > span');
    span.textContent = '天山区住房和城乡建设与市容环境综合整治管理局第二分局解放南路工作站';
    return span.scrollWidth > span.clientWidth && span.getBoundingClientRect().right <= span.parentElement.getBoundingClientRect().right;
  })()`;
  t.true(await page.evaluate<boolean>(stays));
  await page.route('**/api/limits/board?*', route => route.fulfill({status: 503, contentType: 'text/html', body: '<html>Service Unavailable</html>'}));
  await comeBackTo(page, page.getByText('服务器暂时无法答复（HTTP 503），请稍后重试。'));
  t.true(await page.locator('tbody .app-limit-board-group > span').first().isVisible());
  await window.picture(page, 'limit-board-failed');
  await page.context().close();
});

test.serial('who sees no case sees an empty board, and who may read none has no entry', async t => {
  t.timeout(300_000);
  const window = await browser();
  const page = await window.open('syb.youhaosq');
  await page.getByRole('link', {name: '时限看板'}).click();
  await page.getByText('没有可统计的办件').waitFor();
  await page.context().close();
  const auditor = await window.open('qu.shenji');
  await auditor.getByRole('link', {name: '查询', exact: true}).first().waitFor();
  t.is(await auditor.getByRole('link', {name: '时限看板'}).count(), 0);
  await auditor.goto(`${stage().instance.url()}/limit-board`);
  await auditor.getByText('看不到时限看板').waitFor();
  await auditor.context().close();
});
