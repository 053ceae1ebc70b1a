import {writeSheet} from '../excel/write-sheet.js';
import type {Desk} from './desk.js';
import {listRows, type ListedRow} from './list-rows.js';
import type {RowFilter} from './row-filter.js';
import type {RowDates} from './row-dates.js';
import type {VersionHead} from '../version.js';
import {askedColumnsOf, titlesOf} from './tables.js';
import type {BaseVersion} from './versions.js';

/** Own figure: every catalog of the sample many times over. */
const mostExported = 100_000;

/** What of a table goes into a workbook. The first row says the columns in Chinese, in English, or with `codes` by their own names. With `changeId` rows and columns are those of that set. */
export interface ExportQuery {
  readonly catalogId: string;
  readonly table?: string;
  readonly filter: RowFilter;
  readonly codes?: boolean;
  readonly language?: 'zh-CN' | 'en';
  readonly changeId?: string;
}

/**
 * A table, or what a filter leaves of it, as a workbook: effective rows as they are, proposed ones as they would be. It can be imported again.
 *
 * @param shape - The last version, or what a set makes of it.
 */
export async function exportRows(desk: Desk, dates: (catalogId: string, upTo: VersionHead) => Promise<RowDates>, shape: BaseVersion, query: ExportQuery): Promise<Buffer> {
  const table = query.table ?? query.catalogId;
  const {rows} = await listRows(desk, dates, {...query, limit: mostExported});
  const values = query.changeId === undefined ? rows.map(row => row.values) : rows.flatMap(row => ofSet(row, shape.tables.get(table)?.byKey.has(row.key) === true, query.changeId ?? ''));
  const titles = query.codes ? [] : [...titlesOf(shape, table)].map(([column, title]) => [column, (query.language === 'en' ? title.en : undefined) ?? title['zh-CN']] as const);
  return writeSheet(table, askedColumnsOf(shape, table), values, new Map(titles));
}

/** A row as one set has it; what only other sets propose is not there. */
function ofSet(row: ListedRow, isPublished: boolean, changeId: string): readonly ListedRow['values'][] {
  const own = row.pending.find(each => each.changeId === changeId);
  return own ? [own.after] : isPublished ? [row.values] : [];
}
