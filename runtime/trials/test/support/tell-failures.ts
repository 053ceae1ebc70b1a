import test from 'ava';
import type {Window} from '../../src/browser/browser.js';

/**
 * Makes every failed test of a file tell what the open pages show and what they complained about: a wait that came to nothing says by itself only
 * what it waited for. Pictures go where the window's pictures go.
 *
 * @param window - `null` while no browser is open.
 */
export function tellFailures(window: () => Window | Promise<Window> | null | undefined): void {
  test.afterEach.always(async t => {
    if (t.passed) return;
    const opened = await window();
    if (opened) for (const shown of [...(await opened.state()), ...opened.faults()]) t.log(shown);
  });
}
