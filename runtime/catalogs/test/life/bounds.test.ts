import test from 'ava';
import type {RowInput} from '../../src/index.js';
import {placed, refusal, reviewer, sampleLife, wordsLife} from './setup.js';

const table = '.fields';

function bound(key: string, cells: Readonly<Record<string, string | null>>): RowInput {
  return {table, op: 'modify', key, cells};
}

test('what lower levels may make of a column is proposed, told, published and brought back', async t => {
  const {life, draft, pass, publish, close} = await sampleLife();
  const change = await draft('limits', bound('limits|warnBefore', {below: null}), bound('limits|ladderCode', {below: 'free'}));
  const {diff} = await life.open(reviewer, change.id);
  const labels = await life.labels('limits', change.id);
  t.deepEqual(diff.map(row => [row.key, row.cells.map(cell => [cell.column, cell.before, cell.after])]), [['limits|ladderCode', [['below', null, 'free']]], ['limits|warnBefore', [['below', 'free', null]]]]);
  t.deepEqual([labels.cell(table, 'below', 'free'), labels.column(table, 'below'), labels.cell(table, 'belowWith', 'unit')].map(text => text?.['zh-CN']), ['可自行填写', '下级调整', '时限单位']);
  await publish(await pass(change));
  const fields = (await life.fields('limits')).fields.filter(field => field.table === 'limits' && field.uses.includes('below')).map(field => field.column);
  t.deepEqual(fields, ['value', 'unit', 'warnReceivers', 'ladderCode', 'sourceRef']);
  t.like((await life.timeline('limits', {limit: 1})).entries[0]?.changed, {fields: 2, modified: 0, settings: 0});
  t.deepEqual((await life.rowHistory({catalogId: 'limits', table, key: 'limits|warnBefore', limit: 5})).entries[0]?.diff.cells, [{column: 'below', before: 'free', after: null}]);
  const back = await life.rollBack(reviewer, {catalogId: 'limits', version: '2026.3.4', title: '恢复'});
  t.deepEqual((await life.open(reviewer, back.id)).diff.map(row => row.cells.map(cell => `${row.key} ${cell.before ?? ''}>${cell.after ?? ''}`)).flat().toSorted(), ['limits|ladderCode free>', 'limits|warnBefore >free']);
  await close();
});

test('a bound that its column cannot have is refused at its cell', async t => {
  const {draft, put, close} = await sampleLife();
  const change = await draft('limits');
  const refused = (key: string, cells: Readonly<Record<string, string | null>>) => refusal(put(change, bound(key, cells)));
  t.deepEqual(await refused('limits|groupCode', {below: 'free'}), ['BOUND_FIXED limits/.fields limits|groupCode below']);
  t.deepEqual(await refused('limits|sourceRef', {below: 'notLonger', belowWith: 'ladderCode'}), ['BOUND_LIMIT limits/.fields limits|sourceRef below']);
  t.deepEqual(await refused('limits|value', {belowWith: null}), ['BOUND_LIMIT limits/.fields limits|value below']);
  t.deepEqual(await refused('limits|unit', {below: 'free'}), ['BOUND_TWICE limits/.fields limits|unit below']);
  t.deepEqual(await refused('limits|ladderCode', {below: 'notLower', belowOrder: 'a,b'}), ['BOUND_ORDER limits/.fields limits|ladderCode belowOrder']);
  t.deepEqual(await refused('limits|ladderCode', {below: 'extend'}), ['BOUND_TEXT limits/.fields limits|ladderCode below']);
  t.deepEqual(await refused('limits|ladderCode', {below: 'ownUnit'}), ['BOUND_UNITS limits/.fields limits|ladderCode below']);
  t.deepEqual(await refused('limits|ladderCode', {below: 'longer'}), ['BOUND_UNKNOWN limits/.fields limits|ladderCode below']);
  t.deepEqual(await refused('limits|ladderCode', {belowWith: 'unit'}), ['BOUND_UNKNOWN limits/.fields limits|ladderCode below']);
  t.deepEqual(await refused('limits|ladderCode', {below: 'free', belowWith: 'unit'}), ['BOUND_TWICE limits/.fields limits|ladderCode belowWith']);
  t.deepEqual(await refused('limits|ladderCode', {below: 'free', belowWith: 'colour'}), ['BOUND_COLUMN limits/.fields limits|ladderCode belowWith']);
  t.deepEqual(await refused('limits|sourceRef', {below: 'extend', belowWith: 'ladderCode'}), ['BOUND_SINGLE limits/.fields limits|sourceRef belowWith']);
  t.deepEqual(await refused('limits|status', {below: 'free'}), ['BOUND_STATUS limits/.fields limits|status below']);
  await close();
});

test('an own column is bound as any other, and not retired while it is', async t => {
  const {life, draft, put, pass, publish, close} = await wordsLife();
  const grade = {type: 'choice', 'option.low': '低', 'optionEn.low': 'Low', 'option.high': '高', 'optionEn.high': 'High'};
  const change = await draft('words', {table, op: 'add', cells: {table: 'words', column: 'grade', titleZh: '等级', titleEn: 'Grade', ...grade, below: 'notLower', belowOrder: 'low,high'}});
  t.is((await life.labels('words', change.id)).cell(table, 'belowOrder', 'low,high')?.['zh-CN'], '低 → 高');
  await publish(await pass(change));
  const next = await draft('words');
  t.deepEqual(await refusal(put(next, {table, op: 'offShelf', key: 'words|grade'})), ['BOUND_RETIRED words/.fields words|grade status']);
  const locked = await put(next, bound('words|grade', {below: null, belowOrder: null}));
  const [row] = (await life.open(reviewer, locked.id)).diff;
  t.deepEqual(row?.cells.map(cell => cell.column), ['below', 'belowOrder']);
  t.deepEqual((await life.open(reviewer, locked.id)).problems.map(placed), []);
  await close();
});
