import {errors, type Page} from 'playwright-core';

/** How long the browser may take for a picture, in milliseconds; it takes a tenth of a second where it draws at all. */
const longestMs = 15_000;

/** Pages that were not drawn however often it was tried: of these each further picture is tried once, or a test would wait for pictures alone. */
const undrawn = new WeakSet<Page>();

/**
 * Takes a picture of what a page shows. A page behind others may not be drawn until it is brought to the front, and one that a busy browser stopped
 * drawing begins again at another size: both are done before another try. Pictures are for people to look at, what a page does is asked of the page: where
 * the browser draws nothing at all, that is told as a warning.
 *
 * @returns Whether there is a picture.
 */
export async function photograph(page: Page, path: string, tries = undrawn.has(page) ? 1 : 3): Promise<boolean> {
  try {
    await page.screenshot({path, timeout: longestMs});
    undrawn.delete(page);
    return true;
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
  }
  if (tries <= 1) {
    undrawn.add(page);
    process.emitWarning(`No picture ${path}: the browser drew nothing.`);
    return false;
  }
  await drawAnew(page);
  return photograph(page, path, tries - 1);
}

async function drawAnew(page: Page): Promise<void> {
  await page.bringToFront();
  const size = page.viewportSize();
  if (!size) return;
  await page.setViewportSize({...size, height: size.height + 1});
  await page.setViewportSize(size);
}
