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

test('of many entries the ten that are looked for are the first ten of all, and no search leaves counts behind', t => {
  const heads = ['占道', '噪音', '供暖', '物业', '停车'];
  const acts = ['扰民', '超标', '拖延', '咨询', '变更', '注销', '损坏'];
  const title = (index: number): string => `${heads[index % 5]}${acts[Math.floor(index / 5) % 7]}${heads[Math.floor(index / 35) % 5]}${index % 811}`;
  const index = new MatterIndex(keyed(Array.from({length: 9_000}, (_, at) => ({title: title(at), initials: '', words: at % 11 === 0 ? [`词${at % 97}`] : [], path: '', elements: []}))));
  for (const query of ['占道扰民停车8', '噪音超标琥珀', '琥珀', '琥珀1', '词9', '物业拖延占道咨询变更', '占道扰民占道扰民']) {
    const all = index.search(query, 9_000);
    t.deepEqual(index.search(query, 10), all.slice(0, 10), query);
    t.deepEqual(index.search(query, 9_000), all, `${query} a second time`);
    t.true(all.every(({points}, at) => at === 0 || points <= (all[at - 1]?.points ?? 0)), query);
  }
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

test('a sentence that names an element, or a value to choose from, leads to the matters that ask for it; what nearly all ask tells nothing', t => {
  const plain = {initials: '', words: [], path: ''};
  const entries = keyed(['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬'].map((title, index) => ({...plain, title, elements: index === 3 ? ['噪音来源', '广场舞', '联系电话'] : ['联系电话']})));
  const index = new MatterIndex(entries);
  t.deepEqual(index.search('每晚楼下广场舞吵得睡不着', 5), [{id: 3, points: 14, why: {'zh-CN': '表单要素：广场舞', en: 'elements of the form: 广场舞'}}]);
  t.like(index.search('广场舞扰民，噪音来源不明', 5)[0], {id: 3, points: 18});
  t.deepEqual(index.search('请按联系电话回复我', 5), []);
});

test('the values of an element lead to its matters, and the index is built once however many ask at the same time', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const [found, again] = await Promise.all([service.searchMatters('晚上有人在楼下跳广场舞', at, 5), service.searchMatters('晚上有人在楼下跳广场舞', at, 5)]);
  t.deepEqual(found, again);
  t.true(found.some(match => /广场舞/.test(match.why['zh-CN'])), found.map(match => match.why['zh-CN']).join());
});
