import {stat} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {readCatalogFolder, readCatalogFolders, type CatalogSource} from '@banli/catalogs';
import {readCatalog, type LoadedCatalog} from '@banli/formats/catalogs';
import {errorText, type Problem} from '@banli/errors';
import {cliErrors} from './errors.js';

/** Reads one catalog's folder. @throws AppError `CLI_CATALOG_MISSING`, `CATALOG_ENCODING` */
export async function readOne(folder: string): Promise<CatalogSource> {
  const path = resolve(folder);
  if (!(await exists(join(path, 'catalog.yaml')))) throw cliErrors.CATALOG_MISSING({folder});
  return readCatalogFolder(path, basename(path));
}

/** Reads a catalog's folder, or every one below a folder that is none. @throws AppError `CLI_CATALOG_MISSING` when there is none */
export async function readAll(folder: string): Promise<readonly CatalogSource[]> {
  const path = resolve(folder);
  if (await exists(join(path, 'catalog.yaml'))) return [await readOne(folder)];
  if (!(await exists(path))) throw cliErrors.CATALOG_MISSING({folder});
  const sources = await readCatalogFolders(path);
  if (sources.length === 0) throw cliErrors.CATALOG_MISSING({folder});
  return sources;
}

/** The catalogs that stand beside a folder, for its references. Those that cannot be read are left out: they are not what was asked about. */
export async function readNeighbours(folder: string): Promise<readonly LoadedCatalog[]> {
  const path = resolve(folder);
  const root = (await exists(join(path, 'catalog.yaml'))) ? dirname(path) : path;
  return (await readCatalogFolders(root)).flatMap(source => readCatalog(source.files).catalog ?? []);
}

/** One problem as a line. */
export function sentence({code, message, place, details, severity}: Problem): string {
  const spot = [place.file, place.line, place.column, place.element ?? place.field].filter(part => part !== undefined).join(':');
  return `${severity === 'warning' ? '!' : '✗'} ${spot} ${code} ${errorText(code, 'zh-CN', details ?? {}) ?? message}`;
}

/** Whether something is there. */
export function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
