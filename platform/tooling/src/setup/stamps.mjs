import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

const ignored = new Set(['node_modules', 'dist', 'target', '.git', '.banli', 'test']);

/**
 * Hashes files and whole folders (tests, dist, target and node_modules left out), so that a step is done again only when its input changed.
 *
 * @param {string} root
 * @param {readonly string[]} paths - Relative to root; what is missing counts as missing.
 */
export function hashInputs(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, root, path);
  return hash.digest('hex');
}

function addPath(hash, root, path) {
  const full = join(root, path);
  if (!existsSync(full)) {
    hash.update(`${path}:missing\n`);
  } else if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) {
      if (!ignored.has(name)) addPath(hash, root, join(path, name));
    }
  } else {
    hash.update(`${path}\n`).update(readFileSync(full));
  }
}

/**
 * Runs `work` unless the stamp file holds this very hash; writes it afterwards, so that a step that died is done again.
 *
 * @param {string} stamp
 * @param {string} hash
 * @param {() => Promise<unknown>} work
 */
export async function unlessStamped(stamp, hash, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await work();
  mkdirSync(dirname(stamp), {recursive: true});
  writeFileSync(stamp, hash);
}
