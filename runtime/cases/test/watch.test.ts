import test from 'ava';
import {createCaseWatch} from '../src/index.js';

const longMs = 60_000;

test('who waits for a case is told when it moves, also when that was before he began to wait', async t => {
  const watch = createCaseWatch();
  const one = watch.listen('a');
  const other = watch.listen('b');
  const told = one.moved(longMs);
  watch.touch('a');
  t.true(await told);
  watch.touch('b');
  t.true(await other.moved(longMs));
});

test('a case that does not move answers after the time', async t => {
  const watch = createCaseWatch();
  const one = watch.listen('a');
  watch.touch('b');
  t.false(await one.moved(1));
  one.end();
  one.end();
});

test('at the end everybody is let go, and nobody waits any more', async t => {
  const watch = createCaseWatch();
  const told = watch.listen('a').moved(longMs);
  watch.close();
  t.false(await told);
  t.false(await watch.listen('a').moved(longMs));
});

test('of too many the last ones are answered at once, until others have gone', async t => {
  const watch = createCaseWatch();
  const all = Array.from({length: 2_000}, (_, index) => watch.listen(String(index)));
  t.false(await watch.listen('x').moved(longMs));
  all[0]?.end();
  const one = watch.listen('x');
  watch.touch('x');
  t.true(await one.moved(longMs));
});

test('whoever passes touches on is called with each', t => {
  const watch = createCaseWatch();
  const seen: string[] = [];
  watch.onTouch(caseId => seen.push(caseId));
  watch.touch('a');
  watch.touch('b');
  t.deepEqual(seen, ['a', 'b']);
});
