import {readdir, readFile} from 'node:fs/promises';
import type {BundleFiles} from '@banli/formats';
import {readBundleFolder} from '@banli/bundles/node';

const fixtures = new URL('fixtures/', import.meta.url).pathname;

/** The files of the sound bundle that the tests damage. */
export function soundFiles(): Promise<BundleFiles> {
  return readBundleFolder(`${fixtures}leave-desk`);
}

/** One damage: what is replaced in which file, and the codes that must be found, with the element of the first. */
export interface Damage {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly codes: readonly string[];
  readonly element?: string;
}

/** Every damage that stands in the folder; the file name is the sentence. */
export async function readDamages(): Promise<readonly Damage[]> {
  const names = (await readdir(`${fixtures}damages`)).sort();
  return Promise.all(names.map(async name => ({name: name.replace('.json', '').replaceAll('-', ' '), ...JSON.parse(await readFile(`${fixtures}damages/${name}`, 'utf8')) as Omit<Damage, 'name'>})));
}

/** The files with one damage. */
export function damage(files: BundleFiles, {file, find, put}: Damage): BundleFiles {
  const text = files[file] ?? '';
  if (!text.includes(find)) throw new Error(`${file} does not hold what is to be damaged: ${find}`);
  return {...files, [file]: find === '' ? put : text.replace(find, () => put)};
}
