import test from 'ava';
import {readManifest} from '../src/index.js';
import {keepLast} from '../src/kept.js';

test('a text is made into something once, as long as it is among the last', t => {
  const made: string[] = [];
  const read = keepLast((text, variant) => {
    made.push(`${text}${variant}`);
    return {text};
  }, 10);
  t.is(read('abc'), read('abc'));
  t.not(read('abc'), read('abc', 'json') as unknown);
  t.deepEqual(made, ['abc', 'abcjson']);
  read('defgh');
  read('abc');
  t.deepEqual(made, ['abc', 'abcjson', 'defgh', 'abc'], 'what is older is forgotten');
});

test('a text longer than all that may be kept is made, and kept until the next comes', t => {
  let count = 0;
  const read = keepLast(() => ({count: count += 1}), 5);
  t.is(read('a very long text').count, 1);
  t.is(read('a very long text').count, 1);
  read('b');
  t.is(read('a very long text').count, 3);
});

test('what is read from one text twice is not shared: a reader may change his own', t => {
  const text = 'id: [';
  t.deepEqual(readManifest('bundle.yaml', text).problems, readManifest('bundle.yaml', text).problems);
  const once = readManifest('bundle.yaml', 'id: demo\n');
  const twice = readManifest('bundle.yaml', 'id: demo\n');
  t.not(once.problems, twice.problems);
  t.deepEqual(once.problems, twice.problems);
});
