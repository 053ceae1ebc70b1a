import type {LocalizedText} from '@banli/formats';
import {namedBy} from '@banli/formats/catalogs';
import {formatLimit, parseDuration, type Limit, type LimitUnit} from '@banli/time';
import {titleOf} from './choices.js';
import {withReceivers} from './ladder-words.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** A limit as a catalog row says it, in words and with where it stands. */
export interface FoundLimit {
  readonly limit: Limit;
  /** Lead of the warning in milliseconds of natural time, or `null` when the row has none. */
  readonly warnBeforeMs: number | null;
  readonly text: LocalizedText;
  /** Key of the row: group, urgency and kind; of a row of the matrix industry, level, urgency and kind. */
  readonly row: string;
  readonly version: string;
  readonly source: string;
  /** Why this row and no other; not there when a row was asked for by its key. */
  readonly reason?: LocalizedText;
  /** The area that set it for itself, and what holds above it, `null` for nothing; only in what dispatch answers. */
  readonly own?: {readonly area: LocalizedText; readonly above: LocalizedText | null};
  /** What a lapse calls for, step by step; empty when the row names no ladder. `told` is the measure with who is told of it. */
  readonly ladder: ReadonlyArray<{readonly after: string; readonly text: LocalizedText; readonly receivers: readonly string[]; readonly told: LocalizedText}>;
  /** Codes of those who are warned; empty where the row leaves that to the application. */
  readonly warnReceivers: readonly string[];
}

/** The group whose rows hold where a group has none of its own. */
const fallbackGroup = 'general';
/** What a column of the matrix says when it says nothing. */
const any = '*';

/** What a limit is asked for: the group of the matter, its urgency or grade, and where known the industry and the level of the area. */
export interface LimitQuestion {
  /** `null` while the matter is not known: only the general rows hold. */
  readonly group: string | null;
  readonly urgency: string;
  /** The industry and those above it, innermost first. */
  readonly industries: readonly string[];
  /** 1 region … 5 village; `null` when nobody said where. */
  readonly level: string | null;
  /** What industries and grades are called; a code without a title is told as it is. */
  readonly titles?: ReadonlyMap<string, LocalizedText>;
}

type LimitKind = 'respond' | 'resolve';

interface Fitting {
  readonly row: PublishedRow;
  readonly score: number;
  /** In words, for the one that is told. */
  readonly reason: () => LocalizedText;
}

/**
 * Looks a limit up in the rows by group × urgency and in the matrix of industry × level × urgency: the row that names most of what is known
 * wins; of two that name as many, industry goes before level, level before the group, and the group before urgency alone. The general group
 * comes last.
 *
 * @returns `null` when no row fits.
 * @see Source: requirements/xinjiang-hotline.md §2.1.10 (industry × level and grade, two dimensions); the order and the fallback are own rules.
 */
export function findLimit(version: PublishedVersion, question: LimitQuestion, kind: LimitKind): FoundLimit | null {
  const best = bestRow(version, question, kind);
  return best ? {...readLimit(version, best.row), reason: best.reason()} : null;
}

/** As `findLimit`, without what is told of it: for whoever looks up thousands. */
export function findLimitRow(version: PublishedVersion, question: LimitQuestion, kind: LimitKind): Pick<FoundLimit, 'row' | 'limit'> | null {
  const best = bestRow(version, question, kind);
  return best ? {row: best.row.key, limit: limitIn(best.row)} : null;
}

function bestRow(version: PublishedVersion, question: LimitQuestion, kind: LimitKind): Fitting | undefined {
  const [best] = [...groupRows(version, question, kind), ...matrixRows(version, question, kind)].sort((a, b) => b.score - a.score);
  return best;
}

function groupRows(version: PublishedVersion, {group, urgency}: LimitQuestion, kind: LimitKind): readonly Fitting[] {
  const table = version.tables.get('limits');
  return [...(group === null ? [] : [{code: group, score: 22.5}]), {code: fallbackGroup, score: 10.5}].flatMap(({code, score}): readonly Fitting[] => {
    const row = table?.byKey.get(`${code}|${urgency}|${kind}`);
    if (!row || row.values['status'] === 'retired') return [];
    if (group === null) return [{row, score, reason: () => ({'zh-CN': '事项未定，按一般事项执行', en: 'the matter is not known yet: the general row holds'})}];
    const general = code !== group;
    return [{row, score, reason: () => (general ? {'zh-CN': '该分组没有单列，按一般事项执行', en: 'the group has no row of its own: the general one holds'} : {'zh-CN': '按时限分组和紧急程度', en: 'by group and urgency'})}];
  });
}

