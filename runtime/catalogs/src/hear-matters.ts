import type {LocalizedText} from '@banli/formats';
import {inSteps} from '@banli/time';
import type {Choice} from './choices.js';
import {normalise} from './search/normalise.js';
import {SpeechModel, speechPostings, type SpeechEntry} from './search/speech-model.js';
import {openLeaves, textsOfMatters, type MatterMatch} from './search-matters.js';
import {memoPerVersion, type PublishedVersion} from './version.js';

/** Points of a matter that the words of a text, taken together, speak for: as sure as can be, surely, and the least. A name or a code that was typed has 60 and more anyway. */
const speechPoints = {most: 80, sure: 60, least: 10} as const;
/** From this share on a matter is surely meant. @see Source: of 308 sentences 200 stood so, and 194 of them rightly; `platform/docs/measurements.md`. */
const sureShare = 0.9;
/** How far apart two scores are for the better one to be e times as likely, of a text of so many characters; of a longer one by the root of its length, for chance adds up. */
const [spread, spreadAt] = [5, 20] as const;
/** The score below which nothing, or not all, counts. */
const [leastScore, fullScore] = [8, 20] as const;
/** What one point of the search, which hears elements of forms, too, counts beside the words. */
const searchCounts = 0.1;
/** Where a search found a name or a code, that is what was meant. */
const namedFrom = 60;
/** Matters compared. */
const compared = 30;
/** An example is named as a reason from here on. */
const nearFrom = 0.25;

interface Heard {
  readonly choices: readonly Choice[];
  readonly entries: readonly SpeechEntry[];
  /** Examples as they were written, by matter. */
  readonly examples: (matterCode: string) => readonly string[];
  readonly model: SpeechModel;
}

/** Built when somebody speaks for the first time after a version came; whoever asks meanwhile waits for the same one. */
const heardOf = memoPerVersion((version): Promise<Heard> => inSteps(build(version)));

function* build(version: PublishedVersion): Generator<void, Heard> {
  const choices = openLeaves(version);
  const [words, examples] = [textsOfMatters(version, 'synonyms', 'word'), textsOfMatters(version, 'examples', 'sentence')];
  yield;
  const entries = choices.map(({key, title}) => ({title: normalise(title['zh-CN']), words: [...new Set(words(key).map(normalise))], examples: examples(key).map(normalise)}));
  return {choices, entries, examples, model: new SpeechModel(entries, yield* speechPostings(entries))};
}

/**
 * Finds the leaf matters that somebody speaks of, best first, equal ones in the order of the codes: what was named first, then by all words of the text together, compared with titles, synonyms and
 * example sentences. The same version and text give the same answer.
 *
 * @param found - What a search for the same text found, best first: its elements of forms and names count here, too.
 * @returns At most `limit` matters; none where hardly a word is known.
 */
export async function hearMatters(version: PublishedVersion, text: string, limit: number, found: readonly MatterMatch[]): Promise<readonly MatterMatch[]> {
  const named = found.filter(({points}) => points >= namedFrom);
  const {choices, entries, examples, model} = await heardOf(version);
  const said = normalise(text);
  const searched = new Map(found.map(match => [match.choice.key, match]));
  const scores = model.hear(said, compared).map(({id, score}) => ({id, score: score + (searched.get(choices[id]?.key ?? '')?.points ?? 0) * searchCounts})).sort((a, b) => b.score - a.score || a.id - b.id);
  const best = scores[0]?.score ?? 0;
  const apart = spread * Math.sqrt(Math.max(1, said.length / spreadAt));
  const likely = scores.map(({score}) => Math.exp((score - best) / apart));
  const all = likely.reduce((sum, each) => sum + each, 0);
  const heard = scores.flatMap(({id, score}, at): readonly MatterMatch[] => {
    const [choice, entry] = [choices[id], entries[id]];
    if (!choice || !entry || score < leastScore || named.some(match => match.choice.key === choice.key)) return [];
    const points = pointsOf((likely[at] ?? 0) / all, score);
    return points < speechPoints.least ? [] : [{choice, points, why: reasonOf(model, said, {...entry, spoken: examples(choice.key)}, searched.get(choice.key)?.why)}];
  });
  const others = found.filter(({choice, points}) => points < namedFrom && !heard.some(match => match.choice.key === choice.key)).map(match => ({...match, points: Math.min(match.points, speechPoints.least)}));
  return [...named, ...heard, ...others].slice(0, limit);
}

/** @param share - Of what all compared ones have for themselves, 0 to 1. */
function pointsOf(share: number, score: number): number {
  const sure = share >= sureShare ? speechPoints.sure + ((share - sureShare) / (1 - sureShare)) * (speechPoints.most - speechPoints.sure) : speechPoints.least + (share / sureShare) * (speechPoints.sure - 1 - speechPoints.least);
  return Math.round(sure * Math.min(1, score / fullScore));
}

/** What the search names, and the example that is nearest; words in common where there is neither. */
function reasonOf(model: SpeechModel, said: string, {title, words, spoken}: SpeechEntry & {readonly spoken: readonly string[]}, searched: LocalizedText | undefined): LocalizedText {
  const [nearest] = spoken.map(text => ({text, near: model.nearness(said, normalise(text))})).filter(({near}) => near >= nearFrom).sort((a, b) => b.near - a.near);
  const reasons: LocalizedText[] = [...(searched ? [searched] : []), ...(nearest ? [{'zh-CN': `例句相近：“${nearest.text}”`, en: `similar example: “${nearest.text}”`}] : [])];
  if (reasons.length === 0) {
    const shared = model.shared(said, [title, ...words, ...spoken]);
    reasons.push({'zh-CN': `用词相近：${shared.join('、')}`, en: `similar words: ${shared.join(', ')}`});
  }
  return {'zh-CN': reasons.map(reason => reason['zh-CN']).join('；'), en: reasons.map(reason => reason.en ?? reason['zh-CN']).join('; ')};
}
