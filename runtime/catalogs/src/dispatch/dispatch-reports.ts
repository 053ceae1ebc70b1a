import type {Problem} from '@banli/errors';
import {readCatalog} from '@banli/formats/catalogs';
import {inSteps} from '@banli/time';
import {leavesOf} from '../choices.js';
import {chainOf} from '../chain-of.js';
import {catalogErrors} from '../errors.js';
import {handlingProblemsOf, type Applications} from '../handling-problems.js';
import {findLead} from '../find-lead.js';
import type {CatalogSource} from '../publish.js';
import {attributeValues} from '../attribute-values.js';
import {activeRows, memoPerVersion, type PublishedVersion} from '../version.js';
import type {VersionStore} from '../version-store.js';
import {coverageOf, type AreaRules, type Chains, type CoverageAnswer, type DispatchWorld} from './coverage.js';
import {coverageChange, type CoverageChange} from './coverage-change.js';
import {limitGapsOf, type LimitGap} from './limit-gaps.js';
import {coverageMap, type CoverageMap} from './coverage-map.js';
import {dutyConflicts, type Rows} from './duty-conflicts.js';
import {draftVersion} from './draft-version.js';
import {redispatch, type PastOrder, type RedispatchReport} from './redispatch.js';
import {suggestionsOf, type RuleSuggestion, type UnitReturned} from './suggestions.js';

/** Which responsibility catalog is asked: the one that holds, a version by its number (also one that holds later), or a draft as files. */
export type ResponsibilityChoice = {readonly version?: string} | {readonly draft: CatalogSource};

/** Questions about the dispatch rules as a whole, before they are published and after they were used. */
export interface DispatchReports {
  /** @throws AppError `CATALOG_INVALID`, `CATALOG_VERSION_UNKNOWN` */
  coverage(at: number, choice?: ResponsibilityChoice): Promise<CoverageAnswer>;
  /** Limits that orders of leaf matters may ask for and do not find, as the catalogs hold at a moment. */
  limitGaps(at: number): Promise<readonly LimitGap[]>;
  /** A part of the coverage to look at. @throws AppError `CATALOG_INVALID`, `CATALOG_VERSION_UNKNOWN` */
  map(at: number, place: {readonly matter: string; readonly area: string}, choice?: ResponsibilityChoice): Promise<CoverageMap>;
  /** Past orders by the rules that hold and by another version or a draft. @throws AppError `CATALOG_INVALID`, `CATALOG_VERSION_UNKNOWN` */
  redispatch(orders: readonly PastOrder[], at: number, choice: ResponsibilityChoice): Promise<RedispatchReport>;
  /** What a draft of matters, areas or responsibility does to the coverage; `null` for any other catalog. @throws AppError `CATALOG_INVALID` */
  change(at: number, draft: CatalogSource): Promise<CoverageChange | null>;
  /** Matters whose application is not published, or has no such form: dispatch leads nobody there. Of matters as they hold, whatever rules are asked about. */
  handling(at: number, applications: Applications): Promise<readonly Problem[]>;
  /** What rules of a unit's layer, which does not hold yet, do to the coverage of its area; areas below that keep a layer of their own stay as they are. `null` for catalogs other than responsibility. */
  layerChange(at: number, layer: {readonly areaCode: string; readonly rules: PublishedVersion}): Promise<CoverageChange | null>;
  /** Rules that orders come back from, with at least `least` returns. */
  suggestions(returns: readonly UnitReturned[], at: number, least: number): Promise<readonly RuleSuggestion[]>;
}

/** Catalogs whose versions decide who leads where. */
const decisive: readonly string[] = ['matters', 'areas', 'responsibility'];

