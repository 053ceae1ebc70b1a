import {caseRoutes, type AnswerOf, type CaseViewJson} from '@banli/api';
import {formatMoment as formatFull} from '@banli/time';
import type {Checks} from '../checks.js';
import type {Person} from '../person.js';

/** What the product answers to "why is this clock due then?". */
export type DueReason = AnswerOf<typeof caseRoutes.explainClock>;

type Line = DueReason['lines'][number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const moment = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?`;
const natural: Readonly<Record<string, number>> = {小时: hourMs, 分钟: minuteMs};

/**
 * Says what is missing from the reason of a due time, judged by its words alone, as a person reads it: the row and its version, the start rule, and
 * whether the counted days or hours, the pauses and the extension add up to the due time.
 *
 * @returns A sentence for each gap; empty when the reason is complete. Moments in reasons are cut to the minute: so is the comparison.
 */
export function gapsOf(reason: DueReason): readonly string[] {
  const {limit, clock, startRule} = reason;
  const gaps: string[] = [];
  if (limit === null || limit.catalog === '' || limit.version === '' || limit.row === '' || limit.source === '') gaps.push('no row, version and source');
  const amount = amountOf(limit?.text['zh-CN'] ?? '');
  if (amount === null) return [...gaps, 'no amount with its unit'];
  if (!startRule['zh-CN'].includes(formatFull(clock.startedAt)) || !startRule['zh-CN'].includes('起计')) gaps.push('no start rule with the moment of the start');
  const extended = reason.lines.filter(line => line.kind === 'extension').reduce((sum, line) => sum + (amountOf(line.text['zh-CN'].replace('延期 ', ''))?.value ?? 0), 0);
  const total = {value: amount.value + extended, unit: amount.unit};
  return [...gaps, ...(total.unit in natural ? gapsOfHours(reason, total) : gapsOfDays(reason, total))];
}

interface Amount {
  readonly value: number;
  readonly unit: string;
}

/** `3 个工作日`, `72 小时`. */
function amountOf(text: string): Amount | null {
  const found = /^([\d.]+) (个工作日|个自然日|个工作小时|小时|分钟)/.exec(text);
  return found ? {value: Number(found[1]), unit: found[2] ?? ''} : null;
}

function gapsOfDays({clock, lines}: DueReason, total: Amount): readonly string[] {
  const days = lines.filter(line => line.kind === 'day');
  const counted = days.filter(line => line.counted);
  const cap = lines.find(line => line.kind === 'cap');
  if (days.length === 0) return ['no day'];
  if (clock.dueAt === null) return counted.length > total.value ? ['more days than the limit has'] : gapsOfStanding(lines);
  const due = formatFull(clock.dueAt);
  if (cap) return cap.at === due ? [] : [`cut to ${cap.at}, but due ${due}`];
  const isWhole = total.unit === '个工作小时' || counted.length === total.value;
  return [...(isWhole ? [] : [`${counted.length} days counted of ${total.value}`]), ...(due.startsWith(days.at(-1)?.at ?? '-') ? [] : [`the last day is ${days.at(-1)?.at ?? ''}, but due ${due}`])];
}

function gapsOfHours({clock, lines}: DueReason, total: Amount): readonly string[] {
  const told = lines.find(line => line.kind === 'hours')?.text['zh-CN'] ?? '';
  const [, from, length] = new RegExp(`自 (${moment}) 起连续计 (.+)$`).exec(told) ?? [];
  const amount = amountOf(length ?? '');
  if (from === undefined || amount === null) return ['no hours counted'];
  if (amount.value !== total.value || amount.unit !== total.unit) return [`counts ${length ?? ''} where limit and extension say ${total.value} ${total.unit}`];
  if (clock.dueAt === null) return gapsOfStanding(lines);
  const cap = lines.find(line => line.kind === 'cap');
  if (cap) return cap.at === formatFull(clock.dueAt) ? [] : [`cut to ${cap.at}, but due ${formatFull(clock.dueAt)}`];
  const stands = standsOf(lines);
  const expected = stands.reduce((at, stand) => (stand.from < at ? at + (stand.to - stand.from) : at), read(from) + amount.value * (natural[amount.unit] ?? 0));
  return Math.abs(expected - clock.dueAt) <= (stands.length + 1) * minuteMs ? [] : [`adds up to ${formatFull(expected)}, but due ${formatFull(clock.dueAt)}`];
}

/** A clock without a due time must say since when it stands. */
function gapsOfStanding(lines: readonly Line[]): readonly string[] {
  return lines.some(line => isStand(line) && line.text['zh-CN'].includes('至今')) ? [] : ['neither a due time nor a pause that lasts'];
}

const isStand = (line: Line): boolean => line.kind === 'pause' || line.kind === 'halt';

/** Pauses and reviews that have ended, by their start; what overlaps is joined. */
function standsOf(lines: readonly Line[]): ReadonlyArray<{readonly from: number; readonly to: number}> {
  const told = lines.filter(isStand).flatMap(line => {
    const [, from, to] = new RegExp(`^(${moment}) 至 (${moment})`).exec(line.text['zh-CN']) ?? [];
    return from === undefined || to === undefined ? [] : [{from: read(from), to: read(to)}];
  });
  const joined: Array<{from: number; to: number}> = [];
  for (const stand of told.sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && stand.from <= last.to) last.to = Math.max(last.to, stand.to);
    else joined.push(stand);
  }
  return joined;
}

/** A moment as reasons write it, in Beijing. */
function read(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}+08:00`);
}

