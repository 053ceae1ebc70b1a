import test from 'ava';
import fc from 'fast-check';
import {SpeechModel} from '../src/search/speech-model.js';
import {city, issueWorld, ref, region} from './issue/setup.js';
import {changedSample, retiring, sampleService} from './sample-service.js';

const leak = {title: '房屋漏水', words: ['漏水'], examples: ['楼上把我家天花板泡了']};
const lamp = {title: '路灯不亮', words: ['路灯坏了'], examples: ['巷子里黑得看不见路']};

test('a sentence is about what people say such things of, though it holds no word of its title', t => {
  const model = new SpeechModel([leak, lamp]);
  t.deepEqual(model.hear('天花板被泡坏了', 2).map(hit => hit.id)[0], 0);
  t.deepEqual(model.hear('巷子太黑', 2).map(hit => hit.id), [1]);
  t.deepEqual(new SpeechModel([{...leak, examples: []}, {...lamp, examples: []}]).hear('巷子太黑', 2), []);
  t.deepEqual(model.hear('', 2), []);
  t.deepEqual(new SpeechModel([]).hear('漏水', 2), []);
});

test('what is rare counts more than what all say, and the answer is the same however often one asks', t => {
  const entries = ['没人管', '没人修', '没人来', '没人理', '琥珀假'].map(text => ({title: text, words: [], examples: [`${text}没人`]}));
  const model = new SpeechModel(entries);
  t.is(model.hear('琥珀没人', 1)[0]?.id, 4);
  t.deepEqual(model.hear('没人', 9), model.hear('没人', 9));
  t.deepEqual(model.shared('琥珀没人', entries.map(entry => entry.title)), ['琥珀', '没人']);
});

test('nearness is 1 for the same text, 0 for strangers, and the same both ways', t => {
  const model = new SpeechModel([leak, lamp]);
  const text = fc.array(fc.constantFrom(...'楼上把我家天花板泡了巷子里黑得看不见路灯x1'), {maxLength: 12}).map(characters => characters.join(''));
  fc.assert(fc.property(text, text, (one, other) => {
    const near = model.nearness(one, other);
    return near >= 0 && near <= 1 + 1e-9 && Math.abs(near - model.nearness(other, one)) < 1e-9;
  }));
  t.true(Math.abs(model.nearness('天花板', '天花板') - 1) < 1e-9);
  t.is(model.nearness('天花板', '巷子里'), 0);
});

test('the reason names the example that is nearest, as it was written', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const [first] = await service.hearMatters('楼下烧烤店的烟全飘到我家窗户里', at, 3);
  t.is(first?.choice.key, '020104');
  t.regex(first?.why['zh-CN'] ?? '', /例句相近：“[^”]+”/);
  t.regex(first?.why.en ?? '', /similar example: “[^”]+”/);
  t.is((await service.hearMatters('020104', at, 3))[0]?.choice.key, '020104');
  t.is((await service.hearMatters('占道经营', at, 3))[0]?.choice.key, '020101');
});

test('a retired matter is not heard, though its examples are there', async t => {
  const {service, at, close, clock} = await sampleService();
  t.teardown(close);
  await service.publish([await retiring('matters', '020104')], 'tests');
  t.false((await service.hearMatters('楼下烧烤店的烟全飘到我家窗户里', clock.now(), 20)).some(({choice}) => choice.key === '020104'));
  t.true(at <= clock.now());
});

test('an example of a city counts where it holds, and nowhere else', async t => {
  const world = await issueWorld({fourEyes: false});
  t.teardown(world.close);
  const text = '夜市上卖的馕饼烤糊了';
  let issue = await world.given(region, city, 'matters');
  issue = await world.issues.put(city, ref(issue), {table: 'examples', cells: {matterCode: '020101', sentence: '夜市上卖的馕饼烤糊了', sourceRef: 'own:'}});
  await world.confirm(city, issue, '2026-03-02');
  const of = async (area?: string) => (await world.service.hearMatters(text, world.at, 3, area))[0];
  t.is((await of('650102'))?.choice.key, '020101');
  t.regex((await of('650102'))?.why['zh-CN'] ?? '', /例句相近：“夜市上卖的馕饼烤糊了”/);
  t.notRegex((await of())?.why['zh-CN'] ?? '', /夜市上卖的馕饼/);
});

test('a version whose examples are all retired is heard by its titles and synonyms', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const source = await changedSample('matters', '2026.9.1', csv => csv);
  const examples = (source.files['data/examples.csv'] ?? '').replaceAll(',active,', ',retired,');
  await service.publish([{...source, files: {...source.files, 'data/examples.csv': examples}}], 'tests');
  t.is((await service.hearMatters('巷子口的路灯坏了', at, 3))[0]?.choice.key, '020302');
});
