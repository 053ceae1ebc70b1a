import {uploadPicture} from '../person.js';
import {resultOf, stallOrder, tourismOrder} from './orders.js';
import {dueOf} from './returns.js';
import type {Scene} from './scene.js';

const hour = 3_600_000;
/** The clock of a trial runs on between two moves: what the steps themselves took. */
const slack = 10 * 60_000;

/** One extension, a pause and its end, and what is refused: a second extension. */
export async function playRequests(scene: Scene): Promise<void> {
  const {checks} = scene;
  checks.say('\n延期一次、挂起与恢复：到期随之移动，第二次延期被拒绝');
  const [order] = await scene.register('shi.shouli', [tourismOrder]);
  if (!order) return;
  const {caseId} = order;
  await scene.finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650100-wenlv', assistUnits: []});
  await scene.finish('shi.wenlv', caseId, 'signCase', 'sign');
  const signed = await scene.view('shi.wenlv', caseId);
  const due = dueOf(signed);
  checks.check('72 小时时限自受理起按自然时间计 a limit of 72 hours is natural time from acceptance', due === signed.head.acceptedAt + 72 * hour, {due, acceptedAt: signed.head.acceptedAt});
  await scene.ask('shi.wenlv', caseId, 'handleCase', 'extend', {extensionAmount: 24, requestReason: '需约谈旅行社'});
  await scene.finish('shi.shenhe', caseId, 'reviewExtension', 'approve', {opinion: '同意'});
  const extended = dueOf(await scene.view('shi.wenlv', caseId));
  checks.check('同意延期 24 小时，到期顺延 24 小时 an approved extension of 24 hours moves the due moment by 24 hours', extended === (due ?? 0) + 24 * hour, {due, extended});
  const second = await scene.refusal(() => scene.ask('shi.wenlv', caseId, 'handleCase', 'extend', {extensionAmount: 24, requestReason: '再延一次'}));
  checks.check('第二次延期被拒绝，并给出代码 a second extension is refused with a code', second?.code === 'DEADLINE_EXTENSION_TWICE', second);

  const evidence = await uploadPicture(await scene.person('shi.wenlv'), '佐证.png');
  await scene.ask('shi.wenlv', caseId, 'handleCase', 'pause', {pauseCondition: 'petitioner-material', pauseEvidence: [evidence], requestReason: '等待诉求人补充合同'});
  await scene.moveTo(scene.now() + 2 * hour);
  await scene.finish('shi.shenhe', caseId, 'reviewPause', 'approve', {opinion: '同意挂起，收到合同后请立即申请恢复'});
  const paused = await scene.view('shi.wenlv', caseId);
  checks.check('申请人在办件表单看到审核意见 whoever asked reads the reviewer\'s opinion in the form', paused.form.values['lastOpinion'] === '同意挂起，收到合同后请立即申请恢复', paused.form.values['lastOpinion']);
  checks.check('工单已挂起 the case is paused', paused.head.state.id === 'paused', paused.head.state);
  await scene.moveTo(scene.now() + 30 * hour);
  await scene.ask('shi.wenlv', caseId, 'handleCase', 'resume', {requestReason: '材料已收到'});
  await scene.finish('shi.shenhe', caseId, 'reviewResume', 'approve', {opinion: '同意'});
  const resumed = dueOf(await scene.view('shi.wenlv', caseId));
  const notCounted = (resumed ?? 0) - (extended ?? 0);
  checks.check('挂起自申请时起算，到恢复为止的 32 小时不计 the pause counts from the request: the 32 hours until the resumption are not counted', notCounted >= 32 * hour - slack && notCounted < 32 * hour + slack, {extended, resumed});
  await scene.finish('shi.wenlv', caseId, 'handleCase', 'submit', resultOf('已退款', [evidence]));
  await scene.finish('shi.jieguo', caseId, 'reviewResult', 'quote');
  await scene.finish('shi.huifang', caseId, 'callbackCitizen', 'unreachable');
  const early = await scene.refusal(() => scene.finish('shi.huifang', caseId, 'callbackCitizen', 'unreachable'));
  checks.check('第二次未接通须到计划时间才能登记 a second unanswered call counts only from its planned time on', early !== null, early);
  await scene.moveTo(scene.now() + 36 * hour);
  await scene.finish('shi.huifang', caseId, 'callbackCitizen', 'unreachable');
  const end = await scene.ended('shi.huifang', caseId);
  checks.check('两次回访未接通后归档 two unanswered callbacks close the order', end.ended, end.head.state);
}

/** A lapse by itself, supervision with feedback, and the second round after a dissatisfied callback. */
export async function playLapseAndSecondRound(scene: Scene): Promise<void> {
  const {checks} = scene;
  checks.say('\n超期自动督办；回访不满意，二次办理重新计时');
  const [order] = await scene.register('shi.shouli', [{...stallOrder, title: '夜市占道影响消防通道', place: '解放南路夜市'}]);
  if (!order) return;
  const {caseId} = order;
  await scene.finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  await scene.finish('ts.chengguan', caseId, 'signCase', 'sign');
  const due = dueOf(await scene.view('ts.chengguan', caseId));
  checks.check('有到期时间 a due moment exists', due !== null);
  await scene.moveTo((due ?? 0) + 5000);
  await scene.finish('ts.chengguan', caseId, 'superviseFeedback', 'feedback', {superviseProgress: '正在清理，明日完成'});
  await scene.finish('shi.duban', caseId, 'superviseClose', 'close', {superviseOpinion: '同意销号'});
  const lapsed = await scene.view('ts.chengguan', caseId);
  const breach = lapsed.clocks.find(clock => clock.clock === 'resolve');
  checks.check('超期记在到期的那一刻 the breach is recorded at the due moment', breach?.breachedAt === due, breach);
  checks.check('时限显示为超期 the clock shows as overdue', breach?.dueState === 'overdue', breach?.dueState);
  const evidence = await uploadPicture(await scene.person('ts.chengguan'), '清理.png');
  await scene.finish('ts.chengguan', caseId, 'handleCase', 'submit', resultOf('夜市摊点已规范', [evidence]));
  await scene.finish('shi.jieguo', caseId, 'reviewResult', 'approve', {replyText: '夜市摊点已规范'});
  await scene.finish('shi.huifang', caseId, 'callbackCitizen', 'submit', {callScore: 4, handlingScore: 1, dissatisfiedReason: '夜间仍然占道'});
  await scene.finish('shi.jieguo', caseId, 'recheckCase', 'again', {opinion: '反映属实，二次办理'});
  const again = await scene.open('ts.chengguan', caseId, 'handleCase');
  checks.check('二次办理直接回到原单位，重新计时 round 2 goes to the same unit at once and has a clock of its own', again.view.head.round === 2 && (dueOf(again.view) ?? 0) > (due ?? 0), again.view.clocks);
  await scene.finish('ts.chengguan', caseId, 'handleCase', 'submit', resultOf('安排夜间值守', [evidence]));
  await scene.finish('shi.jieguo', caseId, 'reviewResult', 'approve', {replyText: '已安排夜间值守'});
  await scene.finish('shi.huifang', caseId, 'callbackCitizen', 'submit', {callScore: 5, handlingScore: 5});
  const end = await scene.ended('shi.huifang', caseId);
  checks.check('二次办理走完流程 the second round comes to its end', end.ended, end.head.state);
}
