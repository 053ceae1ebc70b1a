import {writeXlsx} from 'hucre/xlsx';
import type {CatalogRow} from '@banli/formats/catalogs';

/** Writes rows as a workbook of one sheet, column names (or what `headers` calls them) in the first row; every cell is text, so that codes keep their zeros and nothing is a formula. */
export async function writeSheet(name: string, columns: readonly string[], rows: readonly CatalogRow[], headers: ReadonlyMap<string, string> = new Map()): Promise<Buffer> {
  const lines = [columns.map(column => headers.get(column) ?? column), ...rows.map(row => columns.map(column => row[column] ?? null))];
  const sheet = {name: name.slice(0, 31), rows: lines, columns: columns.map((_, index) => ({width: widthOf(lines, index)})), freezePane: {rows: 1}};
  return Buffer.from(await writeXlsx({sheets: [sheet]}));
}

const leastWidth = 8;
const mostWidth = 48;
/** Rows looked at for the width of a column: what comes later may be cut on the screen, not in the file. */
const rowsMeasured = 200;

/** As wide as its longest text, in letters of a spreadsheet; a Chinese one takes two. */
function widthOf(lines: ReadonlyArray<ReadonlyArray<string | null>>, index: number): number {
  const widths = lines.slice(0, rowsMeasured).map(line => [...(line[index] ?? '')].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0));
  return Math.min(mostWidth, Math.max(leastWidth, ...widths) + 2);
}
