import test from 'ava';
import fc from 'fast-check';
import {dueOf, isSurelyNotLonger, limitUnits, parseMoment, type Limit, type LimitUnit} from '../src/index.js';
import {nationalCalendar} from './fixtures/notices.js';

const calendar = nationalCalendar();
const limit = (value: number, unit: LimitUnit): Limit => ({value, unit});

test('same units are compared by value, natural units by their length', t => {
  t.true(isSurelyNotLonger(limit(3, 'workingDay'), limit(3, 'workingDay')));
  t.false(isSurelyNotLonger(limit(4, 'workingDay'), limit(3, 'workingDay')));
  t.true(isSurelyNotLonger(limit(60, 'minute'), limit(1, 'hour')));
  t.false(isSurelyNotLonger(limit(61, 'minute'), limit(1, 'hour')));
});

test('units that cannot be compared are refused unless the difference is clear', t => {
  t.true(isSurelyNotLonger(limit(12, 'hour'), limit(3, 'workingDay')));
  t.false(isSurelyNotLonger(limit(24, 'hour'), limit(1, 'workingDay')));
  t.true(isSurelyNotLonger(limit(3, 'naturalDay'), limit(3, 'workingDay')));
  t.false(isSurelyNotLonger(limit(3, 'workingDay'), limit(5, 'naturalDay')));
  t.false(isSurelyNotLonger(limit(1, 'workingDay'), limit(240, 'hour')));
  t.false(isSurelyNotLonger(limit(1, 'workingHour'), limit(24, 'hour')));
});

test('a limit that is surely not longer is never due later, whatever the day', t => {
  const any = fc.record({value: fc.integer({min: 1, max: 12}), unit: fc.constantFrom(...limitUnits)});
  const minutes = fc.integer({min: 0, max: 300 * 24 * 60});
  const start = parseMoment('2026-01-05 00:00');
  t.notThrows(() => fc.assert(fc.property(any, any, minutes, (mine, theirs, after) => {
    if (!isSurelyNotLonger(mine, theirs)) return true;
    const startAt = start + after * 60_000;
    return (dueOf({startAt, limit: mine}, calendar) ?? 0) <= (dueOf({startAt, limit: theirs}, calendar) ?? 0);
  }), {numRuns: 3_000}));
});
