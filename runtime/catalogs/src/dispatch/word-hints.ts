import type {LocalizedText} from '@banli/formats';
import {dayOf, formatDate} from '@banli/time';
import {titleOf} from '../choices.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from '../version.js';
import {natureConflictIn, type NatureConflict, type NatureQuery} from './nature-conflict.js';
import {notAcceptedIn, type AcceptanceQuery, type NotAccepted} from './not-accepted.js';
import {WordFinder} from '../words/word-finder.js';

/** `order`: what a citizen says; `seat`: what is said to him. */
export type WordScope = 'order' | 'seat';

/** What a listed word in a text hints at. It changes nothing by itself. */
export interface WordHint {
  readonly catalog: 'sensitive-words' | 'hot-words' | 'urgency';
  /** Key of the row, and the version it stands in. */
  readonly row: string;
  readonly version: string;
  /** As it was typed. */
  readonly word: string;
  /** Code and name of the class; `null` for a word of an urgency, and a hot word that speaks for none. */
  readonly classCode: string | null;
  readonly classTitle: LocalizedText | null;
  readonly risk: 'high' | 'medium' | 'low' | null;
  readonly meaning: LocalizedText;
  readonly action: LocalizedText | null;
  readonly proposes: HintProposal;
  readonly source: string;
}

/** What the one who decides may take over with one click. */
export interface HintProposal {
  readonly sensitive: boolean;
  /** `enough`: every urgency that is no less than the proposed one, itself included. */
  readonly urgency: {readonly code: string; readonly title: LocalizedText; readonly enough: readonly string[]} | null;
  readonly hotClass: string | null;
}

/** A hot word in a text, with the matter it points to. `points` count among matter candidates: a fifth of its weight, half of that out of season. */
export interface HotMatter {
  readonly word: string;
  readonly matterCode: string;
  readonly points: number;
}

/** Looks for listed words in texts, by the lists that hold at a moment for an area, or as their owner published them; a list that is not published says nothing. */
export interface WordHints {
  /** Those of high risk first, then in the order of the text; each row once. */
  find(query: {readonly text: string; readonly scope: WordScope; readonly at: number; readonly areaCode?: string | undefined}): Promise<readonly WordHint[]>;
  hotMatters(text: string, at: number, areaCode?: string): Promise<readonly HotMatter[]>;
  /** Entries of the negative list that speak against accepting a case. */
  notAccepted(query: AcceptanceQuery): Promise<readonly NotAccepted[]>;
  /** What the filing of a matter says against the nature that an order of it is given; `null` where nothing. */
  natureConflict(query: NatureQuery): Promise<NatureConflict | null>;
}

type VersionAt = (catalogId: string, at: number, areaCode?: string) => Promise<PublishedVersion | null>;

const nothing: HintProposal = {sensitive: false, urgency: null, hotClass: null};
const risks = ['high', 'medium', 'low'] as const;
const pointsOfWeight = 0.2;

/**
 * Makes the finder of word hints on versions of catalogs.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.18.4 (sensitive words with meaning, class and risk, marked by themselves), C7, C25; what a class proposes stands in the catalog, the points are our own.
 */
export function createWordHints(versionAt: VersionAt): WordHints {
  return {
    async find({text, scope, at, areaCode}) {
      const [sensitive, urgencies, hot, classes] = await Promise.all([versionAt('sensitive-words', at, areaCode), versionAt('urgency', at), scope === 'order' ? versionAt('hot-words', at, areaCode) : null, versionAt('hot-classes', at)]);
      const found = [
        ...(sensitive ? rowsIn(findersOf(sensitive)[scope], text).map(({row, word}) => sensitiveHint(sensitive, urgencies, row, word)) : []),
        ...(urgencies && scope === 'order' ? rowsIn(urgencyFinder(urgencies), text).flatMap(({row, word}) => urgencyHint(urgencies, row, word)) : []),
        ...(hot ? rowsIn(hotFinder(hot), text).flatMap(({row, word}) => hotHint(hot, classes, row, word)) : []),
      ];
      return found.sort((a, b) => rank(a) - rank(b));
    },
    async hotMatters(text, at, areaCode) {
      const hot = await versionAt('hot-words', at, areaCode);
      return hot ? rowsIn(hotFinder(hot), text).map(({row, word}) => ({word, matterCode: row.values['matterCode'] ?? '', points: pointsOf(row, at)})) : [];
    },
    async notAccepted(query) {
      const list = await versionAt('negative-list', query.at, query.areaCode);
      return list ? notAcceptedIn(list, query) : [];
    },
    async natureConflict(query) {
      const [filings, natures] = await Promise.all([versionAt('matter-natures', query.at, query.areaCode), versionAt('natures', query.at)]);
      return filings && natureConflictIn(filings, natures, query);
    },
  };
}

type Finder = WordFinder<readonly PublishedRow[]>;

