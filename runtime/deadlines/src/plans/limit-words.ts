import type {LocalizedText} from '@banli/formats';
import {describeDuration, formatLimit, parseDuration} from '@banli/time';
import type {LadderRung} from '../deps.js';
import type {LimitFacts} from '../put-on-limit.js';

/** What of a limit can be another: its length, the lead of its warning, who is warned, and what its lapse calls for. */
export type LimitChange = 'limit' | 'warning' | 'warned' | 'ladder';

/** What is another in the facts of a clock under another row. A measure is what it is called in Chinese; in which order receivers are named says nothing. */
export function changesOf(before: LimitFacts, after: LimitFacts): readonly LimitChange[] {
  const parts: Readonly<Record<LimitChange, (facts: LimitFacts) => unknown>> = {
    limit: ({limit}) => [limit.value, limit.unit],
    warning: ({warnBeforeMs}) => warnBeforeMs,
    warned: ({warnReceivers = []}) => [...warnReceivers].sort(),
    ladder: ({ladder = []}) => ladder.map(({after: delay, text, receivers}) => [parseDuration(delay), text['zh-CN'], [...receivers].sort()]),
  };
  return (Object.keys(parts) as LimitChange[]).filter(change => JSON.stringify(parts[change](before)) !== JSON.stringify(parts[change](after)));
}

/** Whether two clocks stand on the same, to the letter: then all that is told of a change is the same. */
export function isAlike(one: LimitFacts, other: LimitFacts): boolean {
  const isSame = one.limit.value === other.limit.value && one.limit.unit === other.limit.unit && one.warnBeforeMs === other.warnBeforeMs;
  return isSame && areSame(one.warnReceivers, other.warnReceivers) && isSameLadder(one.ladder ?? [], other.ladder ?? []);
}

function isSameLadder(one: readonly LadderRung[], other: readonly LadderRung[]): boolean {
  return one === other || one.length === other.length && one.every((rung, index) => {
    const {after, text, receivers} = other[index] ?? rung;
    return rung.after === after && rung.text['zh-CN'] === text['zh-CN'] && rung.text.en === text.en && areSame(rung.receivers, receivers);
  });
}

function areSame(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one === other || one.length === other.length && one.every((value, index) => value === other[index]);
}

type Titles = ReadonlyMap<string, LocalizedText>;

interface Compared {
  readonly before: LimitFacts;
  readonly after: LimitFacts;
  /** The clock has warned of its due time. */
  readonly hasWarned: boolean;
  /** What receivers are called in the versions of before and after. */
  readonly titles: {readonly before: Titles; readonly after: Titles};
}

/** Why a clock comes under another row: each change with before and after, and the source. */
export function changeWords(head: LocalizedText, changes: readonly LimitChange[], {before, after, hasWarned, titles}: Compared): LocalizedText {
  const words: Readonly<Record<LimitChange, (language: Language) => string>> = {
    limit: language => became('', formatLimit(before.limit, language), formatLimit(after.limit, language), language),
    warning: language => became({'zh-CN': '预警由', en: 'the warning: '}[language], leadWords(before, language), leadWords(after, language), language),
    warned: language => became({'zh-CN': '预警对象由', en: 'who is warned: '}[language], warnedWords(before, titles.before, language), warnedWords(after, titles.after, language), language),
    ladder: language => became({'zh-CN': '超期告知由', en: 'what a lapse calls for: '}[language], ladderWords(before, titles.before, language), ladderWords(after, titles.after, language), language),
  };
  const isWarned = !changes.includes('limit') && hasWarned && (changes.includes('warning') || changes.includes('warned'));
  const said = {'zh-CN': isWarned ? ['已经预警，不再重复'] : [], en: isWarned ? ['it has warned already and does not again'] : []};
  return {
    'zh-CN': `${head['zh-CN']}：${[...changes.map(change => words[change]('zh-CN')), ...said['zh-CN']].join('；')}（${after.origin.source}）`,
    en: `${head.en ?? head['zh-CN']}: ${[...changes.map(change => words[change]('en')), ...said.en].join('; ')} (${after.origin.source})`,
  };
}

type Language = 'zh-CN' | 'en';

function became(what: string, before: string, after: string, language: Language): string {
  return language === 'zh-CN' ? `${what}${before}改为${after}` : `${what}${before} became ${after}`;
}

function leadWords({warnBeforeMs}: LimitFacts, language: Language): string {
  if (warnBeforeMs === null) return {'zh-CN': '不预警', en: 'none'}[language];
  const length = describeDuration(warnBeforeMs, language);
  return {'zh-CN': `到期前 ${length}`, en: `${length} before due`}[language];
}

function warnedWords({warnReceivers = []}: LimitFacts, titles: Titles, language: Language): string {
  return `“${warnReceivers.length === 0 ? leftOpen[language] : namesOf(warnReceivers, titles, language)}”`;
}

function ladderWords({ladder = []}: LimitFacts, titles: Titles, language: Language): string {
  return `“${ladder.map(rung => rungWords(rung, titles, language)).join(language === 'zh-CN' ? '，' : ', ') || leftOpen[language]}”`;
}

const leftOpen: Readonly<Record<Language, string>> = {'zh-CN': '按应用设置', en: 'as the application says'};

function rungWords({after, text, receivers}: LadderRung, titles: Titles, language: Language): string {
  const delay = parseDuration(after);
  const named = receivers.length === 0 ? leftOpen[language] : namesOf(receivers, titles, language);
  if (language === 'en') return `${delay === 0 ? 'at once' : `after ${describeDuration(delay, language)}`} ${text.en || text['zh-CN']} (tells ${named})`;
  return `${delay === 0 ? '超期即' : `超期满 ${describeDuration(delay, language)}`}${text['zh-CN']}（告知${receivers.length === 0 ? '' : '：'}${named}）`;
}

function namesOf(codes: readonly string[], titles: Titles, language: Language): string {
  return codes.map(code => titles.get(code)?.[language] || titles.get(code)?.['zh-CN'] || code).join(language === 'zh-CN' ? '、' : ', ');
}
