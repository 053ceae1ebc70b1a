import {propertyOrder, resultOf, stallOrder, tourismOrder} from '../main-job/orders.js';

/** One command of one person at a step: an outcome that finishes it, or an action that asks for something. */
export interface Act {
  readonly account: string;
  readonly step: string;
  readonly outcome?: string;
  readonly action?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** A picture goes with it, in this field. */
  readonly picture?: 'evidence' | 'pauseEvidence';
}

/** A hotline order with all commands it gets, and what must be left of it in the end. */
export interface HotlinePlan {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly acts: readonly Act[];
  /** Automatic steps, each carried out so often. */
  readonly workers: Readonly<Record<string, number>>;
  /** Notices of each kind to each person. */
  readonly notices: Readonly<Record<string, number>>;
}

const workers = {sendAcceptNotice: 1, proposeDispatch: 1, renderReply: 1, sendCloseNotice: 1, planCallback: 1};

const dispatchTo = (leadUnit: string, more: Readonly<Record<string, unknown>> = {}): Act => ({account: 'shi.paidan', step: 'dispatchCase', outcome: 'dispatch', values: {mode: 'single', leadUnit, assistUnits: [], ...more}});
const handled = (account: string, text: string): readonly Act[] => [
  {account, step: 'handleCase', outcome: 'submit', values: resultOf(text, []), picture: 'evidence'},
  {account: 'shi.jieguo', step: 'reviewResult', outcome: 'approve', values: {replyText: text}},
];
const calledBack: Act = {account: 'shi.huifang', step: 'callbackCitizen', outcome: 'submit', values: {callScore: 5, handlingScore: 4}};

const plain: HotlinePlan = {
  name: 'plain',
  values: stallOrder,
  acts: [
    {account: 'shi.paidan', step: 'dispatchCase', outcome: 'dispatch', values: {dispatchOpinion: '请按时办理并反馈'}},
    {account: 'ts.chengguan', step: 'signCase', outcome: 'sign'},
    {account: 'ts.jiefang', step: 'assistCase', outcome: 'feedback', values: {assistOpinion: '已安排社区巡查配合'}},
    ...handled('ts.chengguan', '占道摊点已清理'),
    calledBack,
  ],
  workers,
  notices: {},
};

/** Returned by the wrong unit; the assisting unit of the right one has not answered when the result is approved. */
const wrongUnit: HotlinePlan = {
  name: 'wrong unit',
  values: propertyOrder,
  acts: [
    dispatchTo('u650102-chengguan', {changeReason: '先试派'}),
    {account: 'ts.chengguan', step: 'signCase', outcome: 'return', values: {returnReason: 'not-our-duty', returnText: '不属于城管职责'}},
    {account: 'shi.shenhe', step: 'reviewReturn', outcome: 'approve', values: {opinion: '同意改派'}},
    dispatchTo('u650102-zhujian', {mode: 'mainAssist', assistUnits: ['u650102004'], changeReason: '请街道协助'}),
    {account: 'ts.zhujian', step: 'signCase', outcome: 'sign'},
    ...handled('ts.zhujian', '电梯已修复'),
  ],
  workers: {sendAcceptNotice: 1, proposeDispatch: 2, renderReply: 1, sendCloseNotice: 1},
  notices: {'task.cancelled': 1},
};

const extended: HotlinePlan = {
  name: 'extension',
  values: tourismOrder,
  acts: [
    dispatchTo('u650100-wenlv'),
    {account: 'shi.wenlv', step: 'signCase', outcome: 'sign'},
    {account: 'shi.wenlv', step: 'handleCase', action: 'extend', values: {extensionAmount: 24, requestReason: '需约谈旅行社'}},
    {account: 'shi.shenhe', step: 'reviewExtension', outcome: 'approve', values: {opinion: '同意'}},
    ...handled('shi.wenlv', '已退款'),
    calledBack,
  ],
  workers,
  notices: {'request.decided': 1},
};

const paused: HotlinePlan = {
  name: 'pause',
  values: tourismOrder,
  acts: [
    dispatchTo('u650100-wenlv'),
    {account: 'shi.wenlv', step: 'signCase', outcome: 'sign'},
    {account: 'shi.wenlv', step: 'handleCase', action: 'pause', values: {pauseCondition: 'petitioner-material', requestReason: '等待诉求人补充合同'}, picture: 'pauseEvidence'},
    {account: 'shi.shenhe', step: 'reviewPause', outcome: 'approve', values: {opinion: '同意挂起'}},
    {account: 'shi.wenlv', step: 'handleCase', action: 'resume', values: {requestReason: '材料已收到'}},
    {account: 'shi.shenhe', step: 'reviewResume', outcome: 'approve', values: {opinion: '同意'}},
    ...handled('shi.wenlv', '已按合同退款'),
    calledBack,
  ],
  workers,
  notices: {'request.decided': 2},
};

/** The plans that hotline orders of a drill follow in turn. */
export const hotlinePlans: readonly HotlinePlan[] = [plain, wrongUnit, extended, paused];

/** Everyone who has something to do in one of the plans. */
export const hotlineAccounts: readonly string[] = [...new Set(['shi.shouli', ...hotlinePlans.flatMap(plan => plan.acts.map(act => act.account))])];
