import type {ApiProblem} from '@banli/api';

/** What stands against a row that goes out of use because something still names it or stands on it; anything else has to be mended, not left out. */
const heldBy = new Set(['CATALOG_CHANGE_USED_BY_ROW', 'CATALOG_CHANGE_USED_BY_ORDER', 'CATALOG_CHANGE_USED_BY_PROCESS', 'CATALOG_CHANGE_USED_BY_DATA']);

/** Which of the chosen rows of a table a conflict report says are held by orders, processes, other data or other rows, each once, in the order they were chosen. */
export function heldKeys(keys: readonly string[], problems: readonly ApiProblem[], file: string): readonly string[] {
  const held = new Set(problems.filter(problem => problem.severity !== 'warning' && heldBy.has(problem.code) && problem.place.file === file).map(problem => problem.place.element));
  return keys.filter(key => held.has(key));
}
