import type {ErrorFactory, Problem, ProblemPlace} from '@banli/errors';
import {toProblem} from '@banli/formats';
import {checkExpression, type DataModel, type FeelType} from '@banli/expressions';

/** Takes one problem: a row of an error table, its details, and where it is. */
export type Report = (factory: ErrorFactory, details: Parameters<ErrorFactory>[0], place: ProblemPlace, severity?: 'error' | 'warning') => void;

/** A report that collects into `problems` and adds the file to every place. */
export function reportInto(problems: Problem[], file: string): Report {
  return (factory, details, place, severity) => void problems.push(toProblem(factory, details, {file, ...place}, severity));
}

/** An expression, what it may use and must give, and where its problems are reported. */
export interface ExpressionPlace {
  readonly text: string;
  readonly model: DataModel;
  readonly expected?: FeelType;
  readonly engine?: boolean;
  readonly file: string;
  readonly place: ProblemPlace;
}

/** Checks one expression of a bundle and adds its problems. */
export function checkFeel(problems: Problem[], {text, model, expected, engine = false, file, place}: ExpressionPlace): void {
  for (const problem of checkExpression(text, model, expected, engine).problems) {
    problems.push({code: problem.code, message: problem.message, place: {file, ...place}, details: {...problem.details, expression: text, from: problem.from, to: problem.to}});
  }
}

/** Checks a place that holds text, or FEEL after `=`. */
export function checkTextOrFeel(problems: Problem[], at: ExpressionPlace): void {
  if (at.text.startsWith('=')) checkFeel(problems, {...at, text: at.text.slice(1)});
}
