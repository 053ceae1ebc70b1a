import {isAppError} from '@banli/errors';
import type {CaseDeps} from '../deps.js';
import type {Actor} from '../ports.js';
import type {HeadRow} from '../views/heads.js';
import {readingOf} from '../views/reading.js';
import {readVisible, type VisibleCase} from '../visible.js';

/**
 * Leaves out cases in which the person may not see the phone: else a number, or a link, would tell whose case it is.
 *
 * @param otherwise - Whether a row may be told all the same, as it was found by something else, too.
 */
export async function keepTold(deps: CaseDeps, actor: Actor, rows: readonly HeadRow[], otherwise: (row: HeadRow) => boolean = () => false): Promise<readonly HeadRow[]> {
  const kept = await Promise.all(rows.map(async row => {
    if (otherwise(row)) return row;
    const seen = await visibleOrNull(deps, actor, row.id);
    if (seen === null) return null;
    const {access} = await readingOf(deps, seen.release, actor, seen);
    const phone = seen.release.bundle.manifest.caseFields.phone ?? '';
    return Object.hasOwn(access, phone) && access[phone] !== 'hidden' ? row : null;
  }));
  return kept.filter(row => row !== null);
}

/** A case that left the person's sight since it was found is not told. */
async function visibleOrNull(deps: CaseDeps, actor: Actor, caseId: string): Promise<VisibleCase | null> {
  try {
    return await readVisible(deps, actor, caseId);
  } catch (error) {
    if (isAppError(error) && error.code === 'CASE_UNKNOWN') return null;
    throw error;
  }
}
