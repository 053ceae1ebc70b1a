import type {LocalizedText} from '@banli/formats';
import type {SqlRow} from '@banli/store';
import type {CaseDeps} from './deps.js';

/** An alarm for the operators. Moments in UTC milliseconds. */
export interface AlarmView {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly caseId: string | null;
  readonly text: LocalizedText;
  readonly closedAt: number | null;
}

const mostAlarms = 200;

/** Alarms, newest first: undone commands, incidents, differences that the reconciler found. */
export async function listAlarms(deps: Pick<CaseDeps, 'store'>): Promise<readonly AlarmView[]> {
  const rows: SqlRow[] = await deps.store.knex('case_alarm').orderBy('at', 'desc').limit(mostAlarms);
  return rows.map(row => ({id: String(row['id']), at: Number(row['at']), kind: String(row['kind']), caseId: row['case_id'] === null ? null : String(row['case_id']), text: JSON.parse(String(row['text'])) as LocalizedText, closedAt: row['closed_at'] === null ? null : Number(row['closed_at'])}));
}

/** Commands that wait for the engine, and alarms that are open. */
export async function countBacklog(deps: Pick<CaseDeps, 'store'>): Promise<{readonly pendingCommands: number; readonly alarms: number}> {
  const {knex} = deps.store;
  const pending = await knex('case_outbox').where({status: 'pending'}).count({total: '*'}).first<{total: number | string}>();
  const alarms = await knex('case_alarm').whereNull('closed_at').count({total: '*'}).first<{total: number | string}>();
  return {pendingCommands: Number(pending.total), alarms: Number(alarms.total)};
}
