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

const notesOf = (actions: readonly TaskAction[]) => requiredNotes(actions, '必填', names => `${names.join('、')}时必填`, action => action.id);

test('a field that only some outcomes need says which, the primary one among them', t => {
  const notes = notesOf([outcome('approve', ['replyText'], true), outcome('refuse', ['opinion']), outcome('quote', ['opinion']), request]);
  t.deepEqual(notes, {replyText: 'approve时必填', opinion: 'refuse、quote时必填'});
});

test('a field that every outcome needs is simply required, also where there is only one outcome', t => {
  t.deepEqual(notesOf([outcome('approve', ['opinion'], true), outcome('refuse', ['opinion', 'reason'])]), {opinion: '必填', reason: 'refuse时必填'});
  t.deepEqual(notesOf([outcome('submit', ['score'], true), request]), {score: '必填'});
  t.deepEqual(notesOf([]), {});
});
