import test from 'ava';
import {checkBundle} from '@banli/bundles';
import {soundFiles} from './setup.js';

const sound = await soundFiles();

interface Wrong {
  readonly head?: object;
  readonly name?: string;
  readonly field?: object;
  readonly layout?: object;
  readonly manifest?: (text: string) => string;
}

/** The leave desk with an extension form and a layout, right but for what is told. */
function withLayers({head = {}, name = 'hospital', field = {}, layout = {}, manifest = text => text}: Wrong = {}) {
  const extension = {
    type: 'object',
    'x-banli-extension': {id: 'sickLeave', form: 'leave', title: {'zh-CN': '病假'}, layer: 'line', when: {areas: ['6501']}, ...head},
    properties: {sick: {type: 'void', 'x-component': 'Section', 'x-banli': {group: 'leave'}, properties: {[name]: {type: 'string', 'x-component': 'Input', 'x-banli': {id: 'hospital', requiredWhen: 'form.days > 3', check: 'string length(form.hospital) > 1', checkMessage: {'zh-CN': '写全称'}}, ...field}}}},
  };
  const files = {...sound, 'forms/extensions/sickLeave.form.json': JSON.stringify(extension), 'forms/layouts/leave.layout.json': JSON.stringify({form: 'leave', fields: {hospital: {after: 'days'}, 'element.any': {hidden: true}}, ...layout})};
  return {...files, 'bundle.yaml': manifest(sound['bundle.yaml'] ?? '')};
}

const codesOf = (wrong: Wrong) => checkBundle(withLayers(wrong)).problems.map(({code, place}) => `${code} ${place.file ?? ''}`);

test('extension forms and layouts are read and belong to the release', t => {
  const {problems, compiled} = checkBundle(withLayers());
  t.deepEqual(problems, []);
  t.deepEqual([Object.keys(compiled?.bundle.extensions ?? {}), Object.keys(compiled?.bundle.layouts ?? {})], [['sickLeave'], ['leave']]);
  t.not(compiled?.hash, checkBundle(sound).compiled?.hash);
});

const refuses = test.macro({
  exec: (t, wrong: Wrong, codes: readonly string[]) => t.deepEqual(codesOf(wrong), [...codes]),
  title: title => `refused: ${title ?? ''}`,
});

const extension = 'forms/extensions/sickLeave.form.json';
test('an extension of no form', refuses, {head: {form: 'other'}}, [`BUNDLES_REFERENCE ${extension}`, 'BUNDLES_REFERENCE forms/layouts/leave.layout.json']);
test('an extension under another name', refuses, {head: {id: 'other'}}, [`BUNDLES_FILE_NAME ${extension}`]);
test('an extension for channels where the bundle names no channel', refuses, {head: {when: {channels: ['phone']}}}, [`BUNDLES_REFERENCE ${extension}`]);
test('an extension that belongs to nothing', refuses, {head: {when: {}}}, [`FORMATS_COUNT ${extension}`]);
test('a field whose name the form has', refuses, {name: 'phone', field: {'x-banli': {id: 'hospital'}}}, [`BUNDLES_ID_DUPLICATE ${extension}`]);
test('a rule over a field that is nowhere', refuses, {field: {'x-banli': {id: 'hospital', visibleWhen: 'form.nobody = 1'}}}, [`EXPRESSIONS_ENTRY_UNKNOWN ${extension}`]);
test('a field in no group of the matrix', refuses, {field: {'x-banli': {id: 'hospital', group: 'nobody'}}}, [`BUNDLES_REFERENCE ${extension}`]);
test('a layout for a field that no layer brings', refuses, {layout: {fields: {days: {hidden: true}}}}, ['BUNDLES_REFERENCE forms/layouts/leave.layout.json']);
test('a layout behind a section that is not there', refuses, {layout: {sections: {sick: {after: 'nowhere'}}}}, ['BUNDLES_REFERENCE forms/layouts/leave.layout.json']);
test('a layout that hides what an extension requires', refuses, {layout: {fields: {hospital: {hidden: true}}}}, ['BUNDLES_LAYOUT_HIDES_REQUIRED forms/layouts/leave.layout.json']);
test('a class form without a matter', refuses, {manifest: text => `${text.replace(', matter: kind', '')}\nclassForm: {catalog: leave-kinds, form: leave, group: leave}\n`}, ['BUNDLES_REFERENCE bundle.yaml']);
test('a class form of nothing that is there', refuses, {manifest: text => `${text}\nclassForm: {catalog: other, form: other, group: other}\n`}, Array.from({length: 3}, () => 'BUNDLES_REFERENCE bundle.yaml'));

test('a layout hides what is required nowhere it holds, and nothing that the catalog requires', t => {
  const manifest = (text: string) => `${text}\nclassForm: {catalog: leave-kinds, form: leave, group: leave}\n`;
  const requiredElements = {'leave-kinds': {any: ['010104', '010105'], other: ['01']}, elsewhere: {free: ['01']}};
  const check = (layout: object) => checkBundle(withLayers({layout, manifest}), {requiredElements}).problems.map(({code, place, details}) => ({code, field: place.field, line: place.line, by: details?.['by']}));
  t.deepEqual(check({fields: {hospital: {hidden: true}}, areas: ['6502']}), [], 'the extension belongs to another place');
  t.deepEqual(check({fields: {'element.free': {hidden: true}, 'element.any': {after: 'days'}}}), []);
  t.deepEqual(check({fields: {'element.any': {hidden: true}}}), [{code: 'BUNDLES_LAYOUT_HIDES_REQUIRED', field: 'fields.element.any.hidden', line: 1, by: '010104, 010105'}]);
});
