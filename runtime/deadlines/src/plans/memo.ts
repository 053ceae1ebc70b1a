import type {Tx} from '@banli/store';

/** Where a batch asks, and as of when. */
export interface Asking {
  readonly tx: Tx;
  readonly now: number;
}

/** An answer that is there already, or comes. */
export type Soon<T> = T | Promise<T>;

/** Goes on with an answer, at once where it is there: thousands of clocks need not each wait for what is known. */
export function goOn<T, U>(answer: Soon<T>, next: (answer: T) => Soon<U>): Soon<U> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}

/** Asks each thing once. What failed is asked again. */
export function memo<T>(ask: (key: string, asking: Asking) => Promise<T>): (key: string, asking: Asking) => Soon<T> {
  const known = new Map<string, {readonly answer: Soon<T>}>();
  const asked = async (key: string, asking: Asking): Promise<T> => {
    try {
      const answer = await ask(key, asking);
      known.set(key, {answer});
      return answer;
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
  return (key, asking) => {
    const found = known.get(key);
    if (found) return found.answer;
    const answer = asked(key, asking);
    known.set(key, {answer});
    return answer;
  };
}
