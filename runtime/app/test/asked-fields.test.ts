import test from 'ava';
import type {FieldInfo} from '@banli/ui';
import type {TaskAction} from '../src/case/arrange-actions.js';
import {askedFields, requiredNotes} from '../src/case/asked-fields.js';

const field = (name: string, section: string, ask?: 'action'): FieldInfo => ({name, section, node: {type: 'string'}, binding: {id: name, ...(ask ? {ask} : {})}});
const fields = [field('result', 'handling'), field('returnReason', 'returning', 'action'), field('returnText', 'returning', 'action'), field('extensionAmount', 'request', 'action'), field('requestReason', 'request', 'action')];
const access = {result: 'edit', returnReason: 'edit', returnText: 'edit', extensionAmount: 'edit', requestReason: 'edit'} as const;
const outcome = (id: string, requires: string[], isPrimary = false): TaskAction => ({kind: 'outcome', id, isDanger: false, isPrimary, item: {id, name: {'zh-CN': id}, tone: isPrimary ? 'primary' : 'default', requires}});
const request: TaskAction = {kind: 'request', id: 'extend', isDanger: false, isPrimary: false, item: {id: 'extend', name: {'zh-CN': '延期'}, command: 'extend', fields: ['extensionAmount', 'requestReason'], requires: ['extensionAmount']}};

test('an outcome asks for its action fields with the others of their section, not for fields of the form', t => {
  t.deepEqual(askedFields(outcome('return', ['returnReason']), fields, access), ['returnReason', 'returnText']);
  t.deepEqual(askedFields(outcome('submit', ['result']), fields, access), []);
});

test('a request asks for the fields it names, as far as they may be written', t => {
  t.deepEqual(askedFields(request, fields, access), ['extensionAmount', 'requestReason']);
  t.deepEqual(askedFields(request, fields, {...access, extensionAmount: 'read'}), ['requestReason']);
});

test('a field that only some outcomes need says which; the one of the primary outcome says nothing', t => {
  const primary = outcome('approve', ['replyText'], true);
  const notes = requiredNotes([primary, outcome('refuse', ['opinion']), outcome('quote', [])], primary, names => `${names}时必填`, action => action.id);
  t.deepEqual(notes, {opinion: 'refuse时必填'});
});
