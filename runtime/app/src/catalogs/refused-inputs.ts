import {ApiError} from '@banli/api';

/** A refusal as a dialog shows it. */
export interface RefusedInputs {
  /** What is said at each input, one sentence after the other. */
  readonly errors: ReadonlyMap<string, string>;
  /** Something stands at no input of the dialog: then the refusal is told as a whole, too. */
  readonly isWhole: boolean;
}

/** Puts what the server refused at the inputs of a dialog. @param inputOf - The input that a field is edited in, `null` where the dialog has none. */
export function refusedInputs(error: unknown, language: string, inputOf: (field: string) => string | null): RefusedInputs {
  const problems = error instanceof ApiError ? withoutWarnings(error.answer.problems) : [];
  const errors = new Map<string, string>();
  let placed = 0;
  for (const problem of problems) {
    const input = inputOf(problem.place.field ?? '');
    if (input === null) continue;
    placed += 1;
    addText(errors, input, (language === 'en' ? undefined : problem.messageZh) ?? problem.message);
  }
  return {errors, isWhole: error != null && (placed === 0 || placed < problems.length)};
}

/** Problems that stand in the way: a warning comes along with a refusal and is no reason of it. */
export function withoutWarnings<P extends {readonly severity?: 'error' | 'warning' | undefined}>(problems: readonly P[]): readonly P[] {
  return problems.filter(({severity}) => severity !== 'warning');
}

/** Says something at a place, after what is said there already. */
export function addText(texts: Map<string, string>, at: string, text: string): void {
  const before = texts.get(at);
  texts.set(at, before === undefined || before === text ? text : `${before} ${text}`);
}
