import test from 'ava';
import fc from 'fast-check';
import {normalise, WordFinder} from '../src/index.js';

const runs = {numRuns: Number(process.env['BANLI_PROPERTY_RUNS'] ?? 300)};

function find(words: readonly string[], text: string): readonly string[] {
  return new WordFinder(words.map(word => [word, word] as const)).find(text).map(({from, to, value, text: typed}) => `${from}-${to} ${value} ${typed}`);
}

/** The rule itself, without any cleverness: every place of every word, then those that lie inside another one are left out. */
function naive(words: readonly string[], text: string): readonly string[] {
  const units: Array<{readonly unit: string; readonly from: number; readonly to: number; readonly part: number}> = [];
  let part = 0;
  let at = 0;
  for (const character of text) {
    const folded = normalise(character);
    if (folded === '' && character.trim() !== '') part += 1;
    for (const unit of folded) units.push({unit, from: at, to: at + character.length, part});
    at += character.length;
  }
  const listed = new Map(words.filter(word => normalise(word) !== '').map(word => [normalise(word), word]));
  const all = [...listed].flatMap(([folded, word]) => {
    const length = [...folded].length;
    return units.flatMap((_, from) => {
      const taken = units.slice(from, from + length);
      const fits = taken.length === length && taken.map(({unit}) => unit).join('') === folded && taken.every(each => each.part === taken[0]?.part);
      return fits ? [{from, to: from + length, word}] : [];
    });
  });
  const left = all.filter(one => !all.some(other => other !== one && other.from <= one.from && other.to >= one.to));
  return left.sort((a, b) => a.from - b.from).map(({from, to, word}) => {
    const [start, end] = [units[from]?.from ?? 0, units[to - 1]?.to ?? 0];
    return `${start}-${end} ${word} ${text.slice(start, end)}`;
  });
}

test('a word counts unless it lies inside a longer listed one; overlapping ones both count', t => {
  t.deepEqual(find(['泄漏', '天然气泄漏'], '小区天然气泄漏，水管泄漏'), ['2-7 天然气泄漏 天然气泄漏', '10-12 泄漏 泄漏']);
  t.deepEqual(find(['欠薪资', '薪资纠纷'], '欠薪资纠纷'), ['0-3 欠薪资 欠薪资', '1-5 薪资纠纷 薪资纠纷']);
  t.deepEqual(find(['着火', '着火点'], '着火着火点'), ['0-2 着火 着火', '2-5 着火点 着火点']);
});

test('width, case and blanks do not matter, punctuation ends a word', t => {
  t.deepEqual(find(['APP退费'], 'ａｐｐ 退 费'), ['0-7 APP退费 ａｐｐ 退 费']);
  t.deepEqual(find(['着火'], '孩子睡着。火车站'), []);
  t.deepEqual(find(['着火'], '孩子睡着，火车站；着　火了'), ['9-12 着火 着　火']);
});

test('without words, without a text, with words of blanks alone: nothing', t => {
  t.deepEqual(find([], '着火'), []);
  t.deepEqual(find(['着火'], ''), []);
  t.deepEqual(find(['  ', '，'], '着火，  了'), []);
});

const letter = fc.constantFrom('着', '火', '点', 'A', 'ａ', 'a', ' ', '　', '，', '。', '㎡', 'm', '2', '𠮷');
const text = fc.array(letter, {maxLength: 40}).map(all => all.join(''));
const list = fc.array(fc.array(letter, {minLength: 1, maxLength: 4}).map(all => all.join('')), {maxLength: 12});

test('random lists and texts: as the rule itself says', t => {
  fc.assert(fc.property(list, text, (words, told) => t.deepEqual(find(words, told), naive(words, told))), runs);
});

/** How often something is looked up in a map while `work` runs: the finder goes from node to node by maps. */
function lookUps(work: () => void): number {
  const {get} = Map.prototype;
  let count = 0;
  Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown): unknown {
    count += 1;
    return get.call(this, key);
  };
  try {
    work();
  } finally {
    Map.prototype.get = get;
  }
  return count;
}

test('a text of many words takes steps in proportion to its length', t => {
  const words = Array.from({length: 2_000}, (_, index) => `${'着'.repeat(index % 40)}火${index}`);
  const finder = new WordFinder(words.map(word => [word, word] as const));
  const steps = (length: number): number => lookUps(() => finder.find('着'.repeat(length)));
  const [short, long] = [steps(20_000), steps(160_000)];
  t.true(short >= 20_000, `${short} steps for 20,000 characters`);
  t.true(long < short * 9, `${short} steps for 20,000 characters, ${long} for 160,000`);
});
