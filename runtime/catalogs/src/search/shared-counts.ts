/** Entries of the first stretch; every further one is twice as long. */
export const firstStretch = 2_048;

/** The most that an entry can count: what a byte holds. */
const mostOfAll = 255;

/** Places of entries, in order, and what standing in the list counts: a whole number, 1 or more. */
export interface WeighedList {
  readonly ids: Uint32Array;
  readonly weight: number;
}

interface Walked extends WeighedList {
  at: number;
}

/**
 * Counts what the lists in which entries stand weigh together, from the first entry on, and tells the best first: those that reach the most that counts as soon as they are reached, in order, so
 * that looking ends where enough of them are found; then those with less, down to one.
 */
export class SharedCounts {
  /** Zero for all entries between two searches. A buffer, because it looks for a value many times faster than other arrays. */
  readonly #counts: Buffer;
  /** Counts that some entry has had in this search: only those are looked for. */
  readonly #seen = new Uint8Array(mostOfAll + 1);

  constructor(entries: number) {
    this.#counts = Buffer.alloc(entries);
  }

  /** Bytes of the typed array. */
  get bytes(): number {
    return this.#counts.byteLength;
  }

  /**
   * @param most - What counts at most, 255 or less: entries with more are told with as much.
   * @param visit - Is told an entry and its count; answers whether it wants more.
   */
  visit(lists: readonly WeighedList[], most: number, visit: (id: number, count: number) => boolean): void {
    const walked = lists.flatMap(({ids, weight}): Walked[] => (ids.length > 0 ? [{ids, weight, at: 0}] : []));
    if (walked.length === 0) return;
    const counts = this.#counts;
    let reached = 0;
    try {
      for (let stretch = firstStretch; reached < counts.length; stretch *= 2) {
        const from = reached;
        reached = Math.min(counts.length, from + stretch);
        for (const list of walked) this.#countUpTo(list, reached, most);
        if (this.#seen[most] === 1 && !tell(counts.subarray(from, reached), from, most, visit)) return;
      }
      for (let count = most - 1; count >= 1; count -= 1) if (this.#seen[count] === 1 && !tell(counts, 0, count, visit)) return;
    } finally {
      counts.fill(0, 0, reached);
      this.#seen.fill(0);
    }
  }

  /** Counts the entries of a list before `until`. */
  #countUpTo(list: Walked, until: number, most: number): void {
    const [counts, seen] = [this.#counts, this.#seen];
    const {ids, weight} = list;
    let {at} = list;
    for (; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      if (id >= until) break;
      const before = counts[id] ?? 0;
      if (before === most) continue;
      const next = before + weight < most ? before + weight : most;
      counts[id] = next;
      seen[next] = 1;
    }
    list.at = at;
  }
}

function tell(counts: Buffer, first: number, count: number, visit: (id: number, count: number) => boolean): boolean {
  for (let at = counts.indexOf(count); at >= 0; at = counts.indexOf(count, at + 1)) if (!visit(first + at, count)) return false;
  return true;
}
