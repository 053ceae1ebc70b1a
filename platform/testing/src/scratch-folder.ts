import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A test that runs something when it ended, whether it passed or not: ava's `t`. */
export interface EndingTest {
  teardown(work: () => void): void;
}

const left = new Set<string>();

function removeLeft(): void {
  for (const folder of left) rmSync(folder, {recursive: true, force: true});
}

/**
 * Makes a folder of its own for a test, which goes also where the test fails.
 *
 * @param name - A word for it, kebab-case: the folder is called `banli-<name>-…`.
 * @param t - The test with which it goes; without one it goes when the test's process ends. A killed process leaves it to its run, whose temporary folder goes as a whole.
 */
export function scratchFolder(name: string, t?: EndingTest): string {
  const folder = mkdtempSync(join(tmpdir(), `banli-${name}-`));
  if (t) {
    t.teardown(() => rmSync(folder, {recursive: true, force: true}));
    return folder;
  }
  if (left.size === 0) process.once('exit', removeLeft);
  left.add(folder);
  return folder;
}
