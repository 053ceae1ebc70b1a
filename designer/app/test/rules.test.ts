import test from 'ava';
import {checkBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {readLimits, readManifest, type BundleFiles} from '@banli/formats';
import {fillFrom, lookForWords, nameField, notify, putAnswers, type Written} from '../src/rules/edit-rules.js';
import {placeInRules, readRules, ruleKinds, type Rules} from '../src/rules/read-rules.js';

const hotline = await readBundleFolder(new URL('../../../templates/hotline', import.meta.url).pathname);

function rulesOf(files: BundleFiles): Rules {
  const rules = readRules(files);
  if ('broken' in rules) throw new Error(rules.broken.join());
  return rules;
}

const written = ([path, text]: Written): BundleFiles => ({...hotline, [path]: text});
const codesOf = (files: BundleFiles) => checkBundle(files).problems.map(problem => [problem.code.replace('BUNDLES_', ''), placeInRules(problem)]);
const field = (name: string) => rulesOf(hotline).forms.flatMap(form => form.fields.map(each => ({form: form.path, field: each}))).find(each => each.field.name === name) ?? {form: '', field: {name, node: {type: 'string' as const}, group: null, path: []}};

test('what can be set comes from the schemas of the files', t => {
  t.deepEqual(ruleKinds, {registration: ['hints', 'sensitive', 'hotClass', 'acceptReason', 'natureReason'], words: ['order', 'seat'], recipients: ['industrySupervisor']});
});

test('every rule that is written is one that the check of the bundle takes, and changes nothing else', t => {
  t.deepEqual(codesOf(written(nameField(hotline, 'hotClass', undefined))), []);
  const content = field('content');
  const made = written(lookForWords(hotline, content.form, content.field, 'seat'));
  t.deepEqual(codesOf(made), []);
  t.is(rulesOf(made).forms.flatMap(({fields}) => fields).find(({name}) => name === 'content')?.node['x-banli']?.words, 'seat');
  const answers = readManifest('', written(putAnswers(hotline, []))['bundle.yaml'] ?? '').value?.registration;
  t.deepEqual([answers?.answers, answers?.hints], [undefined, 'wordHints']);
  const enterprise = field('enterprise');
  t.deepEqual(codesOf(written(fillFrom(hotline, enterprise.form, enterprise.field, {enterpriseName: 'title'}))), []);
  const emptied = rulesOf(written(fillFrom(hotline, enterprise.form, enterprise.field, {}))).forms.flatMap(({fields}) => fields).find(({name}) => name === 'enterprise');
  t.deepEqual([enterprise.field.node['x-banli']?.catalog?.fill !== undefined, emptied?.node['x-banli']?.catalog?.fill], [true, undefined]);
});

test('a notice goes to the unit of an expression or to one that a catalog names, never to both', t => {
  const [first] = rulesOf(hotline).notices;
  if (!first) return t.fail();
  const toSupervisor = notify(hotline, first, {recipient: 'industrySupervisor'});
  t.deepEqual(codesOf(written(toSupervisor)), []);
  t.like(readLimits('', toSupervisor[1]).value?.clocks[0]?.warn?.[0], {recipient: 'industrySupervisor', unit: undefined, sms: true});
  const back = notify(written(toSupervisor), first, {unit: '=acceptingUnit'});
  t.like(readLimits('', back[1]).value?.clocks[0]?.warn?.[0], {recipient: undefined, unit: '=acceptingUnit', role: 'liaison,handler,gridWorker'});
  t.true(back[1].startsWith((hotline['limits.yaml'] ?? '').slice(0, 200)), 'comments stay');
});

test('what is wrong is told at the row where it was set', t => {
  t.deepEqual(codesOf(written(nameField(hotline, 'sensitive', 'title'))), [['FIELD_TYPE', 'bundle.yaml#registration.sensitive']]);
  t.deepEqual(codesOf(written(putAnswers(hotline, [{title: {'zh-CN': '答'}, values: {nowhere: 'x'}}]))), [['REFERENCE', 'bundle.yaml#registration.answers.0.values.nowhere']]);
  const enterprise = field('enterprise');
  t.deepEqual(codesOf(written(fillFrom(hotline, enterprise.form, enterprise.field, {nowhere: 'title'}))), [['REFERENCE', 'forms/case.form.json#enterprise.fill.nowhere']]);
  const [first] = rulesOf(hotline).notices;
  t.deepEqual(first && codesOf(written(notify(hotline, first, {unit: '=form.nowhere'}))), [['EXPRESSIONS_ENTRY_UNKNOWN', 'limits.yaml#respond.warn.0']].map(([code, place]) => [code ?? '', place ?? null]));
  t.is(placeInRules({place: {file: 'bundle.yaml', field: 'states.0'}}), null);
  t.deepEqual(readRules({...hotline, 'limits.yaml': 'clocks: ['}), {broken: ['limits.yaml']});
});
