import {uploadPicture} from '../person.js';
import {propertyOrder, resultOf} from './orders.js';
import type {Scene} from './scene.js';

/** A wrong unit returns the order; the return is refused once, then granted; the unit is excluded next time. */
export async function playWrongUnit(scene: Scene): Promise<void> {
  const {checks} = scene;
  checks.say('\n派错单位：退回须有理由，驳回后原单位继续，同意后改派并排除该单位');
  const [order] = await scene.register('shi.shouli', [propertyOrder]);
  if (!order) return;
  const resolveDue = dueOf(await scene.view('shi.shouli', order.caseId));
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: [], changeReason: '先试派'});
  const bare = await scene.refusal(() => scene.finish('ts.chengguan', order.caseId, 'signCase', 'return'));
  checks.check('没有理由和说明的退回被拒绝 a return without reason and text is refused', bare?.answer.problems.some(problem => problem.place.field === 'returnReason') === true && bare.answer.problems.some(problem => problem.place.field === 'returnText'), bare);
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'return', {returnReason: 'not-our-duty', returnText: '不属于城管职责'});
  await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'refuse', {opinion: '请先现场核实'});
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'sign');
  await scene.finish('ts.chengguan', order.caseId, 'handleCase', 'return', {returnReason: 'not-our-duty', returnText: '核实后确不属于城管职责'});
  await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'approve', {opinion: '同意改派'});
  const again = await scene.open('shi.paidan', order.caseId, 'dispatchCase');
  checks.check('退回过的单位不再推荐 the unit that returned it is not proposed again', again.view.form.values['proposedLeadUnit'] !== 'u650102-chengguan', again.view.form.values['proposedLeadUnit']);
  checks.check('退回不重置办结时限 a return never resets the resolve clock', dueOf(again.view) === resolveDue, dueOf(again.view));
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-zhujian', assistUnits: []});
  await scene.finish('ts.zhujian', order.caseId, 'signCase', 'sign');
  const evidence = await uploadPicture(await scene.person('ts.zhujian'), '验收.png');
  await scene.finish('ts.zhujian', order.caseId, 'handleCase', 'submit', resultOf('电梯已修复', [evidence]));
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'refuse', {opinion: '请补充检验情况'});
  await scene.finish('ts.zhujian', order.caseId, 'handleCase', 'submit', resultOf('电梯已修复并通过检验', [evidence]));
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'approve', {replyText: '电梯已修复并通过检验'});
  const end = await scene.ended('shi.jieguo', order.caseId);
  checks.check('不需回访的工单在办结告知后归档 an order without a wanted callback is archived after the close notice', end.ended, end.head.state);
}

/** 下派 to the street and on to a community; the community returns once, the street reports upwards. */
export async function playDelegation(scene: Scene): Promise<void> {
  const {checks} = scene;
  checks.say('\n下派：分中心 → 街道 → 社区，社区退回一次，逐级引用反馈');
  const [order] = await scene.register('shi.shouli', [{...propertyOrder, title: '楼道堆放杂物', content: '二单元楼道长期堆放杂物，存在消防隐患。', area: '650102004003', place: '山西巷社区二单元'}]);
  if (!order) return;
  const {caseId} = order;
  await scene.finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-centre', assistUnits: [], changeReason: '由分中心牵头'});
  await scene.finish('ts.fenzhongxin', caseId, 'signCase', 'sign');
  await scene.finish('ts.fenzhongxin', caseId, 'handleCase', 'delegate', {delegateUnit: 'u650102004', delegateNote: '请街道核实处理'});
  await scene.finish('ts.jiefang', caseId, 'signCase', 'sign');
  await scene.finish('ts.jiefang', caseId, 'handleCase', 'delegate', {delegateUnit: 'u650102004003', delegateNote: '请社区清理'});
  await scene.finish('ts.shanxixiang', caseId, 'signCase', 'return', {returnReason: 'content-unclear', returnText: '未写明楼栋'});
  await scene.finish('ts.jiefang', caseId, 'reviewReturn', 'approve', {opinion: '已核实楼栋'});
  await scene.finish('ts.jiefang', caseId, 'handleCase', 'delegate', {delegateUnit: 'u650102004003', delegateNote: '三号楼二单元'});
  await scene.finish('ts.shanxixiang', caseId, 'signCase', 'sign');
  const evidence = await uploadPicture(await scene.person('ts.shanxixiang'), '清理后.png');
  await scene.finish('ts.shanxixiang', caseId, 'handleCase', 'submit', resultOf('杂物已清理', [evidence]));
  const lower = await scene.open('ts.jiefang', caseId, 'confirmLower');
  checks.check('上级看到下级反馈的结果 the upper unit reads what the lower one reported', lower.view.form.values['lowerResult'] === '杂物已清理', lower.view.form.values);
  await scene.finish('ts.jiefang', caseId, 'confirmLower', 'quote');
  await scene.finish('ts.fenzhongxin', caseId, 'confirmLower', 'quote');
  await scene.finish('shi.jieguo', caseId, 'reviewResult', 'quote');
  const end = await scene.ended('shi.jieguo', caseId);
  checks.check('下派两级的工单走完流程 an order that went down two levels comes to its end', end.ended, end.head.state);
}

/** Due moment of the newest resolve clock. */
export function dueOf(view: {readonly clocks: ReadonlyArray<{readonly clock: string; readonly round: number; readonly dueAt: number | null}>}): number | null {
  return view.clocks.filter(clock => clock.clock === 'resolve').sort((a, b) => b.round - a.round)[0]?.dueAt ?? null;
}
