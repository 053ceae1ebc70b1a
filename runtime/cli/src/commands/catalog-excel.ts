import {readFile, writeFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {catalogErrors, mergeRows, readSheet, writeSheet} from '@banli/catalogs';
import type {LocalizedText} from '@banli/formats';
import {readCatalog, readShape, type LoadedCatalog, type LoadedTable} from '@banli/formats/catalogs';
import {exists, readNeighbours, readOne, sentence} from '../catalog-folder.js';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';
import {checkAll} from './catalog-text.js';

/** Lays the rows of a workbook into the text of a catalog; nothing is written when one of them is wrong. */
export const catalogImport: Command = {
  words: 'catalog import',
  takes: '<文件夹> <文件.xlsx> [表]',
  help: '将工作簿的行（至多 500 行）并入目录文本，全部成功或全部不写',
  async run([folder, file, name], {write}) {
    if (folder === undefined || file === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog import', takes: '<folder> <file.xlsx> [table]'});
    const source = await readOne(folder);
    const {catalog, table} = await openTable(folder, name);
    if (!(await exists(resolve(file)))) throw cliErrors.FILE_MISSING({file});
    const {rows} = await readSheet(await readFile(resolve(file)), table.columns, table.definition.key, titlesIn(source.files[table.definition.schema]));
    const text = mergeRows(catalog, table.name, rows.map(row => row.cells));
    const problems = checkAll([{...source, files: {...source.files, [table.definition.file]: text}}], await readNeighbours(folder));
    const errors = problems.filter(problem => problem.severity !== 'warning');
    for (const problem of errors) write(sentence(problem));
    if (errors.length > 0) {
      write(`✗ ${errors.length} 个错误，未写入`);
      return 1;
    }
    await writeFile(join(resolve(folder), table.definition.file), text);
    write(`✓ 并入 ${rows.length} 行：${table.definition.file}`);
    return 0;
  },
};

/** Writes a table of a catalog as a workbook. */
export const catalogExport: Command = {
  words: 'catalog export',
  takes: '<文件夹> <文件.xlsx> [表]',
  help: '将目录的一个表导出为工作簿',
  async run([folder, file, name], {write}) {
    if (folder === undefined || file === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog export', takes: '<folder> <file.xlsx> [table]'});
    const {table} = await openTable(folder, name);
    const {columns} = readShape((await readOne(folder)).files[table.definition.schema] ?? '{}');
    const asked = columns.filter(column => !column.isRetired).map(column => column.name);
    await writeFile(resolve(file), await writeSheet(table.name, asked, table.entries.map(entry => entry.values)));
    write(`✓ 导出 ${table.entries.length} 行：${file}`);
    return 0;
  },
};

/** What columns are called: a workbook may say their names or titles in either language. */
function titlesIn(schema = '{}'): ReadonlyMap<string, LocalizedText> {
  return new Map(readShape(schema).columns.map(column => [column.name, column.title]));
}

async function openTable(folder: string, name: string | undefined): Promise<{readonly catalog: LoadedCatalog; readonly table: LoadedTable}> {
  const {catalog, problems} = readCatalog((await readOne(folder)).files);
  if (!catalog) throw catalogErrors.INVALID({count: problems.length}, {problems});
  const table = catalog.tables[name ?? catalog.manifest.id];
  if (!table) throw cliErrors.CATALOG_TABLE_UNKNOWN({table: name ?? '', tables: Object.keys(catalog.tables)});
  return {catalog, table};
}
