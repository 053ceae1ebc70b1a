import {readFile} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import {createTestClock} from '@banli/time';
import {createMatterAdvisory} from '../src/index.js';
import {readOnlyService} from './sample-service.js';

/** Invented everyday sentences with the matter that each is about. */
async function sentencesOf(name: string): Promise<ReadonlyArray<readonly [sentence: string, matterCode: string]>> {
  const text = await readFile(new URL(`./fixtures/${name}.csv`, import.meta.url), 'utf8');
  return text.trim().split('\n').slice(1).map(line => {
    const [sentence = '', matterCode = ''] = line.split(',');
    return [sentence, matterCode];
  });
}

/** Shares of the sentences whose matter stands first, and among the first three, and of those that are called sure; the misses are printed. */
async function sharesOf(t: ExecutionContext, name: string, tail = ''): Promise<{readonly first: number; readonly three: number; readonly sure: number; readonly right: number; readonly count: number}> {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const advisory = createMatterAdvisory({catalogs: service, clock: createTestClock(at), advisers: () => [], past: async () => [], onFault: what => t.fail(what)});
  const sentences = await sentencesOf(name);
  let [first, three, sure, right] = [0, 0, 0, 0];
  for (const [sentence, matterCode] of sentences) {
    t.truthy((await service.checkRow('matters', matterCode, at)).version, matterCode);
    const found = await advisory.candidates(`${sentence}${tail}`, at, 3);
    const place = found.findIndex(({choice}) => choice.key === matterCode);
    if (place === 0) first += 1;
    if (place >= 0) three += 1;
    if (found[0]?.certainty === 'sure') sure += 1;
    if (found[0]?.certainty === 'sure' && place === 0) right += 1;
    if (place !== 0) t.log(`${place < 0 ? '不在前三' : `第 ${place + 1}`}：${sentence}（${matterCode}）→ ${found.map(({choice, points, why}) => `${choice.key} ${choice.title['zh-CN']} ${points}：${why['zh-CN']}`).join(' | ')}`);
  }
  t.log(`${name}: ${first} first and ${three} among three of ${sentences.length}; ${right} of ${sure} sure ones right`);
  return {first: first / sentences.length, three: three / sentences.length, sure: sure / sentences.length, right: right / sure, count: sentences.length};
}

/** What was reached, less two or three sentences: the sets in the order in which they were written, the last one before the first example was, and by somebody who saw none. */
const floors: ReadonlyArray<readonly [name: string, about: string, count: number, first: number, three: number]> = [
  ['complaints', 'everyday sentences', 102, 0.9, 0.98],
  ['complaints-unseen', 'sentences that the measure of words was not chosen by', 48, 0.8, 0.93],
  ['complaints-fresh', 'sentences written before most synonyms', 48, 0.75, 0.85],
  ['complaints-drawn', 'sentences about matters drawn by lot, in words that no synonym has', 30, 0.66, 0.8],
  ['complaints-blind', 'sentences about matters drawn by lot, by which nothing was chosen', 80, 0.73, 0.93],
];

for (const [name, about, least, first, three] of floors) {
  test(`${about} find their matter: ${first * 100} of 100 in first place, ${three * 100} among the first three, and 9 of 10 that are called sure are right`, async t => {
    const found = await sharesOf(t, name);
    t.is(found.count, least);
    t.true(found.first >= first, `${found.first}`);
    t.true(found.three >= three, `${found.three}`);
    t.true(found.sure >= 0.2, `${found.sure}`);
    t.true(found.right >= 0.9, `${found.right}`);
  });
}

/** What operators write around what it is about. */
const tails = ['。我住在解放南路小区，反映过好几次都没有人管，希望有关部门尽快核实处理并给我一个答复。', '。市民来电反映：本人家住天山区，今天上午发现这个情况，已经持续一个多星期，影响老人和孩子出行，之前给社区打过电话没有结果，现要求尽快处理，请职能部门核实后回复。谢谢。'];

for (const [index, tail] of tails.entries()) {
  test(`what any call says besides (${index + 1}) hides what it is about in one of ten at most, and makes nobody surer`, async t => {
    const found = await sharesOf(t, 'complaints-blind', tail);
    t.true(found.first >= 0.65, `${found.first}`);
    t.true(found.three >= 0.85, `${found.three}`);
    t.true(Number.isNaN(found.right) || found.right >= 0.9, `${found.right}`);
  });
}

test('what is said of nothing is about nothing, or at most a guess', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const advisory = createMatterAdvisory({catalogs: service, clock: createTestClock(at), advisers: () => [], past: async () => [], onFault: what => t.fail(what)});
  for (const text of ['喂，你好', '谢谢你们', '今天天气很好', '我想问一下', '嗯嗯嗯', 'x', '13800000000', '我'.repeat(2_000)]) t.true((await advisory.candidates(text, at, 3)).every(({certainty}) => certainty !== 'sure'), text);
});

test('a word that any complaint holds outweighs no rare one, and the reason names what counted', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const found = await service.searchMatters('小区停水三天没人管', at, 3);
  t.is(found[0]?.choice.key, '130101');
  t.is(found[0]?.why['zh-CN'], '名称相近：停水');
  t.true(found.every(({choice}) => choice.title['zh-CN'].includes('停')));
  const leaking = await service.searchMatters('楼上卫生间漏水把天花板都泡坏了', at, 5);
  t.is(leaking.find(({choice}) => choice.key === '030307')?.why['zh-CN'], '名称相近：漏水；同义说法相近：天花板、楼上');
});

test('every leaf matter is found in first place, or shares it, by its own title and by each of its synonyms', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const view = await service.choices('matters', at);
  const leaves = new Map(view.choices.filter(choice => choice.leaf && choice.status === 'active').map(choice => [choice.key, choice]));
  const rows = (await readFile(new URL('../../../catalogs/matters/data/synonyms.csv', import.meta.url), 'utf8')).trim().split('\n').slice(1).map(line => line.split(','));
  const names = [...[...leaves].map(([key, {title}]) => [key, title['zh-CN']] as const), ...rows.flatMap(([key = '', word = '']) => (leaves.has(key) ? [[key, word] as const] : []))];
  t.true(names.length > 1_500);
  for (const [key, name] of names) {
    const found = await service.searchMatters(name, at, 20);
    t.is(found.find(({choice}) => choice.key === key)?.points, found[0]?.points, `${name} ${key}`);
  }
});

test('digits that begin no code are words like any other', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  t.is((await service.searchMatters('12306', at, 3))[0]?.choice.key, '080502');
  t.deepEqual(await service.searchMatters('98765', at, 3), []);
});
