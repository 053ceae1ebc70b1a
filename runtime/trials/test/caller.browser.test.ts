import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {openWindow, type Window} from '../src/browser/browser.js';
import {choose} from '../src/browser/hands.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {password, useStage} from './support/stage.js';
import {tellFailures} from './support/tell-failures.js';

const stage = useStage(at('2026-03-02', '10:30'));
const pictures = process.env['BANLI_TEST_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'banli-pictures-'));
let opened: Promise<Window> | null = null;

/** The browser; hooks before the tests run side by side, so it opens with the first test that has the instance. */
const browser = (): Promise<Window> => (opened ??= openWindow(stage().instance.url, password, pictures));

tellFailures(() => opened);

test.after.always(async () => {
  await (await opened)?.close();
});

test.serial('who calls again is met with his former orders: one is urged, the new one is linked as its repeat', async t => {
  t.timeout(240_000);
  const scene = stage();
  const former = await scene.handedTo('ts.chengguan', 'u650102-chengguan', {...stallOrder, phone: '13899990077', title: '夜市油烟扰民'});
  const window = await browser();
  const page = await window.open('shi.shouli');
  const asked: string[] = [];
  page.on('request', request => void asked.push(request.url()));
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('姓名').fill('李明远');
  await page.getByLabel('联系电话').pressSequentially('13899990077');
  const history = page.getByRole('region', {name: '来电历史'});
  const row = history.getByRole('listitem').filter({hasText: former.number});
  await row.getByText('处置中').waitFor();
  await row.getByText(/占道经营.*天山区城市管理局/).waitFor();
  await window.picture(page, 'caller-history');
  t.is(asked.filter(url => url.endsWith('/caller-history')).length, 1, 'one look for a number, however it is typed');
  t.false(asked.some(url => url.includes('13899990077')));
  await row.getByRole('button', {name: '催办'}).click();
  const dialog = page.getByRole('dialog');
  await window.picture(page, 'caller-urge');
  await dialog.getByRole('button', {name: '催办'}).click();
  await page.getByText(`已催办 ${former.number}`).waitFor();
  await row.getByRole('button', {name: '催办'}).click();
  await dialog.getByRole('button', {name: '催办'}).click();
  await dialog.getByText(/分钟内已催办/).waitFor();
  await dialog.getByRole('button', {name: /取\s*消/}).click();
  await row.getByRole('button', {name: '标为重复来电'}).click();
  await row.getByRole('button', {name: '提交后标为重复来电', pressed: true}).waitFor();
  await choose(page, '诉求性质', '', '投诉');
  await page.getByLabel('标题').fill('夜市油烟仍未解决');
  await page.getByLabel('诉求内容').last().fill('上次反映后仍有油烟，来电人再次反映。');
  await choose(page, '所属区域', '解放南路', '解放南路');
  await page.getByLabel('详细地点').fill('解放南路 12 号');
  await choose(page, '事项分类', '占道', '占道经营');
  await page.getByLabel('直接派单').check();
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByText('已登记 1 件').waitFor();
  await page.getByText(/^\d{4} \d{4}$/).waitFor();
  await window.picture(page, 'registered-code');
  await page.getByRole('link', {name: '查看工单'}).click();
  await page.getByRole('tab', {name: /关联/}).click();
  await page.getByText('此前办件').waitFor();
  await window.picture(page, 'caller-repeat');
  await page.context().close();
  t.deepEqual(window.faults().filter(fault => !fault.includes('409')), []);
  const lines = (await scene.lines('shi.shouli', former.caseId)).map(line => line.kind);
  t.is(lines.filter(kind => kind === 'urged').length, 1);
  const looks = await scene.store.knex('audit_entry').where({action: 'case.callerHistory'});
  t.true(looks.length > 0);
  t.false(JSON.stringify(looks).includes('13899990077'));
});

test.serial('a citizen looks his case up by number and query code without signing in; neither stands in the address', async t => {
  t.timeout(120_000);
  const scene = stage();
  const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', {...stallOrder, phone: '13899990078', title: '早市占道经营'});
  const window = await browser();
  const page = await window.visit('/progress');
  await page.getByLabel('编号').fill(order.number);
  await page.getByLabel('查询码').fill('12');
  await page.getByRole('button', {name: '查询', exact: true}).click();
  await page.getByText('查询码是 8 位数字').waitFor();
  await window.picture(page, 'progress-ask');
  await page.getByLabel('查询码').fill((order.queryCode ?? '').replace(/(.{4})/, '$1 '));
  await page.getByRole('button', {name: '查询', exact: true}).click();
  await page.getByText('处置中').waitFor();
  await page.getByText('天山区城市管理局').waitFor();
  await page.getByText('办结后在此显示答复').waitFor();
  await window.picture(page, 'progress-found');
  t.is(new URL(page.url()).pathname + new URL(page.url()).search, '/progress');
  await page.getByRole('button', {name: '查询其他办件'}).click();
  await page.getByLabel('编号').fill(order.number);
  await page.getByLabel('查询码').fill('00000000');
  const faults = window.faults().length;
  await page.getByRole('button', {name: '查询', exact: true}).click();
  await page.getByRole('alert').waitFor();
  await window.picture(page, 'progress-wrong');
  t.deepEqual(window.faults().slice(0, faults), []);
  await page.context().close();
});
