import {closeByItself, raiseLasting} from './alarms.js';
import type {CaseDeps} from './deps.js';

/** Alarms of one pass: a fault that meets all cases is told by the first ones. */
const mostAlarms = 200;

const text = {
  'zh-CN': '流程引擎中该办件的进展无法记入平台，页面所示环节可能已过时；其他办件不受影响',
  en: 'What the engine did with this case cannot be written down: the steps shown may be old. Other cases go on',
};

/**
 * Raises an alarm for cases that could not be written down in two passes in a row, and closes those of cases that could again.
 *
 * @param broken - Cases that a whole pass could not mend.
 * @param before - Those of the pass before: what failed once may have met a passing fault.
 */
export async function watchUnwritten(deps: CaseDeps, broken: readonly string[], before: ReadonlySet<string>): Promise<void> {
  const {knex} = deps.store;
  const at = deps.clock.now();
  for (const caseId of broken.filter(each => before.has(each)).slice(0, mostAlarms)) await raiseLasting(knex, {kind: 'unwritten', caseId, text, at});
  const stillBroken = new Set(broken);
  const open = await knex('case_alarm').where({kind: 'unwritten'}).whereNull('closed_at').select<Array<{id: string; case_id: string}>>('id', 'case_id');
  for (const alarm of open.filter(each => !stillBroken.has(each.case_id))) await closeByItself(deps, {alarmId: alarm.id, caseId: alarm.case_id, kind: 'unwritten', reason: '进展已补记，自动关闭'});
}
