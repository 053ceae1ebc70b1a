import test from 'ava';
import fc from 'fast-check';
import {dueStateAt, formatMoment, hourMs, parseMoment, scheduleOf, type Limit} from '../src/index.js';
import {nationalCalendar} from './fixtures/notices.js';

const calendar = nationalCalendar();

const gives = test.macro({
  exec(t, start: string, limit: Limit, warnHours: number | null, expected: [string | null, string, string]) {
    const schedule = scheduleOf({startAt: parseMoment(start), limit}, warnHours === null ? null : warnHours * hourMs, calendar);
    t.truthy(schedule);
    if (!schedule) return;
    t.deepEqual([schedule.warnAt === null ? null : formatMoment(schedule.warnAt), formatMoment(schedule.nearAt), formatMoment(schedule.dueAt)], expected);
  },
  title: (_title, start: string, limit: Limit, warnHours: number | null) => `${start} plus ${limit.value} ${limit.unit}, warned ${warnHours} h before`,
});

test(gives, '2026-02-12 11:00', {value: 5, unit: 'workingDay'}, 24, ['2026-02-25 19:30', '2026-02-26 15:30', '2026-02-26 19:30']);
test(gives, '2026-03-03 09:00', {value: 72, unit: 'hour'}, 24, ['2026-03-05 09:00', '2026-03-05 15:30', '2026-03-06 09:00']);
test(gives, '2026-03-03 09:00', {value: 24, unit: 'hour'}, 24, ['2026-03-04 03:00', '2026-03-04 06:00', '2026-03-04 09:00']);
test(gives, '2026-03-03 09:00', {value: 24, unit: 'hour'}, 6, ['2026-03-04 03:00', '2026-03-04 06:00', '2026-03-04 09:00']);
test(gives, '2026-03-03 09:00', {value: 2, unit: 'hour'}, 1, ['2026-03-03 10:00', '2026-03-03 10:30', '2026-03-03 11:00']);
test(gives, '2026-03-03 09:00', {value: 1, unit: 'workingDay'}, 24, ['2026-03-04 13:30', '2026-03-04 15:30', '2026-03-04 19:30']);
test(gives, '2026-03-03 09:00', {value: 5, unit: 'workingDay'}, null, [null, '2026-03-10 15:30', '2026-03-10 19:30']);

test(gives, '2029-03-03 09:00', {value: 24, unit: 'hour'}, 6, ['2029-03-04 03:00', '2029-03-04 06:00', '2029-03-04 09:00']);

test('the due moment is in time, the next millisecond is late', t => {
  const schedule = scheduleOf({startAt: parseMoment('2026-02-12 11:00'), limit: {value: 5, unit: 'workingDay'}}, 24 * hourMs, calendar);
  t.truthy(schedule);
  if (!schedule) return;
  t.is(dueStateAt(schedule, schedule.dueAt), 'near');
  t.is(dueStateAt(schedule, schedule.dueAt + 1), 'overdue');
  t.is(dueStateAt(schedule, parseMoment('2026-02-26 10:00')), 'warned');
  t.is(dueStateAt(schedule, parseMoment('2026-02-20 10:00')), 'normal');
});

test('start, warning, near and due always stand in this order', t => {
  const start = fc.integer({min: parseMoment('2025-02-10 00:00'), max: parseMoment('2026-09-01 00:00')});
  const limit = fc.oneof(fc.record({value: fc.integer({min: 1, max: 30}), unit: fc.constant('workingDay' as const)}), fc.record({value: fc.integer({min: 1, max: 200}), unit: fc.constant('hour' as const)}));
  fc.assert(fc.property(start, limit, fc.integer({min: 1, max: 100}), (startAt, value, lead) => {
    const schedule = scheduleOf({startAt, limit: value}, lead * hourMs, calendar);
    if (!schedule || schedule.warnAt === null) return false;
    return startAt <= schedule.warnAt && schedule.warnAt <= schedule.nearAt && schedule.nearAt < schedule.dueAt;
  }), {numRuns: 2000});
  t.pass();
});
