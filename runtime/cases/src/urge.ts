import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {insertLines} from './case-store.js';
import {caseErrors} from './errors.js';
import {holdersOf} from './taken-away.js';
import {readVisible} from './visible.js';

/** How long a case that was urged is left alone, in milliseconds: a second click, or a second clerk (own). */
const quietMs = 5 * 60_000;

/**
 * 催办: tells everybody who has an open task in a case that somebody asks for it, and writes it down. The case moves no further by it.
 *
 * @throws AppError `CASE_UNKNOWN`, `CASE_ENDED`, `CASE_URGED` within five minutes of the last time.
 * @see Source: requirements/xinjiang-hotline.md §2.3.5
 */
export async function urgeCase(deps: CaseDeps, actor: Actor, caseId: string, text: string): Promise<void> {
  const {record, release, tasks} = await readVisible(deps, actor, caseId);
  if (record.status !== 'open') throw caseErrors.ENDED();
  const at = deps.clock.now();
  const persons = [...new Set(tasks.flatMap(task => holdersOf(deps.people, task)))].filter(id => id !== actor.personId);
  await deps.store.tx(async tx => {
    // Takes the case's row, so that of two at one moment the second sees what the first wrote.
    await tx('case_record').where({id: caseId}).update({lock_version: tx.raw('lock_version + 1')});
    const last = await tx('case_timeline').where({case_id: caseId, kind: 'urged'}).andWhere('at', '>', at - quietMs).first<{id: string} | undefined>('id');
    if (last) throw caseErrors.URGED({minutes: quietMs / 60_000});
    await insertLines(deps, tx, release, record, at, [{kind: 'urged', text: {'zh-CN': `催办：${text}`, en: `Urged: ${text}`}, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}]);
    await deps.audit.record(tx, {actor, action: 'case.urge', subject: caseId, result: 'done', at});
    if (persons.length > 0) await deps.notices.notify(tx, {personIds: persons, kind: 'case.urged', title: {'zh-CN': `${record.number} 催办`, en: `${record.number}: the caller asks for it`}, body: {'zh-CN': text, en: text}, caseId, at});
  });
  deps.watch.touch(caseId);
}
