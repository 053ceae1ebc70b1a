import test from 'ava';
import {author, ref, refusal, sampleLife} from '../life/setup.js';
import {editedSample, publishedFolder} from './setup.js';

const filing = (matterCode: string, categoryCode: string) => ({op: 'add', cells: {matterCode, categoryCode, sourceRef: 'own: 试'}}) as const;
const matter = (groupCode: string) => ({op: 'add', cells: {code: '010398', parentCode: '0103', titleZh: '试设咨询', titleEn: 'Trial', groupCode, urgencyCode: 'normal', sourceRef: 'own: 试'}}) as const;

test('A8: a new question is not filed as a complaint the first time, either; as a question it is', async t => {
  const {life, approved, publish, put, draft, close} = await sampleLife();
  t.teardown(close);
  await publish(await approved('matters', matter('consult')));
  const change = await draft('matter-natures');
  t.deepEqual(await refusal(put(change, filing('010398', 'complaint-service'))), ['NATURE_CONFLICT matter-natures/matter-natures 010398|complaint-service categoryCode']);
  const {problems} = await life.preview(author, {catalogId: 'matter-natures', rows: [filing('010398', 'report')]});
  t.true(problems.some(problem => problem.code === 'CATALOG_CHANGE_NATURE_CONFLICT'));
  const good = await put(change, filing('010398', 'consultation-policy'));
  t.is((await life.submit(author, ref(good))).state, 'inReview');
});

test('A8: a new matter of a group in which anything is filed may be filed as anything', async t => {
  const {approved, publish, put, draft, close} = await sampleLife();
  t.teardown(close);
  await publish(await approved('matters', matter('general')));
  t.is((await put(await draft('matter-natures'), filing('010398', 'complaint-service'))).state, 'editing');
});

test('A8: a folder that files a question as a complaint is refused with line and column', async t => {
  const source = await editedSample('matter-natures', 'matter-natures', csv => csv.replace(/^(010302,consultation-policy.*)\n/m, '010302,complaint-service,active,own: 试\n$1\n'));
  t.deepEqual((await publishedFolder(source)).refused.map(line => line.replace(/:\d+/, '')), ['CHANGE_NATURE_CONFLICT matter-natures/data/matter-natures.csv categoryCode']);
});
