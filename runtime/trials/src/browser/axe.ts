import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import type {Page} from 'playwright-core';
import {standsStill} from './still.js';

interface AxeResult {
  readonly violations: ReadonlyArray<{readonly id: string; readonly nodes: ReadonlyArray<{readonly html: string}>}>;
}

/** Looks at a page in which something was found: what comes or goes meanwhile, half faded, is no barrier. */
const looks = 3;

let source: Promise<string> | null = null;

/**
 * What axe finds on a page that stands still (what passes, toasts and tooltips with their boxes, stands outside of every landmark and is left out): rule
 * and first place, in words for a failing test. What only one look finds has passed.
 */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  source ??= readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  let found: readonly string[] = [];
  for (let at = 0; at < looks; at += 1) {
    await standsStill(page);
    if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(await source);
    const result = await page.evaluate<AxeResult>("axe.run({exclude: [['.ant-message'], ['body > div:has(> .ant-tooltip)']]}, {runOnly: ['wcag2a', 'wcag2aa', 'best-practice']})");
    found = result.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 200) ?? ''}`);
    if (found.length === 0) return found;
  }
  return found;
}
