import test from 'ava';
import type {CaseHeadView, InboxRowView, ListColumn} from '@banli/api';
import {ApiError} from '@banli/api';
import {batchOffers, runBatch} from '../src/lists/batch.js';
import {leastWidth, moveIn, offeredColumns, shownColumns, toggleIn, usualColumns} from '../src/lists/columns.js';
import {rowAddress, rowKey, rowOfHead} from '../src/lists/rows.js';
import {keepListed, nothing, toggle, toggleAll} from '../src/lists/selection.js';
import {isSame} from '../src/lists/view-filters.js';

const sign = {id: 'sign', name: {'zh-CN': '签收'}};
const row = (taskId: string, more: Partial<InboxRowView> = {}): InboxRowView => ({taskId, caseId: `case-${taskId}`, draftId: null, number: taskId, title: taskId, stepName: null, state: {id: 'toSign', title: {'zh-CN': '待签收'}}, matterTitle: null, urgency: null, urgencyTitle: null, marks: [], unitName: null, assignee: null, at: 0, clock: null, takenBy: null, batch: [sign], caseVersion: 1, ...more});

test('columns are the person’s own in his order, as far as the list has them, else the usual ones', t => {
  t.deepEqual(shownColumns('todo', null), usualColumns.todo);
  t.deepEqual(shownColumns('mine', ['due', 'assignee', 'matter']), ['due', 'matter']);
  t.deepEqual(shownColumns('todo', []), []);
  for (const list of ['todo', 'done', 'mine', 'drafts', 'search'] as const) t.true(usualColumns[list].every(column => offeredColumns[list].includes(column)), list);
});

test('a column is put where it is offered, moved by one place, and taken out', t => {
  t.deepEqual(toggleIn(offeredColumns.todo, ['matter', 'due'], 'step'), ['matter', 'step', 'due']);
  t.deepEqual(toggleIn(offeredColumns.todo, ['matter', 'due'], 'at'), ['matter', 'due', 'at']);
  t.deepEqual(toggleIn(offeredColumns.todo, ['matter', 'due'], 'matter'), ['due']);
  t.deepEqual(moveIn<ListColumn>(['matter', 'due'], 'due', -1), ['due', 'matter']);
  t.deepEqual(moveIn<ListColumn>(['matter', 'due'], 'due', 1), ['matter', 'due']);
  t.deepEqual(moveIn<ListColumn>(['matter'], 'due', 1), ['matter']);
  t.is(leastWidth(['due'], true) - leastWidth([], false), 252);
});

test('rows are picked up to the most a batch takes, and let go when they vanish', t => {
  t.deepEqual([...toggle(nothing, 'a', 2)], ['a']);
  t.deepEqual([...toggle(new Set(['a']), 'a', 2)], []);
  t.deepEqual([...toggle(new Set(['a', 'b']), 'c', 2)], ['a', 'b']);
  t.deepEqual([...toggleAll(new Set(['c']), ['a', 'b', 'c'], 2)], ['a', 'b']);
  t.deepEqual([...toggleAll(new Set(['a', 'b']), ['a', 'b', 'c'], 2)], []);
  t.deepEqual([...toggleAll(nothing, [], 2)], []);
  t.deepEqual([...keepListed(new Set(['a', 'b']), ['b', 'c'])], ['b']);
  const same = new Set(['b']);
  t.is(keepListed(same, ['b']), same);
});

test('offered is what fits at least one row: outcomes that ask for nothing, taking what is free, giving back what is one’s own', t => {
  const offers = batchOffers([row('1'), row('2', {takenBy: 'me'}), row('3', {takenBy: 'other', batch: []}), {...row('4'), taskId: null}], 'me');
  t.deepEqual(offers.map(offer => [offer.command, offer.outcome, offer.rows.map(rowKey)]), [['complete', 'sign', ['1', '2']], ['claim', null, ['1']], ['release', null, ['2']]]);
  t.deepEqual(batchOffers([row('3', {takenBy: 'other', batch: []})], 'me'), []);
  t.deepEqual(batchOffers([row('1'), row('2', {batch: [{id: 'sign', name: {'zh-CN': '收件'}}]})], 'me').filter(offer => offer.command === 'complete').length, 2, 'the same id under another name is another thing');
});

test('a batch goes in pieces, tells each row’s answer, and can be stopped between them', async t => {
  const rows = Array.from({length: 25}, (_, index) => row(`t${index}`));
  const refusal = {code: 'CASE_TASK_TAKEN', message: 'taken', messageZh: '已被领取', details: {}, problems: [], requestId: 'r'};
  const progress: number[] = [];
  const sizes: number[] = [];
  const lines = await runBatch({rows, isStopped: () => progress.length >= 2, onProgress: done => void progress.push(done), send: async piece => {
    sizes.push(piece.length);
    return piece.map(each => ({taskId: each.taskId ?? '', error: each.taskId === 't3' ? refusal : null}));
  }});
  t.deepEqual([sizes, progress, lines.length], [[10, 10], [10, 20], 25]);
  t.deepEqual(lines.map(line => (line.error === null ? 'done' : line.error === 'notRun' ? 'notRun' : 'refused')).filter((_, index) => [2, 3, 19, 20, 24].includes(index)), ['done', 'refused', 'done', 'notRun', 'notRun']);
});

test('a piece whose answer never came ends the batch; beyond a hundred rows nothing is sent', async t => {
  const lost = new ApiError(0, {code: 'NETWORK', message: 'gone', messageZh: '网络中断', details: {}, problems: [], requestId: ''});
  const base = {onProgress: () => undefined, isStopped: () => false};
  let calls = 0;
  const lines = await runBatch({...base, rows: Array.from({length: 30}, (_, index) => row(`t${index}`)), send: async piece => {
    calls += 1;
    if (calls === 2) throw lost;
    return piece.map(each => ({taskId: each.taskId ?? '', error: null}));
  }});
  t.is(calls, 2);
  t.deepEqual([lines[9]?.error, lines[10]?.error, lines[20]?.error], [null, lost, 'notRun']);
  let sent = 0;
  await runBatch({...base, rows: Array.from({length: 130}, (_, index) => row(`t${index}`)), send: async piece => {
    sent += piece.length;
    return piece.map(each => ({taskId: each.taskId ?? '', error: null}));
  }});
  t.is(sent, 100);
  await t.throwsAsync(runBatch({...base, rows: [row('1')], send: () => Promise.reject(new TypeError('bug'))}), {instanceOf: TypeError});
});

test('a case that was found is a row as in the inbox; drafts and tasks have addresses of their own', t => {
  const head: CaseHeadView = {id: 'c1', number: 'N1', title: '路灯', bundleId: 'hotline', state: {id: 's', title: {'zh-CN': '办理中'}}, urgency: null, urgencyTitle: null, matterTitle: '照明', round: 1, marks: [], acceptedAt: 7, leadUnitName: '城管局', clock: null};
  t.like(rowOfHead(head), {caseId: 'c1', taskId: null, draftId: null, unitName: '城管局', at: 7, matterTitle: '照明'});
  t.deepEqual([rowOfHead(head), row('t'), {...row('t'), draftId: 'd'}].map(rowAddress), ['/cases/c1', '/cases/case-t?task=t', '/drafts/d']);
});

test('filters are the same in any order, and a missing one is no empty one', t => {
  t.true(isSame({state: 'a', urgency: 'b'}, {urgency: 'b', state: 'a'}));
  t.false(isSame({state: 'a'}, {}));
});
