import {ApiError, type AnswerOf, type CallInput, type Route} from '@banli/api';
import {sleep} from '@banli/time';
import type {Person} from '../person.js';

/** How long one thing is tried before a drill gives it up. */
export const giveUpAfterMs = 180_000;

/** Asks until there is an answer; only for what may be asked twice. */
export async function again<R extends Route>(person: Person, route: R, input: CallInput<R>): Promise<AnswerOf<R>> {
  return untilAnswered(() => person.call(route, input));
}

/** Does something until there is an answer; only for what may be done twice. */
export async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += 250) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || waited > giveUpAfterMs) throw error;
      await sleep(250);
    }
  }
}

/** No connection, busy, pending, or done by the call before: the next look tells. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && [0, 404, 409, 502, 503].includes(error.status);
}
