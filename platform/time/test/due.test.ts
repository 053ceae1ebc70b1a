import test from 'ava';
import fc from 'fast-check';
import {propertySeed} from '@banli/testing/property-seed';
import {dayMs, describeDay, dueOf, explainDue, formatMoment, hourMs, parseMoment, type DueFacts, type Limit} from '../src/index.js';
import {nationalCalendar} from './fixtures/notices.js';

const calendar = nationalCalendar();
const days = (value: number): Limit => ({value, unit: 'workingDay'});
const hours = (value: number): Limit => ({value, unit: 'hour'});
const due = (facts: DueFacts) => {
  const at = dueOf(facts, calendar);
  return at === null ? null : formatMoment(at);
};
const moment = fc.integer({min: parseMoment('2025-02-10 00:00'), max: parseMoment('2026-09-01 00:00')});

test('accepted on 2026-02-12, five working days end on 2026-02-26 at close of office', t => {
  const facts = {startAt: parseMoment('2026-02-12 11:20'), limit: days(5)};
  t.is(due(facts), '2026-02-26 19:30');
  const explained = explainDue(facts, calendar);
  t.is(explained.startRule, 'nextWorkingDay');
  t.deepEqual(explained.days.filter(day => day.counted).map(day => day.date), ['2026-02-13', '2026-02-14', '2026-02-24', '2026-02-25', '2026-02-26']);
  t.is(explained.days.find(day => day.date === '2026-02-14')?.zh, '春节调休上班');
  t.is(explained.days.find(day => day.date === '2026-02-17')?.zh, '春节');
  t.is(explained.days[0]?.why, 'startDay');
  t.is(explained.zh, '2026-02-12 11:20 起，5 个工作日，自次一工作日起计，至当日下班时止；2026-02-26 19:30 到期。');
  t.is(describeDay(explained.days.at(-1)!, 'zh-CN'), '2026-02-26 周四 工作日 第 5 日');
});

test('accepted on a holiday, the count begins on the first working day after it', t => {
  t.is(due({startAt: parseMoment('2026-02-17 03:00'), limit: days(1)}), '2026-02-24 19:30');
});

test('hours start at once and are natural time', t => {
  const facts = {startAt: parseMoment('2026-02-14 23:30'), limit: hours(24)};
  t.is(due(facts), '2026-02-15 23:30');
  t.deepEqual(explainDue(facts, calendar).days, []);
  t.false(explainDue(facts, calendar).provisional);
});

test('hours do not need a published calendar', t => {
  t.is(due({startAt: parseMoment('2029-05-01 08:00'), limit: hours(2)}), '2029-05-01 10:00');
});

test('working hours count office time only', t => {
  t.is(due({startAt: parseMoment('2026-02-13 19:00'), limit: {value: 4, unit: 'workingHour'}}), '2026-02-14 13:30');
});

test('a pause within one day moves nothing, over days it moves by the working days lost', t => {
  const startAt = parseMoment('2026-03-02 10:00');
  t.is(due({startAt, limit: days(3)}), '2026-03-05 19:30');
  t.is(due({startAt, limit: days(3), intervals: [{from: parseMoment('2026-03-04 10:00'), to: parseMoment('2026-03-04 18:00')}]}), '2026-03-05 19:30');
  const facts = {startAt, limit: days(3), intervals: [{from: parseMoment('2026-03-04 10:00'), to: parseMoment('2026-03-09 11:00')}]};
  t.is(due(facts), '2026-03-10 19:30');
  t.deepEqual(explainDue(facts, calendar).days.filter(day => day.why === 'paused').map(day => day.date), ['2026-03-05', '2026-03-06', '2026-03-09']);
});

