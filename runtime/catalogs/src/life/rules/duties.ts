import type {Problem} from '@banli/errors';
import {dutyConflicts, type DutyConflict, type DutyWorld} from '../../dispatch/duty-conflicts.js';
import type {PublishedVersion} from '../../version.js';
import {changeErrors} from '../errors.js';
import {problemOf} from '../problem.js';
import {tableIn, type Draft} from './draft.js';

const asked = ['responsibility', 'duties', 'matters', 'areas'] as const;

/**
 * Warns where a draft of the rules of dispatch or of the duty list makes the two contradict each other; contradictions that were there before are told by the coverage report only.
 * @see Source: own rule, see `dutyConflicts`.
 */
export function dutyRule(draft: Draft): readonly Problem[] {
  const {catalogId} = draft.base.head;
  if ((catalogId !== 'responsibility' && catalogId !== 'duties') || !draft.changes.some(change => change.tableName === catalogId)) return [];
  const after = worldOf((catalog, table) => tableIn(draft, catalog, table)?.rows);
  const published = [draft.base, ...draft.others];
  const before = worldOf((catalog, table) => rowsOf(published.find(version => version.head.catalogId === catalog), table));
  if (!after || !before) return [];
  const known = new Set(dutyConflicts(before).map(identity));
  return dutyConflicts(after).filter(conflict => !known.has(identity(conflict))).map(conflict => problemOf(errorOf(draft, after, conflict), placeOf(draft, conflict), 'warning'));
}

function worldOf(rows: (catalog: string, table: string) => DutyWorld['leads'] | undefined): DutyWorld | null {
  const [leads, duties, matters, areas] = asked.map(catalog => rows(catalog, catalog));
  return leads && duties && matters && areas ? {leads, duties, matters, areas} : null;
}

function rowsOf(version: PublishedVersion | undefined, table: string): DutyWorld['leads'] | undefined {
  const found = version?.tables.get(table);
  return found && new Map(found.rows.map(row => [row.key, row.values]));
}

function identity({lead, kind, unitId, matterCode, areaCode}: DutyConflict): string {
  return `${lead} ${kind} ${unitId} ${matterCode} ${areaCode}`;
}

/** A rule stands at its own row, a duty at the one that speaks for others; a duty that went away at the change that took it. */
function placeOf({base: {head: {catalogId}}, changes}: Draft, {lead, duties: [duty]}: DutyConflict): {readonly file: string; readonly element: string; readonly field: string} {
  if (catalogId === 'responsibility') return {file: `${catalogId}/${catalogId}`, element: lead, field: 'leadUnitId'};
  return {file: `${catalogId}/${catalogId}`, element: changes.find(change => change.rowKey === duty?.code)?.rowKey ?? changes[0]?.rowKey ?? '', field: 'unitId'};
}

function errorOf({unitName}: Draft, {matters, areas}: DutyWorld, {kind, matterCode, areaCode, unitId, duties}: DutyConflict) {
  const unit = (id: string) => unitName(id) ?? id;
  const place = {
    matter: matters.get(matterCode)?.['titleEn'] ?? matterCode, matterZh: matters.get(matterCode)?.['titleZh'] ?? matterCode, area: areas.get(areaCode)?.['titleEn'] ?? areaCode, areaZh: areas.get(areaCode)?.['titleZh'] ?? areaCode, unit: unit(unitId),
  };
  return kind === 'noDuty' ? changeErrors.DUTY_MISSING(place) : changeErrors.DUTY_OTHER_UNIT({...place, duties: duties.map(duty => duty.code).join('、'), others: [...new Set(duties.map(duty => unit(duty.unitId)))].join('、')});
}
