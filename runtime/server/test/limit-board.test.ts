import test from 'ava';
import type {BoardColumn, BoardGroup, BoardQuery} from '@banli/cases';
import {startOfDay, parseDate} from '@banli/time';
import {sampleService} from '../../catalogs/test/sample-service.js';
import {createLimitBoard} from '../src/limit-board.js';

const actor = {personId: 'p', personName: 'p', unitId: 'city', roles: [], requestId: 'r', address: ''};
const units = [{id: 'city', name: '市中心', titleEn: 'City', areaCode: '650100'}, {id: 'roads', name: '市政科', areaCode: '650102'}].map(unit => ({...unit, kind: 'centre', level: 2 as const, parentId: null, path: [unit.id], active: true}));
const zero = {overdue: 0, warning: 0, normal: 0, paused: 0, closed: 0, onTime: 0, lapsed: 0};

function group(keys: Partial<Record<BoardColumn, string | null>>, overdue: number): BoardGroup {
  return {...zero, overdue, keys};
}

/** A board over the sample catalogs, on 2026-03-02, whose cases are told by the test. */
async function setup(counted: readonly BoardGroup[]) {
  const {service, clock, store, close} = await sampleService();
  const asked: BoardQuery[] = [];
  const cases = {limitBoard: async (_: unknown, query: BoardQuery) => {
    asked.push(query);
    return {at: clock.now(), answer: counted};
  }};
  const board = createLimitBoard({cases, catalogs: service, clock, people: {unit: id => units.find(unit => unit.id === id) ?? null, units: () => units}});
  return {board, asked, store, service, clock, close};
}

test('areas fold onto those right below the reader\'s own; levels are those of the catalog, shown without a case too', async t => {
  const {board, close} = await setup([group({area_code: '650102004003'}, 1), group({area_code: '650102'}, 2), group({area_code: '650103'}, 4), group({area_code: '650100'}, 8), group({area_code: '650200'}, 16), group({area_code: 'nowhere'}, 32)]);
  const told = async (by: 'area' | 'level') => (await board.read(actor, {by})).rows.map(({key, title, overdue}) => [key, title['zh-CN'], overdue]);
  t.deepEqual(await told('area'), [['*', '其他地区', 16], ['650100', '乌鲁木齐市（本级）', 8], ['650103', '沙依巴克区', 4], ['650102', '天山区', 3], ['-', '未填写', 32]]);
  t.deepEqual(await told('level'), [['2', '地（州、市）', 24], ['3', '县（市、区）', 6], ['4', '乡镇（街道）', 0], ['5', '村（社区）', 1], ['-', '未填写', 32]]);
  t.is((await board.read(actor, {by: 'area'})).total.overdue, 63);
  await close();
});

test('units, branches, urgencies and industries are called what they are called today; what nobody knows is told apart', async t => {
  const {board, close} = await setup([group({lead_unit_id: 'roads', matter: '010101', urgency: 'normal', industry: null}, 1), group({lead_unit_id: null, matter: '010102', urgency: 'major', industry: '01'}, 2), group({lead_unit_id: null, matter: null, urgency: null, industry: null}, 4)]);
  const told = async (by: 'unit' | 'matter' | 'urgency' | 'industry') => (await board.read(actor, {by})).rows.map(({key, title, overdue}) => `${key} ${title['zh-CN']} ${overdue}`);
  t.deepEqual(await told('unit'), ['roads 市政科 1', '- 未派单 6']);
  t.deepEqual(await told('matter'), ['01 市场监管 3', '- 未填写 4']);
  t.deepEqual(await told('urgency'), ['major 重大 2', 'normal 普通 1', '- 未填写 4'], 'the most urgent first');
  t.deepEqual((await told('industry')).map(row => row.split(' ').filter((_, place) => place !== 1).join(' ')), ['A 2', 'F 1', '- 4']);
  await close();
});

test('a row narrows the search by all that it counts', async t => {
  const {board, close} = await setup([]);
  const {filter, title} = await board.filterOf(actor, 'area:650102');
  t.is(title['zh-CN'], '天山区');
  t.true(['650102', '650102004', '650102004003'].every(code => filter.columns[0]?.values.includes(code)));
  t.false(filter.columns[0]?.values.includes('650100'));
  t.false(filter.rest);
  const matter = await board.filterOf(actor, 'matter:01');
  t.true(matter.filter.columns[0]?.values.includes('010101'));
  const none = await board.filterOf(actor, 'unit:-');
  t.deepEqual([none.filter, none.title['zh-CN']], [{columns: [{column: 'lead_unit_id', values: ['city', 'roads']}], rest: true}, '未派单']);
  t.deepEqual((await board.filterOf(actor, 'unit:nobody')).filter, {columns: [{column: 'lead_unit_id', values: []}], rest: false});
  const industry = await board.filterOf(actor, 'industry:F');
  t.deepEqual(industry.filter.columns.map(({column}) => column), ['industry', 'matter']);
  t.true(industry.filter.columns[1]?.values.includes('010101'));
  await close();
});

test('the period is this month unless it is given, its last day counts whole, and what is none is refused', async t => {
  const {board, asked, close} = await setup([]);
  t.like(await board.read(actor, {by: 'unit'}), {from: '2026-03-01', to: '2026-03-02'});
  t.like(await board.read(actor, {by: 'unit', from: '2026-01-01', to: '2026-01-31'}), {from: '2026-01-01', to: '2026-01-31'});
  t.deepEqual([asked[1]?.from, asked[1]?.to], [startOfDay(parseDate('2026-01-01')), startOfDay(parseDate('2026-02-01'))]);
  t.like(await board.read(actor, {by: 'unit', to: '2025-12-20'}), {from: '2025-12-01', to: '2025-12-20'});
  for (const period of [{from: '2026-02-30'}, {from: '2026-03-02', to: '2026-03-01'}, {from: '2027-01-01'}, {to: '2026-13-01'}]) await t.throwsAsync(board.read(actor, {by: 'unit', ...period}), {code: 'LIMIT_BOARD_PERIOD'});
  await close();
});

test('a matter that is renamed, or filed elsewhere, is counted so at once', async t => {
  const {clock, close} = await setup([]);
  const matters = [{code: '01', titleZh: '市场监管'}, {code: '02', titleZh: '城市管理'}, {code: '0101', parentCode: '01', titleZh: '商品'}];
  const board = createLimitBoard({cases: {limitBoard: async () => ({at: clock.now() - 4_000, answer: [group({matter: '0101'}, 1)]})}, catalogs: {rows: async () => matters}, clock, people: {unit: () => null, units: () => []}});
  const titles = async () => (await board.read(actor, {by: 'matter'})).rows.map(({title}) => title['zh-CN']);
  t.deepEqual(await titles(), ['市场监管']);
  matters[0] = {code: '01', titleZh: '市场监督管理'};
  t.deepEqual(await titles(), ['市场监督管理']);
  matters[2] = {code: '0101', parentCode: '02', titleZh: '商品'};
  t.deepEqual(await titles(), ['城市管理']);
  t.is((await board.read(actor, {by: 'matter'})).at, clock.now() - 4_000, 'as of when it was counted');
  await close();
});
