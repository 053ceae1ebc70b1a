import type {CaseDeps} from './deps.js';
import {newId} from '@banli/store';

/**
 * Prepares the commands that the engine lost to be sent again, in order: they become pending with `replay`, so that their tasks are
 * looked up by step, and the case takes the engine's older revision as its own.
 *
 * @param engineSeq - The last command the engine still knows; 0 when it lost the whole case.
 * @returns How many rows will be sent again; 0 when they are not all kept any more, and nothing was changed.
 */
export async function replayLost(deps: CaseDeps, caseId: string, engineSeq: number, engineRevision: number): Promise<number> {
  const now = deps.clock.now();
  return deps.store.tx(async tx => {
    const rows = await tx('case_outbox').where({case_id: caseId}).andWhere('seq', '>', engineSeq).orderBy('seq').select<Array<{id: string; seq: number; status: string}>>('id', 'seq', 'status');
    const record = await tx('case_record').where({id: caseId}).first<{seq: number; acked_seq: number; status: string}>();
    const complete = rows.length === record.seq - engineSeq && rows.every((row, index) => row.seq === engineSeq + 1 + index);
    if (rows.length === 0 || !complete) return 0;
    await tx('case_record').where({id: caseId}).update({acked_seq: engineSeq, revision: engineRevision, status: record.status === 'ended' || record.status === 'cancelled' ? 'open' : record.status, pending_since: now, lock_version: tx.raw('lock_version + 1')});
    await tx('case_outbox').whereIn('id', rows.map(row => row.id)).update({status: 'pending', replay: 1, next_try_at: now, acked_at: null});
    // What was undone must not come true now: its number is used up by doing nothing.
    const undone = rows.filter(row => row.status === 'compensated').map(row => row.id);
    if (undone.length > 0) await tx('case_outbox').whereIn('id', undone).update({operations: '[]', undo: null});
    await tx('case_timeline').insert({id: newId(now), case_id: caseId, at: now, place: 0, kind: 'replayed', text: JSON.stringify({'zh-CN': '流程引擎恢复后补发操作', en: 'Commands were sent again after the engine was restored'}), step_id: null, task_id: null, person_id: null, person_name: null, unit_id: null, data: JSON.stringify({from: engineSeq + 1, rows: rows.length})});
    return rows.length;
  });
}
