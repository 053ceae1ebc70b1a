import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import type {BundleFiles} from '@banli/formats';
import {bundleErrors} from './errors.js';
import {bundleLimits} from './files.js';

const skipped = new Set(['test', 'node_modules']);

/**
 * Reads a bundle folder. Dot files, `test/` and `node_modules/` are no part of a bundle; links are not followed.
 * @returns Files by path with `/`, in the order of the paths.
 * @throws AppError `BUNDLES_TOO_MANY_FILES`, `BUNDLES_TOO_LARGE` before more is read than a bundle may have.
 */
export async function readBundleFolder(folder: string): Promise<BundleFiles> {
  const paths = (await listFiles(folder, '')).sort();
  if (paths.length > bundleLimits.files) throw bundleErrors.TOO_MANY_FILES({count: paths.length, limit: bundleLimits.files});
  let bytes = 0;
  const files: Record<string, string> = {};
  for (const each of paths) {
    bytes += (await stat(path.join(folder, each))).size;
    if (bytes > bundleLimits.bytes) throw bundleErrors.TOO_LARGE({bytes, limit: bundleLimits.bytes});
    files[each] = await readFile(path.join(folder, each), 'utf8');
  }
  return files;
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(path.join(root, below), {withFileTypes: true})) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.') || (below === '' && skipped.has(entry.name))) continue;
    if (entry.isDirectory()) found.push(...await listFiles(root, name));
    else if (entry.isFile()) found.push(name);
  }
  return found;
}