/** Rows under their word: two rows may list the same one. */
function finderOf(rows: readonly PublishedRow[]): Finder {
  const byWord = new Map<string, PublishedRow[]>();
  for (const row of rows) byWord.set(row.values['word'] ?? '', [...(byWord.get(row.values['word'] ?? '') ?? []), row]);
  return new WordFinder(byWord);
}

const findersOf = memoPerVersion((version): Readonly<Record<WordScope, Finder>> => {
  const rows = activeRows(version, 'sensitive-words');
  return {order: finderOf(rows.filter(row => row.values['scope'] !== 'seat')), seat: finderOf(rows.filter(row => row.values['scope'] === 'seat'))};
});

const hotFinder = memoPerVersion(version => finderOf(activeRows(version, 'hot-words')));

/** Words by which people say how urgent it is, as far as the list lets them hint. */
const urgencyFinder = memoPerVersion(version => finderOf(activeRows(version, 'aliases').filter(row => row.values['inText'] === 'yes')));

/** Each row once, where it stands first. */
function rowsIn(finder: Finder, text: string): ReadonlyArray<{readonly row: PublishedRow; readonly word: string}> {
  const seen = new Map<string, {readonly row: PublishedRow; readonly word: string}>();
  for (const {value, text: word} of finder.find(text)) for (const row of value) if (!seen.has(row.key)) seen.set(row.key, {row, word});
  return [...seen.values()];
}

function sensitiveHint(version: PublishedVersion, urgencies: PublishedVersion | null, row: PublishedRow, word: string): WordHint {
  const {classCode = '', meaningZh = '', sourceRef = ''} = row.values;
  const found = version.tables.get('classes')?.byKey.get(classCode);
  const {actionZh, actionEn, marksCase, urgencyCode} = found?.values ?? {};
  const risk = risks.find(each => each === row.values['risk']) ?? null;
  return {
    catalog: 'sensitive-words', row: row.key, version: version.head.version, word, classCode, classTitle: found ? titleOf(found) : {'zh-CN': classCode}, risk, meaning: {'zh-CN': meaningZh}, source: sourceRef,
    action: actionZh === undefined ? null : {'zh-CN': actionZh, ...(actionEn === undefined ? {} : {en: actionEn})},
    proposes: {...nothing, sensitive: marksCase === 'yes', urgency: risk === 'high' ? urgencyOf(urgencies, urgencyCode) : null},
  };
}

function urgencyOf(version: PublishedVersion | null, code: string | undefined): HintProposal['urgency'] {
  const rows = version ? activeRows(version, 'urgency') : [];
  const found = rows.find(row => row.key === code);
  return found ? {code: found.key, title: titleOf(found), enough: rows.filter(row => Number(row.values['rank']) >= Number(found.values['rank'])).map(row => row.key)} : null;
}

/** A word for an urgency above the lowest: what is ordinary anyway needs no hint. */
function urgencyHint(version: PublishedVersion, row: PublishedRow, word: string): readonly WordHint[] {
  const urgency = urgencyOf(version, row.values['urgencyCode']);
  if (urgency === null || urgency.enough.length === activeRows(version, 'urgency').length) return [];
  const {title} = urgency;
  return [{
    catalog: 'urgency', row: row.key, version: version.head.version, word, classCode: null, classTitle: null, risk: null, source: row.values['sourceRef'] ?? '', action: null,
    meaning: {'zh-CN': `对应的紧急程度：${title['zh-CN']}`, en: `Stands for the urgency: ${title.en ?? title['zh-CN']}`},
    proposes: {...nothing, urgency},
  }];
}

/** A hot word that speaks for a class; others only lift their matter. */
function hotHint(version: PublishedVersion, classes: PublishedVersion | null, row: PublishedRow, word: string): readonly WordHint[] {
  const {classCode, sourceRef = ''} = row.values;
  const found = classCode === undefined ? undefined : classes?.tables.get('hot-classes')?.byKey.get(classCode);
  if (classCode === undefined || !found || found.values['status'] === 'retired') return [];
  const title = titleOf(found);
  return [{
    catalog: 'hot-words', row: row.key, version: version.head.version, word, classCode, classTitle: title, risk: null, source: sourceRef, action: null,
    meaning: {'zh-CN': `热点诉求：${title['zh-CN']}`, en: `Hot grievance: ${title.en ?? title['zh-CN']}`},
    proposes: {...nothing, hotClass: classCode},
  }];
}

function rank(hint: WordHint): number {
  return hint.risk === null ? risks.length : risks.indexOf(hint.risk);
}

function pointsOf(row: PublishedRow, at: number): number {
  const {weight, season = 'all'} = row.values;
  const inSeason = season === 'all' || season === seasonAt(at);
  return Math.round(Number(weight) * pointsOfWeight * (inSeason ? 1 : 0.5));
}

const seasons = ['winter', 'spring', 'summer', 'autumn'] as const;

/** Seasons as the weather service counts them: winter is December to February. */
function seasonAt(at: number): (typeof seasons)[number] {
  return seasons[Math.floor((Number(formatDate(dayOf(at)).slice(5, 7)) % 12) / 3)] ?? 'winter';
}
