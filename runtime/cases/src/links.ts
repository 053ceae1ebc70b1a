import type {LocalizedText} from '@banli/formats';
import {isDuplicateKey} from '@banli/store';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {insertLines} from './case-store.js';
import {caseErrors} from './errors.js';
import {holdersOf} from './taken-away.js';
import {readVisible} from './visible.js';

/**
 * Adds what a caller says to an open case instead of a new one; whoever has an open task in the case is told, also where nobody has taken it yet.
 * @throws AppError `CASE_UNKNOWN`, `CASE_ENDED`.
 */
export async function appendToCase(deps: CaseDeps, actor: Actor, caseId: string, text: string): Promise<void> {
  const {record, release, tasks} = await readVisible(deps, actor, caseId);
  if (record.status !== 'open') throw caseErrors.ENDED();
  const at = deps.clock.now();
  const persons = [...new Set(tasks.flatMap(task => holdersOf(deps.people, task)))].filter(id => id !== actor.personId);
  await deps.store.tx(async tx => {
    // Takes the case's row, so that nothing is added to a case that ends at this moment.
    const open = await tx('case_record').where({id: caseId, status: 'open'}).update({lock_version: tx.raw('lock_version + 1')});
    if (open === 0) throw caseErrors.ENDED();
    await insertLines(deps, tx, release, record, at, [{kind: 'appended', text: {'zh-CN': `补充：${text}`, en: `Added: ${text}`}, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}]);
    await deps.audit.record(tx, {actor, action: 'case.append', subject: caseId, result: 'done', at});
    if (persons.length > 0) await deps.notices.notify(tx, {personIds: persons, kind: 'case.appended', title: {'zh-CN': `${record.number} 有补充内容`, en: `${record.number}: something was added`}, body: {'zh-CN': text, en: text}, caseId, at});
  });
  deps.watch.touch(caseId);
}

/** How two cases belong together: `same`, the same grievance; `repeat`, the one repeats the other. */
export type LinkRelation = 'same' | 'repeat';

/**
 * Links two cases; each keeps its own reply. Doing it twice, or the same grievance the other way round, changes nothing.
 *
 * @param relation - `repeat`: the first case repeats the other, whatever became of that.
 * @throws AppError `CASE_UNKNOWN`, `CASE_LINK_SELF`.
 * @see Source: requirements/xinjiang-hotline.md §2.3.2, §2.8
 */
export async function linkCases(deps: CaseDeps, actor: Actor, caseId: string, otherCaseId: string, relation: LinkRelation = 'same'): Promise<void> {
  if (caseId === otherCaseId) throw caseErrors.LINK_SELF();
  const one = await readVisible(deps, actor, caseId);
  const other = await readVisible(deps, actor, otherCaseId);
  const at = deps.clock.now();
  await deps.store.tx(async tx => {
    const mirrored = await tx('case_link').where({case_id: otherCaseId, other_id: caseId, relation}).first<{relation: string} | undefined>('relation');
    if (mirrored) return;
    try {
      await tx('case_link').insert({case_id: caseId, other_id: otherCaseId, relation, at, by_person: actor.personId});
    } catch (error) {
      if (isDuplicateKey(error)) return;
      throw error;
    }
    const lines = {same: [sameText(other.record.number), sameText(one.record.number)], repeat: [repeatText(other.record.number), repeatedText(one.record.number)]} as const;
    for (const [place, here] of [one, other].entries()) {
      await insertLines(deps, tx, here.release, here.record, at, [{kind: 'linked', text: lines[relation][place] ?? sameText(''), personId: actor.personId, personName: actor.personName, unitId: actor.unitId}]);
    }
    await deps.audit.record(tx, {actor, action: 'case.link', subject: caseId, result: 'done', at, data: {otherCaseId, relation}});
  });
}

const sameText = (number: string): LocalizedText => ({'zh-CN': `关联同诉办件 ${number}`, en: `Linked with ${number} as the same grievance`});
const repeatText = (number: string): LocalizedText => ({'zh-CN': `重复来电，此前办件 ${number}`, en: `Repeats ${number}`});
const repeatedText = (number: string): LocalizedText => ({'zh-CN': `重复来电，新办件 ${number}`, en: `Repeated by ${number}`});
