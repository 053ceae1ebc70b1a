import test from 'ava';
import {choiceLabel, choicesUnder, filledText, localMatches, treeOf} from '../src/form/fields/choice-tree.js';
import type {Choice} from '../src/form/services.js';

const localize = (text: Partial<{'zh-CN': string}> | null | undefined): string => text?.['zh-CN'] ?? '';

function row(key: string, parentKey: string | null, path: string[], more: Partial<Choice> = {}): Choice {
  return {key, title: {'zh-CN': key}, parentKey, path, leaf: true, status: 'active', more: {}, ...more};
}

const rows = [
  row('order', null, [], {leaf: false}), row('order-leader', 'order', ['order']), row('order-safety', 'order', ['order'], {leaf: false}),
  row('order-safety-fire', 'order-safety', ['order', 'order-safety']), row('order-old', 'order', ['order'], {status: 'retired'}),
  row('event', null, [], {leaf: false}), row('event-sudden', 'event', ['event']),
];

test('a field may offer only what lies below one row, at any depth, and without that row', t => {
  const below = choicesUnder(rows, 'order');
  t.deepEqual(below.map(choice => choice.key), ['order-leader', 'order-safety', 'order-safety-fire', 'order-old']);
  t.deepEqual(treeOf(below, true, localize), [
    {value: 'order-leader', title: 'order-leader', selectable: true},
    {value: 'order-safety', title: 'order-safety', selectable: false, children: [{value: 'order-safety-fire', title: 'order-safety-fire', selectable: true}]},
  ]);
  t.deepEqual(localMatches(below, 'event', localize), []);
  t.is(choicesUnder(rows, undefined), rows);
  t.deepEqual(choicesUnder(rows, 'nowhere'), []);
});

test('titles there begin below that row', t => {
  const below = choicesUnder(rows, 'order');
  const label = (key: string) => choiceLabel(below.find(choice => choice.key === key) ?? row('', null, []), below, localize, '停用');
  t.is(label('order-leader'), 'order-leader');
  t.is(label('order-safety-fire'), 'order-safety / order-safety-fire');
  t.is(label('order-old'), 'order-old（停用）');
});

test('rows that lie below themselves end the search', t => {
  t.deepEqual(choicesUnder([row('a', 'b', []), row('b', 'a', [])], 'order'), []);
});

test('a text that a choice gives takes the place of none and of another row\'s, and goes behind what was typed', t => {
  const offered = ['反馈办理进展', '明确牵头单位。'];
  t.is(filledText(undefined, '反馈办理进展', offered), '反馈办理进展');
  t.is(filledText(' ', '反馈办理进展', offered), '反馈办理进展');
  t.is(filledText('明确牵头单位。', '反馈办理进展', offered), '反馈办理进展');
  t.is(filledText('请当面答复', '反馈办理进展', offered), '请当面答复；反馈办理进展');
  t.is(filledText('请当面答复', undefined, offered), '请当面答复', 'a row without a text takes nothing away');
});
