import {areaChainOf} from '../area-chain.js';
import {chainOf} from '../chain-of.js';
import {possibleUnits} from '../find-lead.js';
import type {VersionStore} from '../version-store.js';
import {activeRows, type PublishedRow, type PublishedVersion} from '../version.js';

/** The right of a unit to handle a matter, or a branch of matters, in an area, and the row it comes from. It is there as soon as the row holds. */
export interface HandlingRight {
  readonly unitId: string;
  readonly matterCode: string;
  readonly areaCode: string;
  /** `implement`: the implementation list names it for an item of the matter. */
  readonly role: 'lead' | 'assist' | 'implement';
  readonly catalogId: string;
  readonly row: string;
  readonly version: string;
}

/** Tables whose rows give the right: the column of the unit, and the role. */
const sources = [
  {catalogId: 'responsibility', table: 'responsibility', column: 'leadUnitId', role: 'lead'},
  {catalogId: 'responsibility', table: 'assists', column: 'assistUnitId', role: 'assist'},
  {catalogId: 'implementations', table: 'implementations', column: 'unitId', role: 'implement'},
] as const;

type Reader = Pick<VersionStore, 'heads' | 'versionAt' | 'versionFor' | 'layeredAreas'>;

/** A matter in an area, as of a moment; units that are excluded are passed over in favour of who comes next, as dispatch does. */
export interface HandlingQuestion {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly at: number;
  readonly excludeUnitIds?: readonly string[];
}

/**
 * Whether a unit may handle a matter in an area: dispatch would give it the lead or an assisting part (of some orders, where rules ask for attributes), or an implementation names it.
 * @returns `null` when nothing does, also for unknown matters and areas.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4 (assignment configures the permission to handle); test A15. That the right follows from the rows is ours.
 */
export async function mayHandle(versions: Reader, {unitId, ...question}: HandlingQuestion & {readonly unitId: string}): Promise<HandlingRight | null> {
  return (await handlersOf(versions, question)).find(right => right.unitId === unitId) ?? null;
}

/** Every right to handle a matter in an area: who leads, then who assists, then whom implementations name. */
export async function handlersOf(versions: Reader, {matterCode, areaCode, at, excludeUnitIds = []}: HandlingQuestion): Promise<readonly HandlingRight[]> {
  const areas = await versions.versionAt('areas', at);
  const codes = areaChainOf(areas, areaCode);
  const responsibility = await versions.versionFor('responsibility', codes, at);
  const matters = chainOf(await versions.versionAt('matters', at), matterCode);
  const units = possibleUnits(responsibility, {areas: codes.flatMap(code => areas.tables.get('areas')?.byKey.get(code) ?? []), matters, excludeUnitIds});
  const right = (unitId: string, role: HandlingRight['role'], row: string, version: PublishedVersion): HandlingRight => ({unitId, matterCode, areaCode, role, catalogId: version.head.catalogId, row, version: version.head.version});
  const rights = units.map(({unitId, role, row}) => right(unitId, role, row, responsibility));
  if (!(await isKnown(versions, 'implementations', at))) return rights;
  const implementations = await versions.versionFor('implementations', codes, at);
  const matterOf = await itemMatters(versions, codes, at);
  const named = activeRows(implementations, 'implementations').filter(row => codes.includes(row.values['areaCode'] ?? '') && matterOf(row) === matterCode);
  return [...rights, ...named.map(row => right(row.values['unitId'] ?? '', 'implement', row.key, implementations))];
}

/** Every right of a unit: rows that name it and hold for the area they stand for, each once. */
export async function handlingOf(versions: Reader, unitId: string, at: number): Promise<readonly HandlingRight[]> {
  const areas = await versions.versionAt('areas', at);
  const rights = new Map<string, HandlingRight>();
  for (const {catalogId, table, column, role} of sources) {
    if (!(await isKnown(versions, catalogId, at))) continue;
    const all: PublishedVersion[] = [await versions.versionAt(catalogId, at)];
    for (const area of await versions.layeredAreas(catalogId, at)) all.push(await versions.versionFor(catalogId, [area], at));
    for (const row of all.flatMap(version => activeRows(version, table)).filter(candidate => candidate.values[column] === unitId)) {
      const areaCode = row.values['areaCode'] ?? '';
      const codes = areaChainOf(areas, areaCode);
      const holding = await versions.versionFor(catalogId, codes, at);
      const now = holding.tables.get(table)?.byKey.get(row.key)?.values;
      if (now?.[column] !== unitId || now['status'] === 'retired') continue;
      const matterCode = now['matterCode'] ?? (await itemMatters(versions, codes, at))(row) ?? '';
      rights.set(`${table} ${row.key}`, {unitId, matterCode, areaCode, role, catalogId, row: row.key, version: holding.head.version});
    }
  }
  return [...rights.values()];
}

async function itemMatters(versions: Reader, codes: readonly string[], at: number): Promise<(row: PublishedRow) => string | undefined> {
  const items = (await isKnown(versions, 'items', at)) ? await versions.versionFor('items', codes, at) : null;
  return row => items?.tables.get('items')?.byKey.get(row.values['itemCode'] ?? '')?.values['matterCode'];
}

async function isKnown(versions: Reader, catalogId: string, at: number): Promise<boolean> {
  return (await versions.heads(at)).get(catalogId)?.some(head => head.effectiveAt <= at) ?? false;
}
