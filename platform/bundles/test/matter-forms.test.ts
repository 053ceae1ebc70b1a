import test from 'ava';
import {checkBundle} from '@banli/bundles';
import {soundFiles} from './setup.js';

const sound = await soundFiles();
const start = JSON.parse(sound['forms/leave.form.json'] ?? '') as {properties: Record<string, unknown>};

/** The leave desk with a second form that no step names, and an extension without a condition. */
function withForms(change: (properties: Record<string, unknown>) => Record<string, unknown> = properties => properties) {
  const form = {...start, 'x-banli-form': {id: 'shortLeave', title: {'zh-CN': '短假单'}}, properties: change(start.properties)};
  const extension = {type: 'object', 'x-banli-extension': {id: 'abroad', form: 'leave', title: {'zh-CN': '出境'}, layer: 'line'}, properties: {abroad: {type: 'void', 'x-banli': {group: 'leave'}, properties: {country: {type: 'string', 'x-component': 'Input', 'x-banli': {id: 'country'}}}}}};
  return {...sound, 'forms/shortLeave.form.json': JSON.stringify(form), 'forms/extensions/abroad.form.json': JSON.stringify(extension)};
}

const told = (files: Readonly<Record<string, string>>, matterForms: Readonly<Record<string, readonly string[]>> = {}) =>
  checkBundle(files, {matterForms: {leaveDesk: matterForms, otherDesk: {nothing: ['9']}}}).problems.map(({code, place, details}) => `${code.replace('BUNDLES_', '')} ${place.file ?? ''} ${String(details?.['field'] ?? details?.['by'])}`);

test('matters may name the start form, a form that no step names, and an extension; any other name is refused with the rows', t => {
  t.deepEqual(told(withForms(), {leave: ['01'], shortLeave: ['02'], abroad: ['03']}), []);
  t.deepEqual(told(withForms(), {leave: ['01'], gone: ['02', '0301']}), ['MATTER_FORM_MISSING bundle.yaml 02, 0301']);
});

test('a form that may take the place of the start form has what the application uses, under the same id and as well protected', t => {
  const {phone, ...others} = start.properties;
  t.deepEqual(told(withForms(() => others)), ['STAND_IN_LACKS forms/shortLeave.form.json phone']);
  const open = {...(phone as {'x-banli': object}), 'x-banli': {id: 'phone', group: 'person'}};
  t.deepEqual(told(withForms(properties => ({...properties, phone: open}))), ['STAND_IN_DIFFERS forms/shortLeave.form.json phone']);
  t.deepEqual(told(withForms(properties => ({...properties, phone: {...open, 'x-banli': {id: 'tel', group: 'person', sensitivity: 'mask', mask: 'phone'}}}))), ['STAND_IN_DIFFERS forms/shortLeave.form.json phone']);
  t.deepEqual(told(withForms(properties => Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'proof')))), [], 'only people use the proof');
});
