/** The catalog that dispatch rules stand in. */
export const ruleCatalog = 'responsibility';

/** The page of rules that begin with this key: rows of one matter in one area. */
export function ruleAddress(row: string): string {
  return `/catalogs/${ruleCatalog}?tab=rows&code=${encodeURIComponent(row.split('|').slice(0, 2).join('|'))}`;
}
