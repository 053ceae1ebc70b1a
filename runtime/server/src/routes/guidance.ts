import type {GuidanceJson} from '@banli/api';
import type {CaseSubject} from '@banli/cases';
import type {CatalogService, Guidance} from '@banli/catalogs';
import type {People} from '@banli/people';
import type {Clock} from '@banli/time';

/** What guidance is made from. */
export interface GuidanceDeps {
  readonly catalogs: Pick<CatalogService, 'guidance'>;
  readonly people: Pick<People, 'unit'>;
  readonly clock: Clock;
}

/** What the catalogs say, as of now, to those who have a case; before it is handed to a unit, to those who may handle it. Nothing without a matter. */
export async function caseGuidance({catalogs, people, clock}: GuidanceDeps, {matterCode, areaCode, unitIds}: CaseSubject): Promise<GuidanceJson> {
  if (matterCode === null) return {items: [], duties: [], rights: [], standards: []};
  return guidanceJson(await catalogs.guidance({matterCode, areaCode, at: clock.now(), ...(unitIds.length === 0 ? {} : {unitIds})}), people);
}

/** Guidance with its units by name. */
export function guidanceJson({items, duties, rights, standards}: Guidance, people: Pick<People, 'unit'>): GuidanceJson {
  const named = <T extends {readonly unitId: string; readonly catalogId: string}>({unitId, catalogId: _catalog, ...rest}: T) => ({...rest, unitName: people.unit(unitId)?.name ?? unitId});
  return {items: items.map(item => ({...named(item), materials: item.materials.map(({catalogId: _catalog, ...rest}) => ({...rest, spared: [...rest.spared], points: [...rest.points]})), parts: item.parts.map(named)})), duties: duties.map(named), rights: rights.map(named), standards: standards.map(named)};
}
