import {readdir} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import {readBundleFolder} from '@banli/bundles/node';
import type {KnownReceivers} from '@banli/catalogs';
import {readLimits, receiversKnown} from '@banli/formats';
import {exists} from './catalog-folder.js';
import {cliErrors} from './errors.js';

const manifest = 'bundle.yaml';

/**
 * The receivers of the limits catalog that bundles know: of one bundle, or of every one in a folder. A `limits.yaml` that cannot be read knows none: `banli check` says why.
 *
 * @throws AppError `CLI_FOLDER_MISSING` when there is no bundle
 */
export async function readReceivers(folder: string): Promise<KnownReceivers> {
  const path = resolve(folder);
  const folders = (await exists(join(path, manifest))) ? [path] : (await exists(path)) ? await bundlesIn(path) : [];
  if (folders.length === 0) throw cliErrors.FOLDER_MISSING({folder});
  const known = new Map<string, readonly string[]>();
  for (const each of folders) {
    const limits = readLimits('limits.yaml', (await readBundleFolder(each))['limits.yaml'] ?? '').value;
    const receivers = limits && receiversKnown(limits);
    if (receivers) known.set(basename(each), receivers);
  }
  return known;
}

async function bundlesIn(path: string): Promise<readonly string[]> {
  const entries = (await readdir(path, {withFileTypes: true})).filter(entry => entry.isDirectory()).map(entry => join(path, entry.name));
  const found: string[] = [];
  for (const entry of entries) if (await exists(join(entry, manifest))) found.push(entry);
  return found;
}
