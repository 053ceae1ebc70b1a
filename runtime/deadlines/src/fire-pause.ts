import type {Tx} from '@banli/store';
import {lockClocks} from './clock-store.js';
import type {FiringDeps} from './deps.js';
import {remind} from './pause-reminder.js';
import {dropPause, lockPause, writePause} from './pause-store.js';
import {resumeRows} from './resume-rows.js';
import {settleClocks} from './settle.js';

/**
 * Does the next thing about the pause of a case, in one transaction: the reminder, or on the promised date its end, with all clocks that stood in it, also where none did. Clocks are
 * locked before the pause, as commands do.
 *
 * @param until - Moments later than this wait.
 * @returns The moment at which this pause has to be looked at next, or `null`.
 */
export async function firePause(deps: FiringDeps, tx: Tx, caseId: string, until: number): Promise<number | null> {
  const rows = await lockClocks(tx, deps.store.dialect, caseId);
  const pause = await lockPause(tx, deps.store.dialect, caseId);
  if (!pause) return null;
  const {reminder} = pause;
  if (reminder && !reminder.told) {
    if (reminder.at > until) return reminder.at;
    await writePause(tx, {...pause, reminder: {...reminder, told: true}});
    await remind(deps, tx, caseId, reminder);
    return pause.until;
  }
  if (pause.until === null || pause.until > until) return pause.until;
  // Whoever takes the row away ends the pause.
  if (!(await dropPause(tx, caseId))) return null;
  await deps.signals.resumed(tx, caseId, pause.until);
  await settleClocks(deps, tx, rows, resumeRows(rows, pause.until), deps.clock.now());
  return null;
}
