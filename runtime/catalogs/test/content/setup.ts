import type {Problem} from '@banli/errors';
import {isAppError} from '@banli/errors';
import {readCatalogFolder, type CatalogSource, type FileReferences} from '../../src/index.js';
import {catalogRoot, sampleService} from '../sample-service.js';

/** Replaces text in a file of a sample catalog and raises its version, as somebody would who edits the folder. */
export async function editedSample(name: string, file: string, change: (csv: string) => string): Promise<CatalogSource> {
  const source = await readCatalogFolder(`${catalogRoot}${name}`, name);
  const path = `data/${file}.csv`;
  const text = source.files[path] ?? '';
  if (change(text) === text) throw new Error(`Nothing changes in ${name}/${path}.`);
  return {name, files: {...source.files, [path]: change(text), 'catalog.yaml': (source.files['catalog.yaml'] ?? '').replace(/^version: .*$/m, 'version: 2026.9.0')}};
}

/** What publishing the folder upon the samples finds, as `code file:line column`; published where nothing is refused. */
export async function publishedFolder(source: CatalogSource, outside: FileReferences = {}): Promise<{readonly refused: readonly string[]; readonly warned: readonly string[]}> {
  const {service, close} = await sampleService();
  try {
    const [result] = await service.publish([source], 'tests', outside);
    return {refused: [], warned: (result?.warnings ?? []).filter(problem => problem.code !== 'CATALOG_FILE_REFERENCE_UNCHECKED').map(atLine)};
  } catch (error) {
    if (!isAppError(error, 'CATALOG_INVALID')) throw error;
    return {refused: error.problems.filter(problem => problem.severity !== 'warning').map(atLine), warned: []};
  } finally {
    await close();
  }
}

function atLine({code, place: {file, line, field, element}}: Problem): string {
  return `${code.replace(/^CATALOG_(CONTENT_)?/, '')} ${file ?? ''}:${line ?? element ?? ''} ${field ?? ''}`.trim();
}
