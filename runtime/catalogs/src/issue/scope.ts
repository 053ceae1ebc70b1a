import type {CatalogRow, TableIssue} from '@banli/formats/catalogs';
import {areaChainOf} from '../area-chain.js';
import type {PublishedVersion} from '../version.js';

/** Where a row stands for a unit: in its own area or below (`inside`), in an area its own lies in (`above`), or elsewhere. */
export type Place = 'inside' | 'above' | 'outside';

/** The jurisdiction of a unit. */
export interface Scope {
  readonly areaCode: string;
  /** A code that is not listed counts as the nearest listed one. */
  place(areaCode: string): Place;
}

/** The jurisdiction over an area; without areas (`null`) it is only that area itself. */
export function scopeOf(areas: PublishedVersion | null, areaCode: string): Scope {
  const chain = new Set([areaCode, ...(areas ? areaChainOf(areas, areaCode) : [])]);
  const known = new Map<string, Place>();
  const placeOf = (code: string): Place => {
    if (code === areaCode || (areas && areaChainOf(areas, code).includes(areaCode))) return 'inside';
    return chain.has(code) ? 'above' : 'outside';
  };
  return {
    areaCode,
    place(code) {
      const place = known.get(code) ?? placeOf(code);
      known.set(code, place);
      return place;
    },
  };
}

/** Where a row of a table stands. Rows of tables without areas are everybody's; a row whose area is empty is the upper level's. */
export function placeOfRow(scope: Scope, issue: TableIssue | undefined, values: CatalogRow): Place {
  if (!issue) return 'above';
  if (issue.area === undefined) return 'inside';
  const code = values[issue.area];
  return code === undefined ? 'above' : scope.place(code);
}
