import test from 'ava';
import {describeDay, explainDue, formatDate, parseDate, parseMoment, weekdayOf} from '@banli/time';
import {calendarAsOf, tableOf} from './calendar-as-of.js';
import {noticeCounts, statutoryDays} from './notice-counts.js';

const makeup = (date: string | undefined): boolean => weekdayOf(parseDate(date ?? '')) > 5;

test('every year from 2007 to 2026 has its notice, and as many days off and days worked as the notice names', t => {
  const notices = tableOf('notices');
  const days = tableOf('days').filter(row => row['layer'] === 'china');
  for (const {year, number, off, worked, weekdaysOff} of noticeCounts) {
    const codes = notices.filter(row => row['layer'] === 'china' && row['year'] === String(year)).map(row => row['code']);
    t.true(notices.some(row => row['number'] === number && row['year'] === String(year) && row['amends'] === undefined), number);
    const own = days.filter(row => codes.includes(row['noticeCode']));
    const free = own.filter(row => row['kind'] === 'off');
    t.deepEqual([free.length, own.length - free.length, free.filter(row => !makeup(row['date'])).length], [off, worked, weekdaysOff], String(year));
    t.true(own.every(row => row['kind'] === 'off' || makeup(row['date'])), `only weekends are worked in ${year}`);
  }
});

test('the weekdays off of a year are its statutory days and the days worked for them; 2015 and 2020 got one and two more', t => {
  const extra = new Map([[2015, 1], [2020, 2]]);
  for (const {year, worked, weekdaysOff} of noticeCounts) {
    const before = year === 2007 ? 2 : 0;
    t.is(weekdaysOff, statutoryDays(year) + worked + before + (extra.get(year) ?? 0), String(year));
  }
});

test('every day of the national layer stands in a listed year; a published one names its notice', t => {
  const years = new Map(tableOf('years').map(row => [row['year'], row['yearStatus']]));
  for (const row of tableOf('days')) {
    t.true(years.has(row['date']?.slice(0, 4)), row['date']);
    t.is(row['noticeCode'] === undefined, row['dayStatus'] === 'provisional', `${row['layer']} ${row['date']}`);
    const isQuoted = row['sourceRef']?.startsWith('own: 据公开资料转引') ?? false;
    t.is(row['sourceRef']?.startsWith('own:'), row['dayStatus'] === 'provisional' || isQuoted, `${row['layer']} ${row['date']}`);
  }
});

test('Xinjiang gives one and three working days more in every year since 2012', t => {
  const national = calendarAsOf(['china']);
  const days = tableOf('days').filter(row => row['layer'] === 'xinjiang');
  for (let year = 2012; year <= 2026; year += 1) {
    const own = days.filter(row => row['date']?.startsWith(String(year)));
    const count = (title: string): number => {
      const rows = own.filter(row => row['titleZh']?.startsWith(title));
      const won = rows.filter(row => row['kind'] === 'off' && national.isWorkingDay(parseDate(row['date'] ?? ''))).length;
      return won - rows.filter(row => row['kind'] === 'work').length;
    };
    t.deepEqual([count('肉孜节'), count('古尔邦节')], [1, year === 2016 ? 2 : 3], String(year));
  }
  t.false(days.some(row => (row['date'] ?? '') < '2012'));
});

test('a year after the last one has no working days to guess', t => {
  const calendar = calendarAsOf(['china']);
  t.is(formatDate(calendar.firstDay), '2007-01-01');
  t.true(calendar.day(parseDate('2027-06-01')).provisional);
  t.throws(() => calendar.isWorkingDay(parseDate('2028-01-03')), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
});

test('a day that was computed is told as provisional in every explanation, and nowhere as a day by law', t => {
  const computed = tableOf('days').filter(row => row['layer'] === 'xinjiang' && row['dayStatus'] === 'provisional');
  t.true(computed.length > 0);
  const calendar = calendarAsOf(['china', 'xinjiang']);
  for (const {date = '', sourceRef = '', titleZh = ''} of computed) {
    t.regex(sourceRef, /^own: .*推算/, date);
    t.false(/法定|依法/.test(`${sourceRef}${titleZh}`), date);
    const startAt = parseMoment(`${formatDate(parseDate(date) - 1)} 09:00`);
    const {days, provisional} = explainDue({startAt, limit: {value: 2, unit: 'workingDay'}}, calendar);
    const told = days.filter(day => day.date === date).map(day => [describeDay(day, 'zh-CN').endsWith('（暂定）'), describeDay(day, 'en').endsWith('(provisional)'), day.counted]);
    t.deepEqual([told, provisional], [[[true, true, false]], true], date);
  }
  const published = explainDue({startAt: parseMoment('2022-07-08 09:00'), limit: {value: 5, unit: 'workingDay'}}, calendar);
  t.false(published.provisional);
});
