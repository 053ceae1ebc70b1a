import type {CaseDeps} from '../deps.js';
import type {Actor} from '../ports.js';
import type {HeadRow} from '../views/heads.js';
import {readingOf} from '../views/reading.js';
import {readVisible} from '../visible.js';

/**
 * Leaves out what only the phone has found and who may not see that phone: else a number would tell whose case it is.
 *
 * @param otherwise - Whether a row was found by something else, too.
 */
export async function keepTold(deps: CaseDeps, actor: Actor, rows: readonly HeadRow[], otherwise: (row: HeadRow) => boolean = () => false): Promise<readonly HeadRow[]> {
  const kept = await Promise.all(rows.map(async row => {
    if (otherwise(row)) return row;
    const seen = await readVisible(deps, actor, row.id);
    const {access} = await readingOf(deps, seen.release, actor, seen);
    const phone = seen.release.bundle.manifest.caseFields.phone ?? '';
    return Object.hasOwn(access, phone) && access[phone] !== 'hidden' ? row : null;
  }));
  return kept.filter(row => row !== null);
}
