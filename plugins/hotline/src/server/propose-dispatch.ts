import {isAppError} from '@banli/errors';
import type {CatalogReader, DispatchProposal, LimitText, UnitReader, WorkerDefinition} from '@banli/sdk/server';
import {cut} from '../common/fields.js';

interface Input {
  readonly matter: string;
  readonly areaCode: string;
  readonly urgency: string | null;
  /** Of the enterprise that is served; else the matter's own decides. */
  readonly industry?: string | null;
  readonly serviceObject?: string | null;
  readonly channel?: string | null;
  readonly nature?: string | null;
  readonly excludedUnits: readonly string[] | null;
}

/**
 * Proposes who leads and assists, and shows the limits with their source. Where several units or none are responsible there is no
 * default: the dispatcher decides with a reason. Units that returned the order are left out.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.9, §2.1.12, §2.3.3
 */
export function proposeDispatch(needs: {readonly catalogs: CatalogReader; readonly units: UnitReader}): WorkerDefinition<Input> {
  return {
    topic: 'hotline.proposeDispatch',
    title: {'zh-CN': '派单建议', en: 'Dispatch proposal'},
    inputSchema: {
      type: 'object',
      required: ['matter', 'areaCode'],
      properties: {matter: {type: 'string'}, areaCode: {type: 'string'}, urgency: {type: ['string', 'null']}, industry: {type: ['string', 'null']}, serviceObject: {type: ['string', 'null']}, channel: {type: ['string', 'null']}, nature: {type: ['string', 'null']}, excludedUnits: {type: ['array', 'null'], items: {type: 'string'}}},
    },
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, now, effects, log}) {
      const proposal = await propose(needs.catalogs, input, now);
      const {leadUnit} = proposal;
      const assistUnits = proposal.assistUnits.filter(unitId => unitId !== leadUnit);
      const choice = choiceOf(needs.units, leadUnit === null ? proposal.candidates : []);
      effects.setFields({
        proposedLeadUnit: leadUnit,
        proposedAssistUnits: assistUnits,
        proposalReason: cut(`${choice['zh-CN']}${proposal.reason['zh-CN']}`, 2000),
        proposalReasonEn: proposal.reason.en === undefined ? null : cut(`${choice.en}${proposal.reason.en}`, 2000),
        proposalRow: proposal.row === null ? null : cut(proposal.row, 200),
        proposalVersion: proposal.version,
        leadUnit,
        assistUnits,
        mode: leadUnit === null ? null : assistUnits.length > 0 ? 'mainAssist' : 'single',
        ...limitTexts('respondLimit', proposal.limits.respond),
        ...limitTexts('resolveLimit', proposal.limits.resolve),
        changeReason: null,
      });
      effects.note(
        leadUnit === null ? {'zh-CN': '没有唯一的责任单位，由派单员决定', en: 'No single responsible unit: the dispatcher decides'} : {'zh-CN': `建议派至 ${needs.units.unit(leadUnit)?.name ?? leadUnit}`, en: `Proposed: ${needs.units.unit(leadUnit)?.titleEn ?? needs.units.unit(leadUnit)?.name ?? leadUnit}`},
        {row: proposal.row, version: proposal.version, confidence: proposal.confidence, attributes: proposal.attributes.map(({name, value}) => `${name}=${value}`)},
      );
      log.info('hotline.dispatch.proposed', {confidence: proposal.confidence, row: proposal.row});
    },
  };
}

/** A matter that was retired since it was accepted has no proposal; the order must not stop for it. */
async function propose(catalogs: CatalogReader, input: Input, at: number): Promise<DispatchProposal> {
  const {matter, areaCode, urgency, industry, excludedUnits, serviceObject, channel, nature} = input;
  const attributes = {...(serviceObject ? {serviceObject} : {}), ...(channel ? {channelCode: channel} : {}), ...(nature ? {natureCode: nature} : {})};
  try {
    return await catalogs.dispatch({matterCode: matter, areaCode, ...(urgency === null || urgency === undefined ? {} : {urgency}), ...(industry ? {industryCode: industry} : {}), attributes, excludeUnitIds: excludedUnits ?? [], at});
  } catch (error) {
    if (!isAppError(error) || error.status >= 500) throw error;
    return {
      leadUnit: null, candidates: [], assistUnits: [], limits: {respond: null, resolve: null}, row: null, version: null, confidence: 'none', attributes: [],
      reason: {'zh-CN': `职责清单中查不到该事项（${error.code}），请派单员判断。`, en: `The responsibility list does not know the matter (${error.code}).`},
    };
  }
}

/** The units of which one is to be chosen, before the reason; nothing where there is no choice. */
function choiceOf(units: UnitReader, candidates: readonly string[]): {readonly 'zh-CN': string; readonly en: string} {
  if (candidates.length === 0) return {'zh-CN': '', en: ''};
  const found = candidates.map(unitId => ({name: unitId, titleEn: undefined, ...units.unit(unitId)}));
  return {'zh-CN': `可选单位：${found.map(({name}) => name).join('、')}。`, en: `To choose from: ${found.map(({name, titleEn}) => titleEn ?? name).join(', ')}. `};
}

/** A limit for its field, and for the one that holds its English. */
function limitTexts(field: string, limit: LimitText | null): Readonly<Record<string, string | null>> {
  if (limit === null) return {[field]: null, [`${field}En`]: null};
  const {'zh-CN': zh, en} = limit.text;
  const own = ownWords(limit);
  return {[field]: cut(`${zh}（${own['zh-CN']}${sourceInWords(limit.source)}）`, 200), [`${field}En`]: en === undefined ? null : cut(`${en} (${own.en}${sourceInEnglish(limit.source)})`, 200)};
}

/** Says of a limit that a layer set for its area that it is so, and what holds above; nothing of others. */
function ownWords({own}: LimitText): {readonly 'zh-CN': string; readonly en: string} {
  if (!own) return {'zh-CN': '', en: ''};
  const [zh, en] = own.above === null ? ['上级没有规定', 'nothing is set above'] : [`上级为 ${own.above['zh-CN']}`, `above it is ${own.above.en ?? own.above['zh-CN']}`];
  return {'zh-CN': `本级（${own.area['zh-CN']}）自定，${zh}；`, en: `set by ${own.area.en ?? own.area['zh-CN']} itself, ${en}; `};
}

/** A source as people read it: our own rules are marked as such, requirements by their section. */
function sourceInWords(source: string): string {
  return source.replace(/^own:\s*/, '自定（无文件依据）：').replace(/^requirements\/[\w-]+\.md\s*/, '采购需求 ');
}

function sourceInEnglish(source: string): string {
  return source.replace(/^own:\s*/, 'own rule: ').replace(/^requirements\/[\w-]+\.md\s*/, 'procurement requirement ');
}
