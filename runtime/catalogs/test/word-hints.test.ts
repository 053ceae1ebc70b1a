import test from 'ava';
import {parseMoment} from '@banli/time';
import {createMatterAdvisory} from '../src/index.js';
import {changedSample, emptyService, readOnlyService, sampleService} from './sample-service.js';

test('a sensitive word says class, risk, meaning and what to do; those of high risk come first', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const found = await service.words.find({text: '多次反映没人处理，楼道着火了，又着火', scope: 'order', at});
  t.deepEqual(found.map(({word, classCode, risk}) => [word, classCode, risk]), [['着火', 'public-safety', 'high'], ['多次反映', 'group-rights', 'low']]);
  const [fire, again] = found;
  t.deepEqual(fire?.classTitle, {'zh-CN': '公共安全', en: 'Public safety'});
  t.is(fire?.meaning['zh-CN'], '起火');
  t.regex(fire?.action?.['zh-CN'] ?? '', /值班长/);
  t.deepEqual(fire?.proposes, {sensitive: true, urgency: {code: 'urgent', title: {'zh-CN': '紧急', en: 'Urgent'}, enough: ['grade-a', 'grade-b', 'major', 'urgent']}, hotClass: null});
  t.deepEqual(again?.proposes, {sensitive: true, urgency: null, hotClass: null});
});

test('the wording of clerks is looked for in replies alone, and what citizens say in orders alone', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const text = '可能大概是着火，这不归我管';
  t.deepEqual((await service.words.find({text, scope: 'seat', at})).map(({word}) => word), ['这不归我管', '可能大概']);
  t.deepEqual((await service.words.find({text, scope: 'order', at})).map(({word}) => word), ['着火']);
});

test('a hot word proposes its class, and one without class proposes nothing', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const found = await service.words.find({text: '老板欠薪三个月，路灯也不亮', scope: 'order', at});
  t.deepEqual(found.map(({word, proposes, meaning}) => [word, proposes.hotClass, meaning['zh-CN']]), [['欠薪', 'wages', '热点诉求：工资福利']]);
});

test('hot words lift their matter, more in their season, and say so', async t => {
  const {service, clock, close} = await readOnlyService();
  t.teardown(close);
  const points = async (moment: string) => (await service.words.hotMatters('暖气不热', parseMoment(moment)))[0];
  t.deepEqual(await points('2026-01-10 09:00'), {word: '暖气不热', matterCode: '030201', points: 20});
  t.is((await points('2026-07-10 09:00'))?.points, 10);
  const advisory = createMatterAdvisory({catalogs: service, clock, past: async () => [], advisers: () => [], onFault: () => t.fail()});
  const [first] = await advisory.candidates('楼里暖气不热', parseMoment('2026-01-10 09:00'), 3);
  t.is(first?.choice.key, '030201');
  t.regex(first?.why['zh-CN'] ?? '', /热词“暖气不热”/);
});

test('a word that is published hints at once, from its day on; a retired one no longer', async t => {
  const {service, clock, at, close} = await sampleService();
  t.teardown(close);
  const find = async (moment: number) => (await service.words.find({text: '琥珀色烟雾，滑坡', scope: 'order', at: moment})).map(({word}) => word);
  t.deepEqual(await find(at), ['滑坡']);
  const changed = await changedSample('sensitive-words', '2026.9.0', csv => csv.replace(/^(滑坡,.*),active,/m, '$1,retired,').replace('留守儿童,order', '琥珀色烟雾,order,public-safety,high,不明烟雾,active,own: 测试\n留守儿童,order'));
  const from = (changed.files['catalog.yaml'] ?? '').replace(/^effectiveFrom: .*$/m, 'effectiveFrom: 2026-03-05');
  await service.publish([{...changed, files: {...changed.files, 'catalog.yaml': from}}], 'tests');
  t.deepEqual(await find(clock.now()), ['滑坡']);
  t.deepEqual(await find(parseMoment('2026-03-05 00:00')), ['琥珀色烟雾']);
});

test('a word for an urgency proposes it while a call is typed; ordinary ones, those the list holds back, and retired ones do not', async t => {
  const {service, clock, at, close} = await sampleService();
  t.teardown(close);
  const find = async (text: string, scope: 'order' | 'seat' = 'order', moment = at) => (await service.words.find({text, scope, at: moment})).filter(({catalog}) => catalog === 'urgency').map(({word, proposes}) => [word, proposes.urgency?.code, proposes.sensitive]);
  t.deepEqual(await find('情况特急，请加急处理'), [['特急', 'major', false], ['加急', 'urgent', false]]);
  t.deepEqual(await find('一般情况，责任重大，是 5A 级景区'), []);
  t.deepEqual(await find('请加急处理', 'seat'), []);
  const changed = await changedSample('urgency', '2026.9.0', csv => csv);
  const aliases = (changed.files['data/aliases.csv'] ?? '').replace(/^(加急,.*),active,/m, '$1,retired,').replace('一般,normal,no', '一般,normal,yes');
  await service.publish([{...changed, files: {...changed.files, 'data/aliases.csv': aliases}}], 'tests');
  t.deepEqual(await find('一般情况，请加急处理，是急件', 'order', clock.now()), [['急件', 'urgent', false]]);
});

test('lists that are not published say nothing', async t => {
  const {service, at, close} = await emptyService();
  t.teardown(close);
  await service.start();
  t.deepEqual(await service.words.find({text: '着火，欠薪', scope: 'order', at}), []);
  t.deepEqual(await service.words.hotMatters('欠薪', at), []);
});

test('the negative list speaks by words and by matter, says where to go and by which document', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const [court, ...others] = await service.words.notAccepted({text: '不服法院判决，要求改判', at});
  t.deepEqual(others, []);
  t.like(court, {entry: 'na-litigation', words: ['法院判决'], byMatter: false});
  t.regex(court?.guidance['zh-CN'] ?? '', /人民法院/);
  t.regex(court?.basis ?? '', /^国办发〔2020〕53号/);
  t.deepEqual((await service.words.notAccepted({text: '要求公开拆迁文件，已经起诉', matter: '150301', at})).map(({entry, byMatter}) => [entry, byMatter]), [['na-disclosure', true], ['na-litigation', false]]);
  t.deepEqual(await service.words.notAccepted({text: '占道经营', matter: '020101', at}), []);
});

test('an entry of another kind refuses nothing', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  await service.publish([await changedSample('negative-list', '2026.9.0', csv => csv.replace(/^(na-litigation|na-disclosure),not-accepted,/gm, '$1,not-allowed,'))], 'tests');
  t.deepEqual(await service.words.notAccepted({text: '已经起诉', matter: '150301', at}), []);
});

test('a matter that is filed as a question is no complaint, a complaint hardly a question; what fits, and what nobody filed, is left alone', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const of = async (matter: string, nature: string) => service.words.natureConflict({matter, nature, at});
  t.like(await of('040201', 'complaint'), {verdict: 'block', row: 'consultation-policy|complaint', reason: {'zh-CN': '咨询类事项不能归入投诉'}, filedAs: {'zh-CN': '政务咨询'}, fitting: [{key: 'consult', title: {'zh-CN': '咨询'}}]});
  t.like(await of('010101', 'consult'), {verdict: 'warn', filedAs: {'zh-CN': '商品消费投诉'}});
  for (const [matter, nature] of [['040201', 'consult'], ['010101', 'help'], ['999999', 'complaint']] as const) t.is(await of(matter, nature), null, `${matter} ${nature}`);
});
