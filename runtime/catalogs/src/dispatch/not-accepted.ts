import type {LocalizedText} from '@banli/formats';
import {titleOf} from '../choices.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from '../version.js';
import {WordFinder} from '../words/word-finder.js';

/** An entry of the negative list that speaks against accepting a case, and what to do instead. */
export interface NotAccepted {
  readonly entry: string;
  readonly version: string;
  /** What is not accepted, where the caller is to go instead, and by which document; `null` where there is none but our own rule. */
  readonly title: LocalizedText;
  readonly guidance: LocalizedText;
  readonly basis: string | null;
  readonly source: string;
  /** What it was found by: words as they were typed, the matter, or both. */
  readonly words: readonly string[];
  readonly byMatter: boolean;
}

/** What is asked: the caller's words and the chosen matter, as far as known, and the area whose list holds. */
export interface AcceptanceQuery {
  readonly text: string;
  readonly matter?: string;
  readonly at: number;
  readonly areaCode?: string | undefined;
}

const lookUps = memoPerVersion(version => {
  const entries = new Map(activeRows(version, 'negative-list').filter(row => row.values['kind'] === 'not-accepted').map(row => [row.key, row]));
  const byWord = new Map<string, string[]>();
  for (const row of activeRows(version, 'words')) byWord.set(row.values['word'] ?? '', [...(byWord.get(row.values['word'] ?? '') ?? []), row.values['entryCode'] ?? '']);
  return {entries, finder: new WordFinder(byWord), matters: activeRows(version, 'matters')};
});

/**
 * Entries that speak against a case, by matter first, then in the order of the text; each once.
 *
 * @see Source: requirements/xinjiang-hotline.md C5 (negative list, only named), 国办发〔2020〕53号 (what a hotline does not accept); words and matters are our own.
 */
export function notAcceptedIn(version: PublishedVersion, {text, matter}: AcceptanceQuery): readonly NotAccepted[] {
  const {entries, finder, matters} = lookUps(version);
  const byMatter = new Set(matters.filter(row => row.values['matterCode'] === matter).map(row => row.values['entryCode'] ?? ''));
  const words = new Map<string, string[]>();
  for (const {value, text: word} of finder.find(text)) for (const entry of value) words.set(entry, [...new Set([...(words.get(entry) ?? []), word])]);
  return [...new Set([...byMatter, ...words.keys()])].flatMap(code => {
    const row = entries.get(code);
    return row ? [entryOf(version, row, words.get(code) ?? [], byMatter.has(code))] : [];
  });
}

function entryOf(version: PublishedVersion, row: PublishedRow, words: readonly string[], byMatter: boolean): NotAccepted {
  const {guidanceZh = '', basisZh, sourceRef = ''} = row.values;
  return {entry: row.key, version: version.head.version, title: titleOf(row), guidance: {'zh-CN': guidanceZh}, basis: basisZh ?? null, source: sourceRef, words, byMatter};
}
