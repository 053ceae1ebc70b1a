import test from 'ava';
import type {CaseViewJson} from '@banli/api';
import {createChecks} from '../src/checks.js';
import {createDueReasons, gapsOf, reasonWords, type DueReason} from '../src/main-job/due-reasons.js';
import type {Person} from '../src/person.js';
import {at} from '../src/main-job/words.js';

const day = (date: string, counted: boolean, text = '工作日') => ({at: date, counted, kind: 'day' as const, text: {'zh-CN': `${date} ${text}`}});

/** Two working days over a weekend, as the product answers. */
const inDays: DueReason = {
  clock: {id: 'c1', clock: 'resolve', title: {'zh-CN': '办结时限'}, round: 1, status: 'running', dueState: 'normal', startedAt: at('2026-03-05', '11:00'), dueAt: at('2026-03-09', '19:30'), warnAt: null, criticalAt: null, stoppedAt: null, breachedAt: null, breachCorrected: false, provisional: false, rest: {'zh-CN': '剩 2 个工作日'}},
  limit: {catalog: 'limits', version: '2026.3.2', row: 'consult|normal|resolve', source: 'own: 样例时限', text: {'zh-CN': '2 个工作日'}},
  startRule: {'zh-CN': '2026-03-05 11:00 起，2 个工作日，自次一工作日起计，至当日下班时止；2026-03-09 19:30 到期。'},
  lines: [day('2026-03-05', false, '起始日，不计'), day('2026-03-06', true), day('2026-03-07', false, '周六'), day('2026-03-08', false, '周日'), day('2026-03-09', true)],
};

const told = (from: string, to: string | null, kind: 'pause' | 'halt' = 'pause') => ({at: from, counted: false, kind, text: {'zh-CN': `${from} ${to === null ? '至今' : `至 ${to}`} 挂起（等待材料）`}});

/** 72 hours, 24 more, and a day and two hours of standing still, twice told. */
const inHours: DueReason = {
  clock: {...inDays.clock, startedAt: at('2026-03-05', '11:00'), dueAt: at('2026-03-10', '13:00')},
  limit: {catalog: 'limits', version: '2026.3.2', row: 'tourism|normal|resolve', source: 'own: 样例时限', text: {'zh-CN': '72 小时'}},
  startRule: {'zh-CN': '2026-03-05 11:00 起，96 小时（含延期 24 小时），即时起计，按自然时间连续计算；2026-03-10 13:00 到期。'},
  lines: [
    {at: '2026-03-05 11:00', counted: true, kind: 'hours', text: {'zh-CN': '自 2026-03-05 11:00:00 起连续计 96 小时'}},
    told('2026-03-06 10:00', '2026-03-07 12:00'),
    told('2026-03-06 11:00', '2026-03-06 12:00', 'halt'),
    {at: '2026-03-05 12:00', counted: true, kind: 'extension', text: {'zh-CN': '延期 24 小时（2026-03-05 12:00 申请）'}},
  ],
};

test('a complete reason has no gap, in working days and in hours with extension and pause', t => {
  t.deepEqual(gapsOf(inDays), []);
  t.deepEqual(gapsOf(inHours), []);
  t.is(reasonWords(inDays), '依据 limits 2026.3.2 consult|normal|resolve；2026-03-05 11:00 起，2 个工作日，自次一工作日起计，至当日下班时止；计 03-06 03-09，不计 3 天');
});

test('what a reason leaves out or counts wrong is a gap', t => {
  const gap = (reason: DueReason, expected: RegExp) => t.regex(gapsOf(reason).join('; '), expected);
  gap({...inDays, limit: null}, /no row, version and source/);
  gap({...inDays, limit: {...inDays.limit!, version: ''}}, /no row, version and source/);
  gap({...inDays, limit: {...inDays.limit!, text: {'zh-CN': '两天'}}}, /no amount/);
  gap({...inDays, startRule: {'zh-CN': '按规定计'}}, /no start rule/);
  gap({...inDays, lines: []}, /no day/);
  gap({...inDays, lines: inDays.lines.map(line => ({...line, counted: true}))}, /5 days counted of 2/);
  gap({...inDays, clock: {...inDays.clock, dueAt: at('2026-03-10', '19:30')}}, /the last day is 2026-03-09/);
  gap({...inHours, lines: inHours.lines.slice(1)}, /no hours counted/);
  gap({...inHours, lines: inHours.lines.filter(line => line.kind !== 'extension')}, /counts 96 小时 where limit and extension say 72/);
  gap({...inHours, lines: inHours.lines.filter(line => line.kind !== 'pause')}, /adds up to 2026-03-09 12:00, but due 2026-03-10 13:00/);
});

test('a clock that stands must say since when, and one that was cut to what moment', t => {
  const paused = {...inHours.clock, status: 'paused' as const, dueAt: null};
  t.deepEqual(gapsOf({...inHours, clock: paused}), ['neither a due time nor a pause that lasts']);
  t.deepEqual(gapsOf({...inHours, clock: paused, lines: [...inHours.lines, told('2026-03-08 09:00', null)]}), []);
  const cut = (moment: string) => ({...inDays, clock: {...inDays.clock, dueAt: at('2026-03-06', '12:00')}, lines: [...inDays.lines, {at: moment, counted: false, kind: 'cap' as const, text: {'zh-CN': '不得晚于全件办结时限'}}]});
  t.deepEqual(gapsOf(cut('2026-03-06 12:00')), []);
  t.deepEqual(gapsOf(cut('2026-03-06 13:00')), ['cut to 2026-03-06 13:00, but due 2026-03-06 12:00']);
});

test('a drive that met no reason, or a reason with a gap, does not pass', async t => {
  const lines: string[] = [];
  const checks = createChecks('reasons', line => lines.push(line));
  const reasons = createDueReasons();
  reasons.judge(checks);
  t.regex(lines.at(-1) ?? '', /✗ 0 个时限的 0 条理由/);
  const answers = (reason: DueReason) => ({account: 'a', call: async () => reason}) as unknown as Person;
  const seen = {head: {id: 'k1', number: '650100-20260305-000001'}, clocks: [inDays.clock]} as unknown as CaseViewJson;
  t.is((await reasons.meet(answers(inDays), seen)).length, 1);
  t.deepEqual(await reasons.meet(answers(inDays), seen), [], 'told once');
  reasons.judge(checks);
  t.regex(lines.at(-1) ?? '', /✓ 1 个时限的 1 条理由/);
  await reasons.meet(answers({...inDays, lines: inDays.lines.slice(0, 2)}), seen);
  reasons.judge(checks);
  t.regex(lines.at(-1) ?? '', /✗ 1 个时限的 1 条理由.*650100-20260305-000001 resolve: 1 days counted of 2/);
});
