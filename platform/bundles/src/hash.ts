import type {BundleFiles} from '@banli/formats';
import {canonicalText} from './files.js';
import {sha256} from './sha256.js';

/**
 * The name of a bundle: SHA-256 over its files in the order of their paths, each with path, length and canonical text
 * (LF line ends, no byte order mark). 64 hex characters; the same on every machine and in the browser.
 */
export function hashBundle(files: BundleFiles): string {
  const text = Object.keys(files).sort((a, b) => (a < b ? -1 : 1)).map(path => {
    const content = canonicalText(files[path] ?? '');
    return `${path}\u0000${content.length}\u0000${content}\u0000`;
  }).join('');
  return sha256(text);
}

/** Paths that differ between two bundles, sorted. */
export interface BundleDiff {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Compares two bundles file by file, by canonical text. */
export function diffBundles(before: BundleFiles, after: BundleFiles): BundleDiff {
  const old = Object.keys(before).sort();
  const now = Object.keys(after).sort();
  return {
    added: now.filter(path => !Object.hasOwn(before, path)),
    changed: now.filter(path => Object.hasOwn(before, path) && canonicalText(before[path] ?? '') !== canonicalText(after[path] ?? '')),
    removed: old.filter(path => !Object.hasOwn(after, path)),
  };
}
