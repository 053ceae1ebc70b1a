import test from 'ava';
import {catalogLifeRoutes} from '@banli/api';
import {dayOf, formatDate, systemClock} from '@banli/time';
import {sizes} from '../src/browser/browser.js';
import {answer, choose, settled, until} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages();

/** The region publishes a version of the matters with one row in the branch 商品消费 changed and one elsewhere. */
async function publish(): Promise<void> {
  const [author, admin] = [await pages().person('qu.fenxi'), await pages().person('qu.admin')];
  const change = await author.call(catalogLifeRoutes.create, {params: {catalogId: 'matters'}, body: {title: '商品质量投诉改名'}});
  const params = {changeId: change.change.id};
  const put = await author.call(catalogLifeRoutes.putMany, {params, body: {lockVersion: change.change.lockVersion, rows: [
    {op: 'modify', key: '010101', cells: {titleZh: '商品质量问题投诉'}}, {op: 'modify', key: '010201', cells: {titleEn: 'Dispute with a canteen'}},
  ]}});
  const submitted = await author.call(catalogLifeRoutes.submit, {params, body: {lockVersion: put.change.lockVersion}});
  const passed = await admin.call(catalogLifeRoutes.decide, {params, body: {lockVersion: submitted.change.lockVersion, result: 'pass', opinion: '同意'}});
  await admin.call(catalogLifeRoutes.publish, {params, body: {lockVersion: passed.change.lockVersion, effectiveFrom: formatDate(dayOf(systemClock.now()))}});
  await author.close();
  await admin.close();
}

test.serial('for a person who asked for less movement, the choices in a dialog open at their field, all of them in view', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.admin');
  await page.goto(pages().at('/catalog-subscriptions'));
  await page.getByRole('button', {name: '新增订阅'}).click();
  const field = page.getByRole('dialog').locator('.ant-select').first();
  await field.click();
  const choices = page.locator('.ant-select-dropdown:visible');
  await choices.locator('.ant-select-item-option').first().waitFor();
  await pages().window.picture(page, 'still-choices');
  const places = async () => {
    const [at, below] = [await choices.boundingBox(), await field.boundingBox()];
    if (!at || !below) throw new Error('The choices or their field are not drawn.');
    const isInView = at.x >= 0 && at.y >= 0 && at.x + at.width <= sizes.laptop.width && at.y + at.height <= sizes.laptop.height;
    return {at, below, isInView, isAtField: Math.abs(at.x - below.x) < 4 && Math.abs(at.y - below.y - below.height) < 12};
  };
  const found = await until(({isInView, isAtField}) => isInView && isAtField, places);
  t.true(found.isInView && found.isAtField, JSON.stringify(found));
  t.regex((await pages().window.state())[0] ?? '', /-- over the page\n[^]*订阅的目录[^]*-- the page/, 'a failed test would tell the dialog first');
  await page.keyboard.press('Escape');
  await page.context().close();
});

test.serial('a city follows a branch, is told of a new version that changes it, looks and marks it as seen', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.admin');
  await page.getByRole('link', {name: '目录', exact: true}).first().click();
  await page.getByRole('link', {name: '我的订阅'}).click();
  await page.getByText('还没有订阅').waitFor();
  await pages().look(t, page, 'subscriptions-none');
  await page.getByRole('button', {name: '新增订阅'}).click();
  await choose(page, '订阅的目录', '诉求', '诉求事项目录');
  await choose(page, '只订阅分支', '商品消费', '商品消费');
  await pages().look(t, page, 'subscriptions-add');
  await page.getByRole('button', {name: '订阅', exact: true}).click();
  await page.getByText('没有新变化').waitFor();

  await publish();
  await page.getByRole('link', {name: /消息/}).first().click();
  await page.getByText('“商品消费”分支新增 0 条，修改 1 条，停用 0 条。', {exact: false}).waitFor();
  await pages().look(t, page, 'subscriptions-notice');
  await page.getByRole('link', {name: /诉求事项目录已发布/}).click();
  await page.getByText('新增 0，修改 1，停用 0').waitFor();
  await pages().look(t, page, 'subscriptions-new');
  await page.getByRole('button', {name: '查看“诉求事项目录”的变化'}).click();
  await page.getByText('商品质量问题投诉').first().waitFor();
  t.is(await settled(0, () => page.getByText('Dispute with a canteen').count()), 0);
  await pages().look(t, page, 'subscriptions-changes');
  await page.getByRole('dialog').getByRole('button', {name: '标为已看'}).click();
  await page.getByText('没有新变化').waitFor();
  await page.getByRole('button', {name: '取消订阅'}).click();
  await answer(page.getByRole('dialog').getByRole('button', {name: '取消订阅'}));
  await page.getByText('还没有订阅').waitFor();
  t.deepEqual(pages().window.faults(), []);
});
