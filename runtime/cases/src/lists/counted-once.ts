import type {Clock} from '@banli/time';

/** An answer, and the moment as of which it was counted. */
export interface Counted<T> {
  readonly at: number;
  readonly answer: T;
}

/** Counts that are dear: whoever asks the same while one is under way, or shortly after it began, gets that one. */
export interface CountedOnce<T> {
  /** @param key - Says all that the answer depends on, who may see what included. A count that fails is told to all who wait for it, and not kept. */
  ask(key: string, count: (at: number) => Promise<T>): Promise<Counted<T>>;
}

interface Kept<T> {
  readonly at: number;
  readonly counted: Promise<Counted<T>>;
  isUnderWay: boolean;
}

/**
 * Makes one.
 *
 * @param keepMs - How old a count may be, from its beginning. One that takes longer is told to whoever asked meanwhile, and no longer.
 */
export function createCountedOnce<T>(clock: Clock, keepMs: number): CountedOnce<T> {
  const known = new Map<string, Kept<T>>();
  const isFresh = ({at, isUnderWay}: Kept<T>, now: number): boolean => isUnderWay || (now >= at && now < at + keepMs);
  return {
    ask(key, count) {
      const at = clock.now();
      for (const [each, kept] of known) if (!isFresh(kept, at)) known.delete(each);
      const found = known.get(key);
      if (found) return found.counted;
      const kept: Kept<T> = {at, isUnderWay: true, counted: count(at).then(answer => ({at, answer}))};
      known.set(key, kept);
      kept.counted.then(() => {
        kept.isUnderWay = false;
      }, () => known.delete(key));
      return kept.counted;
    },
  };
}