/** A reason on one line: row and version, start rule, which days count, what stood still, extension, cut. */
export function reasonWords({limit, startRule, lines}: DueReason): string {
  const days = lines.filter(line => line.kind === 'day');
  const counted = days.filter(line => line.counted).map(line => line.at.slice(5));
  const dayWords = days.length === 0 ? [] : [`计 ${counted.length === 0 ? '0 天' : counted.join(' ')}${counted.length < days.length ? `，不计 ${days.length - counted.length} 天` : ''}`];
  // The start rule tells counted hours, too.
  const others = lines.filter(line => line.kind !== 'day' && line.kind !== 'hours').map(line => line.text['zh-CN']);
  return [`依据 ${limit?.catalog ?? ''} ${limit?.version ?? ''} ${limit?.row ?? ''}`, startRule['zh-CN'].replace(/；[^；]*。$/, ''), ...dayWords, ...others].join('；');
}

/** Follows the clocks that a drive meets. */
export interface DueReasons {
  /** Asks why the clocks that go on in a case are due when they are, as this person may ask; answers a line for each reason that was not told yet. */
  meet(person: Person, seen: CaseViewJson): Promise<readonly string[]>;
  /** One check over all reasons met since the last one. */
  judge(checks: Checks): void;
}

export function createDueReasons(): DueReasons {
  const told = new Map<string, string>();
  let clocks = new Set<string>();
  let reasons = 0;
  let faults: string[] = [];
  return {
    async meet(person, seen) {
      const fresh: string[] = [];
      for (const clock of seen.clocks.filter(each => each.status !== 'stopped' && each.status !== 'dropped')) {
        const why = await person.call(caseRoutes.explainClock, {params: {caseId: seen.head.id, clockId: clock.id}});
        const words = `${clock.title['zh-CN']}：${reasonWords(why)}`;
        if (told.get(clock.id) === words) continue;
        told.set(clock.id, words);
        fresh.push(words);
        reasons += 1;
        clocks.add(clock.id);
        faults.push(...gapsOf(why).map(gap => `${seen.head.number} ${clock.clock}: ${gap}`), ...(why.clock.dueAt === clock.dueAt ? [] : [`${seen.head.number} ${clock.clock}: another due time than the case shows`]));
      }
      return fresh;
    },
    judge(checks) {
      checks.check(`${clocks.size} 个时限的 ${reasons} 条理由齐全（行与版本、起算、计日或挂起），并与到期相符 every due time met is explained in full and adds up`, reasons > 0 && faults.length === 0, faults);
      clocks = new Set();
      reasons = 0;
      faults = [];
    },
  };
}
