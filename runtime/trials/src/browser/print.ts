import type {Page} from 'playwright-core';

/** One sheet of a print, in millimetres. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
}

const mmPerPoint = 25.4 / 72;

/**
 * Prints a page on the paper that its own style names, with its backgrounds.
 *
 * @param path - Where the PDF goes.
 * @returns Its sheets, in whole millimetres.
 */
export async function printSheets(page: Page, path: string): Promise<readonly Sheet[]> {
  const pdf = (await page.pdf({path, preferCSSPageSize: true, printBackground: true})).toString('latin1');
  const boxes = [...pdf.matchAll(/\/Type \/Page\b[^]*?\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  return boxes.map(([, width, height]) => ({width: Math.round(Number(width) * mmPerPoint), height: Math.round(Number(height) * mmPerPoint)}));
}

/**
 * Shows a page as it is printed, on a sheet's text width, and tells what does not fit beside the edge: names of the elements, with their first words.
 *
 * @param textWidth - Of the sheet without its margins, in millimetres.
 */
export async function cutOff(page: Page, textWidth: number): Promise<readonly string[]> {
  await page.emulateMedia({media: 'print'});
  const width = Math.floor((textWidth / 25.4) * 96);
  await page.setViewportSize({width, height: 900});
  return page.evaluate<readonly string[]>(`[...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > ${width} + 0.5 || element.getBoundingClientRect().left < -0.5 || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
    .map(element => element.tagName + ' ' + element.textContent.slice(0, 40))`);
}
