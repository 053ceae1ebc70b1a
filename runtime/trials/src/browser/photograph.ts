import {errors, type Page} from 'playwright-core';

/** How long the browser may take for a picture, in milliseconds; it takes a tenth of a second where it draws at all. */
const longestMs = 15_000;

/**
 * Takes a picture of what a page shows. A page behind others may not be drawn until it is brought to the front, and one that a busy browser stopped
 * drawing begins again at another size: both are done before another try.
 *
 * @throws TimeoutError when the browser drew nothing three times.
 */
export async function photograph(page: Page, path: string, tries = 3): Promise<void> {
  try {
    await page.screenshot({path, timeout: longestMs});
  } catch (error) {
    if (!(error instanceof errors.TimeoutError) || tries <= 1) throw error;
    await drawAnew(page);
    await photograph(page, path, tries - 1);
  }
}

async function drawAnew(page: Page): Promise<void> {
  await page.bringToFront();
  const size = page.viewportSize();
  if (!size) return;
  await page.setViewportSize({...size, height: size.height + 1});
  await page.setViewportSize(size);
}
