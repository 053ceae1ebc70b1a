import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {chromium, type Browser, type Page} from 'playwright-core';
import {photograph} from './photograph.js';
import {standsStill} from './still.js';

/** The three sizes every screen is looked at in. */
export const sizes = {laptop: {width: 1366, height: 768}, wide: {width: 1920, height: 1080}, phone: {width: 375, height: 812}} as const;

/** Letters of a page, and of what lies over it, that a failed test tells. */
const mostText = 3_000;

/** What lies over a page. It stands at the end of the body, where a long page would push it out of what is told. */
const over = '.ant-modal, .ant-drawer-content, .ant-notification-notice, .ant-message-notice, .ant-popover, .ant-dropdown, .ant-select-dropdown, .ant-picker-dropdown';

/** A browser whose pages keep what they complain about, and pictures of what a person sees. */
export interface Window {
  /** The folder where pictures go. */
  readonly folder: string;
  /**
   * A page of its own session (own cookies).
   *
   * @param person - `isStill`: has asked the system for less movement, as everybody here who does not say otherwise. A page that is not painted
   *   ends no transition, so that what should have faded stands on: a button goes on being called “loading”.
   */
  open(account: string, person?: {readonly isStill: boolean}): Promise<Page>;
  /** A page of somebody who does not sign in. */
  visit(path: string): Promise<Page>;
  /** Takes a picture in all three sizes: `<name>-laptop.png` … */
  picture(page: Page, name: string): Promise<void>;
  /** What pages and their security policy complained about so far. */
  faults(): readonly string[];
  /** What every open page shows now, its address first, then what lies over it: what a failed test is understood by. Takes a picture of each as `failed-N.png`. */
  state(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Shows a page in another size and waits until it stands still there: on a busy machine a click would meet the layout of before. */
export async function resize(page: Page, size: keyof typeof sizes): Promise<void> {
  await page.setViewportSize(sizes[size]);
  await page.waitForFunction(`innerWidth === ${sizes[size].width}`, undefined, {polling: 50});
  await standsStill(page);
}

/**
 * Starts Debian's Chromium and signs people in by typing, as they would.
 *
 * @param folder - Where pictures go.
 * @throws Error when there is no Chromium; nothing is skipped silently.
 */
export async function openWindow(url: () => string, password: string, folder: string): Promise<Window> {
  const executablePath = process.env['BANLI_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}: apt-get install chromium, or set BANLI_TEST_CHROMIUM.`);
  const browser: Browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-quic', '--no-first-run']});
  const faults: string[] = [];
  const pages: Page[] = [];
  mkdirSync(folder, {recursive: true});
  const visit = async (path: string, who: string, isStill = true): Promise<Page> => {
    const context = await browser.newContext({viewport: sizes.laptop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: isStill ? 'reduce' : 'no-preference'});
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    pages.push(page);
    page.on('pageerror', error => faults.push(`${who}: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error' && !/status of (401|409)/.test(message.text())) faults.push(`${who}: ${message.text()}`);
    });
    await page.goto(`${url()}${path}`);
    return page;
  };
  return {
    folder,
    visit: path => visit(path, 'visitor'),
    async open(account, person) {
      const page = await visit('/', account, person?.isStill);
      await page.getByLabel('账号').fill(account);
      await page.locator('input[type=password]').fill(password);
      await page.getByRole('button', {name: '登录'}).click();
      await page.getByRole('navigation').first().waitFor();
      return page;
    },
    async picture(page, name) {
      for (const size of ['laptop', 'wide', 'phone'] as const) {
        await resize(page, size);
        await photograph(page, join(folder, `${name}-${size}.png`));
      }
      await resize(page, 'laptop');
    },
    faults: () => faults,
    state: () => Promise.all(pages.filter(page => !page.isClosed()).map(async (page, at) => {
      await photograph(page, join(folder, `failed-${at}.png`));
      const above = (await page.locator(over).filter({visible: true}).allInnerTexts()).join('\n').slice(0, mostText);
      return [page.url(), ...(above === '' ? [] : ['-- over the page', above]), '-- the page', (await page.locator('body').innerText()).slice(0, mostText)].join('\n');
    })),
    close: () => browser.close(),
  };
}
