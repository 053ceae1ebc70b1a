import {chainOf} from './chain-of.js';
import type {PublishedVersion} from './version.js';

/** The area itself and those it lies in, innermost first; an area that is not listed stands with the nearest listed one by its digits. Empty for none. */
export function areaChainOf(areas: PublishedVersion, areaCode: string): readonly string[] {
  const known = nearestAreas(areaCode).find(code => areas.tables.get('areas')?.byKey.has(code));
  return known === undefined ? [] : chainOf(areas, known).map(row => row.key);
}

/** The code itself and the codes above it by its digits (GB/T 2260: two each for province, prefecture, county; three each below). */
function nearestAreas(code: string): readonly string[] {
  const digits = /^\d{2,12}$/.test(code) ? code : '';
  return [code, digits.slice(0, 9), digits.slice(0, 6), digits.slice(0, 4).padEnd(6, '0'), digits.slice(0, 2).padEnd(6, '0')];
}
