import {isAppError, type AppError, type ErrorDetails} from '@banli/errors';
import {expressionErrors} from './errors.js';
import {typeOf, type Finder} from './infer.js';
import {parseExpression} from './tree.js';
import {feelTypes, fits, typeName, type DataModel, type FeelType} from './types.js';

/** One thing that is wrong with an expression; `from` and `to` are character positions counted from 0. */
export interface ExpressionProblem {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly from: number;
  readonly to: number;
}

/** What a check found: all problems, the type of the result, and the outermost names used (each once, sorted). */
export interface ExpressionCheck {
  readonly problems: readonly ExpressionProblem[];
  readonly type: FeelType;
  readonly names: readonly string[];
}

/**
 * Checks an expression against the names and types that are there when it is evaluated.
 *
 * Unknown names, entries and functions, wrong types and a result that does not fit `expected` are problems: nothing
 * becomes null silently. Types carry no nullability: any value may be null, and a comparison with null is not true.
 *
 * @param expected - Type the place needs; left out, every type will do.
 * @param engine - The expression goes to the BPMN engine: only names, literals, comparisons, `in`, `between`, `and`, `or`, `not` are allowed,
 * because these give the same answer in both interpreters.
 */
export function checkExpression(text: string, model: DataModel, expected?: FeelType, engine = false): ExpressionCheck {
  const problems: ExpressionProblem[] = [];
  const names = new Set<string>();
  const finder: Finder = {
    engine,
    report: (error, node) => problems.push(problemOf(error, node.from, node.to)),
    use: name => names.add(name),
  };
  try {
    const type = typeOf(parseExpression(text), model, finder);
    if (expected && problems.length === 0 && !fits(type, expected)) {
      problems.push(problemOf(expressionErrors.RESULT({actual: typeName(type), expected: typeName(expected)}), 0, text.length));
    }
    return {problems, type, names: [...names].sort()};
  } catch (error) {
    if (!isAppError(error)) throw error;
    const position = error.details['position'];
    const from = typeof position === 'number' ? position - 1 : 0;
    return {problems: [problemOf(error, from, text.length)], type: feelTypes.any, names: []};
  }
}

function problemOf(error: AppError, from: number, to: number): ExpressionProblem {
  return {code: error.code, message: error.message, details: error.details, from, to};
}
