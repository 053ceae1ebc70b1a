import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import type {Page} from 'playwright-core';

interface AxeResult {
  readonly violations: ReadonlyArray<{readonly id: string; readonly nodes: ReadonlyArray<{readonly html: string}>}>;
}

let source: Promise<string> | null = null;

/** What axe finds on a page as it is now (what passes, toasts and tooltips with their boxes, stands outside of every landmark and is left out): rule and first place, in words for a failing test. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  source ??= readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  await page.evaluate(await source);
  const result = await page.evaluate<AxeResult>("axe.run({exclude: [['.ant-message'], ['body > div:has(> .ant-tooltip)']]}, {runOnly: ['wcag2a', 'wcag2aa', 'best-practice']})");
  return result.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 200) ?? ''}`);
}
