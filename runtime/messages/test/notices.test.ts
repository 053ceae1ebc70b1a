import test from 'ava';
import {openTestStore} from '@banli/store/testing';
import {createTestClock} from '@banli/time';
import {createNotices} from '../src/index.js';

async function setup() {
  const store = await openTestStore();
  const clock = createTestClock(1000);
  const notices = createNotices(store, clock);
  const notify = (...personIds: string[]) => {
    clock.moveBy(1);
    return store.tx(tx => notices.notify(tx, {personIds, kind: 'task.opened', title: {'zh-CN': '新任务', en: 'New task'}, body: {'zh-CN': '请办理'}, caseId: 'c1', at: clock.now()}));
  };
  return {store, clock, notices, notify};
}

test('each person gets a notice once and reads only his own', async t => {
  const {store, notices, notify} = await setup();
  await notify('p1', 'p2', 'p1');
  t.is(await notices.unread('p1'), 1);
  const [own] = (await notices.list('p2', {limit: 10})).notices;
  t.deepEqual(own?.title, {'zh-CN': '新任务', en: 'New task'});
  t.deepEqual(own?.body, {'zh-CN': '请办理'});
  await t.throwsAsync(notices.read('p1', own?.id ?? ''), {code: 'MESSAGES_NOTICE_UNKNOWN'});
  t.is(await notices.unread('p2'), 1);
  await store.close();
});

test('reading twice keeps the first moment; reading all leaves others alone', async t => {
  const {store, clock, notices, notify} = await setup();
  await notify('p1');
  await notify('p1', 'p2');
  const id = (await notices.list('p1', {limit: 1})).notices[0]?.id ?? '';
  await notices.read('p1', id);
  const readAt = clock.now();
  clock.moveBy(500);
  await notices.read('p1', id);
  await notices.readAll('p1');
  t.is((await notices.list('p1', {limit: 1})).notices[0]?.readAt, readAt);
  t.deepEqual([await notices.unread('p1'), await notices.unread('p2')], [0, 1]);
  await store.close();
});

test('several are marked at once: those of others and unknown ones are named and stay as they are', async t => {
  const {store, clock, notices, notify} = await setup();
  await notify('p1');
  await notify('p1', 'p2');
  const ids = async (who: string) => (await notices.list(who, {limit: 10})).notices.map(notice => notice.id);
  const [mine, others] = [await ids('p1'), await ids('p2')];
  await notices.read('p1', mine[0] ?? '');
  const readAt = clock.now();
  clock.moveBy(500);
  t.deepEqual(await notices.readMany('p1', [...mine, ...others, 'nothing']), [...others, 'nothing']);
  t.deepEqual((await notices.list('p1', {limit: 10})).notices.map(notice => notice.readAt), [readAt, clock.now()]);
  t.is(await notices.unread('p2'), 1);
  await store.close();
});

test('the list pages from new to old, also the unread alone', async t => {
  const {store, notices, notify} = await setup();
  for (let round = 0; round < 5; round += 1) await notify('p1');
  const first = await notices.list('p1', {limit: 2});
  const second = await notices.list('p1', {limit: 2, cursor: first.nextCursor ?? ''});
  const third = await notices.list('p1', {limit: 2, cursor: second.nextCursor ?? ''});
  const all = [...first.notices, ...second.notices, ...third.notices];
  t.is(new Set(all.map(notice => notice.id)).size, 5);
  t.deepEqual(all.map(notice => notice.at), [...all.map(notice => notice.at)].sort((one, two) => two - one));
  t.is(third.nextCursor, null);
  await notices.read('p1', all[0]?.id ?? '');
  t.is((await notices.list('p1', {limit: 9, unreadOnly: true})).notices.length, 4);
  await store.close();
});

test('a cause that fails takes its notice along', async t => {
  const {store, notices} = await setup();
  await t.throwsAsync(store.tx(async tx => {
    await notices.notify(tx, {personIds: ['p1'], kind: 'a', title: {'zh-CN': 'a'}, body: {'zh-CN': 'a'}, caseId: '', at: 1});
    throw new Error('half-way');
  }));
  t.is(await notices.unread('p1'), 0);
  await store.close();
});
