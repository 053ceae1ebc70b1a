import test from 'ava';
import {ApiError} from '@banli/api';
import {subjectOf} from '../src/registration/item-forms.js';
import {problemsByItem} from '../src/registration/problems-by-item.js';
import {copyItem, meaningOf, withShared, type StartForm} from '../src/registration/start-form.js';

const start: StartForm = {
  hash: 'h',
  title: {'zh-CN': '登记'},
  schema: {type: 'object', properties: {title: {type: 'string'}, matter: {type: 'string'}, phone: {type: 'string'}, urgency: {type: 'string'}, files: {type: 'array', 'x-component': 'FileUpload'}}},
  access: {},
  values: {urgency: 'normal'},
  sharedFields: ['phone'],
  caseFields: {title: 'title', matter: 'matter'},
  outcomes: [],
};

test('a copy keeps the call and leaves out what makes it another matter', t => {
  t.deepEqual(copyItem(start, {title: '甲', matter: '01', phone: '138', urgency: 'urgent', files: ['f'], content: '内容'}), {phone: '138', urgency: 'urgent', content: '内容'});
});

test('the person is shared by all orders of a call, also when cleared', t => {
  t.deepEqual(withShared(start, {phone: '139', title: '甲'}, {phone: '138', title: '乙'}), {phone: '139', title: '乙'});
  t.deepEqual(withShared(start, {title: '甲'}, {phone: '138', title: '乙'}), {title: '乙'});
});

test('a meaning that the server does not tell is the field of that name, if there is one', t => {
  t.is(meaningOf(start, 'urgency'), 'urgency');
  t.is(meaningOf(start, 'area'), null);
});

test('problems of a refused call belong to their orders', t => {
  const error = new ApiError(422, {
    code: 'CASE_INPUT',
    message: 'm',
    messageZh: '中',
    details: {},
    requestId: 'r',
    problems: [
      {code: 'A', message: 'a', messageZh: '甲', place: {field: 'phone'}},
      {code: 'B', message: 'b', messageZh: '乙', place: {field: 'matter', element: 'items.1'}},
      {code: 'C', message: 'c', place: {}},
    ],
  });
  t.deepEqual([...problemsByItem(error, 'zh-CN', new Set(['phone', 'matter']))], [[0, {phone: '甲'}], [1, {matter: '乙'}]]);
  t.is(problemsByItem(new Error('x'), 'zh-CN', new Set()).size, 0);
});

test('a form depends on matter and channel only where the server says so; a copy leaves out what the class asked', t => {
  const byClass: StartForm = {...start, byClass: true, caseFields: {...start.caseFields, channel: 'channel'}};
  t.deepEqual(subjectOf(start, {matter: '01'}), {});
  t.deepEqual(subjectOf(byClass, {matter: '01', channel: ''}), {matter: '01'});
  t.deepEqual(subjectOf(byClass, {channel: 'phone'}), {channel: 'phone'});
  const asked: StartForm = {...byClass, schema: {...byClass.schema, properties: {...(byClass.schema['properties'] as object), el_shop: {type: 'string'}}}};
  t.deepEqual(copyItem(byClass, {phone: '138', el_shop: '某店'}, asked), {urgency: 'normal', phone: '138'});
});
