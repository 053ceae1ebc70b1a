import test from 'ava';
import {errors, type Page} from 'playwright-core';
import {photograph} from '../src/browser/photograph.js';

/** A page that is drawn after so many tries, and what was done to it. */
function pageDrawnAfter(tries: number, error: Error = new errors.TimeoutError('drew nothing')): {readonly page: Page; readonly done: string[]} {
  const done: string[] = [];
  let left = tries;
  const page = {
    async screenshot() {
      done.push('picture');
      left -= 1;
      if (left > 0) throw error;
    },
    async bringToFront() {
      done.push('front');
    },
    viewportSize: () => ({width: 375, height: 812}),
    async setViewportSize({width, height}: {readonly width: number; readonly height: number}) {
      done.push(`${width} × ${height}`);
    },
  };
  return {page: page as unknown as Page, done};
}

test('a page that is not drawn is brought to the front and drawn at another size before the next picture', async t => {
  const {page, done} = pageDrawnAfter(2);
  await photograph(page, 'page.png');
  t.deepEqual(done, ['picture', 'front', '375 × 813', '375 × 812', 'picture']);
});

test('a browser that draws nothing is a failure after three tries, another failure at once', async t => {
  const {page, done} = pageDrawnAfter(9);
  await t.throwsAsync(photograph(page, 'page.png'), {instanceOf: errors.TimeoutError});
  t.is(done.filter(each => each === 'picture').length, 3);
  const closed = pageDrawnAfter(9, new Error('closed'));
  await t.throwsAsync(photograph(closed.page, 'page.png'), {message: 'closed'});
  t.deepEqual(closed.done, ['picture']);
});
