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

/** A text in another encoding would be read wrong without a word. @throws AppError `CATALOG_ENCODING` */
function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch (cause) {
    throw catalogErrors.ENCODING({file}, {cause});
  }
}

/** Reads every folder below `root` that holds a `catalog.yaml`, by name. */
export async function readCatalogFolders(root: string): Promise<readonly CatalogSource[]> {
  const folders = (await readdir(root, {withFileTypes: true})).filter(entry => entry.isDirectory()).map(entry => entry.name).sort();
  const sources = await Promise.all(folders.map(name => readCatalogFolder(join(root, name), name)));
  return sources.filter(source => source.files['catalog.yaml'] !== undefined);
}
