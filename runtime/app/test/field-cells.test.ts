import test from 'ava';
import {cellsFor, changedCells, missingCells, nameFrom, optionsOf, orderAt, shownFields, shownTitle, type ListedField} from '../src/catalogs/field-cells.js';

function field(column: string, order: string, more: Partial<ListedField> = {}): ListedField {
  return {key: `t|${column}`, table: 't', column, title: {'zh-CN': column}, values: {order}, words: {}, isOwn: false, isProposed: false, uses: [], filled: 0, rows: 0, pending: [], ...more};
}

const pending = (changeId: string, order: string) => ({changeId, title: changeId, state: 'editing' as const, op: 'modify' as const, authorName: '甲', after: {order}});

test('columns stand as the chosen set puts them, those of other sets are told', t => {
  const fields = [field('a', '1000'), field('b', '2000', {pending: [pending('s', '500')]}), field('c', '3000', {isProposed: true, pending: [pending('x', '3000')]}), {...field('z', '1'), table: 'other'}];
  t.deepEqual(shownFields(fields, 't', 's').map(each => [each.column, each.op, each.isElsewhere]), [['b', 'modify', false], ['a', null, false], ['c', null, true]]);
  t.deepEqual(shownFields(fields, 't', '').map(each => each.column), ['a', 'b', 'c']);
});

test('a column is put between others, first or last; where it is already nothing changes', t => {
  const shown = shownFields([field('a', '1000'), field('b', '2000'), field('c', '3000')], 't', '');
  t.is(orderAt(shown, 't|c', 1), '1500');
  t.is(orderAt(shown, 't|c', 0), '0');
  t.is(orderAt(shown, 't|a', 2), '4000');
  t.is(orderAt(shown, 't|a', 99), '4000');
  t.is(orderAt(shown, 't|a', 0), null);
  t.is(orderAt(shown, 't|none', 0), null);
});

test('a field is called in both languages by what is proposed for it', t => {
  t.deepEqual(shownTitle({column: 'kind', cells: {titleZh: '时限种类', titleEn: 'Kind'}}), {'zh-CN': '时限种类', en: 'Kind'});
  t.deepEqual(shownTitle({column: 'kind', cells: {}}), {'zh-CN': 'kind'});
});

test('a name is made of an English title', t => {
  t.is(nameFrom('Level of risk'), 'levelOfRisk');
  t.is(nameFrom(' 2nd Name '), 'ndName');
  t.is(nameFrom('中文'), '');
});

test('only the cells of the type are sent, and what is gone is emptied', t => {
  const cells = cellsFor({table: 't', column: 'x', type: 'choice', titleZh: ' 级别 ', titleEn: 'Level', required: 'no', maxLength: '200', reference: 'a/a/code'}, [{value: 'low', zh: '低', en: 'Low'}]);
  t.deepEqual(cells, {table: 't', column: 'x', type: 'choice', titleZh: '级别', titleEn: 'Level', required: 'no', 'option.low': '低', 'optionEn.low': 'Low'});
  t.deepEqual(optionsOf(cells), [{value: 'low', zh: '低', en: 'Low'}]);
  t.deepEqual(changedCells({...cells, order: '1', maxLength: '5'}, {...cells, titleZh: '档次'}), {maxLength: null, titleZh: '档次'});
});

test('what has to be filled in is told before it is sent', t => {
  t.deepEqual(missingCells({type: 'text', titleZh: '甲'}, []), ['titleEn', 'column', 'maxLength']);
  t.deepEqual(missingCells({type: 'choice', titleZh: '甲', titleEn: 'A', column: 'a'}, [{value: 'a', zh: '', en: 'A'}]), ['options']);
  t.deepEqual(missingCells({type: 'reference', titleZh: '甲', titleEn: 'A', column: 'a'}, []), ['reference']);
});
