import test from 'ava';
import type {FieldAccess, FormSchema} from '@banli/formats';
import {checkValues} from '../src/form/check-values.js';
import {fieldsOf, nodeHelp} from '../src/form/fields-of.js';
import {computedValues, typedValues, valuesToSend, viewsOf} from '../src/form/field-views.js';
import {prepareSchema} from '../src/form/prepare-schema.js';
import {uiZh} from '../src/i18n/zh-cn.js';

const schema: FormSchema = {
  type: 'object',
  'x-banli-form': {id: 'f', title: {'zh-CN': '表单'}},
  properties: {
    person: {
      type: 'void',
      title: '来电人',
      'x-component': 'Section',
      properties: {
        anonymous: {type: 'boolean', title: '匿名', 'x-banli': {id: 'a'}},
        phone: {type: 'string', title: '电话', pattern: '^1\\d{10}$', 'x-banli': {id: 'p', requiredWhen: 'form.anonymous != true'}},
        secret: {type: 'string', title: '秘密', 'x-banli': {id: 's', visibleWhen: 'form.anonymous = true'}},
        broken: {type: 'string', title: '坏规则', 'x-banli': {id: 'b', visibleWhen: 'noSuchName = 1'}},
      },
    },
    result: {
      type: 'void',
      properties: {
        count: {type: 'integer', title: '数量', minimum: 1, 'x-banli': {id: 'c', check: 'form.count < 10', checkMessage: {'zh-CN': '不到十个'}}},
        twice: {type: 'number', title: '两倍', 'x-banli': {id: 't', compute: 'form.count * 2'}},
        evil: {type: 'string', title: '恶', 'x-component': 'iframe', 'x-component-props': {dangerouslySetInnerHTML: {__html: 'x'}}, 'x-banli': {id: 'e'}},
      },
    },
  },
};
const fields = fieldsOf(schema);
const editAll = Object.fromEntries(fields.map(field => [field.name, 'edit'])) as Record<string, FieldAccess>;

function viewsFor(access: Record<string, FieldAccess>, values: Record<string, unknown>, requires: string[] = []) {
  return viewsOf(fields, {access, values, context: {}, requires: new Set(requires)});
}

test('fields keep their reading order and know their section', t => {
  t.deepEqual(fields.map(field => [field.name, field.section]), [['anonymous', 'person'], ['phone', 'person'], ['secret', 'person'], ['broken', 'person'], ['count', 'result'], ['twice', 'result'], ['evil', 'result']]);
});

test('what the matrix does not name is hidden, read stays read, an outcome makes an editable field required', t => {
  const views = viewsFor({count: 'edit', phone: 'read'}, {}, ['count', 'phone']);
  t.deepEqual(views.get('anonymous'), {display: 'hidden', required: false});
  t.deepEqual(views.get('phone'), {display: 'read', required: false});
  t.deepEqual(views.get('count'), {display: 'edit', required: true});
});

test('visibility and requirement follow the values; a failing visibility closes', t => {
  t.deepEqual(viewsFor(editAll, {}).get('phone'), {display: 'edit', required: true});
  const anonymous = viewsFor(editAll, {anonymous: true});
  t.false(anonymous.get('phone')?.required);
  t.is(anonymous.get('secret')?.display, 'edit');
  t.is(anonymous.get('broken')?.display, 'hidden');
});

test('a computed field is read and follows its source; without the source it has no value', t => {
  t.is(viewsFor(editAll, {}).get('twice')?.display, 'read');
  t.deepEqual(computedValues(fields, editAll, {count: 4}, {}), {twice: 8});
});

test('problems are sentences in reading order', t => {
  const values = {phone: '12', count: 12};
  const problems = checkValues(fields, viewsFor(editAll, values), values, {context: {}, language: 'zh-CN', t: (key, holes = {}) => uiZh[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(holes[name]))});
  t.deepEqual(problems, {phone: '电话的格式不正确', count: '不到十个'});
});

test('only what may be written, is seen and was changed is sent; a cleared field is sent as null', t => {
  const stored = {phone: '138****1234', count: 3, secret: 'x'};
  const values = {phone: '138****1234', count: undefined, twice: 6, secret: 'y', anonymous: false};
  t.deepEqual(valuesToSend(viewsFor(editAll, values), values, stored), {anonymous: false, count: null});
  t.deepEqual(valuesToSend(viewsFor({...editAll, anonymous: 'read'}, values), values, null), {phone: '138****1234'});
});

test('a draft keeps what a rule hides now, but nothing that may only be read', t => {
  const values = {secret: 'kept', phone: '1', twice: 4, count: 2};
  t.deepEqual(typedValues(fields, {...editAll, phone: 'read'}, values, null), {secret: 'kept', count: 2});
});

test('a computed field that the person may not see is not computed', t => {
  t.deepEqual(computedValues(fields, {...editAll, twice: 'hidden'}, {count: 4}, {}), {});
  t.deepEqual(computedValues(fields, {count: 'read', twice: 'read'}, {count: 4}, {}), {}, 'nor in a form that is only read');
});

test('the prepared schema holds no hidden field, no unknown component and no foreign property', t => {
  const prepared = JSON.stringify(prepareSchema(schema, {evil: 'edit', count: 'hidden'}, new Set(['Input'])));
  t.false(prepared.includes('count'));
  t.false(prepared.includes('person'));
  t.false(prepared.includes('iframe'));
  t.false(prepared.includes('dangerouslySetInnerHTML'));
  t.true(prepared.includes('MissingWidget'));
});

test('a field that holds the English of another one is not drawn by itself', t => {
  const spoken: FormSchema = {...schema, properties: {reason: {type: 'string', title: '理由', 'x-banli': {id: 'r', english: 'reasonEn'}}, reasonEn: {type: 'string', title: '理由（英文）', 'x-banli': {id: 'e'}}}};
  const views = viewsOf(fieldsOf(spoken), {access: {reason: 'read', reasonEn: 'edit'}, values: {}, context: {}, requires: new Set()});
  t.deepEqual([views.get('reason')?.display, views.get('reasonEn')?.display], ['read', 'hidden']);
});

test('the help of a field is read in the language of the person: its own, else the description, else nothing', t => {
  const [help, described, chinese, bare] = [
    {type: 'string' as const, description: '说明', 'x-banli': {id: 'a', help: {'zh-CN': '手机号', en: 'Mobile number'}}},
    {type: 'string' as const, description: '说明', 'x-banli': {id: 'b', descriptionEn: 'What it is'}},
    {type: 'string' as const, description: '说明', 'x-banli': {id: 'c'}},
    {type: 'string' as const},
  ];
  t.deepEqual([help, described, chinese, bare].map(node => nodeHelp(node, 'zh-CN')), ['手机号', '说明', '说明', '']);
  t.deepEqual([help, described, chinese, bare].map(node => nodeHelp(node, 'en')), ['Mobile number', 'What it is', '说明', '']);
});
