import {writeXlsx} from 'hucre/xlsx';
import type {CatalogRow} from '@banli/formats/catalogs';

/** Writes rows as a workbook of one sheet, column names (or what `headers` calls them) in the first row; every cell is text, so that codes keep their zeros and nothing is a formula. */
export async function writeSheet(name: string, columns: readonly string[], rows: readonly CatalogRow[], headers: ReadonlyMap<string, string> = new Map()): Promise<Buffer> {
  const sheet = {name: name.slice(0, 31), rows: [columns.map(column => headers.get(column) ?? column), ...rows.map(row => columns.map(column => row[column] ?? null))], freezePane: {rows: 1}};
  return Buffer.from(await writeXlsx({sheets: [sheet]}));
}
