import type {Store} from '@banli/store';
import type {ClockRow} from './model.js';

/** The key of a text message that a clock causes: clock, due time, and what passed. */
export function textKey(row: Pick<ClockRow, 'id' | 'dueAt'>, what: string): string {
  return `clock:${row.id}:${row.dueAt ?? 0}:${what}`;
}

/** The key of a text message about the promised date of a pause. */
export function pauseTextKey(caseId: string, until: number): string {
  return `pause:${caseId}:${until}`;
}

/**
 * Whether a text message that had to wait still says something: its clock runs to the same due time, or, after a lapse, was not
 * stopped since, or the pause still lasts to the promised date that it tells of. Of a key that is none of ours: yes.
 */
export async function isTextWanted(store: Pick<Store, 'knex'>, sms: {readonly key: string; readonly kind: string}): Promise<boolean> {
  const [area, id = '', dueAt = ''] = sms.key.split(':');
  if (area === 'pause') return (await store.knex('case_pause').where({case_id: id, until_at: Number(dueAt)}).first<object | undefined>('case_id')) !== undefined;
  if (area !== 'clock') return true;
  const row = await store.knex('case_clock').where({id: id}).first<{status: string; due_at: number | string | null} | undefined>('status', 'due_at');
  if (!row) return false;
  if (sms.kind === 'clock.lapsed') return row.status !== 'stopped' && row.status !== 'dropped';
  return row.status === 'running' && Number(row.due_at) === Number(dueAt);
}
