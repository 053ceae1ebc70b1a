import type {LocalizedText} from '@banli/formats';
import {choicesOf, type Choice} from './choices.js';
import {initialsOf, normalise} from './search/normalise.js';
import {memoPerVersion} from './version.js';
import type {PublishedVersion} from './version.js';

/** An enterprise that fits, and why. */
export interface EnterpriseMatch {
  readonly choice: Choice;
  readonly why: LocalizedText;
}

interface Known {
  readonly choice: Choice;
  readonly name: string;
  readonly initials: string;
  readonly code: string;
}

const knownOf = memoPerVersion((version): readonly Known[] =>
  choicesOf(version).filter(choice => choice.status === 'active').map(choice => {
    const name = normalise(choice.title['zh-CN']);
    return {choice, name, initials: initialsOf(name), code: normalise(choice.more['creditCode'] ?? '')};
  }));

/**
 * Finds enterprises by a part of the name, by the first letters of its reading, or by the beginning of the credit code (at least four signs): those
 * whose name begins so first, then in the order of the list.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.7
 */
export function searchEnterprises(version: PublishedVersion, text: string, limit: number): readonly EnterpriseMatch[] {
  const query = normalise(text);
  if (query === '') return [];
  const found = knownOf(version).flatMap(({choice, name, initials, code}) => {
    const rank = name.startsWith(query) ? 0 : name.includes(query) ? 1 : query.length >= 4 && code.startsWith(query) ? 2 : query.length >= 2 && initials.includes(query) ? 3 : null;
    return rank === null ? [] : [{choice, rank, why: {'zh-CN': choice.more['creditCode'] ?? ''}}];
  });
  return found.sort((a, b) => a.rank - b.rank).slice(0, limit).map(({choice, why}) => ({choice, why}));
}
