import {writeSheet} from '../excel/write-sheet.js';
import type {Desk} from './desk.js';
import {listRows, type RowFilter} from './list-rows.js';
import type {RowDates} from './row-dates.js';
import type {VersionHead} from '../version.js';
import {askedColumnsOf, headersOf} from './tables.js';

/** Own figure: every catalog of the sample many times over. */
const mostExported = 100_000;

/** A table, or what a filter leaves of it, as a workbook: effective rows as they are, proposed ones as they would be. It can be imported again. The first row says the columns in Chinese, with `codes` by their own names. */
export async function exportRows(desk: Desk, dates: (catalogId: string, upTo: VersionHead) => Promise<RowDates>, query: {readonly catalogId: string; readonly table?: string; readonly filter: RowFilter; readonly codes?: boolean}): Promise<Buffer> {
  const last = await desk.versions.withSchemas(await desk.versions.last(query.catalogId));
  const table = query.table ?? query.catalogId;
  const {rows} = await listRows(desk, dates, {...query, limit: mostExported});
  return writeSheet(table, askedColumnsOf(last, table), rows.map(row => row.values), query.codes ? new Map() : headersOf(last, table));
}
