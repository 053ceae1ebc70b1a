import type {ListViewJson} from '@banli/api';

/** Whether two sets of filters narrow alike, in whatever order they were chosen. */
export function isSame(left: ListViewJson['filters'], right: ListViewJson['filters']): boolean {
  const text = (filters: ListViewJson['filters']) => JSON.stringify(Object.entries(filters).filter(([, value]) => value !== undefined).sort());
  return text(left) === text(right);
}
