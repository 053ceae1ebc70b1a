import {ApiError} from '@banli/api';
import {viewError, type Language} from '@banli/ui/logic';

/**
 * Problems of a refused call by the order they belong to (`items.1` is the second), then by field; a problem that names no order belongs to
 * the first. Empty when nothing is wrong with a field.
 */
export function problemsByItem(error: unknown, language: Language, fields: ReadonlySet<string>): ReadonlyMap<number, Readonly<Record<string, string>>> {
  if (!(error instanceof ApiError)) return new Map();
  const byItem = new Map<number, ApiError['answer']['problems']>();
  for (const problem of error.answer.problems) {
    const index = Number(/^items\.(\d+)$/.exec(problem.place.element ?? '')?.[1] ?? 0);
    byItem.set(index, [...(byItem.get(index) ?? []), problem]);
  }
  const views = [...byItem].map(([index, problems]) => [index, viewError(new ApiError(error.status, {...error.answer, problems}), language, fields).byField] as const);
  return new Map(views.filter(([, byField]) => Object.keys(byField).length > 0));
}
