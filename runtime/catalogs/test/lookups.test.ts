import test from 'ava';
import {dayOf, formatDate, formatLimit, formatMoment, parseDate, parseMoment, weekdayOf} from '@banli/time';
import {notices} from '../../../platform/time/test/fixtures/notices.js';
import {changedSample, readOnlyService, sampleService, shippedVersion} from './sample-service.js';

/** The twelve matters to begin with: code, title, urgency, respond, resolve. */
const firstMatters: ReadonlyArray<readonly [string, string, string, string, string]> = [
  ['010101', '商品质量投诉', 'normal', '1 个工作日', '5 个工作日'],
  ['020101', '占道经营', 'normal', '1 个工作日', '3 个工作日'],
  ['020201', '夜间施工噪声', 'urgent', '2 小时', '24 小时'],
  ['030101', '物业服务纠纷', 'normal', '1 个工作日', '5 个工作日'],
  ['030201', '供暖不热', 'urgent', '2 小时', '24 小时'],
  ['040101', '拖欠工资', 'urgent', '1 个工作日', '3 个工作日'],
  ['040201', '养老待遇核算咨询', 'normal', '1 个工作日', '2 个工作日'],
  ['050101', '旅游合同纠纷', 'normal', '24 小时', '72 小时'],
  ['050201', '游客滞留、安全威胁', 'urgent', '4 小时', '24 小时'],
  ['050301', '旅游线路咨询', 'normal', '4 小时', '48 小时'],
  ['060101', '医疗服务纠纷', 'urgent', '2 小时', '24 小时'],
  ['070101', '涉企 A 级诉求', 'grade-a', '2 小时', '3 个工作日'],
];

test('the twelve matters have their titles, urgency and limits', async t => {
  const {service, at, close} = await readOnlyService();
  for (const [key, title, urgency, respond, resolve] of firstMatters) {
    const row = await service.row('matters', key, at);
    t.deepEqual([row.title['zh-CN'], row.values['urgencyCode']], [title, urgency]);
    const limits = await Promise.all((['respond', 'resolve'] as const).map(kind => service.limit({matterCode: key, urgency, kind, at})));
    t.deepEqual(limits.map(found => formatLimit(found.limit, 'zh-CN')), [respond, resolve], key);
  }
  t.is((await service.limit({matterCode: '060101', urgency: 'urgent', kind: 'resolve', at})).warnBeforeMs, 6 * 3_600_000);
  t.is((await service.limit({matterCode: '070101', urgency: 'grade-a', kind: 'respond', at})).warnBeforeMs, 3_600_000);
  await close();
});

test('a group without a row falls back to the general one; an unknown urgency has no limit', async t => {
  const {service, at, close} = await readOnlyService();
  t.is((await service.limit({matterCode: '020101', urgency: 'grade-a', kind: 'resolve', at})).row, 'general|grade-a|resolve');
  await t.throwsAsync(service.limit({matterCode: '020101', urgency: 'whenever', kind: 'respond', at}), {code: 'CATALOG_LIMIT_MISSING'});
  await close();
});

test('the national layer equals the notices on every day of 2025 and 2026', async t => {
  const {service, at, close} = await sampleService();
  const source = await changedSample('calendars', '2026.9.0', csv => csv.replace('Xinjiang calendar,650000', 'Xinjiang calendar,653100'));
  await service.publish([source], 'tests');
  const {calendar} = await service.calendar('650100', at);
  t.is(calendar.id, 'china');
  for (let day = parseDate('2025-01-01'); day <= parseDate('2026-12-31'); day += 1) {
    const date = formatDate(day);
    const off = notices.some(notice => date >= notice.off[0] && date <= notice.off[1]);
    t.is(calendar.isWorkingDay(day), notices.some(notice => notice.work.includes(date)) || (!off && weekdayOf(day) <= 5), date);
  }
  await close();
});

test('Xinjiang has its own holidays and office hours', async t => {
  const {service, at, close} = await readOnlyService();
  const {calendar, version} = await service.calendar('650102004003', at);
  t.is(version, shippedVersion('calendars'));
  t.is(calendar.id, 'xinjiang');
  t.like(calendar.day(parseDate('2025-06-09')), {working: false, titleZh: '古尔邦节', provisional: false});
  t.like(calendar.day(parseDate('2026-05-27')), {working: false, titleZh: '古尔邦节', provisional: false});
  t.like(calendar.day(parseDate('2027-05-17')), {working: false, titleZh: '古尔邦节', provisional: true});
  t.is(formatMoment(calendar.closeOf(calendar.addWorkingDays(dayOf(parseMoment('2026-02-12 11:00')), 5))), '2026-02-26 19:30');
  t.is(formatMoment(calendar.closeOf(parseDate('2026-07-01'))), '2026-07-01 20:00');
  t.throws(() => calendar.isWorkingDay(parseDate('2028-01-03')), {code: 'TIME_CALENDAR_NOT_PUBLISHED'});
  t.is((await service.calendar('650102004999', at)).calendar.id, 'xinjiang');
  t.is((await service.calendar('110000', at)).calendar.id, 'china');
  t.is((await service.calendar('', at)).calendar.id, 'china');
  await close();
});

