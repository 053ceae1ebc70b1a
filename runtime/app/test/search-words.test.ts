import test from 'ava';
import {mayBePersonal, putWords, wordsOf} from '../src/search/search-words.js';

test('numbers of people are told from numbers of cases and from words', t => {
  for (const words of ['13899990001', '138 9999 0001', '0991-2345678', '+86 13899990001', '65010219900101123X']) t.true(mayBePersonal(words), words);
  for (const words of ['占道经营', '650100-20260302-000001', '2 号楼', 'A12345']) t.false(mayBePersonal(words), words);
});

test('a phone number is searched for without standing in the address, and only by who typed it', t => {
  const {query, state} = putWords('13899990001', 'anna');
  t.deepEqual(query, {});
  t.is(wordsOf(new URLSearchParams(query), state, 'anna'), '13899990001');
  t.is(wordsOf(new URLSearchParams(query), state, 'bela'), '');
  t.is(wordsOf(new URLSearchParams(query), {words: 99}, 'anna'), '', 'nothing is known of it once the page was loaded anew');
});

test('other words stand in the address', t => {
  const {query, state} = putWords('占道', 'anna');
  t.is(wordsOf(new URLSearchParams(query), state, 'anna'), '占道');
});
