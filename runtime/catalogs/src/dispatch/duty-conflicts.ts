import type {CatalogRow} from '@banli/formats/catalogs';
import {orderAttributes} from '../order-attributes.js';

/** Rows by their keys. */
export type Rows = ReadonlyMap<string, CatalogRow>;

/**
 * A rule of dispatch that the duty list does not bear out: `noDuty` when no main duty of any unit covers the matter there, `otherUnit` when those that do are other units'.
 */
export interface DutyConflict {
  readonly kind: 'noDuty' | 'otherUnit';
  /** The row of the lead. */
  readonly lead: string;
  readonly matterCode: string;
  readonly areaCode: string;
  readonly unitId: string;
  /** Duties that cover the place, with their units; empty for `noDuty`. */
  readonly duties: ReadonlyArray<{readonly code: string; readonly unitId: string}>;
}

/** What the check goes through; chains are the row and its parents, innermost first. */
export interface DutyWorld {
  readonly leads: Rows;
  readonly duties: Rows;
  readonly matters: Rows;
  readonly areas: Rows;
}

/**
 * Holds every lead against the duty list, area before matter and the innermost first, as dispatch does. Rules for some orders only are left out: they depart from the general duty on purpose.
 * @see Source: requirements/xinjiang-hotline.md §2.1.9, C4: the duty list maps departments and items, and a clerk's choice follows it. That both must agree is our own rule.
 */
export function dutyConflicts({leads, duties, matters, areas}: DutyWorld): readonly DutyConflict[] {
  const byPlace = new Map<string, Array<{readonly code: string; readonly unitId: string}>>();
  for (const [code, duty] of duties) {
    if (duty['status'] === 'retired' || duty['role'] !== 'main') continue;
    const place = `${duty['areaCode'] ?? ''}|${duty['matterCode'] ?? ''}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), {code, unitId: duty['unitId'] ?? ''}]);
  }
  return [...leads].flatMap(([lead, row]): readonly DutyConflict[] => {
    const {matterCode = '', areaCode = '', leadUnitId: unitId = 'none'} = row;
    if (row['status'] === 'retired' || unitId === 'none' || orderAttributes.some(({name}) => (row[name] ?? '') !== '')) return [];
    const found = covering(byPlace, chain(areas, areaCode), chain(matters, matterCode));
    if (found.some(duty => duty.unitId === unitId)) return [];
    return [{kind: found.length === 0 ? 'noDuty' : 'otherUnit', lead, matterCode, areaCode, unitId, duties: found}];
  });
}

function covering<T>(byPlace: ReadonlyMap<string, readonly T[]>, areas: readonly string[], matters: readonly string[]): readonly T[] {
  for (const area of areas) {
    for (const matter of matters) {
      const found = byPlace.get(`${area}|${matter}`);
      if (found) return found;
    }
  }
  return [];
}

function chain(rows: Rows, key: string): readonly string[] {
  const keys: string[] = [];
  for (let at: string | undefined = key; at !== undefined && at !== '' && !keys.includes(at); at = rows.get(at)?.['parentCode']) keys.push(at);
  return keys;
}
