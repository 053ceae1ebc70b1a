import test from 'ava';
import {settled} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages();
const mine = 'sx-020101-01';

test.serial('a department finds the items it keeps, changes one, cannot change others, and the history of the row tells it; columns are kept for the person', async t => {
  t.timeout(300_000);
  const keeper = await pages().window.open('ts.shixiang');
  await keeper.goto(pages().at('/catalogs/items'));
  await keeper.getByRole('checkbox', {name: '本部门维护'}).click();
  await keeper.getByRole('group', {name: '已选条件'}).getByText('承办单位：天山区城市管理局').waitFor();
  await keeper.getByText(/^共 \d+ 行$/).first().waitFor();
  await pages().look(t, keeper, 'keeper-items');

  await keeper.getByRole('button', {name: /占道经营处理/}).first().click();
  await keeper.getByRole('button', {name: /^修\s?改$/}).click();
  await keeper.locator('#cell-acceptanceZh').fill('能说明地点和时间');
  await keeper.getByRole('button', {name: '记入变更'}).click();
  await keeper.getByText('已记入').first().waitFor();
  await keeper.keyboard.press('Escape');

  await keeper.goto(pages().at('/catalogs/items?code=sx-010101'));
  await keeper.getByRole('button', {name: /商品质量投诉处理/}).first().click();
  await keeper.getByRole('dialog').getByText('沙依巴克区市场监督管理局').first().waitFor();
  t.is(await keeper.getByRole('button', {name: /^修\s?改$/}).count(), 0, 'a row of another department is only read');
  await keeper.getByRole('button', {name: '沿革'}).click();
  await keeper.getByRole('dialog', {name: /^沿革/}).getByText('由目录文件发布').waitFor();
  await pages().look(t, keeper, 'row-history');
  await keeper.keyboard.press('Escape');
  await keeper.getByRole('dialog', {name: /^沿革/}).waitFor({state: 'hidden'});
  await keeper.close();

  const writer = await pages().window.open('qu.fenxi');
  await writer.goto(pages().at(`/catalogs/items?code=${mine}`));
  await writer.getByRole('columnheader', {name: '区域'}).waitFor();
  await writer.getByRole('button', {name: '列', exact: true}).focus();
  await writer.keyboard.press('Enter');
  const saved = writer.waitForResponse(answer => answer.url().endsWith('/columns') && answer.request().method() === 'PUT');
  await writer.getByRole('checkbox', {name: '办结标准'}).press('Space');
  t.is((await saved).status(), 200);
  await writer.goto(pages().at(`/catalogs/items?code=${mine}`));
  await writer.getByRole('columnheader', {name: '办结标准'}).waitFor();
  t.is(await settled(2, () => writer.getByRole('row').count()), 2, 'head and one row');
  await writer.getByRole('button', {name: /^更多条件/}).click();
  await pages().look(t, writer, 'row-filters');
  await writer.close();
});
