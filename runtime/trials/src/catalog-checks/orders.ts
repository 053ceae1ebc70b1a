import {caseRoutes, catalogRoutes, noticeRoutes, type CaseViewJson} from '@banli/api';
import {stallOrder} from '../main-job/orders.js';
import {formatMoment} from '../main-job/words.js';
import type {Hands} from './hands.js';

const minute = 60_000;
/** A request of an enterprise of grade A: its limits are the ones that A18 changes. */
const enterpriseOrder = {...stallOrder, title: '企业用水用电问题', content: '企业反映供水不稳定，影响生产。', matter: '070101', urgency: 'grade-a', area: '650100', place: '乌鲁木齐市', callbackWanted: false, el_enterprise_name: '某食品厂', el_enterprise_grade: 'a', el_enterprise_appeal: 'construction'} as const;

/** A13, A17, A18: catalogs at work in orders. */
export async function checkOrders(hands: Hands): Promise<void> {
  hands.scene.checks.say('\n登记推荐、时限预警与时限调整');
  await checkProposal(hands);
  await checkChangedLimit(hands);
  await checkWarnings(hands);
}

async function checkProposal({scene, judge}: Hands): Promise<void> {
  const clerk = await scene.person('shi.shouli');
  const {matches} = await clerk.call(catalogRoutes.searchMatters, {query: {q: '占道', limit: 5}});
  const proposal = await clerk.call(catalogRoutes.proposal, {query: {matter: matches.find(match => match.choice.key === '020101')?.choice.key ?? '', area: '650102004', urgency: 'normal'}});
  judge('A13', '登记时选中事项：弹出责任单位并推荐最优派单路径 choosing a matter shows the unit responsible and the best way',
    proposal.leadUnitName === '天山区城市管理局' && proposal.assist.some(unit => unit.name.includes('解放南路')) && proposal.confidence === 'certain', {lead: proposal.leadUnitName, assist: proposal.assist.map(unit => unit.name), reason: proposal.reason['zh-CN'], row: proposal.row, version: proposal.version});
}

/** The clock of a kind that runs, or the last one. */
function clockOf(view: CaseViewJson, clock: string): CaseViewJson['clocks'][number] | undefined {
  return [...view.clocks].filter(each => each.clock === clock).sort((a, b) => b.startedAt - a.startedAt)[0];
}

async function checkChangedLimit(hands: Hands): Promise<void> {
  const {scene, judge} = hands;
  const clerk = await scene.person('shi.shouli');
  const ask = async () => (await clerk.call(catalogRoutes.proposal, {query: {matter: '020101', area: '650100', urgency: 'normal', industry: 'J'}})).resolve?.text['zh-CN'];
  const dispatched = async (): Promise<CaseViewJson> => {
    const [order] = await scene.register('shi.shouli', [enterpriseOrder]);
    await scene.finish('shi.paidan', order?.caseId ?? '', 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650100-wenlv', assistUnits: [], changeReason: '按职责改派'});
    return scene.view('shi.paidan', order?.caseId ?? '');
  };
  const before = await ask();
  const older = await dispatched();
  const olderDue = clockOf(older, 'respond')?.dueAt;
  const published = await hands.publish(await hands.review(await hands.draft('limits', 'A18 缩短时限',
    {table: 'matrix', op: 'modify', key: 'J|*|normal|resolve', cells: {value: '4'}},
    {table: 'matrix', op: 'add', cells: {industryCode: '*', level: '2', urgencyCode: 'grade-a', kind: 'respond', value: '1', unit: 'hour', warnBefore: 'PT30M', ladderCode: 'urge', sourceRef: 'own: 验收'}})));
  const after = await ask();
  const newer = await dispatched();
  const lasts = (view: CaseViewJson) => ((clockOf(view, 'respond')?.dueAt ?? 0) - (clockOf(view, 'respond')?.startedAt ?? 0)) / minute;
  const why = await clerk.call(caseRoutes.explainClock, {params: {caseId: newer.head.id, clockId: clockOf(newer, 'respond')?.id ?? ''}});
  judge('A18', '调整行业×等级时限：新工单剩余时间按新时限计算 a changed limit of industry × grade is what new orders count by',
    before === '5 个工作日' && after === '4 个工作日' && lasts(older) === 120 && lasts(newer) === 60 && why.limit?.version === published.publishedVersion, {before, after, newer: `${lasts(newer)} 分钟`, rest: clockOf(newer, 'respond')?.rest['zh-CN'], row: why.limit?.row, version: why.limit?.version});
  const again = clockOf(await scene.view('shi.paidan', older.head.id), 'respond');
  judge('A18', '旧工单仍按登记时的时限 an older order keeps the limit it began with', again?.dueAt === olderDue, `${lasts(older)} 分钟，${formatMoment(again?.dueAt ?? 0)} 到期`);
}

async function checkWarnings({scene, judge}: Hands): Promise<void> {
  const [order] = await scene.register('shi.shouli', [{...stallOrder, title: '验收：临期与超期', place: '解放南路市场'}]);
  const caseId = order?.caseId ?? '';
  await scene.finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  await scene.finish('ts.chengguan', caseId, 'signCase', 'sign');
  const running = clockOf(await scene.view('ts.chengguan', caseId), 'resolve');
  const told = async (account: string, since: number) => (await (await scene.person(account)).call(noticeRoutes.list, {query: {limit: 50}})).notices.filter(notice => notice.caseId === caseId && notice.at >= since);
  const stateAt = async (moment: number, wanted: string) => {
    await scene.moveTo(moment);
    return scene.until(async () => {
      const clock = clockOf(await scene.view('ts.chengguan', caseId), 'resolve');
      return clock?.dueState === wanted ? clock : null;
    });
  };
  const warned = await stateAt((running?.warnAt ?? 0) + minute, 'warning');
  const handler = await scene.until(async () => (await told('ts.chengguan', running?.warnAt ?? 0))[0] ?? null);
  judge('A17', '临近时限：黄色预警，提醒承办责任人 near its limit an order is amber and whoever handles it is told', warned !== null && handler !== null, {at: formatMoment(running?.warnAt ?? 0), state: warned?.dueState, handler: handler?.title['zh-CN']});
  const near = await stateAt((running?.criticalAt ?? 0) + minute, 'critical');
  const supervisor = await scene.until(async () => (await told('shi.duban', running?.criticalAt ?? 0))[0] ?? null);
  judge('A17', '临期：同时提醒监督人员 nearer still, whoever supervises is told as well', near !== null && supervisor !== null, {at: formatMoment(running?.criticalAt ?? 0), supervisor: supervisor?.title['zh-CN']});
  const due = running?.dueAt ?? 0;
  const lapsed = await stateAt(due + minute, 'overdue');
  const upper = await scene.until(async () => (await told('shi.duban', due))[0] ?? null);
  const {task} = await scene.open('ts.chengguan', caseId, 'superviseFeedback');
  judge('A17', '超过时限：红色，推送上级部门并生成督办 past its limit it is red, the upper department is told and supervision begins', lapsed?.breachedAt === due && upper !== null, {breach: formatMoment(due), upper: upper?.title['zh-CN'], task: task.stepName['zh-CN']});
}
