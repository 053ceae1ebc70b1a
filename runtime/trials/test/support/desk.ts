import type {ExecutionContext} from 'ava';
import type {Locator, Page} from 'playwright-core';
import {findBarriers} from '../../src/browser/axe.js';
import type {Window} from '../../src/browser/browser.js';
import {act, answer} from '../../src/browser/hands.js';
import {standsStill} from '../../src/browser/still.js';
import type {Order, Stage} from './stage.js';

/** People at the pages of one order, each with a page of his own. */
export interface Desk {
  readonly t: ExecutionContext;
  readonly scene: Stage;
  readonly order: Order;
  readonly window: Window;
  /** The page of the case, once the step is open there. */
  at(account: string, step: string): Promise<Page>;
  /** Closes the pages that were opened. */
  leave(): Promise<void>;
}

/** What a desk is set up with. */
export type DeskParts = Pick<Desk, 't' | 'scene' | 'order' | 'window'>;

export function deskOf({t, scene, order, window}: DeskParts): Desk {
  const pages = new Map<string, Page>();
  return {
    t, scene, order, window,
    async at(account, step) {
      const {task} = await scene.open(account, order.caseId, step);
      const page = pages.get(account) ?? (await window.open(account));
      pages.set(account, page);
      await page.bringToFront();
      await page.goto(`${scene.instance.url()}/cases/${order.caseId}?task=${task.id}`);
      await page.getByRole('heading', {name: task.stepName['zh-CN'], exact: true}).first().waitFor();
      return page;
    },
    async leave() {
      for (const page of pages.values()) await page.context().close();
    },
  };
}

/** Opens the dialog of an action, which has to be accessible, and takes its picture. */
export async function ask({t, window}: Pick<Desk, 't' | 'window'>, page: Page, name: string): Promise<Locator> {
  const bar = page.getByLabel('可用操作');
  await bar.getByRole('button').first().waitFor();
  // What does not fit goes under 更多 once the bar knows its width.
  await standsStill(page);
  if ((await bar.getByRole('button', {name, exact: true}).count()) === 0) {
    await bar.getByRole('button', {name: '更多'}).click();
    await page.getByRole('menuitem', {name, exact: true}).click();
  } else await act(page, name);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', {name: /取\s*消/}).waitFor();
  await window.picture(page, `dialog-${name}`);
  t.deepEqual(await findBarriers(page), [], name);
  return dialog;
}

/** Sends a dialog; it has to go. */
export async function send(dialog: Locator, name: string): Promise<void> {
  await answer(dialog.getByRole('button', {name, exact: true}));
}

/** The button of a field's phrases. */
export function phrasesOf(page: Page, field: string): Locator {
  return page.locator('.banli-field').filter({has: page.locator('label', {hasText: new RegExp(`^${field}`)})}).getByRole('button', {name: '常用语'});
}

/** Takes a phrase by the keyboard alone: the first below what was used last. */
export async function takePhrase(page: Page, field: string): Promise<void> {
  await phrasesOf(page, field).focus();
  await page.keyboard.press('Enter');
  // The menu answers to keys from the moment a line of it has the focus.
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor({state: 'hidden'});
}
