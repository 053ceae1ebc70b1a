import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {catalogLifeRoutes as routes} from '@banli/api';
import {act, openFromInbox} from '../src/browser/hands.js';
import {openWindow, type Window} from '../src/browser/browser.js';
import {startInstance, type Instance} from '../src/instance.js';
import {signIn} from '../src/person.js';

const password = 'Banli-shenhe-2026';
const title = '缩短金融业办结时限';
const pictures = process.env['BANLI_TEST_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'banli-pictures-'));

let instance: Instance;
let window: Window;

test.before(async t => {
  t.timeout(120_000);
  instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn'}});
  window = await openWindow(instance.url, password, pictures);
});

test.after.always(async () => {
  await window.close();
  await instance.remove();
});

/** Writes a change of a limit over HTTP, as its pages do; answers its page. */
async function written(): Promise<string> {
  const writer = await signIn(instance.url, 'qu.fenxi', password);
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
  await window.picture(beside, picture);
  await beside.close();
}

test.serial('a change is handed in, reviewed twice from the inbox with its differences at hand, and waits to be published', async t => {
  t.timeout(300_000);
  const path = await written();
  const author = await window.open('qu.fenxi');
  await author.goto(instance.url() + path);
  await author.getByRole('button', {name: '提交审核'}).click();
  await author.getByRole('link', {name: /^ML650000-/}).waitFor();
  t.is(await author.getByRole('button', {name: '通过', exact: true}).count(), 0);
  await window.picture(author, 'review-submitted');

  const first = await window.open('qu.jieguo');
  await openFromInbox(first, title, '初审');
  await first.getByText('修改 金融业 · 不限 · 普通 · 办结：时限 5 → 4').first().waitFor();
  await window.picture(first, 'review-first');
  await lookAtChange(first, 'review-differences');
  await first.getByLabel('审核意见').fill('依据充分，同意缩短');
  await act(first, '通过');
  await first.getByText('待复审').first().waitFor();
  await first.getByRole('tab', {name: '流程图'}).click();
  await first.locator('[data-element-id=secondReview]').waitFor();
  await window.picture(first, 'review-diagram');

  const second = await window.open('qu.fushen');
  await openFromInbox(second, title, '复审');
  await second.getByText('依据充分，同意缩短').first().waitFor();
  await window.picture(second, 'review-second');
  await act(second, '通过');
  await second.getByText('审核完成').first().waitFor({timeout: 30_000});
  await window.picture(second, 'review-done');

  await author.reload();
  await author.getByText('审核通过').first().waitFor();
  await window.picture(author, 'review-passed');
  t.deepEqual(window.faults(), []);
  t.log(`pictures: ${pictures}`);
});
