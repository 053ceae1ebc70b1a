import test from 'ava';
import {changeOfLead} from '../src/dispatch/rule-change.js';

const asked = {matterCode: '010101', areaCode: '650103', from: 'centre', to: 'shijian', matter: '商品质量', source: 'own: 退回'};
const rule = (more: Readonly<Record<string, string>>) => ({key: 'the row', values: {matterCode: '010101', areaCode: '650103', leadUnitId: 'centre', dutyZh: '调查', dutyEn: 'Examines', ...more}});
const added = {op: 'add', cells: {matterCode: '010101', areaCode: '650103', leadUnitId: 'shijian', dutyZh: '调查', dutyEn: 'Examines', sourceRef: 'own: 退回'}} as const;

test('a rule at this very matter and place is replaced', t => {
  t.deepEqual(changeOfLead(asked, rule({serviceObject: ''})), [{op: 'offShelf', key: 'the row'}, added]);
});

test('what the rule asks of orders the new one asks, too: no other orders change their lead', t => {
  t.deepEqual(changeOfLead(asked, rule({serviceObject: 'enterprise', channelCode: 'line-12315'})), [{op: 'offShelf', key: 'the row'}, {...added, cells: {...added.cells, serviceObject: 'enterprise', channelCode: 'line-12315'}}]);
});

test('a broader rule stays for the rest', t => {
  t.deepEqual(changeOfLead(asked, rule({matterCode: '01', natureCode: 'report'})), [{...added, cells: {...added.cells, natureCode: 'report'}}]);
  t.deepEqual(changeOfLead(asked, rule({areaCode: '650100'})), [added]);
});

test('without a rule the matter names the duty', t => {
  t.deepEqual(changeOfLead(asked, undefined), [{...added, cells: {...added.cells, dutyZh: '商品质量', dutyEn: '商品质量'}}]);
});
