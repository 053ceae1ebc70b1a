import {AppError, type ErrorDetails, type Problem} from './app-error.js';

/** One row of an error table: HTTP status, the English and the Chinese sentence with `{name}` holes, and the remedy for the docs. */
export interface ErrorRow {
  readonly status: number;
  readonly message: string;
  readonly zh: string;
}

/** Makes one kind of error: details fill the holes, problems list every place, cause is kept for the log. */
export type ErrorFactory = (details?: ErrorDetails, options?: {cause?: unknown; problems?: readonly Problem[]}) => AppError;

/** An error table turned into factories; `codes` lists it for the docs and the translations. */
export type ErrorTable<Rows extends Record<string, ErrorRow>> = {readonly [Name in keyof Rows]: ErrorFactory} & {
  readonly codes: ReadonlyArray<{readonly code: string} & ErrorRow>;
};

const registered = new Map<string, ErrorRow>();

/**
 * Turns a table of codes into functions that make errors.
 *
 * @param area - Upper-case prefix; the code is `AREA_NAME`.
 * @throws Error when the same code is defined twice with another text: codes are never reused.
 * @example
 * const seatErrors = defineErrors('SEATING', {ROW_EMPTY: {status: 400, message: 'A row needs a seat, got {seatCount}.', zh: '一排至少要有一个座位，收到 {seatCount}。'}});
 * throw seatErrors.ROW_EMPTY({seatCount: 0});
 */
export function defineErrors<const Rows extends Record<string, ErrorRow>>(area: string, rows: Rows): ErrorTable<Rows> {
  const factories: Record<string, ErrorFactory> = {};
  const codes: Array<{code: string} & ErrorRow> = [];
  for (const [name, row] of Object.entries(rows)) {
    const code = `${area}_${name}`;
    const known = registered.get(code);
    if (known && known.message !== row.message) throw new Error(`The error code ${code} is defined twice.`);
    registered.set(code, row);
    codes.push({code, ...row});
    factories[name] = (details = {}, options = {}) =>
      new AppError(code, row.status, fillText(row.message, details), details, options.problems, options.cause);
  }
  return Object.assign(factories, {codes}) as ErrorTable<Rows>;
}

/** Lists every code defined so far in this process: code, status and both texts. */
export function listErrorCodes(): ReadonlyArray<{readonly code: string} & ErrorRow> {
  return [...registered].map(([code, row]) => ({code, ...row})).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Fills `{name}` holes of a sentence; a hole without a value stays as it is, so that nothing is silently empty. */
export function fillText(text: string, details: ErrorDetails): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = details[name];
    return value === undefined ? hole : Array.isArray(value) ? value.join(', ') : String(value);
  });
}

/** The sentence for a code in a language; `undefined` when the code is not known in this process. */
export function errorText(code: string, language: 'zh-CN' | 'en', details: ErrorDetails = {}): string | undefined {
  const row = registered.get(code);
  return row && fillText(language === 'en' ? row.message : row.zh, details);
}
