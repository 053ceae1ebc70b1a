/** Words, numbers and booleans that an error may carry: never secrets, never personal data. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One thing that is wrong with an input, and where: several of them travel in one refusal. */
export interface Problem {
  /** Error code, `AREA_WHAT`. */
  readonly code: string;
  /** English sentence; the web apps translate by `code` and `details`. */
  readonly message: string;
  /** Where it stands: a file, a form field, a BPMN element, a table row. */
  readonly place: ProblemPlace;
  readonly details?: ErrorDetails;
  /** `warning` does not refuse the input. Default `error`. */
  readonly severity?: 'error' | 'warning';
}

/** A place in an input. `line` and `column` count from 1. */
export interface ProblemPlace {
  readonly file?: string;
  readonly element?: string;
  readonly field?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Carries every failure that a caller can act upon.
 *
 * `status` follows HTTP: 400 malformed, 401 who are you, 403 you may not, 404 no such thing, 409 changed meanwhile,
 * 413 too large, 422 a rule says no, 429 too often, 500 our fault, 503 an outside system failed.
 * @see Source: house style, errors; compared by `code`, never by message.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly details: ErrorDetails = {},
    readonly problems: readonly Problem[] = [],
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : {cause});
  }
}

/** Tells an AppError apart from everything else, also across two copies of this package. */
export function isAppError(error: unknown, code?: string): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error && (code === undefined || error.code === code);
}
