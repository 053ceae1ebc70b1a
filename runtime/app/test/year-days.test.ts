import test from 'ava';
import {dayByKey, dayWithin} from '../src/catalogs/calendar/day-keys.js';
import {calendarYear, firstCalendar, isCalendar, layersOf, yearsOf, type CalendarRows, type SourceRow} from '../src/catalogs/calendar/year-days.js';
import {parseMoment} from '@banli/time';

type Pending = SourceRow['pending'][number];

const row = (values: Readonly<Record<string, string>>, pending: readonly Pending[] = []): SourceRow => ({key: Object.values(values).slice(0, 2).join('|'), values: {status: 'active', ...values}, pending: [...pending]});
const set = (changeId: string, op: Pending['op'], after: Readonly<Record<string, string>>): Pending => ({changeId, title: changeId, state: 'editing', op, authorName: '作者', after: {status: 'active', ...after}});
const dayOff = {layer: 'china', date: '2026-10-01', kind: 'off', titleZh: '国庆节', titleEn: 'National Day', dayStatus: 'published', sourceRef: '国办发明电'};
const makeup = {...dayOff, date: '2026-10-10', kind: 'work', titleZh: '国庆节调休上班', titleEn: 'Make-up day'};
const regional = {...dayOff, layer: 'xinjiang', date: '2026-05-27', titleZh: '古尔邦节', titleEn: 'Kurban', dayStatus: 'provisional', sourceRef: 'own: 推算'};

const world = (days: readonly SourceRow[]): CalendarRows => ({
  calendars: [row({code: 'china', titleZh: '全国工作日历', titleEn: 'National calendar'}), row({code: 'xinjiang', titleZh: '新疆工作日历', titleEn: 'Xinjiang calendar', areaCode: '650000', baseCode: 'china'})],
  years: [row({layer: 'china', year: '2026', yearStatus: 'published', sourceRef: '国办'}), row({layer: 'china', year: '2027', yearStatus: 'provisional', sourceRef: 'own: 推算'})],
  days,
  hours: [row({layer: 'china', season: 'all-year', seasonFrom: '01-01', open: '09:00', close: '17:30'})],
});

test('a year tells each day as the clocks count it, with the calendar that says so', t => {
  const rows = world([row(dayOff), row(makeup), row(regional)]);
  t.is(firstCalendar(rows), 'xinjiang');
  t.deepEqual(layersOf(rows, 'xinjiang').map(layer => layer.code), ['xinjiang', 'china']);
  t.deepEqual(yearsOf(rows, 'xinjiang'), [2026, 2027]);
  const year = calendarYear(rows, 'xinjiang', 2026);
  const on = (date: string) => year?.days.find(day => day.date === date);
  t.is(year?.days.length, 365);
  t.like(on('2026-10-01'), {mark: 'holiday', working: false, isProvisional: false, source: '国办发明电', layer: {code: 'china'}});
  t.like(on('2026-10-10'), {mark: 'makeup', working: true, weekday: 6});
  t.like(on('2026-05-27'), {mark: 'regional', isProvisional: true, layer: {code: 'xinjiang'}});
  t.like(on('2026-03-02'), {mark: 'work', layer: null});
  t.like(on('2026-03-01'), {mark: 'rest', working: false});
  t.is(calendarYear(rows, 'china', 2026)?.days.find(day => day.date === '2026-05-27')?.mark, 'work', 'a regional holiday holds in its region only');
});

test('a year that is expected is provisional in all its days, one that is not listed is none', t => {
  const rows = world([]);
  const expected = calendarYear(rows, 'china', 2027);
  t.true(expected?.isProvisional);
  t.true(expected?.days.every(day => day.isProvisional));
  t.is(calendarYear(rows, 'china', 2028), null);
  t.is(calendarYear(rows, 'nothing', 2026), null);
});

test('open changes stand beside what holds: a new day, a changed one, one that goes, the newest set last', t => {
  const extra = {...dayOff, date: '2026-10-08', titleZh: '加放一天'};
  const rows = world([
    row(extra, [set('01', 'add', extra)]),
    row(dayOff, [set('01', 'modify', {...dayOff, titleZh: '旧稿'}), set('02', 'modify', {...dayOff, titleZh: '国庆'})]),
    row(makeup, [set('01', 'offShelf', {...makeup, status: 'retired'})]),
    row({...regional, status: 'retired'}),
  ]);
  const year = calendarYear(rows, 'xinjiang', 2026);
  const holds = (date: string) => year?.days.find(day => day.date === date)?.mark;
  t.deepEqual([holds('2026-10-08'), holds('2026-10-01'), holds('2026-10-10'), holds('2026-05-27')], ['work', 'holiday', 'makeup', 'work']);
  t.deepEqual([...(year?.proposed ?? [])].map(([date, day]) => [date, day.mark, day.title['zh-CN']]), [['2026-10-01', 'holiday', '国庆'], ['2026-10-08', 'holiday', '加放一天'], ['2026-10-10', 'rest', '周六']]);
  t.is(year?.rows.get('2026-10-08')?.length, 1);
});

test('a day of the inner calendar wins over the base, whichever of both is off', t => {
  const year = calendarYear(world([row(dayOff), row({...dayOff, layer: 'xinjiang', kind: 'work', titleZh: '值守'})]), 'xinjiang', 2026);
  t.like(year?.days.find(day => day.date === '2026-10-01'), {mark: 'makeup', layer: {code: 'xinjiang'}});
  t.deepEqual(year?.rows.get('2026-10-01')?.map(each => each.layer.code), ['xinjiang', 'china']);
});

test('calendars that lead back to themselves are looked at once', t => {
  const rows = {...world([]), calendars: [row({code: 'a', titleZh: '甲', baseCode: 'b'}), row({code: 'b', titleZh: '乙', baseCode: 'a'})]};
  t.deepEqual(layersOf(rows, 'a').map(layer => layer.code), ['a', 'b']);
});

test('only a catalog of the kind with all tables is shown as a year', t => {
  const tables = ['calendars', 'years', 'days', 'office-hours'].map(name => ({name})) as Parameters<typeof isCalendar>[0]['tables'];
  t.true(isCalendar({kind: 'calendar', tables}));
  t.false(isCalendar({kind: 'list', tables}));
  t.false(isCalendar({kind: 'calendar', tables: tables.slice(1)}));
});

test('keys move by day, week and month, and stay within the year', t => {
  const moves: ReadonlyArray<readonly [string, string, string]> = [
    ['2026-02-28', 'ArrowRight', '2026-03-01'], ['2026-03-01', 'ArrowLeft', '2026-02-28'], ['2026-03-04', 'ArrowUp', '2026-02-25'], ['2026-03-04', 'ArrowDown', '2026-03-11'],
    ['2026-03-04', 'Home', '2026-03-02'], ['2026-03-04', 'End', '2026-03-08'], ['2026-03-31', 'PageUp', '2026-02-28'], ['2026-01-31', 'PageDown', '2026-02-28'],
    ['2026-01-01', 'ArrowLeft', '2026-01-01'], ['2026-12-31', 'ArrowDown', '2026-12-31'], ['2026-12-15', 'PageDown', '2026-12-31'], ['2026-03-04', 'x', '2026-03-04'],
  ];
  for (const [from, key, to] of moves) t.is(dayByKey(from, key), to, `${key} from ${from}`);
  t.is(dayWithin(2026, parseMoment('2026-03-04 00:30')), '2026-03-04');
  t.is(dayWithin(2027, parseMoment('2026-03-04 00:30')), '2027-01-01');
});
