import test from 'ava';
import type {Page} from 'playwright-core';
import {answer, settled, until} from '../src/browser/hands.js';
import {usePages} from './support/pages.js';
import {password} from './support/stage.js';

const pages = usePages();
const typed = '来电人住解放南路，请勿公开其姓名';

/** Names of unsaved texts that the browser holds. */
const keptIn = (page: Page) => page.evaluate<readonly string[]>("Object.keys(localStorage).filter(key => key.startsWith('banli.typed'))");

/** Types into a new registration while no draft reaches the server. */
async function typeUnsaved(page: Page): Promise<void> {
  await page.route('**/api/drafts**', route => (route.request().method() === 'GET' ? route.continue() : route.abort()));
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('诉求内容').last().fill(typed);
  await until(names => names.length > 0, () => keptIn(page));
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', {name: '登录'}).click();
  await page.getByRole('navigation').first().waitFor();
}

async function chooseLogout(page: Page): Promise<void> {
  await page.getByTitle(/打开个人菜单/).click();
  await page.getByRole('menuitem', {name: '退出登录'}).click();
}

test.serial('leaving asks about what is not saved, then nothing of it stays, and other tabs go to the login, too', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.shouli');
  const other = await page.context().newPage();
  await other.goto(pages().at('/inbox/todo'));
  await other.getByRole('navigation').first().waitFor();
  await typeUnsaved(page);
  t.is((await keptIn(page)).length, 1);
  await chooseLogout(page);
  await page.locator('.ant-modal-confirm-title', {hasText: '有填写的内容尚未保存到服务器'}).waitFor();
  await pages().window.picture(page, 'leave-unsaved');
  await answer(page.getByRole('button', {name: '先不退出'}));
  t.is((await keptIn(page)).length, 1);
  await chooseLogout(page);
  await answer(page.getByRole('button', {name: '放弃内容并退出'}));
  await page.getByRole('button', {name: '登录'}).waitFor();
  await other.getByRole('button', {name: '登录'}).waitFor();
  await pages().look(t, page, 'login');
  t.deepEqual(await until(names => names.length === 0, () => keptIn(page)), []);
  t.false((await page.evaluate<string>('JSON.stringify(localStorage) + JSON.stringify(sessionStorage)')).includes('解放南路'));
  await page.goBack();
  await page.getByRole('button', {name: '登录'}).waitFor();
  await page.context().close();
});

test.serial('when the session merely ended, the same account is offered its text again; another account finds nothing', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.shouli');
  await typeUnsaved(page);
  await page.context().clearCookies();
  await page.goto(pages().at('/register'));
  await page.getByRole('button', {name: '登录'}).waitFor();
  t.is((await keptIn(page)).length, 1);
  t.false((await page.evaluate<string>('JSON.stringify(localStorage) + JSON.stringify(sessionStorage)')).includes('解放南路'), 'nobody else reads it meanwhile');
  await signIn(page, 'shi.shouli');
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('诉求内容').last().waitFor();
  t.is(await settled(typed, () => page.getByLabel('诉求内容').last().inputValue()), typed);
  await page.context().clearCookies();
  await page.goto(pages().at('/inbox/todo'));
  await signIn(page, 'qu.shouli');
  t.deepEqual(await until(names => names.length === 0, () => keptIn(page)), []);
  await page.getByRole('link', {name: '登记'}).first().click();
  await page.getByLabel('诉求内容').last().waitFor();
  t.is(await settled('', () => page.getByLabel('诉求内容').last().inputValue()), '');
  await page.context().close();
});

test.serial('a wrong password is told at the form, which stays accessible, in the workbench and in the designer', async t => {
  t.timeout(300_000);
  const {window, at, look} = pages();
  for (const [path, name] of [['/', 'login-wrong'], ['/designer', 'designer-login']] as const) {
    const page = await window.visit(path);
    await page.getByLabel('账号').fill('shi.shouli');
    await page.locator('input[type=password]').fill('不是这个密码');
    await page.getByRole('button', {name: '登录'}).click();
    await page.getByRole('alert').first().waitFor();
    await look(t, page, name);
    t.is(new URL(page.url()).origin, new URL(at('/')).origin);
    await page.context().close();
  }
});

test.serial('a second click on a link, before the page it leads to has come, leaves no empty page', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.shouli');
  await page.evaluate("(() => { const link = document.querySelector('a[href=\"/register\"]'); let clicks = 0; const timer = setInterval(() => { if (clicks++ < 40) link.click(); else { clearInterval(timer); document.body.dataset.clicked = 'often'; } }, 25); })()");
  await page.locator('body[data-clicked=often]').waitFor({state: 'attached'});
  await page.getByLabel('诉求内容').last().waitFor();
  t.is(await settled('/register/hotline', async () => new URL(page.url()).pathname), '/register/hotline');
  await page.context().close();
});

