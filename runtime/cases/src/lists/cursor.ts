import type {Knex} from 'knex';
import {caseErrors} from '../errors.js';

/** Where a page ended: the moment and id of its last row. */
export interface PageMark {
  readonly at: number;
  readonly id: string;
}

/** Writes the mark of a page; opaque for callers. */
export function writeCursor(mark: PageMark): string {
  return Buffer.from(`${mark.at}.${mark.id}`).toString('base64url');
}

/** Reads a mark. @throws AppError `CASE_CURSOR` for anything that `writeCursor` did not write. */
export function readCursor(text: string | undefined): PageMark | null {
  if (text === undefined || text === '') return null;
  const match = /^(\d{1,16})\.([0-9a-z-]{1,64})$/.exec(Buffer.from(text, 'base64url').toString());
  if (!match) throw caseErrors.CURSOR();
  return {at: Number(match[1]), id: match[2] ?? ''};
}

/** Goes on after a mark, newest first, and orders by the same two columns. The condition is an OR, so that both databases use the index. */
export function keyset(query: Knex.QueryBuilder, columns: {readonly at: string; readonly id: string}, mark: PageMark | null, limit: number): Knex.QueryBuilder {
  const {at, id} = columns;
  if (mark) void query.andWhere(after => void after.where(at, '<', mark.at).orWhere(same => void same.where(at, mark.at).andWhere(id, '<', mark.id)));
  return query.orderBy(at, 'desc').orderBy(id, 'desc').limit(limit + 1);
}

/** Cuts the one row too many off a page and makes the mark of the next one. */
export function pageOf<Row>(rows: readonly Row[], limit: number, markOf: (row: Row) => PageMark): {readonly rows: readonly Row[]; readonly nextCursor: string | null} {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {rows: page, nextCursor: rows.length > limit && last !== undefined ? writeCursor(markOf(last)) : null};
}
