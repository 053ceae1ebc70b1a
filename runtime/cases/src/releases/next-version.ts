import type {BundleFiles} from '@banli/formats';
import {compareVersions} from '@banli/formats/catalogs';

/**
 * Gives a bundle's files the version after the highest of its releases, where their own version is not above it; the manifest keeps every
 * other character.
 *
 * @param taken - Versions of the bundle's releases, such as `1.0.3`.
 */
export function withNextVersion(files: BundleFiles, version: string, taken: readonly string[]): BundleFiles {
  const highest = taken.toSorted(compareVersions).at(-1);
  if (highest === undefined || compareVersions(version, highest) > 0) return files;
  const [major = 0, minor = 0, patch = 0] = highest.split('.').map(Number);
  const manifest = (files['bundle.yaml'] ?? '').replace(/^(version:\s*)(['"]?)[^'"\s#]+\2/m, `$1$2${major}.${minor}.${patch + 1}$2`);
  return {...files, 'bundle.yaml': manifest};
}
