import test from 'ava';
import {catalogIssueRoutes, catalogLifeRoutes as routes, type BodyOf} from '@banli/api';
import {openWindow, type Window} from '../src/browser/browser.js';
import {settled, tick} from '../src/browser/hands.js';
import {startInstance, type Instance} from '../src/instance.js';
import {signIn, type Person} from '../src/person.js';
import {password} from '../src/ready-home.js';
import {tellFailures} from './support/tell-failures.js';
import {pictureFolder} from './support/window.js';

const pictures = pictureFolder();
type Row = Omit<BodyOf<typeof routes.put>, 'lockVersion'>;

let instance: Instance;
let window: Window;
let people: {readonly writer: Person; readonly admin: Person};

test.before(async t => {
  t.timeout(300_000);
  // Reviews have a test of their own: here a set is decided at once.
  instance = await startInstance({env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn', BANLI_CATALOG_REVIEW: 'none'}});
  window = await openWindow(instance.url, password, pictures);
  people = {writer: await signIn(instance.url, 'qu.fenxi', password), admin: await signIn(instance.url, 'qu.admin', password)};
});

tellFailures(() => window);

test.after.always(async () => {
  await Promise.all([people.writer.close(), people.admin.close()]);
  await window.close();
  await instance.remove();
});

/** A set with one row, over HTTP. */
async function draft(catalogId: string, title: string, row: Row) {
  const {change} = await people.writer.call(routes.create, {params: {catalogId}, body: {title}});
  return (await people.writer.call(routes.put, {params: {changeId: change.id}, body: {...row, lockVersion: change.lockVersion}})).change;
}

/** The same, reviewed. */
async function approved(catalogId: string, title: string, row: Row) {
  let change = await draft(catalogId, title, row);
  const at = {params: {changeId: change.id}};
  ({change} = await people.writer.call(routes.submit, {...at, body: {lockVersion: change.lockVersion}}));
  return (await people.admin.call(routes.decide, {...at, body: {lockVersion: change.lockVersion, result: 'pass', opinion: '同意'}})).change;
}

test.serial('the publish wizard shows new overlaps, and goes on once they are acknowledged', async t => {
  t.timeout(300_000);
  const change = await approved('responsibility', '天山区占道经营两家主责', {op: 'add', cells: {matterCode: '020101', areaCode: '650102', leadUnitId: 'u650102-zhujian', dutyZh: '占道经营的巡查', dutyEn: 'Patrols', sourceRef: 'own: 样例'}});
  const page = await window.open('qu.admin');
  await page.goto(`${instance.url()}/catalogs/responsibility?tab=changes&change=${change.id}`);
  await page.getByRole('button', {name: /^发\s*布$/}).click();
  const wizard = page.locator('.ant-drawer').last();
  await wizard.getByRole('heading', {name: /派单覆盖/}).waitFor();
  await window.picture(page, 'publish-coverage');
  const next = wizard.getByRole('button', {name: '下一步'});
  t.true(await settled(true, () => next.isDisabled()), 'new overlaps are acknowledged first');
  await tick(wizard.getByRole('checkbox', {name: /已查看新增的缺口和重叠/}));
  await next.click();
  await wizard.getByText('占道经营').first().waitFor();
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a version that waits for its day is withdrawn with its reason', async t => {
  t.timeout(300_000);
  const [hot] = (await people.writer.call(routes.rows, {params: {catalogId: 'hot-words'}, query: {limit: 1}})).rows;
  const change = await approved('hot-words', '换季热词', {op: 'modify', key: hot?.key ?? '', cells: {weight: '1'}});
  const {change: published} = await people.admin.call(routes.publish, {params: {changeId: change.id}, body: {lockVersion: change.lockVersion, effectiveFrom: '2098-01-01'}});
  const page = await window.open('qu.admin');
  await page.goto(`${instance.url()}/catalogs/hot-words?tab=versions`);
  await page.getByRole('button', {name: /^撤\s*回$/}).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('撤回原因').fill('词表有误，改后再发');
  await window.picture(page, 'withdraw-version');
  await dialog.getByRole('button', {name: /^撤\s*回$/}).click();
  await page.getByText(/撤回：词表有误，改后再发/).waitFor();
  await window.picture(page, 'withdrawn-version');
  t.truthy(published.publishedVersion);
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a row that open sets change is marked in the list, and its marks lead to those sets', async t => {
  t.timeout(300_000);
  await draft('tags', '标签更名', {op: 'modify', key: 'enterprise-key', cells: {titleZh: '重点联系企业'}});
  const second = await draft('tags', '标签停用', {op: 'offShelf', key: 'enterprise-key'});
  const page = await window.open('qu.admin');
  await page.goto(`${instance.url()}/catalogs/tags?tab=rows&code=enterprise-key`);
  await page.getByText('共 2 项变更').first().waitFor();
  await window.picture(page, 'row-marks');
  await page.getByRole('row').filter({hasText: '共 2 项变更'}).getByRole('button').first().click();
  const drawer = page.locator('.ant-drawer').last();
  await drawer.getByRole('heading', {name: '待生效的变更'}).waitFor();
  await window.picture(page, 'row-pending');
  await drawer.getByRole('link', {name: /标签停用/}).click();
  await page.waitForURL(new RegExp(`change=${second.id}`));
  await page.getByText('标签停用').first().waitFor();
  await page.context().close();
  t.deepEqual(window.faults(), []);
});

test.serial('a unit raises the risk of a sensitive word and adds one of its own; a lower risk is not offered', async t => {
  t.timeout(300_000);
  const {issues: [issue]} = await people.admin.call(catalogIssueRoutes.send, {params: {catalogId: 'sensitive-words'}, body: {fromUnitId: 'u650000-centre', toUnitIds: ['u650100-centre']}});
  const page = await window.open('shi.admin');
  await page.goto(`${instance.url()}/catalog-issues/${issue?.id ?? ''}`);
  await page.getByRole('button', {name: '核验通过'}).click();
  await page.getByLabel('按名称或编码查找').fill('上访');
  await page.getByRole('button', {name: '改动', exact: true}).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/只能同级或更严/).waitFor();
  await window.picture(page, 'issue-risk');
  t.is(await settled(2, () => dialog.locator('#own-risk').getByRole('radio').count()), 2, 'as above or stricter');
  await tick(dialog.locator('#own-risk').getByRole('radio').first());
  await dialog.getByRole('button', {name: '保存改动'}).click();
  await dialog.waitFor({state: 'hidden'});
  await page.getByRole('button', {name: '新增本级行'}).click();
  await dialog.getByText(/只在本辖区及其下级执行/).waitFor();
  await window.picture(page, 'issue-own-word');
  await page.context().close();
  t.deepEqual(window.faults(), []);
});
