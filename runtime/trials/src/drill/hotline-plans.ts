import {nightOrder, propertyOrder, resultOf, stallOrder, tourismOrder} from '../main-job/orders.js';

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

/** Where an order is left open on purpose. */
export interface Remains {
  readonly state: string;
  /** Each open task, with the accounts of the drill that have it. */
  readonly open: ReadonlyArray<{readonly step: string; readonly accounts: readonly string[]}>;
  /** How the newest clock of each kind stands. */
  readonly clocks: Readonly<Record<string, 'running' | 'paused' | 'stopped'>>;
}

/** A hotline order with all commands it gets, and what must be left of it in the end. */
export interface HotlinePlan {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly acts: readonly Act[];
  /** What is done once the limit has lapsed: the clock is moved past it when all orders have come that far. */
  readonly afterLapse?: readonly Act[];
  /** Where it is left; it ends otherwise. */
  readonly leaves?: Remains;
  /** It opens another order, which nobody touches. */
  readonly opens?: HotlinePlan;
  /** Automatic steps, each carried out so often. */
  readonly workers: Readonly<Record<string, number>>;
  /** Notices of each kind to each person. */
  readonly notices: Readonly<Record<string, number>>;
  /** Text messages of each kind beside those of the automatic steps. */
  readonly texts?: Readonly<Record<string, number>>;
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

/** Sent down to a street and on to a community, which returns it once; the result goes up level by level. */
const delegated: HotlinePlan = {
  name: 'delegation',
  values: {...propertyOrder, area: '650102004003', place: '山西巷社区二单元'},
  acts: [
    dispatchTo('u650102-centre', {changeReason: '由分中心牵头'}),
    {account: 'ts.fenzhongxin', step: 'signCase', outcome: 'sign'},
    {account: 'ts.fenzhongxin', step: 'handleCase', outcome: 'delegate', values: {delegateUnit: 'u650102004', delegateNote: '请街道核实处理'}},
    {account: 'ts.jiefang', step: 'signCase', outcome: 'sign'},
    {account: 'ts.jiefang', step: 'handleCase', outcome: 'delegate', values: {delegateUnit: 'u650102004003', delegateNote: '请社区清理'}},
    {account: 'ts.shanxixiang', step: 'signCase', outcome: 'return', values: {returnReason: 'content-unclear', returnText: '未写明楼栋'}},
    {account: 'ts.jiefang', step: 'reviewReturn', outcome: 'approve', values: {opinion: '已核实楼栋'}},
    {account: 'ts.jiefang', step: 'handleCase', outcome: 'delegate', values: {delegateUnit: 'u650102004003', delegateNote: '三号楼二单元'}},
    {account: 'ts.shanxixiang', step: 'signCase', outcome: 'sign'},
    {account: 'ts.shanxixiang', step: 'handleCase', outcome: 'submit', values: resultOf('杂物已清理', []), picture: 'evidence'},
    {account: 'ts.jiefang', step: 'confirmLower', outcome: 'quote'},
    {account: 'ts.fenzhongxin', step: 'confirmLower', outcome: 'quote'},
    {account: 'shi.jieguo', step: 'reviewResult', outcome: 'approve', values: {replyText: '杂物已清理'}},
  ],
  workers: {sendAcceptNotice: 1, proposeDispatch: 1, renderReply: 1, sendCloseNotice: 1},
  notices: {},
};

const dissatisfied: readonly Act[] = [
  dispatchTo('u650102-chengguan'),
  {account: 'ts.chengguan', step: 'signCase', outcome: 'sign'},
  ...handled('ts.chengguan', '摊点已规范'),
  {account: 'shi.huifang', step: 'callbackCitizen', outcome: 'submit', values: {callScore: 4, handlingScore: 1, dissatisfiedReason: '夜间仍然占道'}},
];

const secondRound: HotlinePlan = {
  name: 'second round',
  values: stallOrder,
  acts: [
    ...dissatisfied,
    {account: 'shi.jieguo', step: 'recheckCase', outcome: 'again', values: {opinion: '反映属实，二次办理'}},
    ...handled('ts.chengguan', '已安排夜间值守'),
    calledBack,
  ],
  workers: {...workers, renderReply: 2, sendCloseNotice: 2, planCallback: 2},
  notices: {},
};

/** What a redo opens: linked, with a number of its own, at the dispatcher. */
const redone: HotlinePlan = {
  name: 'redone order',
  values: stallOrder,
  acts: [],
  leaves: {state: 'toDispatch', open: [{step: 'dispatchCase', accounts: ['shi.paidan']}], clocks: {resolve: 'running'}},
  workers: {sendAcceptNotice: 1, proposeDispatch: 1},
  notices: {},
};

const redo: HotlinePlan = {
  name: 'redo',
  values: stallOrder,
  acts: [...dissatisfied, {account: 'shi.jieguo', step: 'recheckCase', outcome: 'redo', values: {opinion: '重新办理', redoReason: '办理不到位'}}],
  opens: redone,
  workers: {...workers, openRedo: 1},
  notices: {},
};

const inHandAtNight: readonly Act[] = [dispatchTo('u650102-chengguan'), {account: 'ts.chengguan', step: 'signCase', outcome: 'sign'}];

/** The unit and, near and past due, the supervisor and the level above. */
const lapseNotices = {'clock.warned': 2, 'clock.critical': 2, 'clock.lapsed': 4};
/** The supervisor is told of the near limit in the workbench alone. */
const lapseTexts = {...lapseNotices, 'clock.critical': 1};

/** The limit lapses while the unit works on it: supervision with feedback, then the usual end. */
const lapsed: HotlinePlan = {
  name: 'lapse with supervision',
  values: nightOrder,
  acts: inHandAtNight,
  afterLapse: [
    {account: 'ts.chengguan', step: 'superviseFeedback', outcome: 'feedback', values: {superviseProgress: '正在整改，明日完成'}},
    {account: 'shi.duban', step: 'superviseClose', outcome: 'close', values: {superviseOpinion: '同意销号'}},
    ...handled('ts.chengguan', '已责令停工'),
    calledBack,
  ],
  workers,
  notices: lapseNotices,
  texts: lapseTexts,
};

const leftToDispatch: HotlinePlan = {...redone, name: 'left to dispatch'};

const leftBelow: HotlinePlan = {
  name: 'left with the street, to sign',
  values: {...propertyOrder, area: '650102004003', place: '山西巷社区四单元'},
  acts: delegated.acts.slice(0, 3),
  leaves: {state: 'toSign', open: [{step: 'signCase', accounts: ['ts.jiefang']}], clocks: {resolve: 'running', respond: 'running'}},
  workers: redone.workers,
  notices: {},
};

const leftAsked: HotlinePlan = {
  name: 'left in hand, with an extension to review',
  values: stallOrder,
  acts: [
    dispatchTo('u650102-chengguan', {mode: 'mainAssist', assistUnits: ['u650102004']}),
    {account: 'ts.chengguan', step: 'signCase', outcome: 'sign'},
    {account: 'ts.chengguan', step: 'handleCase', action: 'extend', values: {extensionAmount: 1, requestReason: '再等一日'}},
  ],
  leaves: {
    state: 'extensionReview',
    open: [{step: 'assistCase', accounts: ['ts.jiefang']}, {step: 'handleCase', accounts: ['ts.chengguan']}, {step: 'reviewExtension', accounts: ['shi.shenhe']}],
    clocks: {resolve: 'running', respond: 'stopped'},
  },
  workers: redone.workers,
  notices: {},
};

const leftPaused: HotlinePlan = {
  name: 'left paused',
  values: tourismOrder,
  acts: paused.acts.slice(0, 4),
  leaves: {state: 'paused', open: [{step: 'handleCase', accounts: ['shi.wenlv']}], clocks: {resolve: 'paused', respond: 'stopped'}},
  workers: redone.workers,
  notices: {'request.decided': 1},
};

const leftSupervised: HotlinePlan = {
  name: 'left supervised',
  values: nightOrder,
  acts: inHandAtNight,
  afterLapse: [],
  leaves: {
    state: 'handling',
    open: [{step: 'handleCase', accounts: ['ts.chengguan']}, {step: 'superviseFeedback', accounts: ['ts.chengguan']}],
    clocks: {resolve: 'running', respond: 'stopped', supervise: 'running'},
  },
  workers: redone.workers,
  notices: lapseNotices,
  texts: lapseTexts,
};

/** The plans of hotline orders in a drill: eight that end, five that are left open. */
export const hotlinePlans: readonly HotlinePlan[] = [plain, wrongUnit, extended, paused, delegated, secondRound, redo, lapsed, leftToDispatch, leftBelow, leftAsked, leftPaused, leftSupervised];

/** Of a unit that has nothing to do with any of these orders. */
export const stranger = 'syb.shijian';

/** Everyone who has something to do in one of the plans. */
export const hotlineAccounts: readonly string[] = [...new Set(['shi.shouli', ...hotlinePlans.flatMap(plan => [...plan.acts, ...(plan.afterLapse ?? [])].map(act => act.account))])];

/** Deals a plan to each of so many orders: shuffled anew each time all have been dealt, so that each comes about equally often. */
export function dealPlans(orders: number, random: () => number): readonly HotlinePlan[] {
  const dealt: HotlinePlan[] = [];
  for (let deck: HotlinePlan[] = []; dealt.length < orders; ) {
    if (deck.length === 0) deck = [...hotlinePlans];
    dealt.push(...deck.splice(Math.floor(random() * deck.length), 1));
  }
  return dealt;
}
