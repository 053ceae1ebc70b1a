import type {LocalizedText} from '@banli/formats';
import {titleOf} from './choices.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** Who would be responsible, before limits are added. */
export interface FoundLead {
  readonly leadUnit: string | null;
  readonly candidates: readonly string[];
  readonly assistUnits: readonly string[];
  readonly duty: LocalizedText | null;
  readonly row: string | null;
  readonly reason: LocalizedText;
  readonly confidence: 'certain' | 'choose' | 'none';
}

/** What `findLead` looks at. `areas` holds the area and its parents, `matters` the leaf and its branches, both innermost first. */
export interface LeadQuestion {
  readonly areas: readonly PublishedRow[];
  readonly matters: readonly PublishedRow[];
  readonly excludeUnitIds: readonly string[];
}

/** Value of `leadUnitId` that says: nobody has been made responsible here. */
const nobody = 'none';

/**
 * Finds the lead unit: from the innermost area upwards; within an area the leaf matter before its branches. A unit that is excluded is
 * passed over, and where nobody is left the search goes on further up. Two leads, `none`, or no row at all give no default.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.12, §2.1.9; main-job, situations 2 and 4. Area before matter is an own rule
 * (属地优先).
 */
export function findLead(version: PublishedVersion, question: LeadQuestion): FoundLead {
  const assistUnits = findAssists(version, question);
  const leads = leadsOf(version);
  let passed = false;
  for (const area of question.areas) {
    for (const matter of question.matters) {
      const rows = leads.get(placeKey(matter.key, area.key)) ?? [];
      if (rows.length === 0) continue;
      if (rows.some(row => row.values['leadUnitId'] === nobody)) return withoutLead(version, question, assistUnits, area, rows);
      const left = rows.filter(row => !question.excludeUnitIds.includes(row.values['leadUnitId'] ?? ''));
      if (left.length > 0) return answer(version, question, {area, rows: left, assistUnits, passed: passed || left.length < rows.length});
      passed = true;
    }
  }
  const [area, matter] = [nameOf(question.areas[0]), nameOf(question.matters[0])];
  return {
    leadUnit: null, candidates: [], assistUnits, duty: null, row: null, confidence: 'none',
    reason: passed
      ? {'zh-CN': `职责清单 ${version.head.version}：${area.zh}“${matter.zh}”的主办单位均已退回，须人工确定。`, en: `Responsibility ${version.head.version}: every lead for “${matter.en}” in ${area.en} has returned it; a person decides.`}
      : {'zh-CN': `职责清单 ${version.head.version} 中没有${area.zh}“${matter.zh}”的主办单位，须人工确定。`, en: `Responsibility ${version.head.version} names no lead for “${matter.en}” in ${area.en}; a person decides.`},
  };
}

interface Hit {
  readonly area: PublishedRow;
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
  const passed = hit.passed ? {zh: '已退回的单位不再推荐；', en: 'Units that returned it are left out. '} : {zh: '', en: ''};
  if (candidates.length > 1) {
    return {
      leadUnit: null, candidates, assistUnits: hit.assistUnits, duty: null, row: first?.key ?? null, confidence: 'choose',
      reason: {'zh-CN': `${passed.zh}职责清单 ${version.head.version}：${area.zh}“${matter.zh}”有 ${candidates.length} 个主办单位，不作默认，须人工选择并说明理由。`, en: `${passed.en}Responsibility ${version.head.version}: ${candidates.length} leads for “${matter.en}” in ${area.en}; no default, a person chooses with a reason.`},
    };
  }
  const duty = {'zh-CN': first?.values['dutyZh'] ?? '', en: first?.values['dutyEn'] ?? ''};
  return {
    leadUnit: candidates[0] ?? null, candidates, assistUnits: hit.assistUnits.filter(unit => unit !== candidates[0]), duty, row: first?.key ?? null, confidence: 'certain',
    reason: {'zh-CN': `${passed.zh}职责清单 ${version.head.version}：${area.zh}${inherited.zh}，${duty['zh-CN']}。`, en: `${passed.en}Responsibility ${version.head.version}: ${area.en}${inherited.en}: ${duty.en}.`},
  };
}

function withoutLead(version: PublishedVersion, question: LeadQuestion, assistUnits: readonly string[], area: PublishedRow, rows: readonly PublishedRow[]): FoundLead {
  const row = rows.find(candidate => candidate.values['leadUnitId'] === nobody);
  const [place, matter] = [nameOf(area), nameOf(question.matters[0])];
  return {
    leadUnit: null, candidates: [], assistUnits, duty: null, row: row?.key ?? null, confidence: 'none',
    reason: {'zh-CN': `职责清单 ${version.head.version}：${place.zh}“${matter.zh}”${row?.values['dutyZh'] ?? ''}。`, en: `Responsibility ${version.head.version}: “${matter.en}” in ${place.en}: ${row?.values['dutyEn'] ?? ''}.`},
  };
}

function findAssists(version: PublishedVersion, question: LeadQuestion): readonly string[] {
  const assists = assistsOf(version);
  for (const area of question.areas) {
    for (const matter of question.matters) {
      const rows = assists.get(placeKey(matter.key, area.key));
      if (rows) return rows.map(row => row.values['assistUnitId'] ?? '').filter(unit => !question.excludeUnitIds.includes(unit));
    }
  }
  return [];
}

const leadsOf = memoPerVersion(version => groupRows(version, 'responsibility'));
const assistsOf = memoPerVersion(version => groupRows(version, 'assists'));

function groupRows(version: PublishedVersion, table: string): ReadonlyMap<string, readonly PublishedRow[]> {
  const groups = new Map<string, PublishedRow[]>();
  for (const row of activeRows(version, table)) {
    const key = placeKey(row.values['matterCode'] ?? '', row.values['areaCode'] ?? '');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function placeKey(matter: string, area: string): string {
  return `${matter}|${area}`;
}

function nameOf(row: PublishedRow | undefined): {zh: string; en: string} {
  const title = row ? titleOf(row) : {'zh-CN': ''};
  return {zh: title['zh-CN'], en: title.en ?? title['zh-CN']};
}
