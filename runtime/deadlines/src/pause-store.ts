import {execute, queryRow, type Store, type Tx} from '@banli/store';
import type {CasePause} from './model.js';

/** When something is to be done about a pause: its reminder, then its promised date; `null` when nobody knows how long it lasts. */
function fireAtOf({until, reminder}: CasePause): number | null {
  return reminder && !reminder.told ? reminder.at : until;
}

/** Reads the pause of a case for a change, or `null`: on MariaDB the row stays locked until the transaction ends. */
export async function lockPause(tx: Tx, dialect: Store['dialect'], caseId: string): Promise<CasePause | null> {
  const row = await queryRow(tx, `select until_at, facts from case_pause where case_id = ?${dialect === 'mysql' ? ' for update' : ''}`, [caseId]);
  if (!row) return null;
  const facts = JSON.parse(String(row['facts'])) as Omit<CasePause, 'caseId' | 'until'>;
  return {...facts, caseId, until: row['until_at'] === null ? null : Number(row['until_at'])};
}

/** Writes the pause of a case in the place of another one. */
export async function writePause(tx: Tx, pause: CasePause): Promise<void> {
  const {caseId, until, ...facts} = pause;
  await dropPause(tx, caseId);
  await execute(tx, 'insert into case_pause (case_id, until_at, fire_at, facts) values (?, ?, ?, ?)', [caseId, until, fireAtOf(pause), JSON.stringify(facts)]);
}

/** Answers whether there was one. */
export async function dropPause(tx: Tx, caseId: string): Promise<boolean> {
  return (await execute(tx, 'delete from case_pause where case_id = ?', [caseId])) > 0;
}
