import type {ErrorDetails, Problem, ProblemPlace} from '@banli/errors';
import {catalogFileErrors, type CatalogFileErrorName} from './errors.js';

/** Makes one problem of the table with its place. */
export function fileProblem(name: CatalogFileErrorName, place: ProblemPlace, details: ErrorDetails = {}, severity?: 'warning'): Problem {
  const error = catalogFileErrors[name](details);
  return {code: error.code, message: error.message, place, details, ...(severity ? {severity} : {})};
}
