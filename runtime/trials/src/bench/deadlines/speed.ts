import {createRequire} from 'node:module';
import {dayOf, dueOf, formatDate, hourMs, parseDate, startOfDay, type WorkingCalendar} from '@banli/time';
import {alternate, median, ratios, spread, verdict, type Contender, type Print} from '../measure.js';

const {findWorkday} = createRequire(import.meta.url)('chinese-days') as {findWorkday(count: number, date: string): string};
const limits = [5, 20, 60] as const;
const starts = 200_000;
const peerStarts = 500;

/**
 * Working-day limits against chinese-days, both asked for the same days in the same run; the gain must be 100 at 5 days, and the time
 * must not grow with the number of days.
 *
 * @returns Whether both held and the answers were the same.
 */
export function benchLimits(calendar: WorkingCalendar, rounds: number, print: Print): boolean {
  const days = startDays(starts);
  const moments = days.map(day => startOfDay(day) + 11 * hourMs);
  const dates = days.slice(0, peerStarts).map(formatDate);
  const contenders = limits.flatMap((count): Contender[] => [
    {name: `day ${count}`, calls: starts, run: () => sum(days, day => calendar.addWorkingDays(day, count))},
    {name: `due ${count}`, calls: starts, run: () => sum(moments, startAt => dueOf({startAt, limit: {value: count, unit: 'workingDay'}}, calendar) ?? 0)},
    {name: `peer ${count}`, calls: peerStarts, run: () => sum(dates, date => findWorkday(count, date).length)},
  ]);
  const figures = new Map(alternate(contenders, rounds).map((values, index) => [contenders[index]?.name ?? '', values]));
  for (const count of limits) {
    const [day, due, peer] = [`day ${count}`, `due ${count}`, `peer ${count}`].map(name => figures.get(name) ?? []);
    print(`${String(count).padStart(2)} working days: day ${spread(day ?? [])} ns, due time ${spread(due ?? [])} ns, chinese-days ${spread(peer ?? [])} ns; gain ${spread(ratios(peer, due), 0)} for the due time, ${spread(ratios(peer, day), 0)} for the day`);
  }
  const gain = median(ratios(figures.get('peer 5'), figures.get('due 5')));
  const growth = median(figures.get('due 60') ?? []) / median(figures.get('due 5') ?? []);
  const different = dates.filter((date, index) => findWorkday(5, date) !== formatDate(calendar.addWorkingDays(days[index] ?? 0, 5))).length;
  print(`  gain at 5 days ${gain.toFixed(0)} (≥ 100) · ${verdict(gain >= 100)}; 60 days against 5: ${growth.toFixed(2)} (flat: ≤ 1.5) · ${verdict(growth <= 1.5)}; ${different} of ${peerStarts} answers differ`);
  return gain >= 100 && growth <= 1.5 && different === 0;
}

/** Days of 2010 to 2025 in an order that no cache helps; the same in every run. */
function startDays(count: number): readonly number[] {
  const first = parseDate('2010-01-01');
  const span = dayOf(startOfDay(parseDate('2025-06-30'))) - first;
  const days: number[] = [];
  for (let index = 0, state = 12_345; index < count; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    days.push(first + (state % span));
  }
  return days;
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}
