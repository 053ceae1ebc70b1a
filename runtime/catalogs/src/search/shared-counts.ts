/** The most that is counted: from five on all are alike. */
export const mostShared = 5;

/** Entries of the first stretch; every further one is twice as long. */
const firstStretch = 2_048;

interface Walked {
  readonly ids: Uint32Array;
  at: number;
}

/**
 * Counts in how many lists entries stand, from the first entry on, and tells the best first: those in five lists and more as soon as they are reached, in order, so that looking
 * ends where enough of them are found; then those in four, and so on down to one.
 */
export class SharedCounts {
  /** Zero for all entries between two searches. A buffer, because it looks for a value many times faster than other arrays. */
  readonly #counts: Buffer;

  constructor(entries: number) {
    this.#counts = Buffer.alloc(entries);
  }

  /** Bytes of the typed array. */
  get bytes(): number {
    return this.#counts.byteLength;
  }

  /**
   * @param lists - Places of entries, each list in order.
   * @param visit - Is told an entry and its count; answers whether it wants more.
   */
  visit(lists: readonly Uint32Array[], visit: (id: number, count: number) => boolean): void {
    const walked = lists.flatMap((ids): Walked[] => (ids.length > 0 ? [{ids, at: 0}] : []));
    if (walked.length === 0) return;
    const counts = this.#counts;
    let reached = 0;
    try {
      let top = 0;
      for (let stretch = firstStretch; reached < counts.length; stretch *= 2) {
        const from = reached;
        reached = Math.min(counts.length, from + stretch);
        for (const list of walked) top = Math.max(top, countUpTo(counts, list, reached));
        if (!tell(counts.subarray(from, reached), from, mostShared, visit)) return;
      }
      for (let count = Math.min(top, mostShared - 1); count >= 1; count -= 1) if (!tell(counts, 0, count, visit)) return;
    } finally {
      counts.fill(0, 0, reached);
    }
  }
}

/** Counts the entries of a list before `until` once more. @returns The highest count among them. */
function countUpTo(counts: Buffer, list: Walked, until: number): number {
  const {ids} = list;
  let top = 0;
  let {at} = list;
  for (; at < ids.length; at += 1) {
    const id = ids[at] ?? 0;
    if (id >= until) break;
    const next = (counts[id] ?? 0) + 1;
    if (next > mostShared) continue;
    counts[id] = next;
    if (next > top) top = next;
  }
  list.at = at;
  return top;
}

function tell(counts: Buffer, first: number, count: number, visit: (id: number, count: number) => boolean): boolean {
  for (let at = counts.indexOf(count); at >= 0; at = counts.indexOf(count, at + 1)) if (!visit(first + at, count)) return false;
  return true;
}
