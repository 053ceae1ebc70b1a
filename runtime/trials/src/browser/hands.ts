import {sleep} from '@banli/time';
import type {Locator, Page} from 'playwright-core';

/** Picks a row of a drop-down: types what narrows it, clicks what fits. A list that was loaded anew under the click, so that nothing is chosen, is clicked once more. */
export async function choose(page: Page, label: string, typed: string, option: string): Promise<void> {
  // A section may be called as one of its fields.
  const field = page.getByLabel(label).and(page.locator('input')).first();
  const pick = async (): Promise<void> => {
    // What is chosen already lies over the field.
    await field.click({force: true});
    if (typed !== '') await field.fill(typed);
    await page.locator('.ant-select-dropdown:visible').getByText(option).first().click();
  };
  await pick();
  const chosen = page.locator('.ant-select').filter({has: field}).locator('.ant-select-selection-item').first();
  const isTaken = await chosen.waitFor({timeout: 5_000}).then(() => true, () => false);
  if (!isTaken) await pick();
}

/** Answers a question that has just opened: a button that still moves in, as on a busy machine, may miss the first click; one that moves out is answered. */
export async function answer(button: Locator): Promise<void> {
  await button.page().bringToFront();
  await button.click();
  const closed = await button.waitFor({state: 'hidden', timeout: 5_000}).then(() => true, () => false);
  if (!closed) await Promise.race([button.click(), button.waitFor({state: 'hidden'})]);
}

/** Reads until what is awaited shows, 20 seconds at most; gives what was read last, for the test to judge. */
export async function settled<T>(awaited: T, read: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + 20_000; ; await sleep(100)) {
    const found = await read();
    if (found === awaited || performance.now() > until) return found;
  }
}

/** Ticks a box, or chooses among several, by a click, and waits until it shows: a choice that is kept by the server may show a moment later. */
export async function tick(box: Locator): Promise<void> {
  if (!(await box.isChecked())) await box.click();
  if (!(await settled(true, () => box.isChecked()))) throw new Error('The box was clicked and did not become ticked.');
}

/** Clicks a button of the action bar of a case. */
export async function act(page: Page, name: string): Promise<void> {
  await page.getByLabel('可用操作').getByRole('button', {name, exact: true}).click();
}

/** Clicks a button of the action bar that asks first, and agrees. */
export async function actAndAgree(page: Page, name: string): Promise<void> {
  await act(page, name);
  await answer(page.getByRole('dialog').getByRole('button', {name, exact: true}));
}

/** Selects a named line of a drawing by its words. */
export async function clickFlow(page: Page, id: string): Promise<void> {
  await page.locator(`[data-element-id=${id}_label]`).first().click();
}

/** Opens a case from the inbox by its title, waiting for it to arrive there. */
export async function openFromInbox(page: Page, title: string, step: string): Promise<void> {
  await page.getByRole('link', {name: /待办/}).first().click();
  const row = page.getByRole('row').filter({hasText: title}).filter({hasText: step});
  for (let tries = 0; tries < 30 && (await row.count()) === 0; tries += 1) {
    await page.waitForTimeout(1000);
    if ((await row.count()) === 0) await page.reload();
    await page.getByRole('navigation').first().waitFor();
    await page.waitForTimeout(500);
  }
  await row.first().getByText(title).click();
  await page.getByRole('tab', {name: '办理'}).waitFor();
}
