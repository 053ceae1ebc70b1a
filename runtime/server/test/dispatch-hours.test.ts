import test from 'ava';
import {dayOf, parseMoment} from '@banli/time';
import {isWithin} from '../src/automatic-dispatch/hours.js';

// 2026-03-02 is a Monday, the day before is none to work on.
const calendar = {isWorkingDay: (day: number) => day === dayOf(parseMoment('2026-03-02 00:00'))};
const every = {days: 'every', fromTime: null, untilTime: null} as const;

const cases: ReadonlyArray<readonly [string, Parameters<typeof isWithin>[0], string, boolean]> = [
  ['a rule without hours holds always', every, '2026-03-01 03:00', true],
  ['hours begin with their first minute', {...every, fromTime: '09:00', untilTime: '18:00'}, '2026-03-02 09:00', true],
  ['hours end before their last minute', {...every, fromTime: '09:00', untilTime: '18:00'}, '2026-03-02 18:00', false],
  ['a rule without an end holds to midnight', {...every, fromTime: '20:00'}, '2026-03-02 23:59', true],
  ['a rule without a beginning holds from midnight', {...every, untilTime: '08:00'}, '2026-03-02 00:00', true],
  ['hours may run over midnight: before it', {...every, fromTime: '20:00', untilTime: '08:00'}, '2026-03-02 22:00', true],
  ['hours may run over midnight: after it', {...every, fromTime: '20:00', untilTime: '08:00'}, '2026-03-02 07:59', true],
  ['hours that run over midnight leave the day out', {...every, fromTime: '20:00', untilTime: '08:00'}, '2026-03-02 12:00', false],
  ['a rule for working days holds on one', {...every, days: 'working'}, '2026-03-02 12:00', true],
  ['a rule for working days does not hold on a Sunday', {...every, days: 'working'}, '2026-03-01 12:00', false],
  ['a rule for days off holds on a Sunday', {...every, days: 'rest'}, '2026-03-01 12:00', true],
];

for (const [title, rule, moment, holds] of cases) test(title, t => t.is(isWithin(rule, calendar, parseMoment(moment)), holds));
