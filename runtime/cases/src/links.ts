import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {insertLines} from './case-store.js';
import {caseErrors} from './errors.js';
import {readVisible} from './visible.js';

/**
 * Adds what a caller says to an open case instead of a new one; whoever works on the case is told.
 * @throws AppError `CASE_UNKNOWN`, `CASE_ENDED`.
 */
export async function appendToCase(deps: CaseDeps, actor: Actor, caseId: string, text: string): Promise<void> {
  const {record, release, tasks} = await readVisible(deps, actor, caseId);
  if (record.status !== 'open') throw caseErrors.ENDED();
  const at = deps.clock.now();
  const persons = [...new Set(tasks.flatMap(task => (task.assigneeId === null ? [] : [task.assigneeId])))];
  await deps.store.tx(async tx => {
    await insertLines(deps, tx, release, record, at, [{kind: 'appended', text: {'zh-CN': `补充诉求：${text}`, en: `Added: ${text}`}, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}]);
    await deps.audit.record(tx, {actor, action: 'case.append', subject: caseId, result: 'done', at});
    if (persons.length > 0) await deps.notices.notify(tx, {personIds: persons, kind: 'case.appended', title: {'zh-CN': `${record.number} 有补充诉求`, en: `${record.number}: the caller added something`}, body: {'zh-CN': text, en: text}, caseId, at});
  });
}

/**
 * Links two cases as the same grievance; each keeps its own reply. Doing it twice changes nothing.
 * @throws AppError `CASE_UNKNOWN`, `CASE_LINK_SELF`.
 * @see Source: requirements/xinjiang-hotline.md §2.8
 */
export async function linkCases(deps: CaseDeps, actor: Actor, caseId: string, otherCaseId: string): Promise<void> {
  if (caseId === otherCaseId) throw caseErrors.LINK_SELF();
  const one = await readVisible(deps, actor, caseId);
  const other = await readVisible(deps, actor, otherCaseId);
  const at = deps.clock.now();
  await deps.store.tx(async tx => {
    const known = await tx('case_link').where({case_id: otherCaseId, other_id: caseId, relation: 'same'}).first<{relation: string} | undefined>('relation');
    if (known) return;
    await tx('case_link').insert({case_id: caseId, other_id: otherCaseId, relation: 'same', at, by_person: actor.personId}).onConflict(['case_id', 'other_id', 'relation']).ignore();
    for (const [here, there] of [[one, other], [other, one]] as const) {
      await insertLines(deps, tx, here.release, here.record, at, [{kind: 'linked', text: {'zh-CN': `关联同诉办件 ${there.record.number}`, en: `Linked with ${there.record.number} as the same grievance`}, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}]);
    }
    await deps.audit.record(tx, {actor, action: 'case.link', subject: caseId, result: 'done', at, data: {otherCaseId}});
  });
}
