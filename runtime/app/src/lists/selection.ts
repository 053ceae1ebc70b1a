/** Rows that are chosen for a batch, by key. */
export type Selection = ReadonlySet<string>;

/** Nothing chosen. */
export const nothing: Selection = new Set();

/** Puts a row in or takes it out; beyond `most` nothing is put in. */
export function toggle(selection: Selection, key: string, most: number): Selection {
  const next = new Set(selection);
  if (!next.delete(key) && next.size < most) next.add(key);
  return next;
}

/** All rows, or the first `most` of them; none when every one of those is chosen already. */
export function toggleAll(selection: Selection, keys: readonly string[], most: number): Selection {
  const all = keys.slice(0, most);
  return all.length > 0 && all.every(key => selection.has(key)) ? nothing : new Set(all);
}

/** What is left when rows vanish; the same selection while none does. */
export function keepListed(selection: Selection, keys: readonly string[]): Selection {
  const listed = new Set(keys);
  const kept = [...selection].filter(key => listed.has(key));
  return kept.length === selection.size ? selection : new Set(kept);
}
