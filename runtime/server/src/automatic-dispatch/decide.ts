import type {DispatchVerdict, WaitingOrder} from '@banli/cases';
import type {CatalogService, DispatchAnswer, DispatchJudgement, MatterAdvisory} from '@banli/catalogs';
import {isAppError} from '@banli/errors';
import type {LocalizedText} from '@banli/formats';
import type {People} from '@banli/people';
import {queryRow, type Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {isWithin} from './hours.js';

/** What deciding stands on. */
export interface DecideDeps {
  readonly catalogs: Pick<CatalogService, 'dispatch' | 'dispatchRules' | 'calendar' | 'rowTitle'>;
  readonly advisory: MatterAdvisory;
  readonly people: Pick<People, 'unit' | 'persons'>;
  readonly store: Store;
  readonly clock: Clock;
}

/** Why an order goes by itself, or does not. */
type Why = 'sure' | 'matter' | 'noRule' | 'manualRule' | 'noLead' | 'changed' | 'unitGone' | 'crossField' | 'hours' | 'load' | 'confidence';

interface Finding {
  readonly why: Why;
  readonly text: Required<LocalizedText>;
}

/** Matters that a title is compared with, and units that a person is shown. */
const mostLikely = 3;
const mostUnits = 3;

/**
 * Decides about one waiting order by the lists as they are now: what was proposed a while ago counts only if it still holds. An error of the catalogs that is not the order's own is thrown.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.12; ADR 0041
 */
export function createDecide(deps: DecideDeps): (order: WaitingOrder) => Promise<DispatchVerdict> {
  return async order => {
    const {catalogs, clock} = deps;
    const at = clock.now();
    const proposal = await propose(deps, order, at);
    if (!proposal) return verdictOf({why: 'matter', text: {'zh-CN': '事项或区域已停用', en: 'the matter or the area is no longer in use'}}, null, null);
    const likely = await deps.advisory.candidates(order.title, at, mostLikely, order.areaCode);
    const judged = await catalogs.dispatchRules.judge({
      ...order, attributes: {...order.attributes, ...(order.urgency === null ? {} : {urgencyCode: order.urgency})}, proposal, at,
      likely: likely.filter(({certainty}) => certainty !== 'weak').map(({choice}) => choice.key),
    });
    const against = await findAgainst(deps, order, proposal, judged, at);
    return verdictOf(against ?? (await forIt(deps, proposal, judged, at)), proposal, judged);
  };
}

/** What the lists say now; `null` when the order's own codes are no longer in use. */
async function propose({catalogs}: DecideDeps, {matterCode, areaCode, urgency, industry, attributes, excludedUnitIds}: WaitingOrder, at: number): Promise<DispatchAnswer | null> {
  try {
    return await catalogs.dispatch({matterCode, areaCode, ...(urgency === null ? {} : {urgency}), ...(industry === null ? {} : {industryCode: industry}), attributes, excludeUnitIds: excludedUnitIds, at});
  } catch (error) {
    if (isAppError(error) && error.status < 500) return null;
    throw error;
  }
}

/** The first thing that speaks against sending the order by itself; `null` for nothing. */
async function findAgainst(deps: DecideDeps, order: WaitingOrder, proposal: DispatchAnswer, judged: DispatchJudgement, at: number): Promise<Finding | null> {
  const {rule} = judged;
  if (!rule) return {why: 'noRule', text: {'zh-CN': '没有适用的自动派单规则', en: 'no rule of automatic dispatch fits'}};
  if (rule.mode === 'manual') return {why: 'manualRule', text: {'zh-CN': `规则“${(await ruleWords(deps, rule.row, at))['zh-CN']}”规定由人工派单`, en: `the rule “${(await ruleWords(deps, rule.row, at)).en}” wants a person`}};
  const unitId = proposal.leadUnit;
  if (unitId === null) return noLead(deps, proposal);
  if (order.leadUnit !== unitId) return {why: 'changed', text: {'zh-CN': '职责清单已变化，与派单建议不一致', en: 'the lists changed since the proposal'}};
  if (deps.people.unit(unitId)?.active !== true || !deps.people.persons().some(person => person.posts.some(post => post.unitId === unitId))) return {why: 'unitGone', text: {'zh-CN': `${nameOf(deps, unitId)['zh-CN']}已停用或没有人员`, en: `${nameOf(deps, unitId).en} is retired or has nobody`}};
  if (proposal.assistUnits.length > rule.mostAssists) return {why: 'crossField', text: {'zh-CN': `需要 ${proposal.assistUnits.length} 个协办单位，属跨领域工单`, en: `${proposal.assistUnits.length} units have to assist: a cross-field order`}};
  if (judged.confidence < rule.leastConfidence) return {why: 'confidence', text: {'zh-CN': `置信度 ${judged.confidence} 低于阈值 ${rule.leastConfidence}${deducted(judged)['zh-CN']}`, en: `confidence ${judged.confidence} is below ${rule.leastConfidence}${deducted(judged).en}`}};
  const {calendar} = await deps.catalogs.calendar(order.areaCode, at);
  if (!isWithin(rule, calendar, at)) return {why: 'hours', text: {'zh-CN': '不在自动派单时段内', en: 'outside of the hours of automatic dispatch'}};
  const open = rule.mostOpen === null ? 0 : await openAt(deps.store, unitId);
  if (rule.mostOpen !== null && open >= rule.mostOpen) return {why: 'load', text: {'zh-CN': `${nameOf(deps, unitId)['zh-CN']}在办 ${open} 件，达到上限 ${rule.mostOpen} 件`, en: `${nameOf(deps, unitId).en} has ${open} open orders, ${rule.mostOpen} at most`}};
  return null;
}

/** Several units or none: whoever decides is shown three at most. */
function noLead(deps: DecideDeps, {candidates}: DispatchAnswer): Finding {
  const names = candidates.slice(0, mostUnits).map(unitId => nameOf(deps, unitId));
  if (names.length === 0) return {why: 'noLead', text: {'zh-CN': '没有责任单位', en: 'no unit is responsible'}};
  return {why: 'noLead', text: {'zh-CN': `责任单位不唯一，可选：${names.map(name => name['zh-CN']).join('、')}`, en: `several units are responsible: ${names.map(name => name.en).join(', ')}`}};
}

async function forIt(deps: DecideDeps, {leadUnit}: DispatchAnswer, judged: DispatchJudgement, at: number): Promise<Finding> {
  const rule = judged.rule === null ? {'zh-CN': '', en: ''} : await ruleWords(deps, judged.rule.row, at);
  const [unit, off] = [nameOf(deps, leadUnit ?? ''), deducted(judged)];
  return {why: 'sure', text: {
    'zh-CN': `派至${unit['zh-CN']}：置信度 ${judged.confidence}，阈值 ${judged.rule?.leastConfidence ?? 0}${off['zh-CN']}；依据自动派单规则 ${judged.rule?.version ?? ''} 版“${rule['zh-CN']}”`,
    en: `to ${unit.en}: confidence ${judged.confidence}, at least ${judged.rule?.leastConfidence ?? 0}${off.en}; by the rule “${rule.en}” of version ${judged.rule?.version ?? ''}`,
  }};
}

function verdictOf({why, text}: Finding, proposal: DispatchAnswer | null, judged: DispatchJudgement | null): DispatchVerdict {
  const isSent = why === 'sure';
  return {
    verdict: isSent ? 'sent' : 'left', why,
    text: isSent ? {'zh-CN': `自动派单，${text['zh-CN']}。`, en: `Dispatched automatically ${text.en}.`} : {'zh-CN': `未自动派单，由派单员处理：${text['zh-CN']}。`, en: `Left to a dispatcher: ${text.en}.`},
    unitId: proposal?.leadUnit ?? null, ruleRow: judged?.rule?.row ?? null, ruleVersion: judged?.rule?.version ?? null, confidence: judged?.confidence ?? 0, leastConfidence: judged?.rule?.leastConfidence ?? null,
  };
}

function deducted({deductions}: DispatchJudgement): Required<LocalizedText> {
  if (deductions.length === 0) return {'zh-CN': '', en: ''};
  return {'zh-CN': `（${deductions.map(({title, points}) => `${title['zh-CN']}扣 ${points}`).join('，')}）`, en: ` (${deductions.map(({title, points}) => `${title.en ?? title['zh-CN']}: ${points} less`).join(', ')})`};
}

async function ruleWords({catalogs}: DecideDeps, row: string, at: number): Promise<Required<LocalizedText>> {
  const title = (await catalogs.rowTitle('dispatch-rules', row, at)) ?? {'zh-CN': row};
  const every = row.startsWith('all|') ? {zh: '全部事项·', en: 'every matter · '} : {zh: '', en: ''};
  return {'zh-CN': `${every.zh}${title['zh-CN']}`, en: `${every.en}${title.en ?? title['zh-CN']}`};
}

function nameOf({people}: DecideDeps, unitId: string): Required<LocalizedText> {
  const unit = people.unit(unitId);
  return {'zh-CN': unit?.name ?? unitId, en: unit?.titleEn ?? unit?.name ?? unitId};
}

/** Open orders that a unit leads. */
async function openAt(store: Store, unitId: string): Promise<number> {
  const row = await queryRow(store.knex, "select count(*) as total from case_record where status = 'open' and lead_unit_id = ?", [unitId]);
  return Number(row?.['total'] ?? 0);
}