const levelTitles: ReadonlyMap<string, LocalizedText> = new Map([
  ['1', {'zh-CN': '省（自治区、直辖市）', en: 'Province'}], ['2', {'zh-CN': '地（州、市）', en: 'Prefecture'}], ['3', {'zh-CN': '县（市、区）', en: 'County'}],
  ['4', {'zh-CN': '乡镇（街道）', en: 'Township'}], ['5', {'zh-CN': '村（社区）', en: 'Village'}],
]);

/** What a level of areas is called, from 1 (a province) to 5 (a village). @see Source: GB/T 10114, GB/T 2260 */
export function levelTitle(level: string): LocalizedText {
  return levelTitles.get(level) ?? {'zh-CN': level};
}

const matrixByKind = memoPerVersion((version): Readonly<Record<LimitKind, readonly PublishedRow[]>> => {
  const rows = activeRows(version, 'matrix');
  return {respond: rows.filter(row => row.values['kind'] === 'respond'), resolve: rows.filter(row => row.values['kind'] === 'resolve')};
});

/** Ten points for each thing a row names; industry 3, and 1 more for the innermost, level 2, urgency 1. */
function matrixRows(version: PublishedVersion, question: LimitQuestion, kind: LimitKind): readonly Fitting[] {
  return matrixByKind(version)[kind].flatMap((row): readonly Fitting[] => {
    const {industryCode = any, level = any, urgencyCode = any} = row.values;
    const place = question.industries.indexOf(industryCode);
    const fits = (industryCode === any || place >= 0) && (level === any || level === question.level) && (urgencyCode === any || urgencyCode === question.urgency);
    if (!fits) return [];
    const points = [industryCode === any ? 0 : place === 0 ? 14 : 13, level === any ? 0 : 12, urgencyCode === any ? 0 : 11];
    return [{row, score: points.reduce((sum, each) => sum + each, 0), reason: () => matrixReason({industryCode, level, urgencyCode}, question)}];
  });
}

function matrixReason({industryCode, level, urgencyCode}: Readonly<Record<'industryCode' | 'level' | 'urgencyCode', string>>, {titles}: LimitQuestion): LocalizedText {
  const named = [
    ...(industryCode === any ? [] : [{what: {zh: '行业', en: 'industry'}, title: titles?.get(`industry ${industryCode}`) ?? {'zh-CN': industryCode}}]),
    ...(level === any ? [] : [{what: {zh: '层级', en: 'level'}, title: levelTitle(level)}]),
    ...(urgencyCode === any ? [] : [{what: {zh: '等级', en: 'grade'}, title: titles?.get(`urgency ${urgencyCode}`) ?? {'zh-CN': urgencyCode}}]),
  ].map(({what, title}) => ({zh: `${what.zh}“${title['zh-CN']}”`, en: `${what.en} “${title.en ?? title['zh-CN']}”`}));
  return {'zh-CN': `时限矩阵：${named.map(({zh}) => zh).join('、') || '全部'}`, en: `matrix of limits: ${named.map(({en}) => en).join(', ') || 'all'}`};
}

/** The limit of one row, whatever it is found by; `null` when the version has no such row or has retired it. */
export function limitOfRow(version: PublishedVersion, key: string): FoundLimit | null {
  const row = version.tables.get('limits')?.byKey.get(key) ?? version.tables.get('matrix')?.byKey.get(key);
  return row && row.values['status'] !== 'retired' ? readLimit(version, row) : null;
}

function limitIn({values}: PublishedRow): Limit {
  return {value: Number(values['value']), unit: values['unit'] as LimitUnit};
}

function readLimit(version: PublishedVersion, row: PublishedRow): FoundLimit {
  const limit = limitIn(row);
  const warnBefore = row.values['warnBefore'];
  const steps = activeRows(version, 'ladders').filter(step => step.values['ladderCode'] === row.values['ladderCode']);
  return {
    limit,
    warnBeforeMs: warnBefore === undefined ? null : parseDuration(warnBefore),
    text: {'zh-CN': formatLimit(limit, 'zh-CN'), en: formatLimit(limit, 'en')},
    row: row.key,
    version: version.head.version,
    source: row.values['sourceRef'] ?? '',
    ladder: steps.map(step => {
      const text = {'zh-CN': step.values['titleZh'] ?? '', en: step.values['titleEn'] ?? ''};
      const receivers = codesIn(step.values['receivers']);
      return {after: step.values['after'] ?? 'PT0S', text, receivers, told: withReceivers(text, receivers.map(code => receiverTitle(version, code)))};
    }),
    warnReceivers: codesIn(row.values['warnReceivers']),
  };
}

function codesIn(value: string | undefined): readonly string[] {
  return namedBy({list: true}, value);
}

function receiverTitle(version: PublishedVersion, code: string): LocalizedText {
  const row = version.tables.get('receivers')?.byKey.get(code);
  return row ? titleOf(row) : {'zh-CN': code};
}
