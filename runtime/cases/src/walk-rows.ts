import type {SqlRow} from '@banli/store';
import {breathe} from '@banli/time';

/** Rows of one statement: few enough that nobody waits for them. */
const pageSize = 1_000;

/**
 * Walks through many rows in the order of their `id`, a page at a time; between pages others have their turn.
 *
 * @param read - Reads rows whose id comes after the given one, at most so many.
 * @param visit - Is told each row.
 * @param enough - Asked after a page: whether the rest is not needed.
 */
export async function walkRows(read: (after: string, limit: number) => Promise<readonly SqlRow[]>, visit: (row: SqlRow) => void, enough: () => boolean): Promise<void> {
  for (let after = ''; ;) {
    const rows = await read(after, pageSize);
    for (const row of rows) visit(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize || enough()) return;
    after = String(last['id']);
    await breathe();
  }
}
