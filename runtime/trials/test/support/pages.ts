import test, {type ExecutionContext} from 'ava';
import type {Page} from 'playwright-core';
import {findBarriers} from '../../src/browser/axe.js';
import {openWindow, type Window} from '../../src/browser/browser.js';
import {startInstance, type Instance} from '../../src/instance.js';
import {signIn, type Person} from '../../src/person.js';
import {openTestDatabase} from './database.js';
import {password} from './stage.js';
import {tellFailures} from './tell-failures.js';
import {pictureFolder} from './window.js';

/** One real instance and one browser, shared by the tests of a file. */
export interface Pages {
  readonly instance: Instance;
  readonly window: Window;
  /** Where pictures go. */
  readonly pictures: string;
  /** The address of a page of the workbench. */
  at(path: string): string;
  /** Somebody who works over HTTP, as pages do. Close him. */
  person(account: string): Promise<Person>;
  /** Takes a picture in all sizes and asks axe. */
  look(t: ExecutionContext, page: Page, name: string): Promise<void>;
}

/**
 * Starts an instance and a browser before the tests of a file, and removes both after them.
 *
 * @param options - With `review` changes of catalogs go the way of their reviewers; else a set is decided at once.
 */
export function usePages({review = false}: {readonly review?: boolean} = {}): () => Pages {
  const pictures = pictureFolder();
  const ends: Array<() => Promise<void>> = [];
  let pages: Pages | null = null;
  test.before(async t => {
    t.timeout(300_000);
    const database = await openTestDatabase();
    ends.unshift(() => database.drop());
    const instance = await startInstance({...(database.url === undefined ? {} : {databaseUrl: database.url}), env: {BANLI_DEMO_PASSWORD: password, BANLI_LOG: 'warn', ...(review ? {} : {BANLI_CATALOG_REVIEW: 'none'})}});
    ends.unshift(() => instance.remove());
    const window = await openWindow(instance.url, password, pictures);
    ends.unshift(() => window.close());
    pages = {
      instance, window, pictures,
      at: path => `${instance.url()}${path}`,
      person: account => signIn(instance.url, account, password),
      async look(t_, page, name) {
        await window.picture(page, name);
        t_.deepEqual(await findBarriers(page), [], name);
      },
    };
  });
  tellFailures(() => pages?.window);
  test.after.always(async t => {
    t.log(`pictures: ${pictures}`);
    for (const end of ends) await end();
  });
  return () => {
    if (pages === null) throw new Error('The instance did not start.');
    return pages;
  };
}
