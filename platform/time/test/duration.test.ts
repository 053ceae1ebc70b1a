import test from 'ava';
import fc from 'fast-check';
import {dayOf, describeDuration, formatDate, formatDuration, formatLimit, hourMs, parseDate, parseDuration, parseHour, parseMoment} from '../src/index.js';

test('durations are read and written back', t => {
  t.is(parseDuration('PT24H'), 24 * hourMs);
  t.is(parseDuration('P1DT4H30M'), 28.5 * hourMs);
  t.is(formatDuration(parseDuration('P1W')), 'P7D');
  fc.assert(fc.property(fc.integer({min: 0, max: 10_000_000}), seconds => parseDuration(formatDuration(seconds * 1000)) === seconds * 1000));
});

for (const text of ['', 'P', 'PT', '24h', 'P1M', 'P1Y', 'P1DT', 'PT-1H', ' PT1H']) {
  test(`the duration "${text}" is refused`, t => {
    t.throws(() => parseDuration(text), {code: 'TIME_DURATION_INVALID'});
  });
}

for (const text of ['2026-02-29', '2026-2-1', '2026-13-01', '20260101', '2026-00-10']) {
  test(`the date "${text}" is refused`, t => {
    t.throws(() => parseDate(text), {code: 'TIME_DATE_INVALID'});
  });
}

test('hours are read, and a wrong one is refused', t => {
  t.is(parseHour('24:00'), 24 * hourMs);
  t.throws(() => parseHour('24:01'), {code: 'TIME_HOUR_INVALID'});
  t.throws(() => parseHour('9:00'), {code: 'TIME_HOUR_INVALID'});
});

test('a day in Shanghai begins at 16:00 UTC', t => {
  t.is(formatDate(dayOf(Date.UTC(2026, 1, 12, 15, 59, 59, 999))), '2026-02-12');
  t.is(formatDate(dayOf(Date.UTC(2026, 1, 12, 16))), '2026-02-13');
  t.is(parseMoment('2026-02-13 00:00'), Date.UTC(2026, 1, 12, 16));
});

test('limits and lengths are said in words', t => {
  t.is(formatLimit({value: 5, unit: 'workingDay'}, 'zh-CN'), '5 个工作日');
  t.is(formatLimit({value: 1, unit: 'hour'}, 'en'), '1 hour');
  t.is(describeDuration(28.5 * hourMs, 'zh-CN'), '1 天 4 小时');
  t.is(describeDuration(1000, 'en'), 'under 1 min');
});
