import test from 'ava';
import {askedWords, isPersonNumber, placeOfSearch} from '../src/search/asked-words.js';

test('a number of a person stands neither in the address nor in the history, and comes back with its entry', t => {
  for (const number of ['13899990001', '138 9999 0001', '+86 13899990001', '0991-2345678', '65010319900101123X', '１３８９９９９０００１', '138999']) {
    t.true(isPersonNumber(number), number);
    const {to, state} = placeOfSearch(number, {status: 'open'}, 'anna');
    t.is(to, '/search?status=open');
    t.false(JSON.stringify(state).includes(number));
    t.is(askedWords(new URLSearchParams('status=open'), state, 'anna'), number);
    t.is(askedWords(new URLSearchParams('status=open'), state, 'bela'), '', 'whoever signs in next does not get it');
  }
});

test('other words stand in the address, and a search without words has none', t => {
  for (const words of ['占道经营', 'WLMQ-20260302-000001', '12345', '3 号楼']) {
    t.false(isPersonNumber(words), words);
    const {to, state} = placeOfSearch(words, {}, 'anna');
    t.is(state, null);
    t.is(askedWords(new URL(to, 'http://x').searchParams, state, 'anna'), words);
  }
  t.deepEqual(placeOfSearch('', {}, 'anna'), {to: '/search', state: null});
  t.is(askedWords(new URLSearchParams(), {asked: 'gone'}, 'anna'), '', 'a reload forgets it');
  t.is(askedWords(new URLSearchParams(), 'nonsense', 'anna'), '');
});
