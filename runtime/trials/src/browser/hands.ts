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
  // What the field had before is no sign of the click.
  const chosen = page.locator('.ant-select').filter({has: field}).locator('.ant-select-selection-item').filter({hasText: option}).first();
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

/** Reads until something holds of what is read, 30 seconds at most; gives what was read last, for the test to judge. */
export async function until<T>(holds: (found: T) => boolean, read: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + 30_000; ; await sleep(100)) {
    const found = await read();
    if (holds(found) || performance.now() > end) return found;
  }
}

/** The same, until what is awaited shows. */
export async function settled<T>(awaited: T, read: () => Promise<T>): Promise<T> {
  return until(found => found === awaited, read);
}

/** Ticks a box, or chooses among several, by a click, and waits until it shows: a choice that is kept by the server may show a moment later. */
export async function tick(box: Locator): Promise<void> {
  if (!(await box.isChecked())) await box.click();
  if (!(await settled(true, () => box.isChecked()))) throw new Error('The box was clicked and did not become ticked.');
}

/** Gives so many stars and waits until the word beside them tells it; a click that was lost while the page moved is made once more. */
export async function rate(stars: Locator, count: number): Promise<void> {
  const given = stars.locator('.banli-rating-word').filter({hasNotText: '未评分'});
  const click = (): Promise<void> => stars.locator('li').nth(count - 1).click();
  await click();
  if (await given.waitFor({timeout: 5_000}).then(() => true, () => false)) return;
  await click();
  await given.waitFor();
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

/** Waits for what comes to a list in a while; a page that does not show it after ten seconds is loaded anew, not before, as the list may still be on its way. */
export async function loadUntil(page: Page, shown: Locator): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    if (await shown.waitFor({timeout: 10_000}).then(() => true, () => false)) return;
    await page.reload();
  }
  await shown.waitFor();
}

/** Opens a case from the inbox by its title, waiting for it to arrive there. */
export async function openFromInbox(page: Page, title: string, step: string): Promise<void> {
  await page.getByRole('link', {name: /待办/}).first().click();
  const row = page.getByRole('row').filter({hasText: title}).filter({hasText: step}).first();
  await loadUntil(page, row);
  await row.getByText(title).click();
  await page.getByRole('tab', {name: '办理'}).waitFor();
}

/** Comes back to a page as from another window, until it shows what it then reads anew: what is a few seconds old only is not read again. */
export async function comeBackTo(page: Page, shown: Locator): Promise<void> {
  const isShown = async (): Promise<boolean> => {
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    return shown.waitFor({timeout: 1_000}).then(() => true, () => false);
  };
  if (!(await settled(true, isShown))) throw new Error('The page was not read anew.');
}

/** Takes hold of something with the mouse and begins to drag it. */
export async function grab(thing: Locator): Promise<void> {
  const {mouse} = thing.page();
  await thing.hover();
  const box = await thing.boundingBox();
  if (!box) throw new Error('What should be dragged is not drawn.');
  await mouse.down();
  await mouse.move(box.x + box.width / 2 + 12, box.y + box.height / 2 + 12, {steps: 4});
}

/** Carries what is held to the middle of a place, where it is not let go yet. */
export async function carry(place: Locator): Promise<void> {
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  if (!box) throw new Error('The place to carry to is not drawn.');
  const {mouse} = place.page();
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2, {steps: 4});
  // A place hears of the first movement that something has entered, of every further one that it is above.
  await mouse.move(box.x + box.width / 2 + 4, box.y + box.height / 2 + 2, {steps: 2});
}
