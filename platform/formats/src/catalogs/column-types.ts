/** What a column of a catalog holds. Columns of before say it by their schema: a reference, a list of values, or text. */
export const columnTypes = ['text', 'number', 'boolean', 'date', 'choice', 'reference'] as const;

/** One of `columnTypes`. */
export type ColumnType = (typeof columnTypes)[number];

/** Which texts a text column takes; the whole cell has to fit. */
export const textFormats = {
  digits: '^[0-9]+$',
  code: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
  phone: '^(1[3-9][0-9]{9}|(0[0-9]{2,3}-)?[1-9][0-9]{6,7}|[19][0-9]{4})$',
} as const;

/** How a text column is written; `null` where any text will do. */
export type TextFormat = keyof typeof textFormats;

/** The most characters of a cell. Own figure. */
export const mostColumnLength = 2_000;

/** Digits after the point that a number may have at most. Own figure. */
export const mostDecimals = 4;

/** What a cell of a number with so many digits after the point looks like: plain, no zeros in front, no grouping. */
export function numberPattern(decimals: number): string {
  return `^-?(0|[1-9][0-9]{0,14})${decimals > 0 ? `(\\.[0-9]{1,${decimals}})?` : ''}$`;
}

/** What a day looks like; that there is such a day says the format `date`. */
export const datePattern = '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';

/** Whether a text is a day that there is, `YYYY-MM-DD`. */
export function isDayText(text: string): boolean {
  const found = new RegExp(datePattern).exec(text) ? new Date(`${text}T00:00:00Z`) : null;
  return found !== null && !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text);
}
