import test from 'ava';
import fc from 'fast-check';
import {BigramIndex} from '../src/search/bigram-index.js';
import {MatterIndex, type SearchEntry} from '../src/search/matter-index.js';
import {PairTable, parts} from '../src/search/pair-table.js';
import {scanMatters} from './scan-matters.js';

/** Some characters that texts and queries share, digits above all, and some that only queries have. */
const textOf = (letters: readonly string[], most: number) => fc.array(fc.constantFrom(...letters), {minLength: 1, maxLength: most}).map(found => found.join(''));
const known = ['1', '2', '3', '占', '道'];
const texts = fc.record({title: textOf(known, 4), initials: fc.stringMatching(/^[ab]{0,2}$/), words: fc.uniqueArray(textOf(known, 3), {maxLength: 1}), path: textOf(known, 3), elements: fc.uniqueArray(textOf(known, 3), {maxLength: 1})});
const queries = textOf([...known, '琥', '珀', 'a', '𠮷'], 6);

test('what is given up before looking is nothing that a scan would find: digits, unknown words and parts of known ones', t => {
  fc.assert(fc.property(fc.array(texts, {maxLength: 12}), queries, (rows, query) => {
    const entries: readonly SearchEntry[] = rows.map((row, index) => ({key: String(7_000 + index), ...row}));
    const found = new MatterIndex(entries).search(query, 100).map(({id, points}) => ({id, points}));
    return JSON.stringify(found) === JSON.stringify(scanMatters(entries, query));
  }), {numRuns: 5_000});
  t.pass();
});

test('a word that is not there is given up, also where its number is; a synonym of digits alone is not', t => {
  const table = new PairTable({indexes: [[parts.titles, new BigramIndex(['占道12'])], [parts.words, new BigramIndex(['12345', '热线'])], [parts.initials, new BigramIndex(['zd'])]], whole: [['12345', '热线']]});
  t.is(table.askedOf('琥珀7'), 0);
  t.is(table.askedOf('琥珀99'), 0);
  t.is(table.askedOf('z琥'), 0);
  t.is(table.askedOf('珀'), 0);
  t.is(table.askedOf('占道'), parts.titles | parts.some);
  t.is(table.askedOf('道琥占道'), parts.some);
  t.is(table.askedOf('请打12345'), parts.some);
  t.is(table.askedOf('zd'), parts.initials);
  t.is(table.askedOf('占'), parts.titles);
  const without = new PairTable({indexes: [[parts.titles, new BigramIndex(['占道12'])]], whole: [['占道']]});
  t.is(without.askedOf('琥珀12'), 0);
  t.is(without.askedOf('道12'), parts.titles | parts.some);
});