/** Makes the reports on the same versions as the catalog service. */
export function createDispatchReports(versions: VersionStore): DispatchReports {
  const holdingAt = async (at: number): Promise<Parts> => ({matters: await versions.versionAt('matters', at), areas: await versions.versionAt('areas', at), responsibility: await versions.versionAt('responsibility', at)});
  const chosen = async (at: number, choice: ResponsibilityChoice): Promise<Parts> => {
    const parts = await holdingAt(at);
    if ('draft' in choice) return {...parts, responsibility: draftVersion(choice.draft)};
    if (choice.version === undefined) return parts;
    const found = await versions.versionNamed('responsibility', choice.version, at);
    if (!found) throw catalogErrors.VERSION_UNKNOWN({catalog: 'responsibility', version: choice.version});
    return {...parts, responsibility: found};
  };
  /** Area by area, with what units made of what was issued to them: a layer stands until its unit confirms another, so it stands above every version, also one that is a draft. */
  const world = async (parts: Parts, at: number): Promise<DispatchWorld> => {
    const [matters, areas, base] = [leafChains(parts.matters), areaChains(parts.areas), {rules: parts.responsibility, layer: null}];
    const layered = new Map<string, AreaRules>();
    const withLayer = new Set(await versions.layeredAreas('responsibility', at));
    for (const [area, chain] of withLayer.size > 0 ? areas : []) {
      const codes = chain.map(row => row.key);
      if (!codes.some(code => withLayer.has(code))) continue;
      const [layer] = await versions.layersFor('responsibility', codes, at);
      if (layer) layered.set(area, {rules: await versions.laid(layer), layer: layer.name});
    }
    return {version: parts.responsibility.head.version, matters, areas, values: await attributeValues(versions, at), rulesIn: area => layered.get(area) ?? base};
  };
  const layersBelow = async (at: number, areaCode: string, areas: Chains): Promise<ReadonlySet<string>> =>
    new Set((await versions.layeredAreas('responsibility', at)).filter(code => code !== areaCode && areas.has(code)));
  return {
    async coverage(at, choice = {}) {
      const parts = await chosen(at, choice);
      const duties = (await versions.heads(at)).has('duties') ? dutyConflicts({leads: rowsOf(parts.responsibility), duties: rowsOf(await versions.versionAt('duties', at)), matters: rowsOf(parts.matters), areas: rowsOf(parts.areas)}) : [];
      return {...coverageOf(await world(parts, at)), duties};
    },
    async limitGaps(at) {
      const holding = (id: string) => versions.versionAt(id, at);
      return inSteps(limitGapsOf({matters: await holding('matters'), urgency: await holding('urgency'), limits: await holding('limits'), areas: await holding('areas'), industries: await holding('industries')}));
    },
    async map(at, place, choice = {}) {
      return coverageMap(await world(await chosen(at, choice), at), place);
    },
    async redispatch(orders, at, choice) {
      return redispatch(orders, await world(await holdingAt(at), at), await world(await chosen(at, choice), at));
    },
    async change(at, draft) {
      const {catalog} = readCatalog(draft.files);
      const id = catalog?.manifest.id ?? draft.name;
      if (!decisive.includes(id)) return null;
      const parts = await holdingAt(at);
      return coverageChange(await world(parts, at), await world({...parts, [id]: draftVersion(draft)}, at));
    },
    async handling(at, applications) {
      return handlingProblemsOf(await versions.versionAt('matters', at), applications);
    },
    async layerChange(at, {areaCode, rules}) {
      if (rules.head.catalogId !== 'responsibility') return null;
      const whole = await world(await holdingAt(at), at);
      const areas = new Map([...whole.areas].filter(([, chain]) => chain.some(area => area.key === areaCode)));
      const inner = await layersBelow(at, areaCode, areas);
      const isReplaced = (area: string): boolean => !(areas.get(area) ?? []).some(each => inner.has(each.key));
      const laid: AreaRules = {rules, layer: null};
      return coverageChange({...whole, areas}, {...whole, areas, rulesIn: area => (isReplaced(area) ? laid : whole.rulesIn(area))});
    },
    async suggestions(returns, at, least) {
      const {matters, areas, values, rulesIn} = await world(await holdingAt(at), at);
      return suggestionsOf(returns, ({matterCode, areaCode, attributes}) => {
        const [matterChain, areaChain] = [matters.get(matterCode), areas.get(areaCode)];
        if (!matterChain || !areaChain) return null;
        const {rules, layer} = rulesIn(areaCode);
        return {...findLead(rules, {matters: matterChain, areas: areaChain, excludeUnitIds: [], attributes, values}), layer};
      }, least);
    },
  };
}

/** Versions that a report stands on. */
interface Parts {
  readonly matters: PublishedVersion;
  readonly areas: PublishedVersion;
  readonly responsibility: PublishedVersion;
}

/** Rows of the main table of a version by their keys. */
const rowsOf = memoPerVersion((version): Rows => new Map((version.tables.get(version.head.catalogId)?.rows ?? []).map(row => [row.key, row.values])));
const areaChains = memoPerVersion((version): Chains => new Map(activeRows(version, 'areas').map(row => [row.key, chainOf(version, row.key)])));
const leafChains = memoPerVersion((version): Chains => {
  const leaves = leavesOf(version);
  return new Map(activeRows(version, 'matters').filter(row => leaves.has(row.key)).map(row => [row.key, chainOf(version, row.key)]));
});
