import type {LocalizedText} from '@banli/formats';
import {titleOf} from '../choices.js';
import type {PublishedRow} from '../version.js';
import {coverOf, type Cover} from './cover.js';
import type {DispatchWorld} from './coverage.js';

/** A leaf matter or an area of a map. `below` counts the areas directly below. */
export interface MapHead {
  readonly key: string;
  readonly title: LocalizedText;
  readonly below: number;
}

/** An area of a map; `layer` names what its unit, or one above, made of the rules and still keeps. */
export interface MapArea extends MapHead {
  readonly layer: string | null;
}

/** What one leaf matter has in one area: who leads, and by which row of the responsibility catalog. */
export type MapCell = Cover;

/** A part of the coverage: leaf matters of a branch, and an area with those directly below it. `cells` are in the order of matters, then areas. */
export interface CoverageMap {
  readonly version: string;
  readonly matters: readonly MapHead[];
  /** Leaves of the branch that the map leaves out. */
  readonly moreMatters: number;
  readonly areas: readonly MapArea[];
  readonly cells: ReadonlyArray<readonly MapCell[]>;
}

/** Rows of one map; a person reads no more at once. */
const mostMatters = 60;

/**
 * Draws the map of a branch of matters in an area and those directly below it, as dispatch would answer.
 *
 * @param place - An unknown branch has no matters; an unknown area no areas.
 */
export function coverageMap({version, matters, areas, values, rulesIn}: DispatchWorld, place: {readonly matter: string; readonly area: string}): CoverageMap {
  const leaves = [...matters].filter(([, chain]) => chain.some(row => row.key === place.matter));
  const shown = leaves.slice(0, mostMatters);
  const parentOf = (chain: readonly PublishedRow[]): string | undefined => chain[1]?.key;
  const below = new Map<string, number>();
  for (const chain of areas.values()) below.set(parentOf(chain) ?? '', (below.get(parentOf(chain) ?? '') ?? 0) + 1);
  const columns = [...areas].filter(([key, chain]) => key === place.area || parentOf(chain) === place.area).sort(([, a], [, b]) => a.length - b.length);
  return {
    version, moreMatters: leaves.length - shown.length,
    matters: shown.map(([key, chain]) => ({key, title: words(key, chain), below: 0})),
    areas: columns.map(([key, chain]) => ({key, title: words(key, chain), below: below.get(key) ?? 0, layer: rulesIn(key).layer})),
    cells: shown.map(([, matterChain]) => columns.map(([areaCode, areaChain]) => coverOf(rulesIn(areaCode).rules, {areas: areaChain, matters: matterChain}, values))),
  };
}

function words(key: string, chain: readonly PublishedRow[]): LocalizedText {
  return chain[0] ? titleOf(chain[0]) : {'zh-CN': key};
}
