import {readdir, readFile} from 'node:fs/promises';
import test from 'ava';
import {checkTyped, inputsFor, readElementTemplates, readTyped, writeTyped, type ElementTemplate} from '../src/design/element-templates.js';

const demo = new URL('../../../plugins/demo/element-templates/', import.meta.url).pathname;

async function setup(): Promise<ElementTemplate> {
  const names = await readdir(demo);
  const raw = await Promise.all(names.map(async name => JSON.parse(await readFile(`${demo}${name}`, 'utf8')) as Record<string, unknown>));
  const found = readElementTemplates(raw).find(({id}) => id === 'demo.ok');
  if (!found) throw new Error('The demo has no template demo.ok.');
  return found;
}

test('a template of the demo plugin says its name, its topic and its field with default and rules', async t => {
  const template = await setup();
  const [word] = template.fields;
  t.is(template.topic, 'demo.ok');
  t.is(template.title.en, 'Demo: turn round');
  t.like(word, {name: 'word', kind: 'text', required: true, initial: '"办理"', maxLength: 100, title: {'zh-CN': '词语', en: 'Word'}});
});

test('text is written as a FEEL literal, what stands after = as FEEL, and both are read back as typed', t => {
  for (const [kind, typed, feel] of [['text', '办理', '"办理"'], ['text', '他说"好"', '"他说\\"好\\""'], ['text', '=form.title', 'form.title'], ['number', '3', '3'], ['boolean', 'true', 'true'], ['text', '', '']] as const) {
    t.is(writeTyped(kind, typed), feel);
    t.is(readTyped(kind, feel), typed);
  }
});

test('FEEL that only begins like a text stays FEEL', t => {
  t.is(readTyped('text', '"a" + "b"'), '="a" + "b"');
});

test('a value outside the rules is told, FEEL is left to the check of FEEL', async t => {
  const [word] = (await setup()).fields;
  if (!word) return t.fail();
  t.is(checkTyped(word, ' '), 'required');
  t.is(checkTyped(word, '字'.repeat(101)), 'long');
  t.is(checkTyped({...word, pattern: /^\d+$/u}, '办'), 'pattern');
  t.is(checkTyped(word, `=${'x'.repeat(200)}`), null);
  return t.is(checkTyped(word, '办理'), null);
});

test('another template keeps inputs of the same name and drops the others', async t => {
  const template = await setup();
  t.deepEqual(inputsFor(template, new Map([['word', 'form.title'], ['other', '1']])), [{name: 'word', value: 'form.title'}]);
  t.deepEqual(inputsFor(template, new Map()), [{name: 'word', value: '"办理"'}]);
});

test('what is no template of a service task is left out, whatever it holds', t => {
  const topic = {type: 'Hidden', value: 'x.y', binding: {type: 'property', name: 'banli:topic'}};
  t.deepEqual(readElementTemplates([{}, {id: 'a'}, {id: 'a', appliesTo: ['bpmn:UserTask'], properties: [topic]}, {id: 'a', appliesTo: ['bpmn:ServiceTask'], properties: 'no'}]), []);
  const [odd] = readElementTemplates([{id: 'a', appliesTo: ['bpmn:ServiceTask'], properties: [topic, null, {type: 'Nonsense', binding: {type: 'camunda:inputParameter', name: 'n'}}, {constraints: {pattern: '('}, binding: {type: 'camunda:inputParameter', name: 'm'}}]}]);
  t.deepEqual(odd?.fields.map(({name, kind, pattern}) => [name, kind, pattern]), [['m', 'text', null]]);
});
