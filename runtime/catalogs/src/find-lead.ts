import type {LocalizedText} from '@banli/formats';
import {titleOf} from './choices.js';
import {fitsLevel, inWords, levelsOf, noValues, type AttributeValues, type DecidingAttribute, type OrderAttributes, type RuleLevel} from './order-attributes.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** Who would be responsible, before limits are added. */
export interface FoundLead {
  readonly leadUnit: string | null;
  readonly candidates: readonly string[];
  readonly assistUnits: readonly string[];
  readonly duty: LocalizedText | null;
  readonly row: string | null;
  readonly reason: LocalizedText;
  /** What the row asks of the order besides matter and area, in words; empty where those two decided. */
  readonly attributes: readonly DecidingAttribute[];
  readonly confidence: 'certain' | 'choose' | 'none';
}

/** What `findLead` looks at. `areas` holds the area and its parents, `matters` the leaf and its branches, both innermost first. */
export interface LeadQuestion {
  readonly areas: readonly PublishedRow[];
  readonly matters: readonly PublishedRow[];
  readonly excludeUnitIds: readonly string[];
  /** What the order says of itself; rules that ask for more do not fit. */
  readonly attributes?: OrderAttributes;
  /** What values of attributes are called, for the reason. */
  readonly values?: AttributeValues;
}

/** Value of `leadUnitId` that says: nobody has been made responsible here. */
const nobody = 'none';

/**
 * Finds the lead unit: from the innermost area upwards; within an area the leaf matter before its branches; at one matter and area the rule that asks for most of
 * what the order is before the more general one. A unit that is excluded is passed over, and where nobody is left the search goes on with the next rule. Two
 * leads, `none`, or no row at all give no default.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.12, §2.1.9; main-job, situations 2 and 4. Area before matter (属地优先), and both before attributes, are own
 * rules: ADR 0019.
 */
export function findLead(version: PublishedVersion, question: LeadQuestion): FoundLead {
  const assistUnits = findAssists(version, question);
  let passed = false;
  for (const {area, level} of rulesAround(version, question)) {
    if (!fitsLevel(level, question.attributes ?? {})) continue;
    const {rows} = level;
    if (isNobody(level)) return withoutLead(version, question, assistUnits, area, level);
    const left = rows.filter(row => !question.excludeUnitIds.includes(row.values['leadUnitId'] ?? ''));
    if (left.length > 0) return answer(version, question, {area, level, rows: left, assistUnits, passed: passed || left.length < rows.length});
    passed = true;
  }
  const [area, matter] = [nameOf(question.areas[0]), nameOf(question.matters[0])];
  return {
    leadUnit: null, candidates: [], assistUnits, duty: null, row: null, attributes: [], confidence: 'none',
    reason: passed
      ? {'zh-CN': `职责清单 ${version.head.version}：${area.zh}“${matter.zh}”的主办单位均已退回，须人工确定。`, en: `Responsibility ${version.head.version}: every lead for “${matter.en}” in ${area.en} has returned it; a person decides.`}
      : {'zh-CN': `职责清单 ${version.head.version} 中没有${area.zh}“${matter.zh}”的主办单位，须人工确定。`, en: `Responsibility ${version.head.version} names no lead for “${matter.en}” in ${area.en}; a person decides.`},
  };
}

/** A rule about a matter in an area, in the order in which they are asked. */
export interface PlacedRule {
  readonly area: PublishedRow;
  readonly level: RuleLevel;
}

/** Every rule that has a say about a matter in an area, the one that is asked first first. */
export function* rulesAround(version: PublishedVersion, {areas, matters}: Pick<LeadQuestion, 'areas' | 'matters'>, groups: typeof leadsOf = leadsOf): Generator<PlacedRule> {
  const rules = groups(version);
  for (const area of areas) {
    // Most areas have no rule of their own: a report over every matter and area passes them by with one look.
    const here = rules.get(area.key);
    if (!here) continue;
    for (const matter of matters) {
      for (const level of here.get(matter.key) ?? []) yield {area, level};
    }
  }
}

/** Whether a rule says that nobody leads. */
export function isNobody({rows}: RuleLevel): boolean {
  return rows.some(row => row.values['leadUnitId'] === nobody);
}

/** A unit that some order about a matter in an area goes to, by the row that names it. */
export interface PossibleUnit {
  readonly unitId: string;
  readonly role: 'lead' | 'assist';
  readonly row: string;
}

/** Every unit that leads or assists orders of a matter in an area, whatever their attributes: up to the first rule that asks for none. Units that are excluded are passed over. */
export function possibleUnits(version: PublishedVersion, question: LeadQuestion): readonly PossibleUnit[] {
  const until = (role: PossibleUnit['role'], column: string, groups: typeof leadsOf): readonly PossibleUnit[] => {
    const found: PossibleUnit[] = [];
    for (const {level} of rulesAround(version, question, groups)) {
      const left = isNobody(level) ? [] : level.rows.filter(row => !question.excludeUnitIds.includes(row.values[column] ?? ''));
      found.push(...left.map(row => ({unitId: row.values[column] ?? '', role, row: row.key})));
      const isLast = role === 'assist' || isNobody(level) || left.length > 0;
      if (level.conditions.length === 0 && isLast) break;
    }
    return found;
  };
  const leads = until('lead', 'leadUnitId', leadsOf);
  return [...leads, ...until('assist', 'assistUnitId', assistsOf).filter(({unitId}) => !leads.some(lead => lead.unitId === unitId))];
}