const finds = test.macro({
  async exec(t, text: string, first: string) {
    const {service, at, close} = await readOnlyService();
    const found = await service.searchMatters(text, at, 5);
    t.is(found[0]?.choice.key, first, found.map(match => match.choice.title['zh-CN']).join());
    t.truthy(found[0]?.why['zh-CN']);
    await close();
  },
  title: (_title, text: string) => `“${text}” finds the matter`,
});

test(finds, '020101', '020101');
test(finds, '占道', '020101');
test(finds, '暖气不热', '030201');
test(finds, '楼下工地半夜施工吵得睡不着', '020201');
test(finds, '老板欠薪三个月了', '040101');
test(finds, '拖欠 工资', '040101');
test(finds, '退休金', '040201');
test(finds, 'ktv', '050401');
test(finds, '旅行社退团不退钱', '050101');

test('a search gives leaves only, keeps to its number, and nothing for blanks', async t => {
  const {service, at, close} = await readOnlyService();
  const prefix = await service.searchMatters('02', at, 3);
  t.deepEqual(prefix.map(match => match.choice.key), ['020101', '020102', '020103']);
  t.deepEqual(prefix[0]?.choice.path, ['城市管理', '市容秩序']);
  t.deepEqual(await service.searchMatters('  ', at, 5), []);
  t.deepEqual(await service.searchMatters('zzzz', at, 5), []);
  await close();
});

test('an unknown key keeps its text as title', async t => {
  const {service, at, close} = await readOnlyService();
  t.is(await service.title('natures', 'consult', at), '咨询');
  t.is(await service.title('natures', 'gone', at), 'gone');
  t.is(await service.title('no-catalog', 'x', at), 'x');
  t.is((await service.checkRow('return-reasons', 'not-our-duty', at)).title, '不属于本单位职责');
  await t.throwsAsync(service.checkRow('matters', '01', at), {code: 'CATALOG_MATTER_NOT_LEAF'});
  await close();
});

test('a row of a matrix or relation is named by the titles of what its key points to', async t => {
  const {service, at, close} = await readOnlyService();
  t.deepEqual(await service.rowTitle('limits', 'city|normal|resolve', at), {'zh-CN': '城市管理·普通', en: 'City management · Ordinary'});
  const units = (key: string) => (key === 'u650103-shijian' ? '沙依巴克区市场监管局' : null);
  t.is((await service.rowTitle('responsibility', '01|650100|u650103-shijian', at, units))?.['zh-CN'], '市场监管·乌鲁木齐市·沙依巴克区市场监管局');
  t.is((await service.rowTitle('responsibility', '01|650100|u650103-shijian', at, () => ({'zh-CN': '市场监管局', en: 'Market Bureau'})))?.en?.split(' · ').at(-1), 'Market Bureau');
  t.is((await service.rowTitle('responsibility', '01|650100|u-gone', at, units))?.['zh-CN'], '市场监管·乌鲁木齐市·u-gone');
  t.is(await service.rowTitle('limits', 'city', at), null);
  t.is(await service.rowTitle('no-such-list', 'a|b', at), null);
  t.is(await service.rowTitle('limits', 'x|y|z', at), null);
  await close();
});

test('elements are given as of a moment without retired rows, branches from the inside out; nonsense has none', async t => {
  const {service, at, close} = await readOnlyService();
  t.deepEqual(await service.branches('matters', '010101', at), ['010101', '0101', '01']);
  t.deepEqual(await service.branches('matters', 'nonsense', at), []);
  t.deepEqual(await service.branches('nowhere', '01', at), []);
  const tables = await service.elements('elements', at);
  t.true((tables?.uses ?? []).some(use => use['matterCode'] === '0101' && use['elementCode'] === 'shop-name'));
  t.false((tables?.elements ?? []).some(row => row['status'] === 'retired'));
  t.is(await service.elements('nowhere', at), null);
  t.is(await service.elements('elements', 0), null);
  await close();
});

test('who requires an element is known by its code', async t => {
  const {service, close} = await readOnlyService();
  const {elements = {}, ...others} = await service.requiredElements();
  t.deepEqual(Object.keys(others), []);
  t.true(elements['amount']?.includes('040101'));
  t.true(elements['subject-name']?.includes('subject-phone'), 'by a link');
  t.is(elements['brand-model'], undefined);
  await close();
});

test('a row is told in both languages by its own title, else by what its key names', async t => {
  const {service, at, close} = await readOnlyService();
  t.deepEqual(await service.rowTitle('matters', '010101', at), {'zh-CN': '商品质量投诉', en: (await service.row('matters', '010101', at)).title.en});
  t.is((await service.rowTitle('urgency', 'normal', at))?.['zh-CN'], '普通');
  t.is(await service.rowTitle('matters', '999999', at), null);
  t.is(await service.rowTitle('nothing', '1', at), null);
  await close();
});