test('a pause that breaks into the last day is made up for on the day it ends', t => {
  const startAt = parseMoment('2026-03-02 10:00');
  const paused = (from: string, to: string) => ({startAt, limit: days(3), intervals: [{from: parseMoment(from), to: parseMoment(to)}]});
  t.is(due(paused('2026-03-05 11:00', '2026-03-09 10:00')), '2026-03-09 19:30');
  t.is(due(paused('2026-03-05 11:00', '2026-03-07 10:00')), '2026-03-09 19:30');
  t.is(due(paused('2026-03-05 11:00', '2026-03-09 20:00')), '2026-03-10 19:30');
  t.is(due(paused('2026-03-05 19:40', '2026-03-09 10:00')), '2026-03-05 19:30');
  t.is(due(paused('2026-03-05 15:00', '2026-03-05 21:00')), '2026-03-06 19:30', 'no office time was left on that day');
  t.is(due(paused('2026-03-05 15:00', '2026-03-05 19:00')), '2026-03-05 19:30');
  const counted = explainDue(paused('2026-03-05 11:00', '2026-03-09 10:00'), calendar).days.filter(day => day.counted);
  t.deepEqual(counted.map(day => day.date), ['2026-03-03', '2026-03-04', '2026-03-09']);
});

test('while a pause lasts there is no due time, unless the limit ran out before', t => {
  const startAt = parseMoment('2026-03-02 10:00');
  t.is(due({startAt, limit: days(3), intervals: [{from: parseMoment('2026-03-04 10:00'), to: null}]}), null);
  t.is(due({startAt, limit: days(3), intervals: [{from: parseMoment('2026-03-06 10:00'), to: null}]}), '2026-03-05 19:30');
  t.regex(explainDue({startAt, limit: days(3), intervals: [{from: parseMoment('2026-03-04 10:00'), to: null}]}, calendar).zh, /计时暂停中/);
});

test('overlapping pauses count once', t => {
  const startAt = parseMoment('2026-03-02 10:00');
  const one = {from: startAt + hourMs, to: startAt + 5 * hourMs};
  t.is(due({startAt, limit: hours(24), intervals: [one, {from: startAt + 3 * hourMs, to: startAt + 6 * hourMs}, one]}), formatMoment(startAt + 29 * hourMs));
});

test('an extension adds to the limit', t => {
  t.is(due({startAt: parseMoment('2026-03-02 10:00'), limit: days(3), extension: 2}), '2026-03-09 19:30');
});

test('a limit of nothing, of half a working day or beyond the calendar is refused', t => {
  const startAt = parseMoment('2027-12-28 10:00');
  t.throws(() => dueOf({startAt, limit: days(0)}, calendar), {code: 'TIME_LIMIT_INVALID'});
  t.throws(() => dueOf({startAt, limit: days(1.5)}, calendar), {code: 'TIME_LIMIT_INVALID'});
  t.throws(() => dueOf({startAt, limit: days(5)}, calendar), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
});

test('a due time on provisional days says so', t => {
  t.true(explainDue({startAt: parseMoment('2026-12-30 10:00'), limit: days(5)}, calendar).provisional);
});

test('the explained days and the due time agree, and pauses never make a clock earlier', t => {
  const pause = fc.record({from: moment, length: fc.integer({min: 0, max: 20 * dayMs})}).map(({from, length}) => ({from, to: from + length}));
  fc.assert(fc.property(moment, fc.integer({min: 1, max: 20}), fc.integer({min: 0, max: 20}), fc.array(pause, {maxLength: 4}), (startAt, value, extension, intervals) => {
    const facts = {startAt, limit: days(value), extension, intervals};
    const explained = explainDue(facts, calendar);
    const counted = explained.days.filter(day => day.counted);
    const without = dueOf({startAt, limit: days(value)}, calendar) ?? 0;
    return counted.length === value + extension && counted.at(-1)?.date === explained.days.at(-1)?.date && (explained.dueAt ?? 0) >= without;
  }), {numRuns: 1000});
  t.pass();
});

test('the result is the same under three time zones', t => {
  const before = process.env['TZ'];
  const results = ['UTC', 'Asia/Shanghai', 'America/New_York'].map(zone => {
    process.env['TZ'] = zone;
    const fresh = nationalCalendar();
    return fc.sample(moment, {numRuns: 300, seed: propertySeed}).map(startAt => explainDue({startAt, limit: days(4)}, fresh)).map(explained => [explained.dueAt, explained.zh]);
  });
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
  t.deepEqual(results[1], results[0]);
  t.deepEqual(results[2], results[0]);
});
