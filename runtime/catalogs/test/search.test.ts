import test from 'ava';
import fc from 'fast-check';
import {BigramIndex} from '../src/search/bigram-index.js';
import {MatterIndex, type SearchEntry} from '../src/search/matter-index.js';
import {initialsOf, normalise} from '../src/search/normalise.js';
import {sampleService} from './sample-service.js';
import {scanMatters} from './scan-matters.js';

const alphabet = ['占', '道', '经', '营', '噪', '音', 'a', 'b', '1', '𠮷'];
const word = fc.array(fc.constantFrom(...alphabet), {minLength: 1, maxLength: 6}).map(letters => letters.join(''));
const entry = fc.record({title: word, initials: fc.stringMatching(/^[ab]{0,4}$/), words: fc.uniqueArray(word, {maxLength: 2}), path: word, elements: fc.uniqueArray(word, {maxLength: 1})});

/** Entries with keys in order. */
function keyed(texts: ReadonlyArray<Omit<SearchEntry, 'key'>>): readonly SearchEntry[] {
  return texts.map((text, index) => ({key: String(1_000 + index * 3), ...text}));
}

test('the index finds exactly what a plain scan finds, in the same order', t => {
  fc.assert(fc.property(fc.array(entry, {maxLength: 40}), fc.oneof(word, fc.stringMatching(/^1[0-9]{0,3}$/), fc.stringMatching(/^[ab]{1,3}$/)), (texts, query) => {
    const entries = keyed(texts);
    const index = new MatterIndex(entries);
    const expected = scanMatters(entries, query);
    for (const limit of [1, 3, 1_000]) {
      const found = index.search(query, limit).map(({id, points}) => ({id, points}));
      if (JSON.stringify(found) !== JSON.stringify(expected.slice(0, limit))) return false;
    }
    return true;
  }), {numRuns: 3_000});
  t.pass();
});

test('a substring is found wherever it stands, and nothing else', t => {
  fc.assert(fc.property(fc.array(word, {maxLength: 60}), word, (texts, query) => {
    const index = new BigramIndex(texts);
    const containing: number[] = [];
    const starting: number[] = [];
    index.containing(query, id => containing.push(id) > 0);
    index.startingWith(query, id => starting.push(id) > 0);
    const ids = texts.map((_, id) => id);
    return String(containing) === String(ids.filter(id => texts[id]?.includes(query))) && String(starting) === String(ids.filter(id => texts[id]?.startsWith(query)));
  }), {numRuns: 3_000});
  t.pass();
});

test('many keys, an empty index and an empty query are no trouble', t => {
  const texts = Array.from({length: 5_000}, (_, index) => String.fromCharCode(0x4e00 + index) + String.fromCharCode(0x4e00 + ((index * 7) % 5_000)));
  const index = new BigramIndex(texts);
  const found: number[] = [];
  index.containing(texts[4_321] ?? '', id => found.push(id) > 0);
  t.deepEqual(found, [4_321]);
  t.deepEqual(new MatterIndex([]).search('占道', 10), []);
  t.deepEqual(new MatterIndex(keyed([{title: '占道', initials: 'zd', words: [], path: '', elements: []}])).search('', 10), []);
});

test('letters of pinyin find a title, and digits only codes', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  t.is(initialsOf('店外占道-Shop 1'), 'dwzd');
  t.is(normalise('　Ａ b，占 道。'), 'ab占道');
  const byLetters = await service.searchMatters('zdjy', at, 5);
  t.true(byLetters.some(match => match.choice.title['zh-CN'].includes('占道经营')));
  t.regex(byLetters[0]?.why['zh-CN'] ?? '', /拼音首字母/);
  t.true((await service.searchMatters('01', at, 50)).every(match => match.choice.key.startsWith('01')));
});

test('an element of the form leads to the matters that ask for it', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const found = await service.searchMatters('涉及金额', at, 5);
  t.true(found.some(match => match.why['zh-CN'] === '表单要素含“涉及金额”'));
});
