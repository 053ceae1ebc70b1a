import test from 'ava';
import {isLadderTable, receiversReference, rungChanges, rungFaults, rungsOf, type Rung, type RungRow} from '../src/catalogs/ladder-rungs.js';
import type {TableForm} from '../src/catalogs/use-catalog-form.js';

const column = {title: {'zh-CN': ''}, isRequired: true, pattern: null, maxLength: null, options: [], type: 'text' as const, format: null, isOwn: false, isRetired: false, order: 0, reference: null, isFixed: false};
const table: TableForm = {name: 'ladders', title: {'zh-CN': '超期升级'}, key: ['ladderCode', 'step'], parent: null, maintainer: null, columns: ['ladderCode', 'step', 'after', 'titleZh', 'titleEn', 'status', 'sourceRef'].map(name => ({...column, name}))};

function row(step: string, after: string, status = 'active'): RungRow {
  return {key: `supervise|${step}`, values: {ladderCode: 'supervise', step, after, titleZh: `措施${step}`, titleEn: `Measure ${step}`, status, sourceRef: 'own: 试'}};
}

const rung = (amount: string, unit: Rung['unit'] = 'H'): Rung => ({amount, unit, titleZh: '措施', titleEn: 'Measure', receivers: '', sourceRef: 'own: 试'});

test('a ladder is told by its columns', t => {
  t.true(isLadderTable(table));
  t.false(isLadderTable({...table, key: ['ladderCode']}));
  t.false(isLadderTable({...table, columns: table.columns.filter(each => each.name !== 'after')}));
});

test('rungs are read in their order, a moment of the lapse as no time after it; retired ones are left out', t => {
  t.deepEqual(rungsOf([row('2', 'P1D'), row('1', 'PT0S'), row('3', 'PT30M', 'retired')]).map(({amount, unit, titleZh}) => [amount, unit, titleZh]), [['0', 'H', '措施1'], ['1', 'D', '措施2']]);
});

test('what is no number, goes back in time or says nothing is told at its rung', t => {
  t.deepEqual(rungFaults([rung('0'), rung('24'), rung('1', 'D')]), []);
  t.deepEqual(rungFaults([rung('24'), rung('90', 'M')]), [{index: 1, input: 'amount', key: 'ladder.order'}]);
  t.deepEqual(rungFaults([rung('一天')]), [{index: 0, input: 'amount', key: 'ladder.amount'}]);
  t.deepEqual(rungFaults([{...rung('0'), titleZh: ' ', sourceRef: ''}]).map(({input, key}) => [input, key]), [['titleZh', 'cell.missing'], ['sourceRef', 'cell.missing']]);
});

test('rungs become rows of the same cells: what stays is not sent, what comes is added, what is left over goes out of use', t => {
  const rows = [row('1', 'PT0S'), row('2', 'PT24H')];
  t.deepEqual(rungChanges(table, 'supervise', rows, rungsOf(rows)), []);
  const [first, second] = rungsOf(rows);
  if (!first || !second) return t.fail();
  t.deepEqual(rungChanges(table, 'supervise', rows, [first, {...second, amount: '2', unit: 'D'}, rung('3', 'D')]), [
    {table: 'ladders', op: 'modify', key: 'supervise|2', cells: {after: 'P2D'}},
    {table: 'ladders', op: 'add', cells: {ladderCode: 'supervise', step: '3', after: 'P3D', titleZh: '措施', titleEn: 'Measure', sourceRef: 'own: 试'}},
  ]);
  t.deepEqual(rungChanges(table, 'supervise', rows, [first]), [{table: 'ladders', op: 'offShelf', key: 'supervise|2'}]);
  t.deepEqual(rungChanges(table, 'supervise', [row('1', 'PT0S'), row('2', 'PT24H', 'retired')], [first, second]), [{table: 'ladders', op: 'restore', key: 'supervise|2', cells: {}}]);
});

test('receivers are a cell of the rung where the table has them: picked, changed and taken away', t => {
  const told: TableForm = {...table, columns: [...table.columns, {...column, name: 'receivers', isRequired: false, reference: {catalog: 'limits', table: 'receivers', except: [], leaf: false, elsewhere: false, list: true}}]};
  const first = row('1', 'PT0S');
  const rows = [{...first, values: {...first.values, receivers: 'responsible,upper-unit'}}, row('2', 'PT24H')];
  const [one, two] = rungsOf(rows);
  if (!one || !two) return t.fail();
  t.deepEqual([one.receivers, two.receivers], ['responsible,upper-unit', '']);
  t.deepEqual(rungChanges(told, 'supervise', rows, [one, two]), []);
  t.deepEqual(rungChanges(told, 'supervise', rows, [{...one, receivers: ''}, {...two, receivers: 'next-level'}]), [
    {table: 'ladders', op: 'modify', key: 'supervise|1', cells: {receivers: ''}}, {table: 'ladders', op: 'modify', key: 'supervise|2', cells: {receivers: 'next-level'}},
  ]);
  t.deepEqual(rungChanges(told, 'quick', [], [{...one, receivers: 'next-level'}]).map(({cells}) => cells?.['receivers']), ['next-level']);
  t.is(receiversReference(table), null);
});
