import test from 'ava';
import fc from 'fast-check';
import {dueOf, formatDate, hourMs, startOfDay, weekdayOf, type LimitUnit} from '@banli/time';
import {calendarAsOf, tableOf} from './calendar-as-of.js';

const calendars = {china: calendarAsOf(['china']), xinjiang: calendarAsOf(['china', 'xinjiang'])};
const {china} = calendars;
const anyCalendar = fc.constantFrom(...Object.values(calendars));
const anyDay = fc.integer({min: china.firstDay + 150, max: china.lastDay - 250});
const count = fc.integer({min: 0, max: 60});

test('every day of the published years is what the table says of it, else its weekday', t => {
  const special = new Map(tableOf('days').filter(row => row['layer'] === 'china' && row['status'] !== 'retired').map(row => [row['date'], row['kind']]));
  const differing: string[] = [];
  for (let day = china.firstDay; formatDate(day) <= '2026-12-31'; day += 1) {
    const kind = special.get(formatDate(day));
    if (china.isWorkingDay(day) !== (kind === undefined ? weekdayOf(day) <= 5 : kind === 'work')) differing.push(formatDate(day));
  }
  t.deepEqual(differing, []);
});

test('adding twice is adding the sum, on every calendar', t => {
  fc.assert(fc.property(anyCalendar, anyDay, count, count, (calendar, day, a, b) => calendar.addWorkingDays(calendar.addWorkingDays(day, a), b) === calendar.addWorkingDays(day, a + b)), {numRuns: 3000});
  t.pass();
});

test('a later start or a longer limit never ends earlier', t => {
  fc.assert(fc.property(anyCalendar, anyDay, fc.integer({min: 0, max: 40}), fc.integer({min: 1, max: 60}), (calendar, day, later, n) => {
    const due = (start: number, value: number): number => dueOf({startAt: startOfDay(start) + 11 * hourMs, limit: {value, unit: 'workingDay'}}, calendar) ?? Number.NaN;
    return due(day, n) <= due(day + later, n) && due(day, n) < due(day, n + 1);
  }), {numRuns: 3000});
  t.pass();
});

test('from a working day, going back undoes going on; the distance is the number', t => {
  fc.assert(fc.property(anyCalendar, anyDay, count, (calendar, day, n) => {
    const start = calendar.addWorkingDays(day, 1);
    const end = calendar.addWorkingDays(start, n);
    return calendar.addWorkingDays(end, -n) === start && calendar.workingDaysBetween(start, end) === n;
  }), {numRuns: 3000});
  t.pass();
});

test.serial('the time zone of the process changes no due time', t => {
  const before = process.env['TZ'];
  t.teardown(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
  const units: readonly LimitUnit[] = ['workingDay', 'workingHour', 'hour'];
  const under = (zone: string, hour: number): string => {
    process.env['TZ'] = zone;
    t.is(new Date(0).getHours(), hour);
    const calendar = calendarAsOf(['china', 'xinjiang']);
    const due: Array<number | null> = [];
    for (let day = calendar.firstDay + 3; day < calendar.lastDay - 60; day += 5) {
      for (const unit of units) due.push(dueOf({startAt: startOfDay(day) + 30 * 60_000, limit: {value: 7, unit}}, calendar));
    }
    return due.join();
  };
  const utc = under('UTC', 0);
  t.is(under('Asia/Shanghai', 8), utc);
  t.is(under('America/New_York', 19), utc);
});

test('beyond the last year there is no due time to guess', t => {
  const startAt = startOfDay(china.lastDay) + 11 * hourMs;
  t.throws(() => dueOf({startAt, limit: {value: 1, unit: 'workingDay'}}, china), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.throws(() => dueOf({startAt, limit: {value: 9, unit: 'workingHour'}}, china), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.is(dueOf({startAt, limit: {value: 24, unit: 'hour'}}, china), startAt + 24 * hourMs);
});
