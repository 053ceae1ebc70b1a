import {caseRoutes, catalogRoutes} from '@banli/api';
import {uploadPicture} from '../person.js';
import {goodsOrder, pensionOrder, resultOf, stallOrder} from './orders.js';
import type {Scene} from './scene.js';
import {at, sourceWords} from './words.js';

/** Three matters in one call, the first to its end: dispatch proposal, sign, assist, handle, review, callback, archive. */
export async function playPlain(scene: Scene): Promise<void> {
  const {checks} = scene;
  checks.say('\n一个来电、三件事：登记、派单、签收、协办、办理、审核、答复、回访、归档');
  const clerk = await scene.person('shi.shouli');
  const proposal = await clerk.call(catalogRoutes.proposal, {query: {matter: stallOrder.matter, area: stallOrder.area, urgency: stallOrder.urgency}});
  checks.say(`  边录边荐：${proposal.leadUnitName ?? '无'}（${proposal.reason['zh-CN']}）办结 ${proposal.resolve?.text['zh-CN'] ?? '无'}，依据 ${sourceWords(proposal.resolve?.source ?? '无')}`);
  checks.check('边录边荐给出主办单位 the proposal while typing names the lead', proposal.leadUnitId === 'u650102-chengguan', proposal);

  const orders = await scene.register('shi.shouli', [stallOrder, pensionOrder, goodsOrder]);
  checks.check('三件事生成三张工单 three matters make three orders', orders.length === 3);
  checks.check('单号由中心、日期和流水号组成 numbers are the centre, the day and a counter', orders.every((order, index) => order.number === `650100-20260212-${String(index + 1).padStart(6, '0')}`), orders);
  const [first, , third] = orders;
  if (!first || !third) return;

  const shared = await scene.view('shi.shouli', third.caseId);
  checks.check('同一来电的工单共用诉求人信息 the person is shared by the orders of a call', shared.form.values['name'] !== undefined && shared.head.title === goodsOrder.title, shared.form.values);
  await explainResolve(scene, third.caseId);

  await scene.finish('shi.paidan', first.caseId, 'dispatchCase', 'dispatch', {dispatchOpinion: '请按时办理并反馈'});
  const sent = await scene.view('shi.paidan', first.caseId);
  checks.check('派单后写明依据哪一行、哪一版 a dispatched order says by which row and version', /依据：\S+，版本 \S+/.test(sent.dispatchReason?.['zh-CN'] ?? ''), sent.dispatchReason);
  checks.say(`  派单依据：${sent.dispatchReason?.['zh-CN'].replaceAll('\n', ' ') ?? '无'}`);
  const signing = await scene.open('ts.chengguan', first.caseId, 'signCase');
  checks.check('承办单位看不到身份证号和标签 a handling unit never sees the id number and the tags', !('idNumber' in signing.view.form.values) && signing.task.access?.['idNumber'] === 'hidden' && signing.task.access['tags'] === 'hidden', signing.task.access);
  await scene.finish('ts.chengguan', first.caseId, 'signCase', 'sign');
  await scene.finish('ts.jiefang', first.caseId, 'assistCase', 'feedback', {assistOpinion: '已安排社区巡查配合'});
  const told = await (await scene.person('ts.chengguan')).call(caseRoutes.timeline, {params: {caseId: first.caseId}});
  checks.check('主办单位看得到协办单位的反馈 the lead reads what the assisting unit reported', JSON.stringify(told.lines).includes('已安排社区巡查配合'));
  const evidence = await uploadPicture(await scene.person('ts.chengguan'), '现场照片.png');
  await scene.finish('ts.chengguan', first.caseId, 'handleCase', 'submit', resultOf('占道摊点已清理，安排每日早间巡查', [evidence]));
  await scene.finish('shi.jieguo', first.caseId, 'reviewResult', 'quote');
  const called = await scene.open('shi.huifang', first.caseId, 'callbackCitizen');
  checks.check('回访前已有答复单 the reply paper exists before the callback', called.view.documents.length >= 1, called.view.documents);
  const paper = called.view.documents[0];
  if (paper) {
    const html = await (await scene.person('shi.huifang')).call(caseRoutes.document, {params: {caseId: first.caseId, documentId: paper.id}});
    checks.check('答复单写有单号和答复 the reply paper holds the number and the reply', html.includes(first.number) && html.includes('占道摊点已清理'));
  }
  await scene.finish('shi.huifang', first.caseId, 'callbackCitizen', 'submit', {callScore: 5, handlingScore: 4});
  const end = await scene.ended('shi.huifang', first.caseId);
  checks.check('工单已归档 the order is archived', end.ended && end.head.state.id === 'archived', end.head.state);
}

/** Accepted on 2026-02-12, five working days over the Spring Festival: due on 2026-02-26 at close of office. */
async function explainResolve(scene: Scene, caseId: string): Promise<void> {
  const view = await scene.view('shi.shouli', caseId);
  const clock = view.clocks.find(one => one.clock === 'resolve');
  scene.checks.check('2 月 12 日起 5 个工作日，2 月 26 日下班到期 five working days from 02-12 end on 02-26 at close of office', clock?.dueAt === at('2026-02-26', '19:30'), clock);
  if (!clock) return;
  const why = await (await scene.person('shi.shouli')).call(caseRoutes.explainClock, {params: {caseId, clockId: clock.id}});
  for (const line of why.lines) scene.checks.say(`    ${line.counted ? '计' : '－'} ${line.text['zh-CN']}`);
  scene.checks.check('时限说明逐日计满五天 the explanation counts five days', why.lines.filter(line => line.counted && line.kind === 'day').length === 5, why.lines.length);
}
