import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {catalogErrors} from './errors.js';
import type {CatalogSource} from './publish.js';

const textFile = /\.(yaml|json|csv)$/;

/** Reads one catalog's folder: manifest, schemas and data; papers and tests are left out. */
export async function readCatalogFolder(folder: string, name: string): Promise<CatalogSource> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, '');
    if (entry.isFile() && textFile.test(path) && !path.startsWith('test/')) files[path] = decode(path, await readFile(join(folder, path)));
  }
  return {name, files};
}

/** A text in another encoding would be read wrong without a word. @throws AppError `CATALOG_ENCODING` with line and column of the first byte that is no UTF-8 */
function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch (cause) {
    const place = {file, ...firstBad(bytes)};
    const {code, message, details} = catalogErrors.ENCODING(place);
    throw catalogErrors.ENCODING(place, {cause, problems: [{code, message, details, place}]});
  }
}

/** Line and column, in characters from 1, of the first byte that is no UTF-8. */
function firstBad(bytes: Buffer): {readonly line: number; readonly column: number} {
  let [good, bad] = [0, bytes.length];
  // Whatever ends before the first bad byte decodes as a stream; half by half that byte is found.
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodes(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  const before = new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes.subarray(0, good), {stream: true});
  const lastLine = before.slice(before.lastIndexOf('\n') + 1);
  return {line: before.split('\n').length, column: [...lastLine].length + 1};
}

/** Whether bytes are the beginning of a text in UTF-8; its last character may be cut. */
function decodes(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes, {stream: true});
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Reads every folder below `root` that holds a `catalog.yaml`, by name. */
export async function readCatalogFolders(root: string): Promise<readonly CatalogSource[]> {
  const folders = (await readdir(root, {withFileTypes: true})).filter(entry => entry.isDirectory()).map(entry => entry.name).sort();
  const sources = await Promise.all(folders.map(name => readCatalogFolder(join(root, name), name)));
  return sources.filter(source => source.files['catalog.yaml'] !== undefined);
}
