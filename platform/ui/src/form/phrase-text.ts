import {isTrueOr, type FeelContext} from '@banli/expressions';
import type {CommonPhrase} from '@banli/formats';

/** The phrases that fit now; a rule that fails leaves its phrase out. */
export function fittingPhrases(phrases: readonly CommonPhrase[], context: FeelContext): readonly CommonPhrase[] {
  return phrases.filter(({when}) => when === undefined || isTrueOr(when, context, false));
}

/** A text with a phrase put behind it: what was typed stays, and a sentence that is open gets its semicolon. */
export function withPhrase(text: string, phrase: string): string {
  const typed = text.trimEnd();
  if (typed === '') return phrase;
  if (typed.endsWith(phrase)) return typed;
  return /[。；，、：！？.;,:!?\n]$/.test(typed) ? `${typed}${phrase}` : `${typed}；${phrase}`;
}
