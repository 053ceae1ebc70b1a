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

/** Shares of the sentences whose matter stands first, and among the first three; the misses are printed. */
async function sharesOf(t: ExecutionContext, name: string): Promise<{readonly first: number; readonly three: number; readonly count: number}> {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const advisory = createMatterAdvisory({catalogs: service, clock: createTestClock(at), advisers: () => [], past: async () => [], onFault: what => t.fail(what)});
  const sentences = await sentencesOf(name);
  let [first, three] = [0, 0];
  for (const [sentence, matterCode] of sentences) {
    t.truthy((await service.checkRow('matters', matterCode, at)).version, matterCode);
    const found = await advisory.candidates(sentence, at, 3);
    const place = found.findIndex(({choice}) => choice.key === matterCode);
    if (place === 0) first += 1;
    if (place >= 0) three += 1;
    if (place !== 0) t.log(`${place < 0 ? '不在前三' : `第 ${place + 1}`}：${sentence}（${matterCode}）→ ${found.map(({choice, points, why}) => `${choice.key} ${choice.title['zh-CN']} ${points}：${why['zh-CN']}`).join(' | ')}`);
  }
  t.log(`${name}: ${first} first and ${three} among three of ${sentences.length}`);
  return {first: first / sentences.length, three: three / sentences.length, count: sentences.length};
}

test('everyday sentences find their matter: 85 of 100 in first place, 95 among the first three', async t => {
  const {first, three, count} = await sharesOf(t, 'complaints');
  t.true(count >= 60);
  t.true(first >= 0.85, `${first}`);
  t.true(three >= 0.95, `${three}`);
});

test('so do sentences that the measure was not chosen by, nearly', async t => {
  const {first, three} = await sharesOf(t, 'complaints-unseen');
  t.true(first >= 0.75, `${first}`);
  t.true(three >= 0.95, `${three}`);
});

test('sentences about matters drawn by lot, written after the synonyms, are held to what was reached', async t => {
  const {first, three, count} = await sharesOf(t, 'complaints-drawn');
  t.true(count >= 24);
  t.true(first >= 0.05, `${first}`);
  t.true(three >= 0.2, `${three}`);
});

test('so are further sentences, written before the synonyms', async t => {
  const {first, three, count} = await sharesOf(t, 'complaints-fresh');
  t.true(count >= 48);
  t.true(first >= 0.4, `${first}`);
  t.true(three >= 0.65, `${three}`);
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
