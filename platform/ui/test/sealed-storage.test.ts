import {webcrypto} from 'node:crypto';
import test from 'ava';
import {createSealedStorage, forgetKept, keptKey, keptOf} from '../src/logic.js';

const [mine, others] = ['1'.repeat(64), '2'.repeat(64)];
const name = keptKey('p-1', 'task.t1');
const text = JSON.stringify({at: 1, value: {content: '来电人住解放南路'}});

/** A browser's storage with what lies in it, and pages that stand on it. */
function setup(entries: Readonly<Record<string, string>> = {}) {
  const held = new Map(Object.entries(entries));
  const base = {get length() { return held.size; }, key: (index: number) => [...held.keys()][index] ?? null, getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key)};
  return {held, base, page: (subtle: SubtleCrypto | undefined = webcrypto.subtle as SubtleCrypto) => createSealedStorage(base, subtle)};
}

test('what lies in the browser is read by its person alone, who gets it back at the next sign-in', async t => {
  const {held, page} = setup();
  const first = page();
  await first.unlock('p-1', mine);
  first.setItem(name, text);
  t.is(first.getItem(name), text, 'the open page has it at once');
  await first.settled();
  t.regex(held.get(name) ?? '', /^sealed1\.[0-9a-f]+$/);
  const next = page();
  t.is(next.getItem(name), null, 'nothing before the sign-in');
  t.deepEqual(keptOf(next, 'p-1'), [name], 'but that there is something');
  await next.unlock('p-1', mine);
  t.is(next.getItem(name), text);
});

test('what another key, another name or a changed entry would give is nothing, and goes', async t => {
  const {held, base, page} = setup();
  const first = page();
  await first.unlock('p-1', mine);
  first.setItem(name, text);
  await first.settled();
  const sealed = held.get(name) ?? '';
  const other = keptKey('p-1', 'task.t2');
  for (const [where, stored, key] of [[name, sealed, others], [other, sealed, mine], [name, `${sealed.slice(0, -1)}${sealed.endsWith('0') ? '1' : '0'}`, mine], [name, 'sealed1.', mine]] as const) {
    held.clear();
    base.setItem(where, stored);
    const next = page();
    await next.unlock('p-1', key);
    t.is(next.getItem(where), null);
    t.deepEqual([...held.keys()], []);
  }
});

test('the last of several writes stays, and nothing comes back after it was forgotten', async t => {
  const {held, page} = setup({'banli.language': 'en'});
  const storage = page();
  await storage.unlock('p-1', mine);
  for (const typed of ['"一"', '"一二"', '"一二三"']) storage.setItem(name, typed);
  await storage.settled();
  const next = page();
  await next.unlock('p-1', mine);
  t.is(next.getItem(name), '"一二三"');
  storage.setItem(name, '"晚到"');
  forgetKept(storage, null);
  await storage.settled();
  t.deepEqual([[...held.keys()], storage.getItem(name)], [['banli.language'], null]);
});

test('what an earlier version kept open is taken over and encrypted', async t => {
  const {held, page} = setup({[name]: text});
  const storage = page();
  await storage.unlock('p-1', mine);
  t.is(storage.getItem(name), text);
  await storage.settled();
  t.regex(held.get(name) ?? '', /^sealed1\./);
});

test('a tab learns what another one wrote or removed', async t => {
  const {held, page} = setup();
  const [one, two] = [page(), page()];
  await one.unlock('p-1', mine);
  await two.unlock('p-1', mine);
  one.setItem(name, text);
  await one.settled();
  await two.noteOther(name, held.get(name) ?? null);
  t.is(two.getItem(name), text);
  await two.noteOther(keptKey('p-2', 'task.t1'), text);
  t.is(two.getItem(keptKey('p-2', 'task.t1')), null, 'nothing of others');
  await two.noteOther(name, null);
  t.is(two.getItem(name), null);
});

test('where the browser offers no encryption, texts are kept as they are', async t => {
  const {held, base} = setup();
  const storage = createSealedStorage(base, undefined);
  await storage.unlock('p-1', mine);
  storage.setItem(name, text);
  t.is(held.get(name), text);
  t.is(storage.getItem(name), text);
});
