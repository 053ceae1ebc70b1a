import test from 'ava';
import type {CaseTaskView} from '@banli/api';
import {arrangeActions, type TaskAction} from '../src/case/arrange-actions.js';

type Outcome = CaseTaskView['outcomes'][number];
const outcome = (id: string, tone: Outcome['tone']): Outcome => ({id, name: {'zh-CN': id}, tone, requires: []});
const action = (id: string): CaseTaskView['actions'][number] => ({id, name: {'zh-CN': id}, command: 'extend', fields: [], requires: []});
const ids = (list: readonly TaskAction[]) => list.map(each => each.id);

test('one primary, at most three beside it, the rest under more', t => {
  const {primary, beside, more} = arrangeActions({outcomes: [outcome('submit', 'primary'), outcome('delegate', 'default'), outcome('return', 'danger')], actions: [action('extend'), action('pause'), action('resume')]});
  t.is(primary?.id, 'submit');
  t.deepEqual(ids(beside), ['delegate', 'extend', 'return']);
  t.deepEqual(ids(more), ['pause', 'resume']);
});

test('a dangerous action never stands next to the primary', t => {
  const {beside, more} = arrangeActions({outcomes: [outcome('sign', 'primary'), outcome('return', 'danger')], actions: []});
  t.deepEqual(ids(beside), []);
  t.deepEqual(ids(more), ['return']);
});

test('a second primary outcome is an ordinary one beside the first', t => {
  const {primary, beside} = arrangeActions({outcomes: [outcome('a', 'primary'), outcome('b', 'primary')], actions: []});
  t.is(primary?.id, 'a');
  t.deepEqual(ids(beside), ['b']);
});

test('without a primary outcome nothing is lost', t => {
  const {primary, beside} = arrangeActions({outcomes: [outcome('a', 'default'), outcome('b', 'danger')], actions: []});
  t.is(primary, null);
  t.deepEqual(ids(beside), ['a', 'b']);
});

test('a phone shows one action beside the primary, and no dangerous one', t => {
  const {beside, more} = arrangeActions({outcomes: [outcome('submit', 'primary'), outcome('return', 'danger'), outcome('delegate', 'default')], actions: [action('extend')]}, 1);
  t.deepEqual(ids(beside), ['delegate']);
  t.deepEqual(ids(more), ['extend', 'return']);
});
