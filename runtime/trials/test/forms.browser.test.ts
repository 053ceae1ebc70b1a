import test from 'ava';
import {choose, settled, until} from '../src/browser/hands.js';
import {sendCall, typeCall} from '../src/browser/registration.js';
import {usePages} from './support/pages.js';

const pages = usePages();

test.serial('a form that is refused names every field with what is wrong, and leads to each by mouse and by key', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.shouli');
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('联系电话').fill('12');
  await page.getByRole('button', {name: '提交', exact: true}).click();
  const list = page.getByRole('alert', {name: /处需要改正/});
  await list.getByRole('button', {name: '联系电话的格式不正确'}).waitFor();
  const count = await until(found => found >= 6, () => list.getByRole('button').count());
  t.true(count >= 6, `${count}`);
  await list.getByRole('button', {name: /详细地点/}).click();
  await page.locator('#item-place:focus').waitFor();
  t.is(await settled(count, () => list.getByRole('button').count()), count, 'passing by a field takes nothing away');
  await list.getByRole('button', {name: /标题/}).focus();
  await page.keyboard.press('Enter');
  await page.locator('#item-title:focus').waitFor();
  await page.keyboard.type('早市占道');
  await list.getByRole('button', {name: /标题/}).waitFor({state: 'detached'});
  await pages().look(t, page, 'refused');
  await page.context().close();
});

test.serial('problems that the server finds are told in the same way; code and request number stand behind 详情', async t => {
  t.timeout(300_000);
  const {window, look} = pages();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '早市占道经营'});
  const problems = [{code: 'FORMS_TEXT_LONG', message: 'Too long.', messageZh: '文字太长，请缩短。', place: {element: 'items.0', field: 'place'}}];
  await page.route('**/api/cases', route => route.fulfill({status: 422, contentType: 'application/json', body: JSON.stringify({code: 'FORMS_INVALID', message: 'The form is wrong.', messageZh: '表单有误。', details: {}, problems, requestId: 'request-1'})}), {times: 1});
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.getByRole('alert', {name: /处需要改正/}).getByRole('button', {name: '详细地点：文字太长，请缩短。'}).click();
  await page.locator('#item-place:focus').waitFor();
  t.is(await page.getByText('request-1').isVisible(), false);
  await look(t, page, 'refused-by-server');
  await page.getByRole('button', {name: '详情'}).click();
  await page.getByText('request-1').waitFor();
  await page.getByText('FORMS_INVALID').waitFor();
  await page.context().close();
});

test.serial('a text that is no day stays in the field, says so, and is not sent; a list without branches is not indented', async t => {
  t.timeout(300_000);
  const {window, look} = pages();
  const page = await window.open('shi.shouli');
  await typeCall(page, {title: '夜市占道经营'});
  await page.getByLabel('诉求性质').and(page.locator('input')).first().click({force: true});
  const natures = page.locator('.ant-select-dropdown:visible').filter({hasText: '咨询'});
  await natures.waitFor();
  t.is(await settled(0, () => natures.locator('.ant-select-tree-switcher:visible').count()), 0);
  await page.keyboard.press('Escape');
  const day = page.locator('#item-eventTime');
  await day.fill('2026-02-30 10:00');
  await day.press('Tab');
  await page.getByText(/“2026-02-30 10:00”不是有效日期/).first().waitFor();
  t.is(await settled('2026-02-30 10:00', () => day.inputValue()), '2026-02-30 10:00');
  await page.getByRole('button', {name: '提交', exact: true}).click();
  await page.locator('#item-eventTime:focus').waitFor();
  await look(t, page, 'no-day');
  await day.fill('2026-02-27 10:00');
  await day.press('Tab');
  await page.getByText(/不是有效日期/).first().waitFor({state: 'detached'});
  const sent = page.waitForRequest(request => request.method() === 'POST' && request.url().endsWith('/api/cases'));
  await sendCall(page);
  t.regex((await sent).postData() ?? '', /"eventTime":"?(2026-02-27[ T]10:00|1772157600000)/);
  await page.context().close();
});

test.serial('the list of drafts says what each is about and who called, and when it was saved', async t => {
  t.timeout(300_000);
  const {window, at, look} = pages();
  const page = await window.open('shi.shouli');
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('姓名').fill('李明远');
  await page.getByLabel('联系电话').fill('13899990001');
  await choose(page, '事项分类', '占道', '占道经营');
  await page.getByText(/^已保存/).waitFor();
  await page.goto(at('/inbox/drafts'));
  const row = page.getByRole('row').filter({hasText: '（未填标题）'});
  await row.getByText('占道经营').waitFor();
  await row.getByText(/^李\S* 138\S*0001$/).waitFor();
  await page.getByRole('columnheader', {name: '保存时间'}).waitFor();
  await look(t, page, 'drafts');
  t.deepEqual(window.faults().filter(fault => !fault.includes('422')), []);
  await page.context().close();
});
