import type {AnswerOf, caseRoutes} from '@banli/api';
import type {SqlRow} from '@banli/store';
import type {CaseDeps} from '../deps.js';
import {caseErrors} from '../errors.js';
import type {Actor} from '../ports.js';
import {assertMayStart} from '../start.js';
import {headColumns, headViews, readHead} from '../views/heads.js';
import {openQueues} from '../open-queues.js';
import {limitToVisible} from '../visible.js';
import type {SearchScope} from './search.js';
import {keepTold} from './told.js';

/** Former cases of whoever calls. */
export type CallerHistory = AnswerOf<typeof caseRoutes.callerHistory>;

const most = 10;

/**
 * Former cases with exactly this phone, newest first, for whoever registers the next one: within his data scope, and where he may
 * see the phone. Anonymous cases are left out: their number says nobody's name. Each look is audited, by the blind index alone.
 *
 * @throws AppError `CASE_APP_UNKNOWN`, `CASE_START_FORBIDDEN`.
 * @see Source: requirements/xinjiang-hotline.md §2.3.2 (history grievances by caller number)
 */
export async function callerHistory(deps: CaseDeps, actor: Actor, scope: SearchScope, {bundleId, phone}: {readonly bundleId: string; readonly phone: string}): Promise<CallerHistory> {
  const own = scope.bundles.find(each => each.bundleId === bundleId);
  if (!own) throw caseErrors.APP_UNKNOWN({bundleId});
  assertMayStart(own.release, actor);
  const typed = phone.normalize('NFKC').trim();
  const index = deps.vault.blindIndex(typed);
  const indexes = [...new Set([index, deps.vault.blindIndex(typed.replace(/[\s-]/g, ''))])];
  const queues = await openQueues(deps, actor);
  const rows = deps.store.knex('case_record as record').whereIn('record.phone_index', indexes).whereRaw("instr(record.marks, 'anonymous') = 0");
  const found: SqlRow[] = await limitToVisible(deps, rows, actor, scope.bundles, queues).orderBy([{column: 'record.accepted_at', order: 'desc'}, {column: 'record.id', order: 'desc'}]).limit(most + 1).select(headColumns);
  const told = await keepTold(deps, actor, found.slice(0, most).map(readHead));
  const open = new Set(told.filter(row => row.status === 'open').map(row => row.id));
  await deps.store.tx(tx => deps.audit.record(tx, {actor, action: 'case.callerHistory', subject: index.slice(0, 64), result: 'done', at: deps.clock.now(), data: {found: told.length}}));
  return {cases: (await headViews(deps, told)).map(head => ({head, open: open.has(head.id)})), more: found.length > most};
}
