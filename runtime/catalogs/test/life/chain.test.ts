import test from 'ava';
import {createCatalogLife, type ChainReview} from '../../src/index.js';
import {sampleService} from '../sample-service.js';
import {author, ref} from './setup.js';

test('a chain is told of a change in words: rows by their titles, columns and values as pages show them', async t => {
  const {store, clock, close} = await sampleService();
  t.teardown(close);
  const told: ChainReview[] = [];
  const life = createCatalogLife({
    store, clock, audit: {record: async () => undefined}, rights: {may: () => true}, references: {uses: async () => []}, onPublished: async () => undefined,
    chains: {
      chainOf: () => 'reviews',
      prepare: async (_, review) => {
        told.push(review);
        return {write: async () => ({caseId: 'case-1', number: 'ML-1'}), deliver: async () => undefined};
      },
      end: async () => undefined, deliver: async () => undefined, maySee: async () => false,
    },
  });
  let change = await life.create(author, {catalogId: 'limits', title: '缩短'});
  change = await life.put(author, ref(change), {table: 'matrix', op: 'modify', key: 'J|*|normal|resolve', cells: {value: '4', unit: 'naturalDay'}});
  change = await life.put(author, ref(change), {table: 'matrix', op: 'add', cells: {industryCode: '*', level: '2', urgencyCode: 'grade-a', kind: 'respond', value: '1', unit: 'hour', warnBefore: 'PT30M', ladderCode: 'urge', sourceRef: 'own: 试验'}});
  change = await life.put(author, ref(change), {table: '.fields', op: 'add', cells: {table: 'limits', column: 'scope', titleZh: '口径', titleEn: 'Scope', type: 'choice', 'option.all': '全部', 'optionEn.all': 'All'}});
  change = await life.put(author, ref(change), {op: 'modify', key: 'city|normal|resolve', cells: {scope: 'all'}});
  change = await life.put(author, ref(change), {table: '.fields', op: 'modify', key: 'limits|warnBefore', cells: {below: null}});
  const submitted = await life.submit(author, ref(change));
  t.like(submitted, {state: 'inReview', reviewCaseId: 'case-1', reviewNumber: 'ML-1'});
  t.deepEqual([...(told[0]?.lines ?? [])].sort(), ['修改 金融业 · 不限 · 普通 · 办结：时限 5 → 4；时限单位 个工作日 → 个自然日', '新增 不限 · 地（州、市） · 涉企 A 级 · 响应', '新增 字段 口径', '修改 字段 提前预警：下级调整 可自行填写 → 锁定', '修改 城市管理 · 普通 · 办结：口径 空 → 全部'].sort());
  const second = await life.create(author, {catalogId: 'limits', title: '改升级'});
  await life.submit(author, ref(await life.put(author, ref(second), {table: 'matrix', op: 'modify', key: 'J|*|normal|resolve', cells: {ladderCode: 'urge'}})));
  t.regex(told[1]?.lines[0] ?? '', /超期升级 超期当时：发起督办，24 小时内反馈进展（告知：当前责任人、上级督办单位、行业主管部门）；超期 24 小时后：提级督办（告知：上一级督办员、责任单位负责人、上级督办单位负责人） → 超期当时：催办主办单位/, 'a ladder is told by its steps');
  t.like(told[0], {bundleId: 'reviews', catalogTitle: '时限目录', writers: [author.personId]});
});
