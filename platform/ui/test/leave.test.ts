import test from 'ava';
import {createTestClock} from '@banli/time';
import {createAutosave, forgetKept, keptKey, keptOf, leave} from '../src/logic.js';

/** A storage as the browser's, with what the page of one person and others left there. */
function setup(entries: readonly string[] = [keptKey('p-1', 'task.t1'), keptKey('p-10', 'task.t2'), 'banli.typed.task.p-1.old', 'banli.language']) {
  const held = new Map(entries.map(key => [key, '{}']));
  const storage = {get length() { return held.size; }, key: (index: number) => [...held.keys()][index] ?? null, getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key)};
  const told: string[] = [];
  const parts = {
    storage, personId: 'p-1', forget: () => void told.push('forget'), tell: () => void told.push('tell'),
    flush: async () => void told.push('flush'), ask: async () => told.push('ask') > 0, end: async () => void told.push('end'),
  };
  return {held, storage, told, parts, keys: () => [...held.keys()]};
}

test('whoever comes keeps his own texts; those of others go, and what belongs to the browser stays', t => {
  const {storage, keys} = setup();
  t.deepEqual(keptOf(storage, 'p-1'), [keptKey('p-1', 'task.t1')]);
  forgetKept(storage, 'p-1');
  t.deepEqual(keys(), [keptKey('p-1', 'task.t1'), 'banli.language']);
});

test('whoever leaves is asked when something is not saved; then nothing of anybody stays', async t => {
  const {parts, keys, told} = setup();
  t.true(await leave(parts));
  t.deepEqual(told, ['flush', 'ask', 'end', 'forget', 'tell']);
  t.deepEqual(keys(), ['banli.language']);
});

test('whoever wants to stay stays, with everything', async t => {
  const {parts, keys, told} = setup();
  t.false(await leave({...parts, ask: async () => false}));
  t.deepEqual([told, keys().length], [['flush'], 4]);
});

test('nothing is asked when the server has it all, and nothing forgotten when the session cannot be ended', async t => {
  const {parts, told, keys} = setup([keptKey('p-2', 'task.t2')]);
  await t.throwsAsync(leave({...parts, end: () => Promise.reject(new Error('offline'))}), {message: 'offline'});
  t.deepEqual([told, keys().length], [['flush'], 1]);
  t.true(await leave(parts));
  t.deepEqual([told, keys()], [['flush', 'flush', 'end', 'forget', 'tell'], []]);
});

test('a save on its way brings nothing back, and a new change after an expired session is offered to the same account', async t => {
  const {storage, parts, keys} = setup([]);
  let answer: (at: number) => void = () => undefined;
  const autosave = createAutosave<string>({key: keptKey('p-1', 'task.t1'), storage, clock: createTestClock(1), save: () => new Promise(resolve => { answer = resolve; }), judge: () => ({passing: true, reason: ''}), wait: () => new Promise(() => undefined)});
  autosave.change('个人信息');
  t.deepEqual(autosave.recover(), {value: '个人信息', at: 1});
  forgetKept(storage, 'p-1');
  t.deepEqual(autosave.recover(), {value: '个人信息', at: 1}, 'the same account comes back');
  const saving = autosave.flush();
  t.true(await leave({...parts, flush: async () => undefined, forget: () => autosave.forget()}));
  answer(2);
  await saving;
  t.deepEqual(keys(), []);
  t.is(autosave.state().status, 'clean');
});
