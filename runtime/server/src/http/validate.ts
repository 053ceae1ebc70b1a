import {Ajv, type ErrorObject, type ValidateFunction} from 'ajv';
import type {Route} from '@banli/api';
import type {AppError, Problem} from '@banli/errors';
import {httpErrors} from './errors.js';

/** Checks the three inputs of a route; what comes from the address is turned into numbers and booleans where the schema says so. */
export interface RouteValidator {
  /** @throws AppError `HTTP_INPUT_WRONG` with every problem; values are never repeated in it. */
  check(input: {readonly params: Record<string, unknown>; readonly query: Record<string, unknown>; readonly body: unknown}): void;
}

const options = {allErrors: true, strict: false, messages: true, unicodeRegExp: true} as const;
const bodies = new Ajv({...options, coerceTypes: false});
const addresses = new Ajv({...options, coerceTypes: true});
const mostProblems = 50;

/** Compiles the schemas of a route once. */
export function createRouteValidator(route: Route): RouteValidator {
  const params = addresses.compile(route.params);
  const query = addresses.compile(route.query);
  const body = route.body === undefined ? null : bodies.compile(route.body);
  return {
    check(input) {
      const problems = [...problemsOf(params, input.params, 'params'), ...problemsOf(query, input.query, 'query'), ...(body ? problemsOf(body, input.body, 'body') : [])];
      if (problems.length > 0) throw httpErrors.INPUT_WRONG({count: problems.length}, {problems: problems.slice(0, mostProblems)});
    },
  };
}

function problemsOf(validate: ValidateFunction, value: unknown, part: string): readonly Problem[] {
  return validate(value) ? [] : (validate.errors ?? []).map(error => toProblem(error, part));
}

function toProblem(error: ErrorObject, part: string): Problem {
  const within = error.instancePath.split('/').slice(1).map(step => step.replace(/~1/g, '/').replace(/~0/g, '~').slice(0, 64));
  const params = error.params as Record<string, unknown>;
  const named = String(params['additionalProperty'] ?? params['missingProperty'] ?? '').slice(0, 64);
  const field = [part, ...within, ...(named === '' ? [] : [named])].join('.');
  const made = errorFor(error, field);
  return {code: made.code, message: made.message, place: {field}, details: made.details};
}

function errorFor(error: ErrorObject, field: string): AppError {
  if (error.keyword === 'additionalProperties') return httpErrors.FIELD_UNKNOWN({field});
  if (error.keyword === 'required') return httpErrors.FIELD_MISSING({field});
  return httpErrors.FIELD_WRONG({field, rule: error.message ?? error.keyword});
}
