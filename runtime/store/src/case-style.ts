/** A row as SQL gives it: snake_case columns. */
export type SqlRow = Record<string, unknown>;

const snakes = new Map<string, string>();
const camels = new Map<string, string>();
/** Names come from code, so there are few; a caller that makes them up must not fill the memory. */
const mostNames = 5_000;

/** `unitId` → `unit_id`. */
export function toSnake(name: string): string {
  return remembered(snakes, name, () => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`));
}

/** `unit_id` → `unitId`. */
export function toCamel(name: string): string {
  return remembered(camels, name, () => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
}

function remembered(known: Map<string, string>, name: string, make: () => string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = make();
  if (known.size < mostNames) known.set(name, made);
  return made;
}

/** Turns a SQL row into an object with camelCase keys; values stay as they are. */
export function fromRow<T>(row: SqlRow): T {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(row)) result[toCamel(key)] = row[key];
  return result as T;
}

/** Turns an object into a SQL row; `undefined` is left out, booleans become 0 and 1 (both databases agree on that). */
export function toRow(values: Readonly<Record<string, unknown>>): SqlRow {
  const row: SqlRow = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) row[toSnake(key)] = typeof value === 'boolean' ? Number(value) : value;
  }
  return row;
}
