import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {root} from '@banli/tooling';
import {openWindow, type Window} from '../../src/browser/browser.js';
import {password, type Stage} from './stage.js';
import {tellFailures} from './tell-failures.js';

/** Where the pictures of a test file go: `BANLI_TEST_PICTURES`, or a folder of the file's own among the results of tests, where those of the next run take their place. */
export const pictureFolder = (): string => process.env['BANLI_TEST_PICTURES'] ?? join(root, 'test-results', 'pictures', basename(fileURLToPath(test.meta.file), '.browser.test.ts'));

/**
 * A browser before a stage, for tests that move its clock or look into its database. Hooks before the tests run side by side, so it opens with
 * the first test that has the instance; it closes after them, and failed tests tell what it shows.
 */
export function useWindow(stage: () => Stage): () => Promise<Window> {
  const pictures = pictureFolder();
  let opened: Promise<Window> | null = null;
  tellFailures(() => opened);
  test.after.always(async t => {
    t.log(`pictures: ${pictures}`);
    await (await opened)?.close();
  });
  return () => (opened ??= openWindow(stage().instance.url, password, pictures));
}
