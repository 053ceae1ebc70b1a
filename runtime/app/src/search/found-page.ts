/** A page of an answer, and where the next one goes on; `null` at the end. */
interface Page {
  readonly rows: readonly unknown[];
  readonly nextCursor: string | null;
}

/**
 * A page that holds something, or the end: where many rows in between may not be told, the server answers empty pages with a cursor, which nobody should have to click through.
 *
 * @param ask - Asks for the page after a cursor; the empty one is the first.
 * @returns What came beside the rows is that of the first answer.
 */
export async function foundPage<Answer extends Page>(ask: (cursor: string) => Promise<Answer>, from: string): Promise<Answer> {
  const first = await ask(from);
  let page: Page = first;
  while (page.rows.length === 0 && page.nextCursor !== null) page = await ask(page.nextCursor);
  return {...first, rows: page.rows, nextCursor: page.nextCursor};
}
