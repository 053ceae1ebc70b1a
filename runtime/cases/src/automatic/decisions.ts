import {execute, type Tx} from '@banli/store';
import type {OutboxRow} from '../model.js';

/** Dispatches in place of a person: audit log, timeline and doers name it. */
export const dispatchActorId = 'auto-dispatch';

/** Whether a command was sent by automatic dispatch. */
export function isByRule({cause}: Pick<OutboxRow, 'cause'>): boolean {
  return cause.personId === dispatchActorId;
}

/** The engine refused what a rule had sent, and it was undone: the order is left to a person, and counts as such. */
export async function leaveUndone(tx: Tx, {cause}: Pick<OutboxRow, 'cause'>): Promise<void> {
  await execute(tx, "update dispatch_decision set verdict = 'left', why = 'undone' where task_id = ? and verdict = 'sent'", [cause.taskId]);
}
