import {sleep} from '@banli/time';
import type {Page} from 'playwright-core';

/** Looks that have to be alike, in a row, and the milliseconds between two of them. */
const looks = 3;
const betweenMs = 100;
/** A page that goes on moving, or is not painted so that it ends no transition, is taken as it is after this time. */
const longestMs = 6_000;

/** What of a page a movement changes, and whether a transition runs that comes to an end; what turns forever, as a sign of waiting, does not count. */
const look = `(() => {
  const isMoving = document.getAnimations().some(each => each.playState === 'running' && Number.isFinite(each.effect?.getComputedTiming().endTime));
  return [isMoving, innerWidth, document.body.scrollWidth, document.body.scrollHeight, document.querySelectorAll('*').length].join();
})()`;

/** Waits until nothing of a page moves any more: no transition, no size, no part that comes or goes. @returns Whether it came to that. */
export async function standsStill(page: Page): Promise<boolean> {
  let [last, alike] = ['', 0];
  for (const until = performance.now() + longestMs; performance.now() < until; await sleep(betweenMs)) {
    const seen = await page.evaluate<string>(look);
    alike = seen === last ? alike + 1 : 1;
    last = seen;
    if (alike >= looks && seen.startsWith('false')) return true;
  }
  return false;
}
