import test from 'ava';
import {createTestClock} from '@banli/time';
import {createAutosave} from '../src/autosave/autosave.js';

function setup(answers: Array<number | Error>) {
  const clock = createTestClock(1_000);
  const entries = new Map<string, string>();
  const waits: Array<{ms: number; signal: AbortSignal; go: () => void}> = [];
  const saved: string[] = [];
  const storage = {getItem: (key: string) => entries.get(key) ?? null, setItem: (key: string, value: string) => void entries.set(key, value), removeItem: (key: string) => void entries.delete(key)};
  const options = {
    key: 'k',
    storage,
    clock,
    save: async (value: string) => {
      saved.push(value);
      const answer = answers.shift() ?? clock.now();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    judge: (error: unknown) => ({passing: (error as Error).message === 'offline', reason: (error as Error).message}),
    wait: (ms: number, signal: AbortSignal) => new Promise<void>(go => waits.push({ms, signal, go})),
  };
  const passTime = async () => {
    for (const wait of waits.splice(0)) wait.go();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {autosave: createAutosave<string>(options), options, entries, saved, passTime, waits};
}

test('a change stands in the net at once and is sent after the quiet time, once for several changes', async t => {
  const {autosave, entries, saved, passTime} = setup([2_000]);
  autosave.change('a');
  autosave.change('ab');
  t.true(entries.has('k'));
  t.deepEqual(saved, []);
  await passTime();
  t.deepEqual(saved, ['ab']);
  t.deepEqual(autosave.state(), {status: 'saved', at: 2_000, reason: ''});
  t.false(entries.has('k'));
});

test('without a connection the net keeps it and a later try sends it', async t => {
  const {autosave, entries, saved, passTime, waits} = setup([new Error('offline'), 3_000]);
  autosave.change('a');
  await passTime();
  t.is(autosave.state().status, 'local');
  t.true(entries.has('k'));
  t.is(waits[0]?.ms, 10_000);
  await passTime();
  t.deepEqual(saved, ['a', 'a']);
  t.is(autosave.state().status, 'saved');
});

test('a refusal is told with its reason and not tried again by itself', async t => {
  const {autosave, entries, passTime, waits} = setup([new Error('too long')]);
  autosave.change('a');
  await passTime();
  t.like(autosave.state(), {status: 'refused', reason: 'too long'});
  t.is(waits.length, 0);
  t.true(entries.has('k'));
});

test('a change made while saving is saved after it', async t => {
  const {autosave, saved, passTime} = setup([1, 2]);
  autosave.change('a');
  const first = autosave.flush();
  autosave.change('b');
  await first;
  await passTime();
  t.deepEqual(saved, ['a', 'b']);
  t.is(autosave.state().status, 'saved');
});

test('another page finds what was left behind, and nothing after it was submitted', t => {
  const {autosave, options, entries} = setup([]);
  autosave.change('typed');
  t.deepEqual(createAutosave<string>(options).recover(), {value: 'typed', at: 1_000});
  autosave.forget();
  t.is(createAutosave<string>(options).recover(), null);
  entries.set('k', '{broken');
  t.is(createAutosave<string>(options).recover(), null);
});

test('a save that comes back after forgetting changes nothing', async t => {
  const {autosave} = setup([new Error('offline')]);
  autosave.change('a');
  const flushed = autosave.flush();
  autosave.forget();
  await flushed;
  t.is(autosave.state().status, 'clean');
});

test('while something is submitted no save begins, one on its way is waited for, and what was typed meanwhile follows when it was refused', async t => {
  const {autosave, options, saved, passTime, waits, entries} = setup([]);
  const answers: Array<() => void> = [];
  const order: string[] = [];
  const slow = createAutosave<string>({...options, save: async value => {
    order.push(`save ${value}`);
    await new Promise<void>(go => answers.push(go));
    order.push(`saved ${value}`);
    return 1;
  }});
  slow.change('a');
  await passTime();
  const submitting = slow.during(async () => {
    order.push('submit');
    slow.change('ab');
    await slow.flush();
    throw new Error('refused');
  });
  await passTime();
  t.deepEqual(order, ['save a'], 'the submit waits for the save');
  answers.shift()?.();
  await t.throwsAsync(submitting, {message: 'refused'});
  t.deepEqual(order, ['save a', 'saved a', 'submit']);
  t.true(entries.has('k'), 'what was typed meanwhile stands on this computer');
  await passTime();
  t.is(order.at(-1), 'save ab');
  answers.shift()?.();

  autosave.change('x');
  await autosave.during(async () => undefined);
  autosave.forget();
  await passTime();
  t.deepEqual([saved, waits.length], [[], 0], 'what was submitted is not saved again');
});

test('two submits at once keep saves waiting until both have ended', async t => {
  const {autosave, saved, passTime} = setup([]);
  const ends: Array<() => void> = [];
  const work = () => autosave.during(() => new Promise<void>(go => ends.push(go)));
  const both = [work(), work()];
  await passTime();
  autosave.change('a');
  ends[0]?.();
  await both[0];
  await passTime();
  t.deepEqual(saved, []);
  ends[1]?.();
  await both[1];
  await passTime();
  t.deepEqual(saved, ['a']);
});

test('who waits for a save with others sends what is left once, not beside them', async t => {
  const {options, entries, passTime} = setup([]);
  let under = 0;
  let most = 0;
  const saved: string[] = [];
  const ends: Array<() => void> = [];
  const autosave = createAutosave<string>({...options, save: async value => {
    saved.push(value);
    most = Math.max(most, ++under);
    await new Promise<void>(end => ends.push(end));
    under -= 1;
    return 1;
  }});
  autosave.change('a');
  const first = autosave.flush();
  autosave.change('ab');
  const both = [autosave.flush(), autosave.flush()];
  for (let turn = 0; turn < 4; turn += 1) {
    ends.shift()?.();
    await passTime();
  }
  await Promise.all([first, ...both]);
  t.deepEqual([saved, most, autosave.state().status, entries.size], [['a', 'ab'], 1, 'saved', 0]);
});

test('an entry of this computer that holds nothing is no text', t => {
  const {autosave, entries} = setup([]);
  for (const text of ['null', '{', '{"at":1}', '7']) {
    entries.set('k', text);
    t.is(autosave.recover(), null, text);
  }
});
