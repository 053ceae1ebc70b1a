import test from 'ava';
import {parseMoment, parseZonedMoment} from '../src/index.js';

test('a moment is read in any zone, with or without seconds and fractions', t => {
  const moment = parseMoment('2026-02-26 19:30');
  for (const text of ['2026-02-26T19:30+08:00', '2026-02-26T11:30Z', '2026-02-26T11:30:00.999Z', '2026-02-25T21:30:00-14:00', '2026-02-26T17:00:00+05:30']) t.is(parseZonedMoment(text), moment, text);
  t.is(parseZonedMoment('2026-02-26T19:30:05+08:00'), moment + 5_000);
  t.is(parseZonedMoment('2026-02-25T24:00+08:00'), parseMoment('2026-02-26 00:00'));
});

test('what has no zone, or is no moment, is refused', t => {
  for (const text of ['', '2026-02-26', '2026-02-26T19:30', '2026-02-26 19:30+08:00', '2026-02-30T10:00Z', '2026-02-26T10:00+15:00', '2026-02-26T10:00:60Z', '2026-02-26T10:00+8:00']) t.throws(() => parseZonedMoment(text), {code: 'TIME_DATE_INVALID'}, text);
  t.throws(() => parseZonedMoment('2026-02-26T25:00Z'), {code: 'TIME_HOUR_INVALID'});
});