test.serial('an administrator makes a token, copies its secret once, and revokes it', async t => {
  t.timeout(300_000);
  const {window, at, look} = pages();
  const page = await window.open('qu.admin');
  await page.getByRole('link', {name: '外部系统'}).click();
  await page.getByText('还没有外部系统令牌').waitFor();
  await look(t, page, 'tokens-none');
  await page.getByRole('button', {name: '建立令牌'}).first().click();
  await page.getByRole('button', {name: /^建\s*立$/}).click();
  await page.getByText('请填写外部系统名称').waitFor();
  await page.getByText('请至少选择一个目录').waitFor();
  await page.getByLabel('外部系统名称').fill('市数据共享平台');
  await page.getByRole('combobox', {name: '指定目录'}).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await page.keyboard.press('Escape');
  await look(t, page, 'tokens-add');
  await page.getByRole('button', {name: /^建\s*立$/}).click();
  const secret = await page.getByLabel('密钥', {exact: true}).innerText();
  t.regex(secret, /^banli_[\w-]{43}$/);
  await look(t, page, 'tokens-secret');
  await page.getByRole('button', {name: '复制密钥'}).click();
  await page.getByRole('button', {name: '已复制'}).waitFor();
  await page.getByRole('button', {name: '已保存密钥，关闭'}).click();
  t.is((await fetch(at('/api/catalogs/matters/versions'), {headers: {authorization: `Bearer ${secret}`}})).status === 401, false);
  await page.reload();
  await page.getByRole('row').filter({hasText: '市数据共享平台'}).getByText('有效').waitFor();
  t.false((await page.content()).includes(secret));
  await look(t, page, 'tokens');
  await page.getByRole('button', {name: '吊销“市数据共享平台”的令牌'}).click();
  await answer(page.locator('.ant-modal-confirm-btns .ant-btn-dangerous'));
  await page.getByText('已吊销', {exact: true}).waitFor();
  t.is((await fetch(at('/api/catalogs/matters/versions'), {headers: {authorization: `Bearer ${secret}`}})).status, 401);
  await page.context().close();

  const system = await window.open('qu.xitong');
  await system.getByRole('link', {name: '外部系统'}).click();
  await system.getByText('建立令牌请联系有目录查看权限的管理员').waitFor();
  t.is(await system.getByRole('button', {name: '建立令牌'}).count(), 0);
  await look(t, system, 'tokens-system');
  await system.context().close();

  const clerk = await window.open('shi.shouli');
  t.is(await clerk.getByRole('link', {name: '外部系统'}).count(), 0);
  await clerk.goto(at('/access-tokens'));
  await clerk.getByText('看不到外部系统令牌').waitFor();
  await clerk.context().close();
});

/** Opens Ctrl K, types, and takes what stands first, by keys alone. */
async function jump(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', {name: /单号/}).fill(words);
  await page.getByRole('option', {name: words}).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({state: 'hidden'});
}

test.serial('Ctrl K reaches every page of the person and what one does with oneself, by keys, and nothing beyond his rights', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('qu.admin');
  await page.keyboard.press('Control+k');
  const offered = page.getByRole('option');
  await offered.first().waitFor();
  await pages().look(t, page, 'palette');
  const names = await until(found => found.includes('退出登录'), async () => (await offered.allInnerTexts()).join('\n'));
  for (const name of ['目录', '下发看板', '我的订阅', '派单规则检查', '时限重算', '外部系统', '查询', '切换语言：English', '退出登录']) t.true(names.includes(name), name);
  t.false(names.includes('登记'), 'who may not register is not offered it');
  await page.keyboard.press('Escape');
  await jump(page, '时限重算');
  await page.waitForURL('**/limit-plans');
  await jump(page, '外部系统');
  await page.waitForURL('**/access-tokens');
  await jump(page, '退出登录');
  await page.getByRole('button', {name: '登录'}).waitFor();
  await page.context().close();
});

test.serial('a phone number that is looked for stands in no address and no history, and is still there on coming back', async t => {
  t.timeout(300_000);
  const page = await pages().window.open('shi.shouli');
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', {name: /单号/}).fill('13899990001');
  await page.getByRole('option', {name: /查询全部/}).click();
  await page.waitForURL('**/search');
  const box = page.getByRole('searchbox').or(page.getByPlaceholder(/单号/)).first();
  t.is(await settled('13899990001', () => box.inputValue()), '13899990001');
  await page.getByText('没有找到').waitFor();
  await jump(page, '已办');
  await page.waitForURL('**/inbox/done');
  await page.goBack();
  await page.waitForURL('**/search');
  t.is(await settled('13899990001', () => box.inputValue()), '13899990001');
  t.false((await page.evaluate<string>('JSON.stringify(history.state) + location.href')).includes('13899990001'));
  t.deepEqual(asked.filter(url => url.includes('13899990001')), []);
  await page.goto(pages().at('/search?q=13899990001'));
  await page.waitForURL('**/search');
  await page.context().close();
});
