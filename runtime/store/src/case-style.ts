/** A row as SQL gives it: snake_case columns. */
export type SqlRow = Record<string, unknown>;

/** `unitId` → `unit_id`. */
export function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** `unit_id` → `unitId`. */
export function toCamel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Turns a SQL row into an object with camelCase keys; values stay as they are. */
export function fromRow<T>(row: SqlRow): T {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [toCamel(key), value])) as T;
}

/** Turns an object into a SQL row; `undefined` is left out, booleans become 0 and 1 (both databases agree on that). */
export function toRow(values: Readonly<Record<string, unknown>>): SqlRow {
  const row: SqlRow = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) row[toSnake(key)] = typeof value === 'boolean' ? Number(value) : value;
  }
  return row;
}
