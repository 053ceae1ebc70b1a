import test from 'ava';
import {createWorkingCalendar, parseMoment, type CalendarLayer, type OfficeSession, type WorkingCalendar} from '@banli/time';
import {nationalLayer} from '../../../platform/time/test/fixtures/notices.js';
import {approver, plansWorld} from './plans-world.js';

const winter: readonly OfficeSession[] = [{season: 'winter', from: '10-01', open: '10:00', close: '14:00'}, {season: 'winter', from: '10-01', open: '15:30', close: '19:30'}];

function summer(close: string, open = '16:00'): readonly OfficeSession[] {
  return [{season: 'summer', from: '05-01', open: '09:30', close: '13:30'}, {season: 'summer', from: '05-01', open, close}];
}

function calendarOf(sessions: readonly OfficeSession[], days: CalendarLayer['days'] = []): WorkingCalendar {
  const layer = nationalLayer();
  return createWorkingCalendar([{...layer, days: [...layer.days, ...days], sessions}]);
}

/** A case begun under the summer hours until 20:00, whose calendar another version takes the place of. */
async function worldOf(after: WorkingCalendar, start: string) {
  const world = await plansWorld(start);
  world.calendars.set('2026.1.0', calendarOf([...winter, ...summer('20:00')]));
  world.calendars.set('2026.9.0', after);
  world.publish('calendars', '2026.1.0');
  await world.happens('case-1', 'started');
  world.publish('calendars', '2026.9.0');
  await world.plans.round();
  const {id} = await world.newest('calendars');
  const [item] = (await world.plans.items(id, {after: '', limit: 10}));
  return {...world, id, item, why: item?.why.text};
}

test('other office hours move a due time and are said to be why, over the days that the clock runs, also in the line of the case', async t => {
  const world = await worldOf(calendarOf([...winter, ...summer('19:30')]), '2026-07-02 10:00');
  t.teardown(world.close);
  t.like((await world.items(world.id))[0], {before: '2026-07-09 20:00', after: '2026-07-09 19:30'});
  t.deepEqual(world.why, {
    'zh-CN': '工作日历 2026.9.0：2026-07-02 至 2026-07-09 办公时间由 09:30—13:30、16:00—20:00 改为 09:30—13:30、16:00—19:30',
    en: 'calendars 2026.9.0: office hours from 2026-07-02 to 2026-07-09 became 09:30—13:30 and 16:00—19:30 (were 09:30—13:30 and 16:00—20:00)',
  });
  await world.plans.approve(world.id, approver, '');
  await world.plans.round();
  t.is(await world.due('case-1'), '2026-07-09 19:30');
  t.regex(world.noted[0]?.text['zh-CN'] ?? '', /办公时间由/);
});

test('only the days of the season that changed are named; on a single day it says so', async t => {
  const ending = await worldOf(calendarOf([{season: 'winter', from: '10-01', open: '10:00', close: '14:00'}, {season: 'winter', from: '10-01', open: '15:30', close: '19:00'}, ...summer('20:00')]), '2026-09-28 10:00');
  t.teardown(ending.close);
  t.is(ending.why?.['zh-CN'], '工作日历 2026.9.0：2026-10-08 至 2026-10-10 办公时间由 10:00—14:00、15:30—19:30 改为 10:00—14:00、15:30—19:00');
  const single = await worldOf(calendarOf([...winter, ...summer('19:00').map(session => ({...session, from: '05-07'})), ...summer('20:00').map(session => ({...session, season: 'late', from: '05-08'})), ...summer('20:00')]), '2026-04-27 10:00');
  t.teardown(single.close);
  t.is(single.item?.afterAt, parseMoment('2026-05-07 19:00'));
  t.regex(single.why?.['zh-CN'] ?? '', /：2026-05-07 办公时间由/);
  t.regex(single.why?.en ?? '', /: office hours on 2026-05-07 became/);
});

test('a day that became a day off and other hours are both told, each in its place', async t => {
  const off = {date: '2026-07-06', kind: 'off', titleZh: '放假', titleEn: 'Off', status: 'published', sourceRef: '通知'} as const;
  const world = await worldOf(calendarOf([...winter, ...summer('19:30')], [off]), '2026-07-02 10:00');
  t.teardown(world.close);
  const hours = '办公时间由 09:30—13:30、16:00—20:00 改为 09:30—13:30、16:00—19:30';
  t.is(world.why?.['zh-CN'], `工作日历 2026.9.0：2026-07-02 至 2026-07-03 ${hours}，2026-07-06 改为休息日（通知），2026-07-07 至 2026-07-10 ${hours}`);
});
