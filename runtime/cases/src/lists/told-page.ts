import {isAppError} from '@banli/errors';
import {caseErrors} from '../errors.js';
import type {CaseVault} from '../ports.js';
import type {HeadRow} from '../views/heads.js';
import {pageOf, readCursor, type PageMark} from './cursor.js';

/** A page of rows, with the mark of the last row looked at, whether it is told or not; `null` at the end. */
export interface ToldPage {
  readonly rows: readonly HeadRow[];
  readonly nextCursor: string | null;
}

/** How rows are read and sorted out. */
export interface ToldReading {
  /** A stretch of rows after a mark, and whether there are more. */
  readonly read: (from: PageMark | null, limit: number) => Promise<ToldPage>;
  /** The rows among them that may be told. */
  readonly keep: (rows: readonly HeadRow[]) => Promise<readonly HeadRow[]>;
  readonly vault: CaseVault;
}

/** Rows of a stretch, whatever the size of the page: a small page must not show sooner that something is left out. */
const stretch = 50;
/** Rows that one request looks at, so that one search is never the work of many. */
const mostLooked = 500;

const markOf = (row: HeadRow): PageMark => ({at: row.acceptedAt, id: row.id});

/**
 * A page of what may be told, read on until it is full. Where very many rows in between may not be told, the page is short or empty, and its cursor goes on where it
 * stopped: pages together hold every row once. The cursor is sealed, as it may name a row that is not told.
 *
 * @throws AppError `CASE_CURSOR` for a cursor that is not from here.
 */
export async function toldPage({read, keep, vault}: ToldReading, cursor: string | undefined, limit: number): Promise<ToldPage> {
  const rows: HeadRow[] = [];
  let mark = openCursor(vault, cursor);
  for (let looked = 0; ; ) {
    const {rows: found, nextCursor} = await read(mark, Math.max(limit, stretch));
    rows.push(...(await keep(found)));
    looked += found.length;
    if (rows.length > limit || nextCursor === null) return sealed(vault, pageOf(rows, limit, markOf));
    if (looked >= mostLooked) return sealed(vault, {rows, nextCursor});
    mark = readCursor(nextCursor);
  }
}

function sealed(vault: CaseVault, {rows, nextCursor}: ToldPage): ToldPage {
  return {rows, nextCursor: nextCursor === null ? null : vault.seal(nextCursor)};
}

function openCursor(vault: CaseVault, cursor: string | undefined): PageMark | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    return readCursor(vault.open(cursor));
  } catch (error) {
    if (isAppError(error)) throw caseErrors.CURSOR();
    throw error;
  }
}
