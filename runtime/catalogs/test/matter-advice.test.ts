import test, {type ExecutionContext} from 'ava';
import {createTestClock} from '@banli/time';
import {createMatterAdvisory, PastOrders, type HandledOrder, type MatterAdviser} from '../src/index.js';
import {sampleService} from './sample-service.js';

const noise = '楼下工地半夜施工吵得睡不着';
const handled = (title: string, matterCode: string, times = 1): readonly HandledOrder[] => Array.from({length: times}, () => ({title, matterCode}));

async function setup(t: ExecutionContext, {past = [], advisers = []}: {readonly past?: readonly HandledOrder[]; readonly advisers?: readonly MatterAdviser[]} = {}) {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const clock = createTestClock(at);
  const looks = {past, fails: false, count: 0};
  const faults: string[] = [];
  const advisory = createMatterAdvisory({
    catalogs: service, clock, advisers: () => advisers, onFault: what => void faults.push(what),
    past: async () => {
      looks.count += 1;
      if (looks.fails) throw new Error('the database is gone');
      return looks.past;
    },
  });
  return {ask: (text: string) => advisory.candidates(text, at, 3), looks, faults, clock};
}

test('a text gives three matters at most, the same every time, each with its reason and how sure it is', async t => {
  const {ask} = await setup(t);
  for (const text of [noise, '占道经营', '老板欠薪三个月了', '琥珀', '']) {
    const found = await ask(text);
    t.true(found.length <= 3);
    t.deepEqual(await ask(text), found);
    t.true(found.every(({confidence, why}) => confidence > 0 && confidence <= 1 && why['zh-CN'] !== ''));
  }
  t.deepEqual(await ask('琥珀'), []);
  t.is((await ask('020101'))[0]?.certainty, 'sure');
  const [best, next] = await ask(noise);
  t.true((best?.points ?? 0) >= (next?.points ?? 0));
});

test('past cases speak for a matter that the catalog’s words do not name, and say how many they are', async t => {
  const past = [...handled('琥珀手串褪色了', '010101', 3), ...handled('琥珀手串发货慢', '010104'), ...handled('路灯不亮', '020301', 40)];
  const {ask} = await setup(t, {past});
  const [first] = await ask('琥珀手串才戴就褪色了');
  t.is(first?.choice.key, '010101');
  t.regex(first?.why['zh-CN'] ?? '', /相近的 \d+ 件已办工单中有 3 件按此办理/);
  const alone = await setup(t);
  t.notDeepEqual(await alone.ask('琥珀手串才戴就褪色了'), await ask('琥珀手串才戴就褪色了'));
});

test('a matter that is no longer open is not named, however many past cases and advisers do', async t => {
  const {ask} = await setup(t, {past: handled('琥珀手串是假的', 'gone', 9), advisers: [{title: {'zh-CN': '顾问', en: 'adviser'}, advise: async () => [{matterCode: 'gone', confidence: 1}]}]});
  t.deepEqual(await ask('琥珀手串是假的'), []);
});

test('past cases are read once in ten minutes; a failed look keeps what was known and is told', async t => {
  const {ask, looks, faults, clock} = await setup(t, {past: handled('琥珀手串是假的', '010101', 3)});
  await ask('琥珀手串');
  await ask('琥珀手串');
  t.is(looks.count, 1);
  looks.fails = true;
  clock.moveBy(601_000);
  await ask('琥珀手串');
  await ask('琥珀手串');
  t.is((await ask('琥珀手串是假的'))[0]?.choice.key, '010101');
  t.is(looks.count, 2);
  t.deepEqual(faults, ['past']);
});

test('an adviser lifts a matter; it never sees long numbers, and one that fails, hangs or talks nonsense changes nothing', async t => {
  const seen: string[] = [];
  const good: MatterAdviser = {title: {'zh-CN': '研判助手', en: 'assistant'}, advise: async text => {
    seen.push(text);
    return [{matterCode: '010103', confidence: 0.9}];
  }};
  const {ask} = await setup(t, {advisers: [good]});
  const [first] = await ask('琥珀 13899990001 号码65010219900101123X');
  t.is(first?.choice.key, '010103');
  t.regex(first?.why['zh-CN'] ?? '', /研判助手建议/);
  t.deepEqual(seen, ['琥珀 ＊ 号码＊']);
  const title = {'zh-CN': '坏', en: 'bad'};
  const bad: readonly MatterAdviser[] = [
    {title, advise: async () => Promise.reject(new Error('no'))},
    {title, advise: () => {
      throw new Error('at once');
    }},
    {title, advise: () => new Promise(() => undefined)},
    {title, advise: async () => [{matterCode: '010103', confidence: Number.NaN}, {matterCode: '010103', confidence: 7}, {matterCode: '010103', confidence: -1}]},
  ];
  const broken = await setup(t, {advisers: bad});
  t.deepEqual(await broken.ask('琥珀'), []);
  t.deepEqual(broken.faults, ['adviser bad', 'adviser bad', 'adviser bad']);
});

test('only what is near votes, at most twenty, and equal votes stand in the order of their codes', t => {
  const past = new PastOrders([...handled('小区门口占道经营', 'b', 2), ...handled('小区门口占道经营', 'a', 2), ...handled('小区停水', 'c', 50)]);
  t.deepEqual(past.votes('小区门口占道经营影响通行'), [{matterCode: 'a', orders: 2, of: 4}, {matterCode: 'b', orders: 2, of: 4}]);
  t.deepEqual(past.votes('完全无关的话'), []);
  t.deepEqual(new PastOrders([]).votes('小区'), []);
  t.is(new PastOrders(handled('小区停水', 'c', 50)).votes('我们小区停水了')[0]?.of, 20);
  t.deepEqual(new PastOrders(handled('', 'c')).votes('小区'), []);
});
