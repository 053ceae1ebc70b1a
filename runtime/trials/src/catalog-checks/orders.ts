import {caseRoutes, catalogRoutes} from '@banli/api';
import {goodsOrder, stallOrder} from '../main-job/orders.js';
import {formatMoment} from '../main-job/words.js';
import type {Hands} from './hands.js';
import {checkIndustryWarnings, checkWarnings, clockOf} from './warnings.js';

/** A matter of the industry 金融业 (J) at a city (level 2): its limit is the one that A18 changes. */
const bankOrder = {...stallOrder, title: '银行乱收费', content: '办理业务时被收取不明费用。', matter: '180101', area: '650100', place: '乌鲁木齐市', callbackWanted: false, el_subject_name: '某银行支行'} as const;
const rowOfLimit = 'J|2|normal|resolve';

/** A13, A17, A18: catalogs at work in orders. */
export async function checkOrders(hands: Hands): Promise<void> {
  hands.scene.checks.say('\n登记推荐、时限预警与时限调整');
  await checkProposal(hands);
  await checkAttributes(hands);
  await checkChangedLimit(hands);
  await checkWarnings(hands);
  await checkIndustryWarnings(hands, bankOrder);
}

async function checkProposal({scene, judge}: Hands): Promise<void> {
  const clerk = await scene.person('shi.shouli');
  const {matches} = await clerk.call(catalogRoutes.searchMatters, {query: {q: '占道', limit: 5}});
  const proposal = await clerk.call(catalogRoutes.proposal, {query: {matter: matches.find(match => match.choice.key === '020101')?.choice.key ?? '', area: '650102004', urgency: 'normal'}});
  judge('A13', '登记时选中事项：弹出责任单位并推荐最优派单路径 choosing a matter shows the unit responsible and the best way',
    proposal.leadUnitName === '天山区城市管理局' && proposal.assist.some(unit => unit.name.includes('解放南路')) && proposal.confidence === 'certain', {lead: proposal.leadUnitName, assist: proposal.assist.map(unit => unit.name), reason: proposal.reason['zh-CN'], row: proposal.row, version: proposal.version});
}

/** A matter whose lead depends on whom the order is about and on how it came. */
const firmOrder = {...goodsOrder, title: '办公桌椅与合同不符', content: '采购的办公桌椅规格与合同不符，协商未果。', nature: 'complaint', matter: '010109', area: '650103', place: '友好南路', callbackWanted: false, serviceObject: 'enterprise', enterpriseName: '云杉里家具有限公司', el_shop_name: '某家具城', el_object_name: '办公桌椅'} as const;

async function checkAttributes({scene, judge}: Hands): Promise<void> {
  const clerk = await scene.person('shi.shouli');
  const ask = (more: Readonly<Record<string, string>>) => clerk.call(catalogRoutes.proposal, {query: {matter: firmOrder.matter, area: firmOrder.area, urgency: 'normal', nature: 'complaint', ...more}});
  const [person, firm, line] = [await ask({serviceObject: 'person', channel: 'phone'}), await ask({serviceObject: 'enterprise', channel: 'phone'}), await ask({serviceObject: 'enterprise', channel: 'line-12315'})];
  judge('A13', '同一事项同一区域，服务对象、来源渠道不同则主办单位不同 one matter in one area has another lead by whom it is about and how it came',
    person.leadUnitName === '沙依巴克区市场监督管理局' && person.attributes.length === 0 && firm.leadUnitName === '沙依巴克区分中心' && firm.reason['zh-CN'].includes('因服务对象为企业') && firm.confidence === 'certain' && line.leadUnitName === '沙依巴克区市场监督管理局' && line.attributes.length === 2,
    {person: person.leadUnitName, enterprise: firm.leadUnitName, reason: firm.reason['zh-CN'], row: firm.row, version: firm.version, enterpriseBy12315: line.leadUnitName});
  const [order] = await scene.register('shi.shouli', [firmOrder]);
  await scene.open('shi.paidan', order?.caseId ?? '', 'dispatchCase');
  const {form: {values}} = await scene.view('shi.paidan', order?.caseId ?? '');
  judge('A13', '派单建议按工单的服务对象给出 the proposal of the process goes by the service object of the order', values['proposedLeadUnit'] === 'u650103-centre' && String(values['proposalReason']).includes('因服务对象为企业'), {lead: values['proposedLeadUnit'], reason: values['proposalReason'], row: values['proposalRow']});
}

async function checkChangedLimit(hands: Hands): Promise<void> {
  const {scene, judge} = hands;
  const clerk = await scene.person('shi.shouli');
  const ask = async () => (await clerk.call(catalogRoutes.proposal, {query: {matter: bankOrder.matter, area: bankOrder.area, urgency: bankOrder.urgency}})).resolve?.text['zh-CN'];
  const register = async () => {
    const [order] = await scene.register('shi.shouli', [bankOrder]);
    const view = await scene.view('shi.shouli', order?.caseId ?? '');
    const clock = clockOf(view, 'resolve');
    const why = await clerk.call(caseRoutes.explainClock, {params: {caseId: view.head.id, clockId: clock?.id ?? ''}});
    return {caseId: view.head.id, due: clock?.dueAt ?? 0, rest: clock?.rest['zh-CN'], row: why.limit?.row, version: why.limit?.version, days: why.lines.filter(line => line.kind === 'day' && line.counted).length};
  };
  const before = await ask();
  const older = await register();
  const published = await hands.publish(await hands.review(await hands.draft('limits', 'A18 缩短时限', {table: 'matrix', op: 'modify', key: rowOfLimit, cells: {value: '4'}})));
  const after = await ask();
  const newer = await register();
  judge('A18', '调整行业×等级时限：新工单剩余时间按新时限计算 a changed limit of industry × grade is what new orders count by',
    before === '7 个自然日' && after === '4 个自然日' && older.row === rowOfLimit && newer.row === rowOfLimit && older.days === 7 && newer.days === 4 && newer.due < older.due && newer.version === published.publishedVersion, {before, after, older: `${older.days} 天，${formatMoment(older.due)} 到期`, newer: `${newer.days} 天，${formatMoment(newer.due)} 到期，${newer.rest ?? ''}`, row: newer.row, version: newer.version});
  const again = clockOf(await scene.view('shi.shouli', older.caseId), 'resolve');
  judge('A18', '旧工单仍按登记时的时限 an older order keeps the limit it began with', again?.dueAt === older.due, {version: older.version, due: formatMoment(older.due)});
}
