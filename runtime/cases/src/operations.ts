import type {CaseDeps} from './deps.js';

/** Commands that wait for the engine, and alarms that are open. */
export async function countBacklog(deps: Pick<CaseDeps, 'store'>): Promise<{readonly pendingCommands: number; readonly alarms: number}> {
  const {knex} = deps.store;
  const pending = await knex('case_outbox').where({status: 'pending'}).count({total: '*'}).first<{total: number | string}>();
  const alarms = await knex('case_alarm').whereNull('closed_at').count({total: '*'}).first<{total: number | string}>();
  return {pendingCommands: Number(pending.total), alarms: Number(alarms.total)};
}
