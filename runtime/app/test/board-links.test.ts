import test from 'ava';
import {listAddress, pendingOf, rateOf} from '../src/limits/board-links.js';
import {askedFilters, periodOf, readFilters} from '../src/search/filter-values.js';

const counts = {overdue: 1, warning: 2, normal: 3, paused: 4, closed: 0, onTime: 0, lapsed: 0};
const period = {from: '2026-03-01', to: '2026-03-31'};

test('a rate is cut, so that 100% means all, and there is none without a closed case', t => {
  t.is(pendingOf(counts), 10);
  t.is(rateOf(counts), null);
  t.is(rateOf({...counts, closed: 3, onTime: 2}), '66.6%');
  t.is(rateOf({...counts, closed: 10_000, onTime: 9_999}), '99.9%');
  t.is(rateOf({...counts, closed: 2, onTime: 2}), '100%');
});

test('every number leads to the search of exactly its cases', t => {
  const asked = (address: string) => askedFilters(readFilters(new URL(address, 'http://here').searchParams));
  const [from, to] = [Date.parse('2026-03-01T00:00+08:00'), Date.parse('2026-04-01T00:00+08:00')];
  t.deepEqual(asked(listAddress('pending', period, 'unit')), {due: 'timed'});
  t.deepEqual(asked(listAddress('overdue', period, 'area', '650102')), {due: 'overdue', group: 'area:650102'});
  t.deepEqual(asked(listAddress('closed', period, 'unit', '-')), {closed: {from, to, inTime: false}, group: 'unit:-'});
  t.deepEqual(asked(listAddress('onTime', period, 'area', '*')), {closed: {from, to, inTime: true}, group: 'area:*'});
  t.deepEqual(asked(listAddress('lapsed', period, 'unit')), {lapsed: {from, to}});
});

test('an address with nonsense for a period or a state narrows by neither', t => {
  t.is(periodOf('2026-03-01'), null);
  t.is(periodOf('2026-03-01_2026-02-30'), null);
  t.deepEqual(askedFilters(readFilters(new URLSearchParams('closed=x_y&due=late&lapsed=2026-03-01_2026-03-02_2026-03-03'))), {});
});
