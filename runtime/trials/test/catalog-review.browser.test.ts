import test from 'ava';
import type {Page} from 'playwright-core';
import {catalogLifeRoutes as routes} from '@banli/api';
import {act, openFromInbox} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';

const pages = usePages({review: true});
const title = '缩短金融业办结时限';

/** Writes a change of a limit over HTTP, as its pages do; answers its page. */
async function written(): Promise<string> {
  const writer = await pages().person('qu.fenxi');
  const {change} = await writer.call(routes.create, {params: {catalogId: 'limits'}, body: {title}});
  await writer.call(routes.put, {params: {changeId: change.id}, body: {lockVersion: change.lockVersion, table: 'matrix', op: 'modify', key: 'J|*|normal|resolve', cells: {value: '4'}}});
  await writer.close();
  return `/catalogs/limits?tab=changes&change=${change.id}`;
}

/** Opens the review from the inbox, follows the way to the change beside it, and comes back. */
async function lookAtChange(page: Page, picture: string): Promise<void> {
  const [beside] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', {name: '打开变更单，逐行查看差异'}).click()]);
  await beside.getByRole('heading', {name: '修改内容（1 行）'}).waitFor();
  await beside.getByText('4', {exact: true}).first().waitFor();
  await pages().window.picture(beside, picture);
  await beside.close();
}

test.serial('a change is handed in, reviewed twice from the inbox with its differences at hand, and waits to be published', async t => {
  t.timeout(300_000);
  const path = await written();
  const author = await pages().window.open('qu.fenxi');
  await author.goto(pages().at(path));
  await author.getByRole('button', {name: '提交审核'}).click();
  await author.getByRole('link', {name: /^ML650000-/}).waitFor();
  t.is(await author.getByRole('button', {name: '通过', exact: true}).count(), 0);
  await pages().window.picture(author, 'review-submitted');

  const first = await pages().window.open('qu.jieguo');
  await openFromInbox(first, title, '初审');
  await first.getByText('修改 金融业 · 不限 · 普通 · 办结：时限 5 → 4').first().waitFor();
  await pages().window.picture(first, 'review-first');
  await lookAtChange(first, 'review-differences');
  await first.getByLabel('审核意见').fill('依据充分，同意缩短');
  await act(first, '通过');
  await first.getByText('待复审').first().waitFor();
  await first.getByRole('tab', {name: '流程图'}).click();
  await first.locator('[data-element-id=secondReview]').waitFor();
  await pages().window.picture(first, 'review-diagram');

  const second = await pages().window.open('qu.fushen');
  await openFromInbox(second, title, '复审');
  await second.getByText('依据充分，同意缩短').first().waitFor();
  await pages().window.picture(second, 'review-second');
  await act(second, '通过');
  await second.getByText('审核完成').first().waitFor();
  await pages().window.picture(second, 'review-done');

  await author.reload();
  await author.getByText('审核通过').first().waitFor();
  await pages().window.picture(author, 'review-passed');
  t.deepEqual(pages().window.faults(), []);
});

test.serial('whoever hands a change in that its second reviewers wrote themselves is told that nobody may take that step', async t => {
  t.timeout(300_000);
  const [admin, other] = [await pages().person('qu.admin'), await pages().person('qu.fushen')];
  let {change} = await admin.call(routes.create, {params: {catalogId: 'limits'}, body: {title: '两位复审人共同编制'}});
  const at = {params: {changeId: change.id}};
  ({change} = await admin.call(routes.put, {...at, body: {lockVersion: change.lockVersion, table: 'matrix', op: 'modify', key: 'J|*|normal|resolve', cells: {value: '3'}}}));
  await other.call(routes.put, {...at, body: {lockVersion: change.lockVersion, op: 'modify', key: 'city|normal|resolve', cells: {value: '2'}}});
  await Promise.all([admin.close(), other.close()]);
  const page = await pages().window.open('qu.admin');
  await page.goto(pages().at(`/catalogs/limits?tab=changes&change=${change.id}`));
  await page.getByRole('button', {name: '提交审核'}).click();
  const warning = page.getByRole('dialog', {name: '已提交，但有审核环节无人可办'});
  await warning.getByText(/审核环节“复审”目前没有可办理的人/).waitFor();
  await pages().look(t, page, 'review-unattended');
  await warning.getByRole('button', {name: '知道了'}).click();
  await warning.waitFor({state: 'hidden'});
  await page.getByText('审核中').first().waitFor();
  t.deepEqual(pages().window.faults(), []);
});
