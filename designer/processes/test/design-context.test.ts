import {readdir, readFile} from 'node:fs/promises';
import test from 'ava';
import {readDesignContext} from '../src/design/design-context.js';
import {freeId, replaceAt} from '../src/panel/lists.js';
import {marksOf} from '../src/problems/marks.js';
import {processEn} from '../src/texts/en.js';
import {processZh} from '../src/texts/zh-cn.js';

const folder = new URL('../../../platform/bundles/test/fixtures/leave-desk/', import.meta.url).pathname;

async function setup(): Promise<Record<string, string>> {
  const names = (await readdir(folder, {recursive: true})).filter(name => /\.\w+$/.test(name));
  return Object.fromEntries(await Promise.all(names.map(async name => [name, await readFile(`${folder}${name}`, 'utf8')] as const)));
}

test('the panel offers what the rest of the bundle defines', async t => {
  const design = readDesignContext(await setup(), [], ['reviewLeave']);
  t.deepEqual(design.roles.map(({id}) => id), ['clerk', 'lead', 'guest']);
  t.deepEqual(design.clocks.map(({id}) => id), ['reviewTime', 'wholeTime']);
  t.deepEqual(design.forms.map(({id}) => id), ['leave']);
  t.true(design.fields.some(({id}) => id === 'opinion'));
  t.true(Object.hasOwn(design.models.ofEngine, 'reviewLeaveOutcome'));
});

test('a file with mistakes offers nothing and breaks nothing', async t => {
  const design = readDesignContext({...await setup(), 'bundle.yaml': 'roles: [', 'forms/leave.form.json': '{'}, [], []);
  t.deepEqual([design.roles, design.forms, design.fields], [[], [], []]);
});

test('problems of one element become one mark with all sentences', t => {
  const problem = (element: string | undefined, message: string) => ({code: 'X', message, place: element === undefined ? {} : {element}});
  const marks = marksOf([problem('a', 'one'), problem('b', 'two'), problem('a', 'three'), problem(undefined, 'four')], 'en');
  t.deepEqual([...marks], [['a', {count: 2, text: 'one\nthree'}], ['b', {count: 1, text: 'two'}]]);
});

test('new ids are free, and replacing leaves the list it got as it was', t => {
  const items = [{attributes: {id: 'outcome1'}}, {attributes: {id: 'outcome3'}}];
  t.is(freeId('outcome', items), 'outcome4');
  t.deepEqual(replaceAt([1, 2, 3], 1, 9), [1, 9, 3]);
});

test('both languages have every text', t => {
  t.deepEqual(Object.keys(processEn).sort(), Object.keys(processZh).sort());
});
