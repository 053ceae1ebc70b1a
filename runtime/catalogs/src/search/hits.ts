import type {LocalizedText} from '@banli/formats';

/** An entry that fits, by its place, with its points and the reason. */
export interface SearchHit {
  readonly id: number;
  readonly points: number;
  readonly why: LocalizedText;
}

/** Hits in the order they are found, each entry once. */
export class Hits {
  readonly list: SearchHit[] = [];
  #known: Set<number> | null = null;

  constructor(readonly limit: number) {}

  get full(): boolean {
    return this.list.length >= this.limit;
  }

  has(id: number): boolean {
    return this.#known?.has(id) ?? false;
  }

  /** @returns Whether there is room for more. */
  add(hit: SearchHit): boolean {
    if (!this.full && !this.has(hit.id)) {
      (this.#known ??= new Set()).add(hit.id);
      this.list.push(hit);
    }
    return !this.full;
  }

  /** Adds an entry that was not there before and will not come again. @returns Whether there is room for more. */
  addNew(hit: SearchHit): boolean {
    this.list.push(hit);
    return !this.full;
  }

  /** Adds entries for one reason, which is worded with the first. */
  putter(score: number, why: () => LocalizedText): (id: number) => boolean {
    let worded: LocalizedText | null = null;
    return id => this.add({id, points: score, why: (worded ??= why())});
  }

  addAll(ids: readonly number[], score: number, why: () => LocalizedText): void {
    if (ids.length === 0) return;
    const put = this.putter(score, why);
    for (const id of ids) if (!put(id)) return;
  }
}
