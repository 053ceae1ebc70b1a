import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** Which application works on a matter, and on which of its forms; `row` and `version` say where that stands. */
export interface FoundHandling {
  readonly processCode: string;
  readonly formCode: string;
  readonly row: string;
  readonly version: string;
}

/** The process and form of a matter or of the nearest branch that names them; `null` where the catalog says nothing. */
export function findHandling(version: PublishedVersion, chain: readonly PublishedRow[]): FoundHandling | null {
  const rows = handlingOf(version);
  for (const {key} of chain) {
    const {processCode, formCode} = rows.get(key)?.values ?? {};
    if (processCode !== undefined && formCode !== undefined) return {processCode, formCode, row: key, version: version.head.version};
  }
  return null;
}

const handlingOf = memoPerVersion(version => new Map(activeRows(version, 'handling').map(row => [row.key, row])));
