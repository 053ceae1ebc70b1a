import type {AppError, Problem} from '@banli/errors';

/** Where a problem of a row stands: `file` is catalog/table, `element` the key of the row, `field` the column. */
export interface Place {
  readonly file: string;
  readonly element: string;
  readonly field?: string;
}

/** Makes one problem of a refusal. */
export function problemOf(error: AppError, place: Place, severity?: 'warning'): Problem {
  return {code: error.code, message: error.message, details: error.details, place, ...(severity ? {severity} : {})};
}
