import test from 'ava';
import {isAppError} from '@banli/errors';
import {calendarOf} from '../../src/build-calendar.js';
import {draftVersion} from '../../src/dispatch/draft-version.js';
import {ref, refusal, sharedLife, author} from '../life/setup.js';
import {editedSample, publishedFolder} from './setup.js';

const cells = {layer: 'china', kind: 'off', titleZh: '试', titleEn: 'Trial', dayStatus: 'published', sourceRef: 'own: 试'};
const day = (date: string) => ({table: 'days', op: 'add', cells: {...cells, date}}) as const;
const hours = (open: string, close: string, more = {}) => ({table: 'office-hours', op: 'add', cells: {layer: 'china', season: 'all-year', open, close, seasonFrom: '01-01', titleZh: '全年', titleEn: 'All year', sourceRef: 'own: 试', ...more}}) as const;

test('what a row alone cannot say is refused as soon as it is put, one by one and in a batch', async t => {
  const {life, put, draft, close} = await sharedLife();
  t.teardown(close);
  const change = await draft('calendars');
  t.deepEqual(await refusal(put(change, day('2026-02-30'))), ['CONTENT_DATE calendars/days china|2026-02-30 date']);
  t.deepEqual(await refusal(life.putMany(author, ref(change), [day('2026-04-31'), day('2026-12-30')])), ['CONTENT_DATE calendars/days china|2026-04-31 date']);
  t.deepEqual(await refusal(put(change, hours('18:00', '17:00'))), ['CONTENT_HOURS calendars/office-hours china|all-year|18:00 close']);
  t.deepEqual(await refusal(put(change, hours('29:00', '29:30'))), ['CONTENT_HOURS calendars/office-hours china|all-year|29:00 close']);
  t.deepEqual(await refusal(put(change, hours('18:00', '19:00', {seasonFrom: '02-30'}))), ['CONTENT_SEASON calendars/office-hours china|all-year|18:00 seasonFrom']);
  t.deepEqual(await refusal(put(change, {table: 'notices', op: 'modify', key: 'gb-2007-52', cells: {amends: 'gb-2007-52'}})), ['CONTENT_NOTICE_CIRCLE calendars/notices gb-2007-52 amends']);
  t.deepEqual(await refusal(put(change, {op: 'modify', key: 'china', cells: {baseCode: 'china'}})), ['CONTENT_CALENDAR_CIRCLE calendars/calendars china baseCode']);
  const {problems} = await life.preview(author, {catalogId: 'calendars', rows: [day('2026-02-30')]});
  t.true(problems.some(problem => problem.code === 'CATALOG_CONTENT_DATE'));
});

const submitted = test.macro({
  async exec(t, rows: Parameters<Awaited<ReturnType<typeof sharedLife>>['put']>[1][], expected: readonly string[]) {
    const {life, draft, close} = await sharedLife();
    t.teardown(close);
    const change = await draft('calendars', ...rows);
    t.deepEqual([...await refusal(life.submit(author, ref(change)))].sort(), [...expected].sort());
    t.is((await life.check(author, change.id)).version, null, 'the wizard says the same');
  },
  title: (title = '') => `handing in is refused: ${title}`,
});

test('a day in a year that is not listed', submitted, [day('2031-01-01')], ['CONTENT_YEAR_NOT_LISTED calendars/days china|2031-01-01 date']);
test('a year taken out of the middle', submitted, [{table: 'years', op: 'offShelf', key: 'china|2020'}], ['CONTENT_YEAR_GAP calendars/years china|2020 status', 'CONTENT_YEAR_NOT_LISTED calendars/years china|2020 status']);
test('a year listed by a base and by the calendar upon it', submitted, [{table: 'years', op: 'add', cells: {layer: 'xinjiang', year: '2026', yearStatus: 'published', sourceRef: 'own: 试'}}], ['CONTENT_YEAR_TWICE calendars/years xinjiang|2026 year']);
test('sessions that overlap', submitted, [hours('11:00', '12:30')], ['CONTENT_HOURS_OVERLAP calendars/office-hours china|all-year|11:00 open']);
test('a circle of bases', submitted, [{op: 'modify', key: 'china', cells: {baseCode: 'xinjiang'}}], ['CONTENT_CALENDAR_CIRCLE calendars/calendars china baseCode', 'CONTENT_CALENDAR_CIRCLE calendars/calendars xinjiang baseCode']);
test('notices that amend each other', submitted, [{table: 'notices', op: 'modify', key: 'gb-2006-49', cells: {amends: 'gb-2007-52'}}, {table: 'notices', op: 'modify', key: 'gb-2007-52', cells: {amends: 'gb-2006-49'}}], ['CONTENT_NOTICE_CIRCLE calendars/notices gb-2006-49 amends', 'CONTENT_NOTICE_CIRCLE calendars/notices gb-2007-52 amends']);

test('no calendar without an area', submitted, [{op: 'modify', key: 'china', cells: {areaCode: '650100'}}], ['CONTENT_CALENDAR_NATIONAL calendars/calendars china areaCode']);

test('a good day, year and session are published', async t => {
  const {life, draft, close} = await sharedLife();
  t.teardown(close);
  const change = await draft('calendars', day('2026-12-30'), {table: 'years', op: 'add', cells: {layer: 'china', year: '2028', yearStatus: 'provisional', sourceRef: 'own: 试'}}, day('2028-12-29'), hours('18:00', '19:00'));
  t.truthy((await life.check(author, change.id)).version);
});

test('a folder is refused with file, line and column', async t => {
  const bad = await editedSample('calendars', 'days', csv => csv.replace('china,2007-01-02,', 'china,2007-02-30,').replace(/^(china,2007-01-0[13].*)\n(china,2007-02-30.*)\n/m, '$1\n$2\n'));
  t.true((await publishedFolder(bad)).refused.includes('DATE calendars/data/days.csv:3 date'));
  const circle = await editedSample('calendars', 'calendars', csv => csv.replace('china,全国工作日历,National calendar,,,', 'china,全国工作日历,National calendar,,xinjiang,'));
  t.deepEqual((await publishedFolder(circle)).refused, ['CALENDAR_CIRCLE calendars/data/calendars.csv:2 baseCode', 'CALENDAR_CIRCLE calendars/data/calendars.csv:3 baseCode']);
});

test('a circle that is there all the same is recognised when a calendar is asked for, and not cut', async t => {
  const version = draftVersion(await editedSample('calendars', 'calendars', csv => csv.replace('National calendar,,,', 'National calendar,,xinjiang,')));
  const error = t.throws(() => calendarOf(version, ['650000']));
  t.true(isAppError(error, 'CATALOG_CONTENT_CALENDAR_CIRCLE'));
});
