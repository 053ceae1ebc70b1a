import test from 'ava';
import fc from 'fast-check';
import {isAppError} from '@banli/errors';
import {setup} from './setup.js';

test('what may be edited is merged over what is stored; an empty value clears', async t => {
  const {forms, submission} = await setup({stored: {title: '旧', kind: 'a', note: 1}, sent: {title: '回家探亲', days: 2, kind: ''}});
  const {values, problems} = forms.submit(submission);
  t.deepEqual(problems, []);
  t.deepEqual(values, {title: '回家探亲', days: 2, total: 16, note: 1});
});

const refuses = test.macro({
  async exec(t, more: Record<string, unknown>, codes: readonly string[]) {
    const {forms, submission} = await setup(more);
    t.deepEqual(forms.submit(submission).problems.map(({code, place}) => `${code.replace('FORMS_', '')} ${place.field ?? ''}`), [...codes]);
  },
  title: title => `${title ?? ''} is refused by name`,
});

test('an unknown field', refuses, {sent: {title: '回家', colour: 'red'}}, ['FIELD_UNKNOWN colour']);
test('a name of the prototype', refuses, {sent: JSON.parse('{"__proto__": {"days": 1}, "constructor": 1}') as unknown}, ['FIELD_UNKNOWN __proto__', 'FIELD_UNKNOWN constructor']);
test('a field that is hidden', refuses, {sent: {phone: '13812345678'}, access: {title: 'edit', phone: 'hidden'}}, ['FIELD_FORBIDDEN phone']);
test('a field that is only read', refuses, {sent: {phone: '13812345678'}, access: {phone: 'read'}}, ['FIELD_FORBIDDEN phone']);
test('a field that nobody named', refuses, {sent: {phone: '13812345678'}, access: {}}, ['FIELD_FORBIDDEN phone']);
test('a computed field', refuses, {sent: {total: 99, days: 1}}, ['FIELD_FORBIDDEN total']);
test('a wrong type', refuses, {sent: {title: {a: 1}, days: '2', tags: 'sick'}}, ['TYPE title', 'TYPE days', 'TYPE tags']);
test('a fraction of a day', refuses, {sent: {days: 1.5}}, ['TYPE days']);
test('a number outside of its range', refuses, {sent: {days: 61, reason: '长假'}}, ['RANGE days']);
test('a date that does not exist', refuses, {sent: {startsOn: '2026-02-30'}}, ['PATTERN startsOn']);
test('a phone of the wrong form', refuses, {sent: {phone: '12'}}, ['PATTERN phone']);
test('a choice that is not offered', refuses, {sent: {tags: ['sick', 'other']}}, ['CHOICE tags']);
test('a text that is too long', refuses, {sent: {title: '长'.repeat(81)}}, ['LENGTH title']);
test('too many entries', refuses, {sent: {tags: ['sick', 'home', 'sick', 'home']}}, ['COUNT tags']);
test('a field required by the matrix', refuses, {access: {title: 'required', days: 'edit'}}, ['REQUIRED title']);
test('a field of blanks where one is required', refuses, {sent: {title: '   '}, access: {title: 'required'}}, ['REQUIRED title']);
test('a field required by a rule', refuses, {sent: {days: 11}}, ['REQUIRED reason']);
test('a field that the outcome asks for', refuses, {sent: {days: 1}, requires: ['opinion']}, ['REQUIRED opinion']);
test('a value that a check does not hold for', refuses, {sent: {days: 5, reason: '家事', proof: 'A1'}}, ['CHECK proof']);

test('what the dialog of an outcome asks for is told anew each time: what is stored does not answer', async t => {
  const {forms, form, submission} = await setup();
  const asking = JSON.parse(JSON.stringify(form), (key, value: unknown) => (key === 'x-banli' && typeof value === 'object' && value !== null && 'id' in value && value.id === 'reason' ? {id: 'reason', ask: 'action'} : value)) as typeof form;
  const again = {...submission, form: asking, stored: {days: 5, reason: '上次的理由'}, requires: ['reason']};
  t.deepEqual(forms.submit(again).problems.map(problem => problem.place.field), ['reason']);
  t.deepEqual(forms.submit({...again, sent: {reason: '这次的理由'}}).problems, []);
  t.deepEqual(forms.submit({...again, requires: []}).problems, []);
});

test('the message of a check speaks both languages', async t => {
  const {forms, submission} = await setup({sent: {days: 5, reason: '家事', proof: 'A1'}});
  const [problem] = forms.submit(submission).problems;
  t.is(problem?.message, 'At least 4 characters');
  t.is(problem?.details?.['textZh'], '证明编号至少 4 位');
});

test('values of fields that a rule hides are dropped, through a chain of rules', async t => {
  const {forms, submission} = await setup({stored: {reason: '旧', proof: 'A1234'}, sent: {days: 2}});
  t.deepEqual(forms.submit(submission).values, {days: 2, total: 16});
});

test('a hidden value that he may not edit stays', async t => {
  const {forms, submission} = await setup({stored: {reason: '旧'}, sent: {days: 2}, access: {days: 'edit', total: 'read', reason: 'read'}});
  t.deepEqual(forms.submit(submission).values, {days: 2, total: 16, reason: '旧'});
});

test('a draft may be incomplete and half typed, but not of a wrong type', async t => {
  const {forms, submission} = await setup({sent: {phone: '138', startsOn: '2026-0'}, access: {title: 'required', phone: 'edit', startsOn: 'edit'}, partial: true});
  t.deepEqual(forms.submit(submission).problems, []);
  t.is(forms.submit({...submission, sent: {phone: 138}}).problems[0]?.code, 'FORMS_TYPE');
});

test('a required rule that cannot be computed requires, a visibility rule that cannot be computed hides', async t => {
  const {form, forms, submission} = await setup({sent: {title: '回家'}});
  const broken = structuredClone(form);
  const node = broken.properties['phone'];
  Object.assign(node?.['x-banli'] ?? {}, {requiredWhen: 'nobody = 1'});
  t.deepEqual(forms.submit({...submission, form: broken}).problems.map(({code}) => code), ['FORMS_REQUIRED']);
  Object.assign(node?.['x-banli'] ?? {}, {visibleWhen: 'nobody = 1'});
  t.deepEqual(forms.submit({...submission, form: broken}).problems, []);
});

test('any body is answered with values and problems, and never lets a forbidden field through', async t => {
  const {forms, submission} = await setup({stored: {phone: '13812345678'}, access: {title: 'edit', days: 'required', tags: 'edit', reason: 'read'}});
  const names = fc.constantFrom('title', 'days', 'tags', 'reason', 'phone', 'total', 'opinion', 'x', '__proto__', 'toString');
  fc.assert(fc.property(fc.dictionary(names, fc.jsonValue({maxDepth: 3}), {noNullPrototype: true}), fc.boolean(), (sent, partial) => {
    try {
      const {values, problems} = forms.submit({...submission, sent, partial});
      const forbidden = Object.keys(sent).filter(name => !['title', 'days', 'tags'].includes(name));
      if (forbidden.some(name => !problems.some(({place}) => place.field === name))) return false;
      return values['phone'] === '13812345678' && !Object.hasOwn(values, 'opinion');
    } catch (error) {
      return isAppError(error);
    }
  }), {numRuns: 1000, seed: 42});
  t.pass();
});
