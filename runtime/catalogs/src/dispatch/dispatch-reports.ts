import {leavesOf} from '../choices.js';
import {chainOf} from '../chain-of.js';
import {catalogErrors} from '../errors.js';
import {findLead} from '../find-lead.js';
import type {CatalogSource} from '../publish.js';
import {activeRows, memoPerVersion, type PublishedVersion} from '../version.js';
import type {VersionStore} from '../version-store.js';
import {coverageOf, type Chains, type CoverageReport} from './coverage.js';
import {coverageMap, type CoverageMap} from './coverage-map.js';
import {draftVersion} from './draft-version.js';
import {redispatch, type PastOrder, type RedispatchReport} from './redispatch.js';
import {suggestionsOf, type RuleSuggestion, type UnitReturned} from './suggestions.js';

/** Which responsibility catalog is asked: the one that holds, a version by its number (also one that holds later), or a draft as files. */
export type ResponsibilityChoice = {readonly version?: string} | {readonly draft: CatalogSource};

/** Questions about the dispatch rules as a whole, before they are published and after they were used. */
export interface DispatchReports {
  /** @throws AppError `CATALOG_INVALID`, `CATALOG_VERSION_UNKNOWN` */
  coverage(at: number, choice?: ResponsibilityChoice): Promise<CoverageReport>;
  /** A part of the coverage to look at. @throws AppError `CATALOG_INVALID`, `CATALOG_VERSION_UNKNOWN` */
  map(at: number, place: {readonly matter: string; readonly area: string}, choice?: ResponsibilityChoice): Promise<CoverageMap>;
  /** Past orders by the rules that hold and by another version or a draft. @throws AppError `CATALOG_INVALID`, `CATALOG_VERSION_UNKNOWN` */
  redispatch(orders: readonly PastOrder[], at: number, choice: ResponsibilityChoice): Promise<RedispatchReport>;
  /** Rules that orders come back from, with at least `least` returns. */
  suggestions(returns: readonly UnitReturned[], at: number, least: number): Promise<readonly RuleSuggestion[]>;
}

/** Makes the reports on the same versions as the catalog service. */
export function createDispatchReports(versions: VersionStore): DispatchReports {
  const placesAt = async (at: number) => ({matters: leafChains(await versions.versionAt('matters', at)), areas: areaChains(await versions.versionAt('areas', at))});
  const chosen = async (at: number, choice: ResponsibilityChoice): Promise<PublishedVersion> => {
    if ('draft' in choice) return draftVersion(choice.draft);
    if (choice.version === undefined) return versions.versionAt('responsibility', at);
    const found = await versions.versionNamed('responsibility', choice.version, at);
    if (!found) throw catalogErrors.VERSION_UNKNOWN({catalog: 'responsibility', version: choice.version});
    return found;
  };
  /** What holds in each area, with what units made of what was issued to them. */
  const holding = async (areas: Chains, at: number): Promise<(areaCode: string) => PublishedVersion> => {
    const base = await versions.versionAt('responsibility', at);
    const layered = new Map<string, PublishedVersion>();
    if ((await versions.layeredAreas('responsibility', at)).length > 0) {
      for (const [area, chain] of areas) layered.set(area, await versions.versionFor('responsibility', chain.map(row => row.key), at));
    }
    return area => layered.get(area) ?? base;
  };
  return {
    async coverage(at, choice = {}) {
      const {matters, areas} = await placesAt(at);
      const version = await chosen(at, choice);
      return 'draft' in choice || choice.version !== undefined ? coverageOf(version, matters, areas) : coverageOf(version, matters, areas, await holding(areas, at));
    },
    async map(at, place, choice = {}) {
      const {matters, areas} = await placesAt(at);
      return coverageMap(await chosen(at, choice), matters, areas, place);
    },
    async redispatch(orders, at, choice) {
      const {matters, areas} = await placesAt(at);
      return redispatch(orders, await versions.versionAt('responsibility', at), await chosen(at, choice), matters, areas, await holding(areas, at));
    },
    async suggestions(returns, at, least) {
      const {matters, areas} = await placesAt(at);
      const responsibilityIn = await holding(areas, at);
      return suggestionsOf(returns, (matterCode, areaCode) => {
        const [matterChain, areaChain] = [matters.get(matterCode), areas.get(areaCode)];
        return matterChain && areaChain ? findLead(responsibilityIn(areaCode), {matters: matterChain, areas: areaChain, excludeUnitIds: []}) : null;
      }, least);
    },
  };
}

const areaChains = memoPerVersion((version): Chains => new Map(activeRows(version, 'areas').map(row => [row.key, chainOf(version, row.key)])));
const leafChains = memoPerVersion((version): Chains => {
  const leaves = leavesOf(version);
  return new Map(activeRows(version, 'matters').filter(row => leaves.has(row.key)).map(row => [row.key, chainOf(version, row.key)]));
});
