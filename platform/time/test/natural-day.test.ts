import test from 'ava';
import {dueOf, explainDue, formatLimit, formatMoment, parseMoment, type DueFacts} from '../src/index.js';
import {nationalCalendar} from './fixtures/notices.js';

const calendar = nationalCalendar();

function due(start: string, value: number, more: Partial<DueFacts> = {}): string {
  const dueAt = dueOf({startAt: parseMoment(start), limit: {value, unit: 'naturalDay'}, ...more}, calendar);
  return dueAt === null ? '' : formatMoment(dueAt).slice(0, 10);
}

test('natural days count from the next day, holidays included, and end on a day on which somebody works', t => {
  t.is(due('2026-03-02 10:00', 3), '2026-03-05');
  t.is(due('2026-03-04 10:00', 3), '2026-03-09');
  t.is(due('2026-02-12 10:00', 5), '2026-02-24');
  t.is(due('2026-02-12 10:00', 2), '2026-02-14');
  t.is(due('2026-03-02 10:00', 3, {extension: 1}), '2026-03-06');
});

test('a pause takes its days out, one within a day takes none, and while it lasts there is no due time', t => {
  const pause = (from: string, to: string | null) => ({intervals: [{from: parseMoment(from), to: to === null ? null : parseMoment(to)}]});
  t.is(due('2026-03-02 10:00', 3, pause('2026-03-03 09:00', '2026-03-05 09:00')), '2026-03-09');
  t.is(due('2026-03-02 10:00', 3, pause('2026-03-03 09:00', '2026-03-03 18:00')), '2026-03-05');
  t.is(due('2026-03-02 10:00', 3, pause('2026-03-03 09:00', null)), '');
});

test('a pause that takes the last office time away is made up for on the day it ends', t => {
  const paused = (from: string, to: string) => ({intervals: [{from: parseMoment(from), to: parseMoment(to)}]});
  t.is(due('2026-03-02 10:00', 3, paused('2026-03-05 12:00', '2026-03-09 12:00')), '2026-03-09', 'it began on the last day');
  t.is(due('2026-03-02 10:00', 3, paused('2026-03-05 12:00', '2026-03-09 23:00')), '2026-03-10', 'it ended after close of office');
  t.is(due('2026-03-02 10:00', 3, paused('2026-03-05 12:00', '2026-03-07 12:00')), '2026-03-09', 'it ended on a Saturday');
  t.is(due('2026-03-02 10:00', 3, paused('2026-03-05 10:00', '2026-03-05 12:00')), '2026-03-05', 'there is office time left');
  t.is(due('2026-03-04 10:00', 3, paused('2026-03-08 10:00', '2026-03-11 10:00')), '2026-03-11', 'it began on the weekend after the last day');
  t.is(due('2026-03-04 10:00', 3, paused('2026-03-08 10:00', '2026-03-09 10:00')), '2026-03-09', 'Monday is left');
  t.is(due('2026-03-04 10:00', 3, paused('2026-03-09 23:00', '2026-03-11 10:00')), '2026-03-09', 'it began when all was over');
});

test('the days of the explanation add up after a pause on the last day', t => {
  const explained = explainDue({startAt: parseMoment('2026-03-02 10:00'), limit: {value: 3, unit: 'naturalDay'}, intervals: [{from: parseMoment('2026-03-05 12:00'), to: parseMoment('2026-03-09 12:00')}]}, calendar);
  t.deepEqual(explained.days.filter(day => day.counted).map(day => day.date), ['2026-03-03', '2026-03-04', '2026-03-09']);
  t.deepEqual(explained.days.filter(day => day.why === 'paused').map(day => day.date), ['2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']);
});

test('the explanation counts the same days, and half a day is refused', t => {
  const explained = explainDue({startAt: parseMoment('2026-02-12 10:00'), limit: {value: 5, unit: 'naturalDay'}}, calendar);
  t.is(explained.days.filter(day => day.counted).length, 5);
  t.is(explained.days.at(-1)?.date, '2026-02-24');
  t.is(explained.startRule, 'nextDay');
  t.is(formatLimit({value: 5, unit: 'naturalDay'}, 'zh-CN'), '5 个自然日');
  t.throws(() => due('2026-02-12 10:00', 0.5), {code: 'TIME_LIMIT_INVALID'});
});

test('a moment that no clock shows is refused, not moved into the next minute or day', t => {
  t.is(formatMoment(parseMoment('2026-02-26T19:30:59'), true), '2026-02-26 19:30:59');
  t.is(formatMoment(parseMoment('2026-02-26 24:00')), '2026-02-27 00:00');
  t.throws(() => parseMoment('2026-02-26 19:30:60'), {code: 'TIME_DATE_INVALID'});
  t.throws(() => parseMoment('2026-02-26 24:00:01'), {code: 'TIME_HOUR_INVALID'});
});
