import test from 'ava';
import fc from 'fast-check';
import {createWorkingCalendar, formatDate, formatMoment, hourMs, parseDate, parseMoment, weekdayOf} from '../src/index.js';
import {nationalCalendar, nationalLayer, notices} from './fixtures/notices.js';

const calendar = nationalCalendar();
const anyDay = fc.integer({min: parseDate('2025-03-01'), max: parseDate('2026-09-30')});
const count = fc.integer({min: 0, max: 60});

test('every day of 2025 and 2026 equals the notice of the State Council', t => {
  for (let day = parseDate('2025-01-01'); day <= parseDate('2026-12-31'); day += 1) {
    const date = formatDate(day);
    const off = notices.some(notice => date >= notice.off[0] && date <= notice.off[1]);
    const work = notices.some(notice => notice.work.includes(date));
    t.is(calendar.isWorkingDay(day), work || (!off && weekdayOf(day) <= 5), date);
  }
  t.is(calendar.workingDaysBetween(parseDate('2025-01-01'), parseDate('2025-12-31')), 248);
  t.is(calendar.workingDaysBetween(parseDate('2026-01-01'), parseDate('2026-12-31')), 248);
});

test('adding twice is adding the sum', t => {
  fc.assert(fc.property(anyDay, count, count, (day, a, b) => calendar.addWorkingDays(calendar.addWorkingDays(day, a), b) === calendar.addWorkingDays(day, a + b)), {numRuns: 2000});
  t.pass();
});

test('adding is monotone in the day and in the number', t => {
  fc.assert(fc.property(anyDay, fc.integer({min: 0, max: 40}), count, (day, later, n) =>
    calendar.addWorkingDays(day, n) <= calendar.addWorkingDays(day + later, n) && calendar.addWorkingDays(day, n) < calendar.addWorkingDays(day, n + 1)), {numRuns: 2000});
  t.pass();
});

test('going back is the inverse on working days, and the distance is the number', t => {
  fc.assert(fc.property(anyDay, count, (day, n) => {
    const start = calendar.addWorkingDays(day, 1);
    const end = calendar.addWorkingDays(start, n);
    return calendar.addWorkingDays(end, -n) === start && calendar.workingDaysBetween(start, end) === n;
  }), {numRuns: 2000});
  t.pass();
});

test('counting by hand gives the same day', t => {
  fc.assert(fc.property(anyDay, count, (day, n) => {
    let at = day;
    for (let left = n; left > 0;) {
      at += 1;
      if (calendar.isWorkingDay(at)) left -= 1;
    }
    return at === calendar.addWorkingDays(day, n);
  }), {numRuns: 500});
  t.pass();
});

test('office time adds up and skips nights, noon and holidays', t => {
  const at = parseMoment('2026-02-14 19:00');
  t.is(formatMoment(calendar.addOfficeTime(at, hourMs)), '2026-02-24 10:30');
  t.is(calendar.officeTimeBetween(at, parseMoment('2026-02-24 10:30')), hourMs);
  fc.assert(fc.property(anyDay, fc.integer({min: 1, max: 200}), fc.integer({min: 1, max: 200}), (day, a, b) => {
    const start = parseMoment(`${formatDate(day)} 12:17`);
    const whole = calendar.addOfficeTime(start, (a + b) * 600_000);
    return calendar.addOfficeTime(calendar.addOfficeTime(start, a * 600_000), b * 600_000) === whole
      && calendar.officeTimeBetween(start, whole) === (a + b) * 600_000;
  }), {numRuns: 1000});
});

test('the seasons change the office hours', t => {
  t.is(formatMoment(calendar.closeOf(parseDate('2026-04-30'))), '2026-04-30 19:30');
  t.is(formatMoment(calendar.closeOf(parseDate('2026-05-06'))), '2026-05-06 20:00');
  t.is(formatMoment(calendar.closeOf(parseDate('2026-10-08'))), '2026-10-08 19:30');
});

test('a day beyond the listed years is an error, never a weekday', t => {
  const expected = {code: 'TIME_CALENDAR_NOT_PUBLISHED', message: /2025-01-01 to 2027-12-31; 2028-01-03 lies outside/};
  t.throws(() => calendar.isWorkingDay(parseDate('2028-01-03')), expected);
  t.throws(() => calendar.addWorkingDays(parseDate('2027-12-30'), 20), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.throws(() => calendar.addWorkingDays(parseDate('2025-01-02'), -3), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.throws(() => calendar.addOfficeTime(parseMoment('2027-12-31 19:00'), 3 * hourMs), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.throws(() => calendar.addWorkingDays(parseDate('2026-01-05'), 1.5), {code: 'TIME_COUNT_INVALID'});
});

test('a regional layer wins over the national one and marks what is provisional', t => {
  const regional = createWorkingCalendar([nationalLayer(), {
    id: 'region', titleZh: '地区', titleEn: 'Region', years: [], sessions: [],
    days: [{date: '2026-05-27', kind: 'off', titleZh: '古尔邦节', titleEn: 'Corban', status: 'provisional', sourceRef: 'own:'}],
  }]);
  t.is(regional.id, 'region');
  t.false(regional.isWorkingDay(parseDate('2026-05-27')));
  t.true(regional.day(parseDate('2026-05-27')).provisional);
  t.false(regional.day(parseDate('2026-05-28')).provisional);
  t.true(regional.day(parseDate('2027-03-01')).provisional);
});

test('a calendar with a gap, without hours or with crossed sessions is refused', t => {
  const layer = nationalLayer();
  t.throws(() => createWorkingCalendar([]), {code: 'TIME_CALENDAR_INVALID'});
  t.throws(() => createWorkingCalendar([{...layer, years: layer.years.filter(year => year.year !== 2026)}]), {code: 'TIME_CALENDAR_INVALID', message: /2027 does not follow 2025/});
  t.throws(() => createWorkingCalendar([{...layer, sessions: []}]), {code: 'TIME_CALENDAR_INVALID', message: /no office hours/});
  t.throws(() => createWorkingCalendar([{...layer, sessions: [{season: 'all', from: '01-01', open: '10:00', close: '09:00'}]}]), {code: 'TIME_CALENDAR_INVALID', message: /overlap/});
  t.throws(() => createWorkingCalendar([{...layer, years: layer.years.slice(1)}]), {code: 'TIME_CALENDAR_INVALID', message: /outside the listed years/});
});
