import test from 'ava';
import {offsetWords} from '../../src/life/steps.js';
import {changedSample} from '../sample-service.js';
import {author, ref, sampleLife} from './setup.js';

test('a row without a title whose key says nothing is called by what it joins, others by their key in words or their own title', async t => {
  const {life, service, close} = await sampleLife();
  t.teardown(close);
  await service.publish([await changedSample('implementations', '2026.9.0', csv => csv.replace(/^(ss-010101-sj),[^,]*,("[^"]*"|[^,]*),/m, '$1,,,'))], 'tests');
  const first = async (catalogId: string) => (await life.rows({catalogId, filter: {}, limit: 1})).rows[0];
  const joined = await first('implementations');
  t.regex(joined?.key ?? '', /^ss-/);
  t.regex(joined?.title['zh-CN'] ?? '', /^商品质量投诉.* · /);
  t.false((joined?.title['zh-CN'] ?? '').includes(joined?.key ?? ''));
  t.regex((await first('limits'))?.title['zh-CN'] ?? '', / · /);
  t.is((await first('natures'))?.title['zh-CN'], (await first('natures'))?.values['titleZh']);
});

test('a ladder is told by its rungs with their times, where it is chosen, shown and compared, also as a set would make it', async t => {
  const {life, draft, close} = await sampleLife();
  t.teardown(close);
  const told = '超期当时：发起督办，24 小时内反馈进展（告知：当前责任人、上级督办单位、行业主管部门）；超期 24 小时后：提级督办（告知：上一级督办员、责任单位负责人、上级督办单位负责人）';
  const column = async (changeId?: string) => (changeId === undefined ? await life.form('limits') : await life.formOfSet(author, changeId, 'limits')).tables[0]?.columns.find(each => each.name === 'ladderCode');
  t.is((await column())?.options.find(option => option.value === 'supervise')?.title['zh-CN'], told);
  t.is((await life.labels('limits')).cell('limits', 'ladderCode', 'supervise')?.['zh-CN'], told);
  const change = await draft('limits', {table: 'ladders', op: 'add', cells: {ladderCode: 'quick', step: '1', after: 'P1DT2H', titleZh: '通报', titleEn: 'Told', sourceRef: 'own: 试'}});
  t.is((await column(change.id))?.options.find(option => option.value === 'quick')?.title['zh-CN'], '超期 1 天 2 小时后：通报');
  await life.put(author, ref(change), {op: 'modify', key: 'city|normal|resolve', cells: {ladderCode: 'quick'}});
  t.is((await life.labels('limits', change.id)).cell('limits', 'ladderCode', 'quick')?.en, '1 d 2 h after the lapse: Told');
  t.deepEqual([offsetWords('PT0S').zh, offsetWords('PT30M').zh], ['超期当时', '超期 30 分钟后']);
});

test('a source that no document gives is told so in words, one of a document is told as it stands', async t => {
  const {life, close} = await sampleLife();
  t.teardown(close);
  const labels = await life.labels('limits');
  t.deepEqual(labels.cell('limits', 'sourceRef', 'own: 样例时限'), {'zh-CN': '自定（无文件依据）：样例时限', en: 'Own rule (no document): 样例时限'});
  t.is(labels.cell('limits', 'sourceRef', 'own: 材料自拟，字段见 requirements/xinjiang-services.md §2.2.4')?.['zh-CN'], '自定（无文件依据）：材料自拟，字段见 需求 §2.2.4');
  t.is(labels.cell('limits', 'sourceRef', '《城市道路管理条例》'), null);
});
