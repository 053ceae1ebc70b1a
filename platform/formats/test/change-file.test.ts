import {readFile} from 'node:fs/promises';
import test from 'ava';
import {changeJson, changeYaml} from '@banli/formats';
import {parse} from 'yaml';

const template = (name: string) => readFile(new URL(`../../../templates/hotline/${name}`, import.meta.url), 'utf8');

/** Lines that are only in one of two texts. */
function changed(before: string, after: string) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return {gone: old.filter(line => !now.includes(line)), added: now.filter(line => !old.includes(line))};
}

test('one key changes one line; comments and everything else stay', async t => {
  const text = await template('bundle.yaml');
  t.deepEqual(changed(text, changeYaml(text, {unit: ['registration'], path: ['sensitive'], value: 'confidential'})), {gone: ['  sensitive: sensitive'], added: ['  sensitive: confidential']});
  t.deepEqual(changed(text, changeYaml(text, {unit: ['registration'], path: ['hotClass'], value: undefined})), {gone: ['  hotClass: hotClass'], added: []});
  t.deepEqual(changed(text, changeYaml(text, {unit: ['registration'], path: ['answers', 0, 'values', 'intakeRoute'], value: 'x'})), {gone: ['    - {title: {zh-CN: 当场答复, en: Answer it in the call}, values: {intakeRoute: reply}}'], added: ['    - {title: {zh-CN: 当场答复, en: Answer it in the call}, values: {intakeRoute: x}}']});
  t.is(changeYaml(text, {unit: ['registration'], path: ['sensitive'], value: 'sensitive'}), text);
});

test('an item of a list within a list changes alone', async t => {
  const text = await template('limits.yaml');
  const made = changeYaml(text, {unit: ['clocks', 0, 'warn', 0], path: ['sms'], value: undefined});
  t.deepEqual(changed(text, made).added, []);
  t.is(text.length - made.length, '\n        sms: true'.length);
  const other = changeYaml(changeYaml(text, {unit: ['clocks', 0, 'warn', 2], path: ['recipient'], value: 'industrySupervisor'}), {unit: ['clocks', 0, 'warn', 2], path: ['unit'], value: undefined});
  const {clocks} = parse(other) as {clocks: Array<{warn: Array<Record<string, unknown>>}>};
  t.like(clocks[0]?.warn[2], {recipient: 'industrySupervisor', at: 'near', unit: undefined});
  t.is(other.split('\n').length, text.split('\n').length);
});

test('a key that is not there comes to the end, one that is left empty goes', t => {
  const text = 'id: a # the name\nneeds: {plugins: []}\n';
  const made = changeYaml(text, {unit: ['registration'], path: ['hints'], value: 'wordHints'});
  t.is(made, `${text}registration:\n  hints: wordHints\n`);
  t.is(changeYaml(made, {unit: ['registration'], path: ['hints'], value: undefined}), text);
  t.is(changeYaml(text, {unit: ['registration'], path: ['hints'], value: undefined}), text);
  t.is(changeYaml(`registration: {hints: a}\n${text}`, {unit: ['registration'], path: ['hints'], value: undefined}), text);
  t.throws(() => changeYaml(text, {unit: ['clocks', 3], path: ['unit'], value: 'x'}), {message: /clocks\.3/});
});

test('a value in a JSON file is put, made with its parents, and taken away', t => {
  const text = '{\n  "a": {\n    "b": 1\n  }\n}\n';
  t.is(changeJson(text, ['a', 'b'], 2), text.replace('1', '2'));
  t.deepEqual(JSON.parse(changeJson(text, ['a', 'c', 'd'], 'x')), {a: {b: 1, c: {d: 'x'}}});
  t.is(changeJson(text, ['a', 'b'], undefined), '{\n  "a": {}\n}\n');
});