interface Hit {
  readonly area: PublishedRow;
  readonly level: RuleLevel;
  readonly rows: readonly PublishedRow[];
  readonly assistUnits: readonly string[];
  readonly passed: boolean;
}

function answer(version: PublishedVersion, question: LeadQuestion, hit: Hit): FoundLead {
  const candidates = hit.rows.map(row => row.values['leadUnitId'] ?? '');
  const [first] = hit.rows;
  const matter = nameOf(question.matters[0]);
  const area = nameOf(hit.area);
  const inherited = hit.area.key === question.areas[0]?.key ? {zh: '', en: ''} : {zh: `（${nameOf(question.areas[0]).zh}未单列，按${area.zh}执行）`, en: ` (${nameOf(question.areas[0]).en} has no row of its own)`};
  const {attributes, zh: why, en: whyEn} = decided(hit.level, question);
  const passed = hit.passed ? {zh: '已退回的单位不再推荐；', en: 'Units that returned it are left out. '} : {zh: '', en: ''};
  if (candidates.length > 1) {
    return {
      leadUnit: null, candidates, assistUnits: hit.assistUnits, duty: null, row: first?.key ?? null, attributes, confidence: 'choose',
      reason: {'zh-CN': `${passed.zh}职责清单 ${version.head.version}：${area.zh}“${matter.zh}”有 ${candidates.length} 个主办单位，不作默认，须人工选择并说明理由。`, en: `${passed.en}Responsibility ${version.head.version}: ${candidates.length} leads for “${matter.en}” in ${area.en}; no default, a person chooses with a reason.`},
    };
  }
  const duty = {'zh-CN': first?.values['dutyZh'] ?? '', en: first?.values['dutyEn'] ?? ''};
  return {
    leadUnit: candidates[0] ?? null, candidates, assistUnits: hit.assistUnits.filter(unit => unit !== candidates[0]), duty, row: first?.key ?? null, attributes, confidence: 'certain',
    reason: {'zh-CN': `${passed.zh}职责清单 ${version.head.version}：${area.zh}${inherited.zh}，${why}${duty['zh-CN']}。`, en: `${passed.en}Responsibility ${version.head.version}: ${area.en}${inherited.en}: ${whyEn}${duty.en}.`},
  };
}

function withoutLead(version: PublishedVersion, question: LeadQuestion, assistUnits: readonly string[], area: PublishedRow, level: RuleLevel): FoundLead {
  const {attributes, zh: why, en: whyEn} = decided(level, question);
  const row = level.rows.find(candidate => candidate.values['leadUnitId'] === nobody);
  const [place, matter] = [nameOf(area), nameOf(question.matters[0])];
  return {
    leadUnit: null, candidates: [], assistUnits, duty: null, row: row?.key ?? null, attributes, confidence: 'none',
    reason: {'zh-CN': `职责清单 ${version.head.version}：${place.zh}“${matter.zh}”${why}${row?.values['dutyZh'] ?? ''}。`, en: `Responsibility ${version.head.version}: “${matter.en}” in ${place.en}: ${whyEn}${row?.values['dutyEn'] ?? ''}.`},
  };
}

/** What a rule asked for, and the words that open the reason: “因服务对象为企业，”. */
function decided({conditions}: RuleLevel, {values = noValues}: LeadQuestion): {readonly attributes: readonly DecidingAttribute[]; readonly zh: string; readonly en: string} {
  const attributes = inWords(conditions, values);
  if (attributes.length === 0) return {attributes, zh: '', en: ''};
  const zh = attributes.map(({title, valueTitle}) => `${title['zh-CN']}为${valueTitle['zh-CN']}`).join('、');
  const en = attributes.map(({title, valueTitle}) => `the ${title.en ?? title['zh-CN']} is “${valueTitle.en ?? valueTitle['zh-CN']}”`).join(' and ');
  return {attributes, zh: `因${zh}，`, en: `because ${en}: `};
}

function findAssists(version: PublishedVersion, question: LeadQuestion): readonly string[] {
  for (const {level} of rulesAround(version, question, assistsOf)) {
    if (fitsLevel(level, question.attributes ?? {})) return level.rows.map(row => row.values['assistUnitId'] ?? '').filter(unit => !question.excludeUnitIds.includes(unit));
  }
  return [];
}

const leadsOf = memoPerVersion(version => groupRows(version, 'responsibility'));
const assistsOf = memoPerVersion(version => groupRows(version, 'assists'));

/** Rules by area and matter. */
type PlacedRules = ReadonlyMap<string, ReadonlyMap<string, readonly RuleLevel[]>>;

/** The rules of a table that names matter, area and attributes. */
export function groupRows(version: PublishedVersion, table: string): PlacedRules {
  const groups = new Map<string, Map<string, PublishedRow[]>>();
  for (const row of activeRows(version, table)) {
    const [area, matter] = [row.values['areaCode'] ?? '', row.values['matterCode'] ?? ''];
    const here = groups.get(area) ?? new Map<string, PublishedRow[]>();
    groups.set(area, here.set(matter, [...(here.get(matter) ?? []), row]));
  }
  return new Map([...groups].map(([area, here]) => [area, new Map([...here].map(([matter, rows]) => [matter, levelsOf(rows)]))]));
}

function nameOf(row: PublishedRow | undefined): {zh: string; en: string} {
  const title = row ? titleOf(row) : {'zh-CN': ''};
  return {zh: title['zh-CN'], en: title.en ?? title['zh-CN']};
}
