import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {checkReferences, readCatalog, readCsv, statusByKey, type CatalogFiles, type FindTable} from '@banli/formats/catalogs';
import type {Problem} from '@banli/errors';

const headings = ['## What it is', '## Columns', '## How to change', '## Source', '## Own decisions', '## Limits'];

/**
 * Declares the contract tests of one catalog folder: format, schemas, keys, order, references to the catalogs beside it, sources, and the
 * fixed parts of its papers. That no code of an earlier version disappears is checked when a version is published.
 *
 * @param folder - The catalog's folder, ending with `/`.
 */
export function verifyCatalog(folder: URL): void {
  test('every table keeps to its schema, its key and the house format', t => {
    t.deepEqual(readCatalog(readTextFiles(folder)).problems.map(sentence), []);
  });

  test('every reference finds its row', t => {
    const {catalog} = readCatalog(readTextFiles(folder));
    t.truthy(catalog);
    if (!catalog) return;
    t.deepEqual(checkReferences(catalog, findBeside(folder)).filter(problem => problem.severity !== 'warning').map(sentence), []);
  });

  test('every source is its own, or a document of the list', t => {
    const documents = readDocuments(new URL('../sources/documents.csv', folder));
    const {catalog} = readCatalog(readTextFiles(folder));
    const wrong = Object.values(catalog?.tables ?? {}).flatMap(({definition, entries}) => entries.filter(({values}) => sourceFault(values['sourceRef'] ?? '', documents)).map(({line, values}) => `${definition.file}:${line} ${values['sourceRef'] ?? ''}`));
    t.deepEqual(wrong, []);
  });

  test('its papers say what it is, where it comes from and what changed', t => {
    const files = readTextFiles(folder);
    const {catalog} = readCatalog(files);
    const readme = files['README.md'] ?? '';
    t.deepEqual(headings.filter(heading => !readme.includes(`${heading}\n`)), []);
    t.true((files['changes.md'] ?? '').includes(catalog?.manifest.version ?? 'no version'));
    t.true(folder.pathname.endsWith(`/${catalog?.manifest.id}/`));
  });
}

/** Reads every text file of a folder, `/` between folders, without `test`. */
export function readTextFiles(folder: URL): CatalogFiles {
  const path = fileURLToPath(folder);
  const names = readdirSync(path, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
  const files = names.map(entry => `${entry.parentPath}/${entry.name}`.slice(path.length).replace(/^\//, ''));
  return Object.fromEntries(files.filter(file => !file.startsWith('test/')).map(file => [file, readFileSync(new URL(file, folder), 'utf8')]));
}

/** Whether a source is neither `own:` nor begins with a document of the list; a digest of requirements wants its section. */
export function sourceFault(source: string, documents: readonly string[]): boolean {
  if (source.startsWith('own:')) return false;
  const document = documents.find(each => source.startsWith(each) && /^($|[\s，；（])/.test(source.slice(each.length)));
  return document === undefined || (document.startsWith('requirements/') && !/^ (§\d|[A-Z]\d)/.test(source.slice(document.length)));
}

/** Names of the documents of a list. */
export function readDocuments(list: URL): readonly string[] {
  return readCsv('documents.csv', readFileSync(list, 'utf8')).rows.slice(1).map(row => row[0]?.text ?? '').filter(document => document !== '');
}

function findBeside(folder: URL): FindTable {
  return (catalogId, table) => {
    const beside = new URL(`../${catalogId}/`, folder);
    if (!existsSync(new URL('catalog.yaml', beside))) return null;
    const found = readCatalog(readTextFiles(beside)).catalog?.tables[table];
    return found ? statusByKey(found) : null;
  };
}

function sentence(problem: Problem): string {
  const {file = '', line = 0, column = 0} = problem.place;
  return `${file}:${line}:${column} ${problem.code} ${problem.message}`;
}
