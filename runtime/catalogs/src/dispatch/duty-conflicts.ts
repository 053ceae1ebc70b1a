import type {CatalogRow} from '@banli/formats/catalogs';
import {orderAttributes} from '../order-attributes.js';

/** Value of `leadUnitId` that says: nobody has been made responsible here. */
const nobody = 'none';

/** Rows by their keys. */
export type Rows = ReadonlyMap<string, CatalogRow>;

/**
 * Where a rule of dispatch is not borne out by the duty list: `noDuty` when no main duty of any unit covers the matter there, `otherUnit` when those that do are other units'. Matter and area say where: those
 * of the rule, or a branch, a leaf and an area below for which alone it is so.
 */
export interface DutyConflict {
  readonly kind: 'noDuty' | 'otherUnit';
  /** The row of the lead. */
  readonly lead: string;
  readonly matterCode: string;
  readonly areaCode: string;
  /** The unit that leads by the rule. */
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

type Duty = DutyConflict['duties'][number];

/** A rule for all orders about a matter in an area. */
interface Rule {
  readonly lead: string;
  readonly unitId: string;
}

/** What the walk asks at every place: by `area|matter`, innermost first. */
interface Lists {
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  readonly duties: ReadonlyMap<string, readonly Duty[]>;
  readonly matterChains: ReadonlyMap<string, readonly string[]>;
  readonly areaChains: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

/**
 * Holds the lead of every leaf matter in every area against the main duty of the same leaf and area, each found as dispatch finds it: area before matter and the innermost first. A rule answers only for
 * what it decides, so that duties that are listed leaf by leaf bear out a rule for the whole branch, and a duty further in than the rule contradicts it. Rules for some orders only are left out: they
 * depart from the general duty on purpose. Leaves with the same answer are told as the branch they make up, areas below as the one above.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.9, C4: the duty list maps departments and items, and a clerk's choice follows it. That both must agree is our own rule.
 */
export function dutyConflicts(world: DutyWorld): readonly DutyConflict[] {
  const lists = listsOf(world);
  const found = new Map<string, DutyConflict[]>();
  for (const [area, chain] of lists.areaChains) {
    for (const top of lists.below.get('') ?? []) {
      for (const {kind, ...outcome} of outcomesBelow(lists, top, {area, chain})) {
        if (kind === 'agrees') continue;
        const conflict: DutyConflict = {kind, ...outcome};
        const known = found.get(conflict.lead) ?? [];
        if (!known.some(other => isSame(other, conflict) && chain.includes(other.areaCode))) found.set(conflict.lead, [...known, conflict]);
      }
    }
  }
  return [...world.leads.keys()].flatMap(lead => found.get(lead) ?? []);
}

/** Areas that a rule or a duty names, outermost first: all others are like the nearest of them above. */
function listsOf({leads, duties, matters, areas}: DutyWorld): Lists {
  const rules = grouped([...leads].filter(([, row]) => row['status'] !== 'retired' && orderAttributes.every(({name}) => (row[name] ?? '') === '')), (lead, row): Rule => ({lead, unitId: row['leadUnitId'] ?? nobody}));
  const main = grouped([...duties].filter(([, row]) => row['status'] !== 'retired' && row['role'] === 'main'), (code, row): Duty => ({code, unitId: row['unitId'] ?? ''}));
  const named = [...new Set([...rules.keys(), ...main.keys()].map(place => place.split('|')[0] ?? ''))];
  const areaChains = named.map(area => [area, chain(areas, area)] as const).sort(([a, one], [b, other]) => one.length - other.length || (a < b ? -1 : 1));
  const below = new Map<string, string[]>();
  for (const [code, row] of matters) if (row['status'] !== 'retired') below.set(row['parentCode'] ?? '', [...(below.get(row['parentCode'] ?? '') ?? []), code]);
  return {rules, duties: main, below, areaChains: new Map(areaChains), matterChains: new Map([...matters.keys()].map(code => [code, chain(matters, code)]))};
}

function grouped<T>(rows: ReadonlyArray<readonly [string, CatalogRow]>, make: (key: string, row: CatalogRow) => T): ReadonlyMap<string, readonly T[]> {
  const places = new Map<string, T[]>();
  for (const [key, row] of rows) {
    const place = `${row['areaCode'] ?? ''}|${row['matterCode'] ?? ''}`;
    places.set(place, [...(places.get(place) ?? []), make(key, row)]);
  }
  return places;
}

interface Place {
  readonly area: string;
  readonly chain: readonly string[];
}

/** What a comparison says of one lead: also that it agrees, with no duties then. */
type Outcome = Omit<DutyConflict, 'kind'> & {readonly kind: DutyConflict['kind'] | 'agrees'};

/** The outcomes of a branch in an area: a lead that has the same one for all that it decides there is told with the branch, where its rule reaches as far. */
function outcomesBelow(lists: Lists, matter: string, place: Place): readonly Outcome[] {
  const parts = lists.below.get(matter);
  if (!parts) return outcomesAt(lists, matter, place);
  const byLead = new Map<string, Outcome[]>();
  for (const outcome of parts.flatMap(part => outcomesBelow(lists, part, place))) byLead.set(outcome.lead, [...(byLead.get(outcome.lead) ?? []), outcome]);
  const reach = lists.matterChains.get(matter) ?? [];
  return [...byLead].flatMap(([lead, outcomes]) => {
    const [first] = outcomes.map(outcome => ({...outcome, matterCode: matter}));
    const isOne = first !== undefined && outcomes.every(outcome => parts.includes(outcome.matterCode) && isSame({...outcome, matterCode: matter}, first));
    const reaches = place.chain.some(area => reach.some(code => (lists.rules.get(`${area}|${code}`) ?? []).some(rule => rule.lead === lead)));
    return isOne && reaches ? [first] : outcomes;
  });
}

/** What is so at one leaf in one area; of several leads, as dispatch lets a person choose, each answers for itself. */
function outcomesAt({rules, duties, matterChains}: Lists, leaf: string, {area, chain: areas}: Place): readonly Outcome[] {
  const matters = matterChains.get(leaf) ?? [];
  const leads = covering(rules, areas, matters).filter(({unitId}) => unitId !== nobody);
  const found = leads.length === 0 ? [] : covering(duties, areas, matters);
  return leads.map(({lead, unitId}) => {
    const agrees = found.some(duty => duty.unitId === unitId);
    return {kind: agrees ? 'agrees' : found.length === 0 ? 'noDuty' : 'otherUnit', lead, matterCode: leaf, areaCode: area, unitId, duties: agrees ? [] : found};
  });
}

/** Whether two outcomes of one lead differ by their area at most. */
function isSame(a: Outcome, b: Outcome): boolean {
  return a.lead === b.lead && a.kind === b.kind && a.matterCode === b.matterCode && a.duties.length === b.duties.length && a.duties.every((duty, at) => duty.code === b.duties[at]?.code);
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
