import {dayMs, hourMs} from './local-date.js';
import {nominalMs, type Limit, type LimitUnit} from './duration.js';

const natural: ReadonlySet<LimitUnit> = new Set(['hour', 'minute']);
/** Office hours that every working day surely has. */
const leastOfficeHours = 4;
/** No office closes before noon, so that the last day of a limit in days has this much at least. */
const leastLastDayMs = dayMs / 2;

/**
 * Whether a limit surely ends no later than another one that starts with it, on whatever day and under whatever calendar. Units that cannot be
 * compared give `false`, unless the difference is clear: 12 hours are surely not longer than 3 working days, 24 hours may be longer than one.
 *
 * @see Source: own rule for requirements/xinjiang-hotline.md §2.1.4 (lower levels may shorten a limit, never lengthen it).
 */
export function isSurelyNotLonger(limit: Limit, than: Limit): boolean {
  if (limit.unit === than.unit) return limit.value <= than.value;
  if (natural.has(limit.unit)) {
    if (natural.has(than.unit) || than.unit === 'workingHour') return nominalMs(limit) <= nominalMs(than);
    return nominalMs(limit) <= (than.value - 1) * dayMs + leastLastDayMs;
  }
  if (limit.unit === 'workingHour') return than.unit === 'workingDay' && limit.value * hourMs <= than.value * leastOfficeHours * hourMs;
  // A natural day that nobody works on moves to the next working day, which the same number of working days reaches, too.
  return limit.unit === 'naturalDay' && than.unit === 'workingDay' && limit.value <= than.value;
}
