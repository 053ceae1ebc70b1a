import {ApiError, type ApiProblem} from '@banli/api';

/** What a unit decides about one column of a row that the level above changed or locked meanwhile. */
export interface UndoChoice {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  /** What stands against the layer before, sentence by sentence. */
  readonly problems: readonly ApiProblem[];
  readonly take: 'mine' | 'theirs' | null;
}

/** Refusals of one's own value: only that of the level above can be taken. */
export const forced: readonly string[] = ['CATALOG_ISSUE_LOCKED', 'CATALOG_ISSUE_LONGER', 'CATALOG_ISSUE_LOWER', 'CATALOG_ISSUE_TEXT_LOST', 'CATALOG_ISSUE_RETIRE_ONLY'];
/** What is decided; the others are problems that no choice of a side mends. */
const decided = new Set(['CATALOG_ISSUE_CONFLICT', ...forced]);

function problemsOf(error: unknown): readonly ApiProblem[] {
  return error instanceof ApiError ? error.answer.problems : [];
}

/** Whether a refusal says nothing but what `UndoChoices` asks about. */
export function isAskedAbout(error: unknown): boolean {
  const problems = problemsOf(error);
  return problems.length > 0 && problems.every(problem => decided.has(problem.code));
}

/** What a refused undo wants to be decided, added to what was asked before. A side that was chosen stays unless it was refused. */
export function choicesAsked(before: readonly UndoChoice[], error: unknown): readonly UndoChoice[] {
  const cells = new Map(before.map(choice => [cellOf(choice), choice]));
  for (const problem of problemsOf(error)) {
    if (!decided.has(problem.code)) continue;
    const cell = {table: (problem.place.file ?? '').split('/')[1] ?? '', key: problem.place.element ?? '', column: problem.place.field ?? ''};
    const known = cells.get(cellOf(cell)) ?? {...cell, problems: [], take: null};
    const isKnown = known.problems.some(each => each.code === problem.code);
    cells.set(cellOf(cell), {...known, problems: isKnown ? known.problems : [...known.problems, problem], take: forced.includes(problem.code) ? null : known.take});
  }
  return [...cells.values()];
}

/** Names the cell of a choice. */
export function cellOf({table, key, column}: Pick<UndoChoice, 'table' | 'key' | 'column'>): string {
  return `${table} ${key} ${column}`;
}
