import test from 'ava';
import {createKeys, createVault} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, dayMs} from '@banli/time';
import {createRecentReasons, isWorthKeeping, mostReasons} from '../src/index.js';

async function setup(t: {teardown(end: () => Promise<void>): void}) {
  const clock = createTestClock(1_760_000_000_000);
  const store = await openTestStore({clock});
  t.teardown(() => store.close());
  return {store, clock, reasons: createRecentReasons({store, vault: createVault(createKeys()), clock})};
}

const given = (text: string, outcome = 'refuse', field = 'opinion') => ({field, outcome, text});

test('the last five texts of a person, field and outcome are kept, the newest first, each once, and for nobody else', async t => {
  const {reasons, clock} = await setup(t);
  for (const text of ['一', '二', '三', '四', '五', '六', '二']) {
    clock.moveBy(1_000);
    await reasons.remember('p', 'hotline', [given(text)]);
  }
  await reasons.remember('p', 'hotline', [given('同意', 'approve'), given('请核实', 'delegate', 'delegateNote')]);
  const texts = (rows: ReadonlyArray<{outcome: string; text: string}>, outcome: string) => rows.filter(row => row.outcome === outcome).map(row => row.text);
  const read = await reasons.read('p', 'hotline');
  t.deepEqual(texts(read, 'refuse'), ['二', '六', '五', '四', '三']);
  t.is(texts(read, 'refuse').length, mostReasons);
  t.deepEqual(texts(read, 'approve'), ['同意']);
  t.deepEqual(await reasons.read('other', 'hotline'), []);
  t.deepEqual(await reasons.read('p', 'leave'), []);
  await reasons.forget('other', 'hotline', 'opinion');
  t.is((await reasons.read('p', 'hotline')).length, 7);
  await reasons.forget('p', 'hotline', 'opinion');
  t.deepEqual(await reasons.read('p', 'hotline'), [given('请核实', 'delegate', 'delegateNote')]);
});

test('texts lie sealed, two browsers at once keep one row, and what nobody used for half a year is gone', async t => {
  const {reasons, store, clock} = await setup(t);
  await Promise.all([1, 2, 3].map(() => reasons.remember('p', 'hotline', [given('不属于本单位职责')])));
  const rows = await store.knex('recent_reason');
  t.is(rows.length, 1);
  t.false(JSON.stringify(rows).includes('职责'));
  clock.moveBy(181 * dayMs);
  t.deepEqual(await reasons.read('p', 'hotline'), []);
  await reasons.remember('q', 'hotline', [given('同意')]);
  t.deepEqual((await store.knex('recent_reason')).map((row: {person_id: string}) => row.person_id), ['q']);
});

test('what tells of a person, or belongs to one case alone, is not offered again', t => {
  for (const text of ['情况属实，同意', '第 3 次退回，2026 年 1 月答复']) t.true(isWorthKeeping(text, ['阿依古丽', '']), text);
  for (const text of ['', '  ', '请联系 138 0013 8000', '证件 65010319900101123X', '电话０９９１１２３４５６７', '阿依古丽要求退款', '长'.repeat(201)]) t.false(isWorthKeeping(text, ['阿依古丽']), text);
});
