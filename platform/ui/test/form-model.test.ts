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
