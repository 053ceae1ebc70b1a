/**
 * Makes a function that remembers what it made of the last texts it was given: the same files are checked again and again, as in a
 * designer while one types, of which one has changed. What it gives is shared, so nobody may change it.
 *
 * @param mostSigns - Length of all remembered texts together; the longest unused are forgotten first.
 */
export function keepLast<T>(make: (text: string, variant: string) => T, mostSigns: number): (text: string, variant?: string) => T {
  const kept = new Map<string, T>();
  let signs = 0;
  return (text, variant = '') => {
    const key = `${variant}\n${text}`;
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const made = make(text, variant);
    kept.set(key, made);
    signs += key.length;
    for (const oldest of kept.keys()) {
      if (signs <= mostSigns || oldest === key) break;
      kept.delete(oldest);
      signs -= oldest.length;
    }
    return made;
  };
}
