import type {LocalizedText} from '@banli/formats';
import {choicesOf, type Choice} from './choices.js';
import {activeRows, memoPerVersion, type PublishedVersion} from './version.js';

/** A matter that fits, and why. */
export interface MatterMatch {
  readonly choice: Choice;
  readonly why: LocalizedText;
}

interface Candidate {
  readonly choice: Choice;
  readonly title: string;
  readonly path: string;
  readonly words: readonly string[];
}

interface Score {
  readonly points: number;
  readonly why: LocalizedText;
}

const candidatesOf = memoPerVersion((version: PublishedVersion): readonly Candidate[] => {
  const words = new Map<string, string[]>();
  for (const row of activeRows(version, 'synonyms')) {
    const {matterCode = '', word = ''} = row.values;
    words.set(matterCode, [...(words.get(matterCode) ?? []), word]);
  }
  return choicesOf(version)
    .filter(choice => choice.leaf && choice.status === 'active')
    .map(choice => ({choice, title: normalise(`${choice.title['zh-CN']}${choice.title.en ?? ''}`), path: normalise(choice.path.join('')), words: (words.get(choice.key) ?? []).map(normalise)}));
});

/**
 * Finds leaf matters by code prefix, title, synonym or the words of a sentence, best first; equal ones in the order of the codes.
 *
 * @param text - What was typed; blanks and case do not matter.
 * @returns At most `limit` matters; none for a blank text.
 */
export function searchMatters(version: PublishedVersion, text: string, limit: number): readonly MatterMatch[] {
  const query = normalise(text);
  if (query === '') return [];
  return candidatesOf(version)
    .flatMap(candidate => {
      const score = scoreOf(candidate, query);
      return score ? [{candidate, score}] : [];
    })
    .sort((a, b) => b.score.points - a.score.points || (a.candidate.choice.key < b.candidate.choice.key ? -1 : 1))
    .slice(0, limit)
    .map(({candidate, score}) => ({choice: candidate.choice, why: score.why}));
}

function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s，。、,.；;：:！!？?"'“”（）()]/g, '');
}

/** The best of all reasons; titles before synonyms before the words of a sentence. */
function scoreOf(candidate: Candidate, query: string): Score | null {
  const {choice, title, path, words} = candidate;
  if (/^\d+$/.test(query)) {
    return choice.key.startsWith(query) ? {points: choice.key === query ? 100 : 90, why: {'zh-CN': `编码 ${choice.key}`, en: `code ${choice.key}`}} : null;
  }
  if (title.startsWith(query)) return {points: 80, why: {'zh-CN': `名称以“${query}”开头`, en: `title begins with “${query}”`}};
  const equal = words.find(word => word === query);
  if (equal !== undefined) return {points: 75, why: synonymText(equal)};
  if (title.includes(query)) return {points: 70, why: {'zh-CN': `名称含“${query}”`, en: `title contains “${query}”`}};
  const holding = words.find(word => word.includes(query));
  if (holding !== undefined) return {points: 60, why: synonymText(holding)};
  return scoreSentence(title, path, words, query);
}

/** A sentence counts by the synonyms it holds and by the pairs of characters it shares with title and branches. */
function scoreSentence(title: string, path: string, words: readonly string[], query: string): Score | null {
  const held = words.filter(word => word.length > 1 && query.includes(word));
  const shared = pairs(query).filter(pair => title.includes(pair));
  const length = held.reduce((sum, word) => sum + word.length, 0);
  if (length > 0) return {points: Math.min(59, 30 + 4 * length + 2 * shared.length), why: synonymText(held.join('、'))};
  if (shared.length > 0) return {points: Math.min(29, 10 + 4 * shared.length), why: {'zh-CN': `名称相近：${[...new Set(shared)].join('、')}`, en: `similar title: ${[...new Set(shared)].join(', ')}`}};
  return path.includes(query) ? {points: 5, why: {'zh-CN': `所属分类含“${query}”`, en: `branch contains “${query}”`}} : null;
}

function pairs(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}

function synonymText(word: string): LocalizedText {
  return {'zh-CN': `同义说法“${word}”`, en: `synonym “${word}”`};
}
