import type {PublishedVersion} from './version.js';

/** The unit that supervises an industry in an area, by which row. */
export interface FoundSupervisor {
  readonly unitId: string;
  readonly row: string;
  readonly version: string;
}

/**
 * Finds the industry supervisor: from the innermost area upwards, within an area the division before its section.
 *
 * @param industries - The industry and those above it, innermost first; `areas` likewise.
 * @see Source: requirements/xinjiang-hotline.md §2.1.10; area before industry is our own rule, as with leads.
 */
export function findSupervisor(version: PublishedVersion, {industries, areas}: {readonly industries: readonly string[]; readonly areas: readonly string[]}): FoundSupervisor | null {
  const table = version.tables.get('supervisors');
  for (const area of areas) {
    for (const industry of industries) {
      const row = table?.byKey.get(`${industry}|${area}`);
      if (row && row.values['status'] !== 'retired') return {unitId: row.values['unitId'] ?? '', row: row.key, version: version.head.version};
    }
  }
  return null;
}
