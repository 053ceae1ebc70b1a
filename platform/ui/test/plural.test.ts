import test from 'ava';
import {createTexts} from '../src/i18n/texts.js';
import {formOf, plural} from '../src/i18n/plural.js';

const texts = createTexts({app: {
  zh: {orders: '{{count}} 件工单', gaps: '{{gaps}} 处缺口、{{overlaps}} 处重叠'},
  en: {orders: `{{count}} ${plural('count', 'order is', 'orders are')} open`, gaps: `{{gaps}} ${plural('gaps', 'gap', 'gaps')} and {{overlaps}} ${plural('overlaps', 'overlap', 'overlaps')}`},
}}, 'en');
const says = (key: string, values: Readonly<Record<string, number | string>>, lng = 'en') => texts.t(key, {ns: 'app', lng, ...values});

test('a word follows the number of its text, in English alone', t => {
  t.deepEqual([0, 1, 2, 21].map(count => says('orders', {count})), ['0 orders are open', '1 order is open', '2 orders are open', '21 orders are open']);
  t.is(says('orders', {count: 1}, 'zh-CN'), '1 件工单');
});

test('several numbers of one text have their own forms', t => {
  t.is(says('gaps', {gaps: 1, overlaps: 2}), '1 gap and 2 overlaps');
  t.is(says('gaps', {gaps: 2, overlaps: 1}), '2 gaps and 1 overlap');
});

test('what is no number takes the other form, and what has no forms stands as it is', t => {
  t.is(says('orders', {count: 'many'}), 'many orders are open');
  t.is(formOf('<b>'), '<b>');
  t.is(formOf(1, 'order'), '1');
});
