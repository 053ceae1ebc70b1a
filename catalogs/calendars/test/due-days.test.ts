import test from 'ava';
import {formatDate, parseDate} from '@banli/time';
import {calendarAsOf} from './calendar-as-of.js';

/** The last day of a limit that runs from the day after `from`. */
function due(from: string, count: number, known?: string, layers: readonly string[] = ['china']): string {
  const calendar = calendarAsOf(layers, known);
  return formatDate(calendar.addWorkingDays(parseDate(from), count));
}

test('limits over the Spring Festival, a worked Sunday and New Year end on the right day', t => {
  t.is(due('2026-02-12', 5), '2026-02-26');
  t.is(due('2026-09-18', 5), '2026-09-24');
  t.is(due('2026-01-01', 1), '2026-01-04');
});

test('the extension of the Spring Festival of 2020 is known from the day it was announced', t => {
  t.is(due('2020-01-22', 5, '2019-11-21'), '2020-02-04');
  t.is(due('2020-01-22', 5, '2020-01-26'), '2020-02-04');
  t.is(due('2020-01-22', 5, '2020-01-27'), '2020-02-06');
  t.is(due('2020-01-22', 5), '2020-02-06');
});

test('Labour Day 2019 moves with its amendment', t => {
  t.is(due('2019-04-26', 3, '2019-03-21'), '2019-05-02');
  t.is(due('2019-04-26', 3, '2019-03-22'), '2019-04-30');
  t.is(due('2019-04-30', 1, '2019-03-21'), '2019-05-02');
  t.is(due('2019-04-30', 1, '2019-03-22'), '2019-05-05');
});

test('3 September 2015 is a working day until the notice of May', t => {
  t.is(due('2015-09-02', 3, '2015-05-12'), '2015-09-07');
  t.is(due('2015-09-02', 3, '2015-05-13'), '2015-09-08');
  t.is(due('2015-09-02', 1), '2015-09-06');
});

test('a year is unknown until its notice', t => {
  t.throws(() => due('2025-12-31', 1, '2025-11-03'), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.is(due('2025-12-31', 1, '2025-11-04'), '2026-01-04');
});

test('the golden weeks of 2007 are those of the old measures', t => {
  t.is(due('2007-04-30', 1), '2007-05-08');
  t.is(due('2007-02-16', 2), '2007-02-25');
  t.is(due('2007-12-28', 1), '2007-12-29');
});

test('a regional holiday moves a limit in its region only', t => {
  t.is(due('2025-06-05', 1), '2025-06-06');
  t.is(due('2025-06-05', 1, undefined, ['china', 'xinjiang']), '2025-06-11');
  t.is(due('2016-09-09', 1, undefined, ['china', 'xinjiang']), '2016-09-10');
  t.is(due('2014-09-26', 1), '2014-09-28');
  t.is(due('2014-09-26', 1, undefined, ['china', 'xinjiang']), '2014-09-29');
  t.is(due('2022-05-04', 1, undefined, ['china', 'xinjiang']), '2022-05-06');
});
