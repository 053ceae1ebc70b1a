import {closeStands, isActive, openStand, type ClockRow} from './model.js';

/** Ends the pauses of all active clocks at a moment; a clock that is not paused stays as it is. */
export function resumeRows(rows: readonly ClockRow[], at: number): readonly ClockRow[] {
  return rows.map(row => (isActive(row) && openStand(row.facts, 'pause') ? {...row, facts: closeStands(row.facts, 'pause', at)} : row));
}
