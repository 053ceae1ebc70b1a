import test from 'ava';
import {maskText} from '@banli/forms';
import {setup} from './setup.js';

const far = {urgent: true, acceptingUnit: 'u1', actor: {unit: 'u2', person: 'p', roles: []}};
const near = {...far, actor: {unit: 'u1', person: 'p', roles: []}};

test('at a step the matrix decides; a field wins over its group, and what is not named is hidden', async t => {
  const {forms, release} = await setup();
  const access = forms.access(release, {step: 'applyLeave', roles: ['clerk'], context: near});
  t.deepEqual([access['title'], access['kind'], access['phone'], access['opinion']], ['required', 'edit', 'edit', 'hidden']);
});

test('an unknown step hides everything', async t => {
  const {forms, release} = await setup();
  t.deepEqual([...new Set(Object.values(forms.access(release, {step: 'toString', roles: ['clerk'], context: near})))], ['hidden']);
});

test('of several roles the most wins, but a reader never edits', async t => {
  const {forms, release} = await setup();
  const guest = forms.access(release, {step: null, roles: ['guest'], context: near});
  t.deepEqual([guest['days'], guest['reason'], guest['phone']], ['read', 'hidden', 'hidden']);
  const both = forms.access(release, {step: null, roles: ['guest', 'lead'], context: near});
  t.deepEqual([both['reason'], both['phone']], ['read', 'read']);
  t.is(forms.access(release, {step: null, roles: [], context: near})['title'], 'read');
});

test('a closure takes away, also at a step', async t => {
  const {forms, release} = await setup();
  t.is(forms.access(release, {step: null, roles: ['lead'], context: far})['phone'], 'hidden');
  t.is(forms.access(release, {step: 'explainDelay', roles: ['lead'], context: far})['reason'], 'hidden');
  t.is(forms.access(release, {step: 'explainDelay', roles: ['clerk'], context: far})['reason'], 'edit');
});

test('a closure whose rule fails closes', async t => {
  const {forms, release} = await setup();
  t.is(forms.access(release, {step: null, roles: ['lead'], context: {}})['phone'], 'hidden');
});

test('hidden values never leave, sensitive ones are masked where he may not edit', async t => {
  const {forms, form} = await setup();
  const values = {title: '探亲', phone: '13812345678', opinion: '同意', reason: '', foreign: 1};
  t.deepEqual(forms.show(form, {title: 'read', phone: 'read', reason: 'read'}, values, {unmask: false}), {title: '探亲', phone: '138****5678'});
  t.is(forms.show(form, {phone: 'read'}, values, {unmask: true})['phone'], '13812345678');
  t.is(forms.show(form, {phone: 'edit'}, values, {unmask: false})['phone'], '13812345678');
});

test('masks keep what identifies the kind and no more', t => {
  t.deepEqual([maskText('13812345678', 'phone'), maskText('2345678', 'phone'), maskText('110', 'phone')], ['138****5678', '***5678', '***']);
  t.is(maskText('650102199001011234', 'idNumber'), '650***********1234');
  t.deepEqual([maskText('张三丰', 'name'), maskText('张', 'name')], ['张**', '*']);
  t.is(maskText('幸福路 12 号', undefined), '幸福******');
});
