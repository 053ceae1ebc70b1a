import test from 'ava';
import {boardOf, inputOf, targetStates} from '../src/catalogs/board-rules.js';
import type {ListedRow} from '../src/catalogs/rows-tab.js';
import type {CatalogForm} from '../src/catalogs/use-catalog-form.js';

const column = (name: string, catalog: string | null, isRequired = true) => ({
  name, title: {'zh-CN': name}, isRequired, isFixed: false, pattern: null, maxLength: null, options: [], type: 'text' as const, format: null, order: 0, isOwn: false, isRetired: false, reference: catalog === null ? null : {catalog, table: catalog, except: [], leaf: false, elsewhere: catalog === 'organisation'},
});
const form = (...columns: ReturnType<typeof column>[]): CatalogForm => ({id: 'links', version: '2026.1.0', kind: 'relation', title: {'zh-CN': 'links'}, edits: 'all', owner: 'o', tables: [{name: 'links', title: {'zh-CN': 'links'}, key: ['a', 'b'], parent: null, maintainer: null, columns: [...columns, column('status', null), column('sourceRef', null)]}]});
const row = (key: string, status: 'active' | 'retired'): ListedRow => ({key, title: {'zh-CN': key}, values: {a: key.split('|')[0] ?? '', b: key.split('|')[1] ?? '', status}, words: {}, state: status === 'active' ? 'effective' : 'retired', level: null, path: [], unitIds: [], creator: {id: 'u', name: 'u'}, createdAt: 0, updatedAt: 0, mayEdit: true, pending: [], scheduled: null});

test('only a table that links two catalogs and asks for nothing else is a board', t => {
  t.truthy(boardOf(form(column('a', 'matters'), column('b', 'natures'))));
  t.is(boardOf(form(column('a', 'matters'), column('b', 'organisation'))), null);
  t.is(boardOf(form(column('a', 'matters'), column('b', null))), null);
  t.is(boardOf(form(column('a', 'matters'), column('b', 'natures'), column('position', null))), null);
  t.truthy(boardOf(form(column('a', 'matters'), column('b', 'natures'), column('note', null, false))));
});

test('a link that was out of use comes back, a new one is added; targets say what stands against them', t => {
  const board = boardOf(form(column('a', 'matters'), column('b', 'natures')));
  if (!board) throw new Error('This is a board.');
  const rows = [row('m|here', 'active'), row('m|before', 'retired')];
  t.like(inputOf(board, rows, 'm', 'before', 'own:'), {op: 'restore', key: 'm|before'});
  t.like(inputOf(board, rows, 'm', 'new', 'own:'), {op: 'add', cells: {a: 'm', b: 'new'}});
  const problem = (target: string, severity: 'error' | 'warning') => ({code: 'X', message: 'x', place: {element: `m|${target}`}, severity});
  const states = targetStates(board, rows, 'm', ['here', 'no', 'hm', 'free'], {diff: [], others: [], problems: [problem('no', 'error'), problem('hm', 'warning'), problem('here', 'error')]});
  t.deepEqual([...states].map(([key, state]) => `${key} ${state.kind}`), ['here own', 'no refused', 'hm warned', 'free free']);
});
