import {noticeRoutes, type AnswerOf, type CaseViewJson} from '@banli/api';
import {stallOrder} from '../main-job/orders.js';
import {formatMoment} from '../main-job/words.js';
import type {Hands} from './hands.js';

const minute = 60_000;

type Clock = CaseViewJson['clocks'][number];
type Notice = AnswerOf<typeof noticeRoutes.list>['notices'][number];

/** The clock of a kind that runs, or the last one. */
export function clockOf(view: CaseViewJson, clock: string): Clock | undefined {
  return [...view.clocks].filter(each => each.clock === clock).sort((a, b) => b.startedAt - a.startedAt)[0];
}

/** An order in the hands of a unit, watched by its limit: what state the clock is in at a moment, and who was told of it. */
interface Watched {
  readonly caseId: string;
  readonly running: Clock | undefined;
  stateAt(moment: number, wanted: string): Promise<Clock | null>;
  told(account: string, since: number): Promise<Notice | null>;
}

async function watch({scene}: Hands, handler: string, leadUnit: string, values: Readonly<Record<string, unknown>>): Promise<Watched> {
  const [order] = await scene.register('shi.shouli', [values]);
  const caseId = order?.caseId ?? '';
  await scene.finish('shi.paidan', caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit, assistUnits: []});
  await scene.finish(handler, caseId, 'signCase', 'sign');
  return {
    caseId,
    running: clockOf(await scene.view(handler, caseId), 'resolve'),
    async stateAt(moment, wanted) {
      await scene.moveTo(moment);
      return scene.until(async () => {
        const clock = clockOf(await scene.view(handler, caseId), 'resolve');
        return clock?.dueState === wanted ? clock : null;
      });
    },
    told: (account, since) => scene.until(async () => (await (await scene.person(account)).call(noticeRoutes.list, {query: {limit: 50}})).notices.find(notice => notice.caseId === caseId && notice.at >= since) ?? null),
  };
}

/** A17 on an order without a row by industry: handler, industry supervisor, upper department, supervision. */
export async function checkWarnings(hands: Hands): Promise<void> {
  const {scene, judge} = hands;
  const {caseId, running, stateAt, told} = await watch(hands, 'ts.chengguan', 'u650102-chengguan', {...stallOrder, title: '验收：临期与超期', place: '解放南路市场'});
  const warned = await stateAt((running?.warnAt ?? 0) + minute, 'warning');
  const handler = await told('ts.chengguan', running?.warnAt ?? 0);
  judge('A17', '临近时限：黄色预警，提醒承办责任人 near its limit an order is amber and whoever handles it is told', warned !== null && handler !== null, {at: formatMoment(running?.warnAt ?? 0), state: warned?.dueState, handler: handler?.title['zh-CN']});
  const industry = await told('ts.zhujian', running?.warnAt ?? 0);
  const seen = await scene.view('ts.zhujian', caseId);
  judge('A17', '黄色预警同时告知行业主管部门，其可查看工单 amber: the industry supervisor is told at the same time, and may read the order', industry?.title['zh-CN'] === handler?.title['zh-CN'] && seen.head.id === caseId, {at: formatMoment(industry?.at ?? 0), notice: industry?.title['zh-CN'], body: industry?.body['zh-CN']});
  const near = await stateAt((running?.criticalAt ?? 0) + minute, 'critical');
  const supervisor = await told('shi.duban', running?.criticalAt ?? 0);
  judge('A17', '临期：同时提醒监督人员 nearer still, whoever supervises is told as well', near !== null && supervisor !== null, {at: formatMoment(running?.criticalAt ?? 0), supervisor: supervisor?.title['zh-CN']});
  const due = running?.dueAt ?? 0;
  const lapsed = await stateAt(due + minute, 'overdue');
  const [upper, red] = [await told('shi.duban', due), await told('ts.zhujian', due)];
  const {task} = await scene.open('ts.chengguan', caseId, 'superviseFeedback');
  judge('A17', '超过时限：红色，推送上级部门并生成督办 past its limit it is red, the upper department is told and supervision begins', lapsed?.breachedAt === due && upper !== null && red !== null, {breach: formatMoment(due), upper: upper?.title['zh-CN'], industry: red?.body['zh-CN'], task: task.stepName['zh-CN']});
}

/** A17 on an order of the finance industry, whose limit and receivers come from the matrix: its supervisor is told amber and red. */
export async function checkIndustryWarnings(hands: Hands, order: Readonly<Record<string, unknown>>): Promise<void> {
  const {scene, judge} = hands;
  const {caseId, running, stateAt, told} = await watch(hands, 'ts.fenzhongxin', 'u650102-centre', {...order, title: '验收：金融工单临期与超期'});
  const [warnAt, due] = [running?.warnAt ?? 0, running?.dueAt ?? 0];
  const warned = await stateAt(warnAt + minute, 'warning');
  const [handler, industry] = [await told('ts.fenzhongxin', warnAt), await told('shi.jinrong', warnAt)];
  const seen = await scene.view('shi.jinrong', caseId);
  judge('A17', '金融工单提前 24 小时黄色预警，同时告知金融主管部门 a finance order warns 24 hours ahead, its industry supervisor too',
    warned !== null && due - warnAt === 24 * 60 * minute && handler !== null && industry !== null && seen.head.id === caseId, {at: formatMoment(warnAt), due: formatMoment(due), handler: handler?.title['zh-CN'], industry: industry?.body['zh-CN']});
  const lapsed = await stateAt(due + minute, 'overdue');
  const [upper, red] = [await told('shi.duban', due), await told('shi.jinrong', due)];
  judge('A17', '金融工单超期：推送上级部门，并告知金融主管部门 past its limit the upper department and the supervisor of finance are told', lapsed?.breachedAt === due && upper !== null && red !== null, {breach: formatMoment(due), upper: upper?.title['zh-CN'], industry: red?.body['zh-CN']});
}
