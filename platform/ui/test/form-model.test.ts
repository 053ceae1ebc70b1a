import test from 'ava';
import {Schema} from '@formily/json-schema';
import type {FormSchema} from '@banli/formats';
import {createFormModel} from '../src/form/form-model.js';
import {uiZh} from '../src/i18n/zh-cn.js';

const schema: FormSchema = {
  type: 'object',
  'x-banli-form': {id: 'f', title: {'zh-CN': '表单'}},
  properties: {
    count: {type: 'integer', title: '数量', 'x-banli': {id: 'c'}},
    twice: {type: 'number', title: '两倍', 'x-banli': {id: 't', compute: 'form.count * 2'}},
    opinion: {type: 'string', title: '意见', 'x-banli': {id: 'o', visibleWhen: 'form.count > 1'}},
  },
};

function setup(values: Record<string, unknown> = {}) {
  const typed: unknown[] = [];
  const model = createFormModel({id: 'm', schema, access: {count: 'edit', twice: 'read', opinion: 'edit'}, values, context: {}, tools: () => ({language: 'zh-CN', t: key => uiZh[key]}), onInput: next => typed.push(next)});
  return {model, typed};
}

test('a script expression in a schema is refused instead of run', t => {
  setup();
  t.throws(() => Schema.compile('{{globalThis.hacked = true}}', {}), {name: 'AppError', code: 'UI_FORM_EXPRESSION'});
});

test('a filled value computes, shows what depends on it and is told to the autosave', t => {
  const {model, typed} = setup();
  t.is(model.view('opinion')?.display, 'hidden');
  model.fill({count: 3});
  t.is(model.values()['twice'], 6);
  t.is(model.view('opinion')?.display, 'edit');
  t.like(typed.at(-1), {count: 3, twice: 6});
});

test('the required fields of an outcome become problems, and a changed value takes its problem away', t => {
  const {model} = setup({count: 3});
  t.deepEqual(Object.keys(model.check(['opinion'])), ['opinion']);
  t.true(model.view('opinion')?.required);
  model.fill({opinion: '同意'});
  t.deepEqual(model.problems(), {});
});

test('problems of the server stand at their field until it changes', t => {
  const {model} = setup({count: 3});
  model.show({count: '数量有误'});
  t.is(model.problem('count'), '数量有误');
  model.fill({count: 4});
  t.is(model.problem('count'), undefined);
});

test('a form is refused by a check or the server, not by a field that is left; it is no longer once all is corrected', t => {
  const {model} = setup({count: 3});
  t.false(model.isRefused());
  model.check(['opinion']);
  t.true(model.isRefused());
  model.fill({opinion: '同意'});
  t.false(model.isRefused());
  model.show({count: '数量有误'});
  t.true(model.isRefused());
  model.check();
  t.false(model.isRefused());
});

test('a text that is no value of its field keeps the form from being sent until it is gone or another value stands there', t => {
  const {model} = setup({count: 3});
  model.misread('opinion', '不是有效日期');
  t.deepEqual(model.check(), {opinion: '不是有效日期'});
  model.misread('opinion', null);
  t.deepEqual(model.check(), {});
  model.misread('opinion', '不是有效日期');
  model.fill({opinion: '同意'});
  t.deepEqual(model.check(), {});
  model.misread('opinion', '不是有效日期');
  model.fill({count: 1});
  t.deepEqual(model.check(), {}, 'a field that is no longer asked for holds nothing up');
});

test('a required field that was found empty stays a problem when it is left empty again', t => {
  const {model} = setup({count: 3});
  model.leave('opinion');
  t.deepEqual(model.problems(), {});
  model.check(['opinion']);
  model.leave('opinion');
  t.deepEqual(Object.keys(model.problems()), ['opinion']);
});
