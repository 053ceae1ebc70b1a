import type {LocalizedText} from '@banli/formats';
import {fromRow, insertRows, newId, queryRows, toRow, updateRows, type SqlRow, type Store, type Tx} from '@banli/store';
import {deadlineErrors} from '../errors.js';
import type {Recomputed} from '../model.js';
import type {AtOnce, AtOnceCounts, ClockPlan, PlanCatalog, PlanItem} from './model.js';

type Reader = Tx | Store['knex'];

/** Reads the plans, the newest first. */
export async function readPlans(reader: Reader, limit: number): Promise<readonly ClockPlan[]> {
  return ((await reader('clock_plan').orderBy('id', 'desc').limit(limit)) as SqlRow[]).map(readRow);
}

/** Reads the plans in some states, the oldest first. */
export async function plansIn(reader: Reader, statuses: readonly ClockPlan['status'][]): Promise<readonly ClockPlan[]> {
  return ((await reader('clock_plan').whereIn('status', [...statuses]).orderBy('id')) as SqlRow[]).map(readRow);
}

/** Reads a plan; inside a transaction with `lock` its row stays locked. @throws AppError `DEADLINE_PLAN_UNKNOWN` */
export async function needPlan(reader: Reader, id: string, lock = false): Promise<ClockPlan> {
  const query = reader('clock_plan').where({id});
  const row = (await (lock ? query.forUpdate() : query).first()) as SqlRow | undefined;
  if (!row) throw deadlineErrors.PLAN_UNKNOWN({plan: id});
  return readRow(row);
}

/** Writes a new plan; the same version and attempt a second time changes nothing. */
export async function insertPlan(tx: Tx, plan: {readonly catalogId: PlanCatalog; readonly version: string; readonly attempt: number; readonly effectiveAt: number; readonly madeAt: number}): Promise<string> {
  const id = newId(plan.madeAt);
  await tx('clock_plan').insert(toRow({
    id, ...plan, status: 'listing', lastCase: '', appliedCase: '', lookedAt: 0, listed: 0, kept: 0, older: 0, withOlder: false, applied: 0, movedOn: 0, decidedAt: null, decidedBy: null, reason: null, finishedAt: null,
  })).onConflict(['catalog_id', 'version', 'attempt']).ignore();
  return id;
}

/** Changes columns of a plan. */
export async function updatePlan(tx: Tx, id: string, change: Partial<Omit<ClockPlan, 'id'>>): Promise<void> {
  await tx('clock_plan').where({id}).update(toRow({...change, ...(change.decidedBy ? {decidedBy: JSON.stringify(change.decidedBy)} : {})}));
}

/** Writes items. */
export async function insertItems(tx: Tx, items: readonly PlanItem[]): Promise<void> {
  const rows = items.map(({planId, caseId, clockId, clock, status, beforeAt, afterAt, standing, lapses, firesAt, why}) => ({
    plan_id: planId, case_id: caseId, clock_id: clockId, clock, status, before_at: beforeAt, after_at: afterAt, standing: Number(standing), lapses: Number(lapses), fires_at: firesAt, why: whyText(why),
  }));
  await insertRows(tx, 'clock_plan_item', rows);
}

const whyTexts = new WeakMap<LocalizedText, Map<string, string>>();

/** Clocks that move alike share the words of why: they are written out once for each title. */
function whyText({title, text}: PlanItem['why']): string {
  const known = whyTexts.get(text) ?? new Map<string, string>();
  whyTexts.set(text, known);
  const key = `${title['zh-CN']}\0${title.en ?? ''}`;
  const found = known.get(key) ?? JSON.stringify({title, text});
  known.set(key, found);
  return found;
}

/** Reads items with the number of their case, in the order of the cases; `after` is `caseId.clockId` of the last one seen. With `atOnceBy` only those that do something at once if approval comes then. */
export async function readItems(reader: Reader, plan: ClockPlan, page: {readonly after: string; readonly limit: number; readonly atOnceBy?: number}): Promise<ReadonlyArray<PlanItem & {readonly caseNumber: string | null}>> {
  const [caseId = '', clockId = ''] = page.after.split('.');
  const only = page.atOnceBy === undefined ? {sql: '', values: []} : {sql: `and ${atOnceSql}`, values: [page.atOnceBy, page.atOnceBy]};
  const rows = await queryRows(reader, `select i.*, r.number as case_number from clock_plan_item i left join case_record r on r.id = i.case_id
    where i.plan_id = ? and (i.case_id > ? or (i.case_id = ? and i.clock_id > ?)) ${only.sql} order by i.case_id, i.clock_id limit ?`, [plan.id, caseId, caseId, clockId, ...only.values, page.limit]);
  return rows.map(row => ({...readItem(row, plan), caseNumber: row['case_number'] === null ? null : String(row['case_number'])}));
}

/** A clock whose due time of before has passed since is not moved any more. */
const atOnceSql = "i.fires_at <= ? and i.status in ('listed', 'older') and (i.before_at is null or i.before_at > ?)";

/** Counts the cases for which something comes at once if approval comes at a moment; a case that lapses is not counted as warned of, too. */
export async function countAtOnce(reader: Reader, planId: string, at: number): Promise<AtOnceCounts> {
  const rows = await queryRows(reader, `select status, lapses, count(*) as cases from (
      select i.status as status, max(case when i.after_at <= ? then 1 else 0 end) as lapses from clock_plan_item i where i.plan_id = ? and ${atOnceSql} group by i.status, i.case_id) as at_once
    group by status, lapses`, [at, planId, at, at]);
  const count = (status: string, lapses: boolean) => Number(rows.find(row => row['status'] === status && Boolean(row['lapses']) === lapses)?.['cases'] ?? 0);
  const of = (status: string) => ({warning: count(status, false), lapse: count(status, true)});
  return {listed: of('listed'), older: of('older')};
}

/** What of a clock comes at once if approval comes at a moment. */
export function atOnceOf({status, firesAt, beforeAt, afterAt}: PlanItem, at: number): AtOnce | null {
  if (firesAt === null || firesAt > at || (beforeAt !== null && beforeAt <= at) || (status !== 'listed' && status !== 'older')) return null;
  return afterAt !== null && afterAt <= at ? 'lapse' : 'warning';
}

/** How approved plans moved a clock, in the order of their approval: the clock itself does not keep it. Where the due time stayed, none of before is told. */
export async function readPlanMoves(reader: Reader, clock: {readonly caseId: string; readonly id: string}): Promise<readonly Recomputed[]> {
  const rows = await queryRows(reader, `select i.*, p.decided_at, p.applied_case, p.with_older from clock_plan p join clock_plan_item i on i.plan_id = p.id and i.case_id = ? and i.clock_id = ?
    where p.status in ('applying', 'applied') order by p.decided_at, p.id`, [clock.caseId, clock.id]);
  return rows.flatMap(row => {
    const {status, beforeAt, afterAt, why} = readItem(row, {appliedCase: String(row['applied_case']), withOlder: Boolean(row['with_older'])});
    return status === 'applied' ? [{at: Number(row['decided_at']), before: beforeAt === afterAt ? null : beforeAt, text: why.text}] : [];
  });
}

/** What applying needs of an item. */
export type ListedItem = Pick<PlanItem, 'caseId' | 'clockId' | 'afterAt' | 'standing'>;

/**
 * The items of the next whole cases that an approved plan moves, in the order of the cases, behind the last case that was applied.
 *
 * @param limit - Items at most, if a single case has not more.
 */
export async function listedItems(tx: Tx, plan: ClockPlan, limit: number): Promise<readonly ListedItem[]> {
  const sql = 'select case_id, clock_id, after_at, standing from clock_plan_item where plan_id = ? and case_id > ? and status in (?, ?) order by case_id, clock_id limit ?';
  const read = async (most: number): Promise<readonly ListedItem[]> => (await queryRows(tx, sql, [plan.id, plan.appliedCase, 'listed', plan.withOlder ? 'older' : 'listed', most + 1])).map(readListed);
  for (let most = limit; ; most *= 2) {
    const items = await read(most);
    if (items.length <= most) return items;
    const cut = items.at(-1)?.caseId;
    const whole = items.filter(item => item.caseId !== cut);
    if (whole.length > 0) return whole;
  }
}

/** Notes items that were left alone. Of all others the plan's last applied case tells whether they are done: a change of each row would cost as much as moving its clock. */
export async function markMovedOn(tx: Tx, planId: string, items: readonly ListedItem[]): Promise<void> {
  for (const {caseId, clockId} of items) await updateRows(tx, 'clock_plan_item', {plan_id: planId, case_id: caseId, clock_id: clockId}, {status: 'movedOn'});
}

function readRow(row: SqlRow): ClockPlan {
  const read = fromRow<Omit<ClockPlan, 'decidedBy' | 'withOlder'> & {decidedBy: string | null; withOlder: unknown}>(row);
  return {...read, withOlder: Boolean(read.withOlder), decidedBy: read.decidedBy === null ? null : (JSON.parse(read.decidedBy) as ClockPlan['decidedBy'])};
}

function readItem(row: SqlRow, plan: Pick<ClockPlan, 'appliedCase' | 'withOlder'>): PlanItem {
  const read = fromRow<Omit<PlanItem, 'why' | 'standing' | 'lapses'> & {why: string; standing: unknown; lapses: unknown}>(row);
  const moves = read.status === 'listed' || (read.status === 'older' && plan.withOlder);
  const status = !moves ? read.status : read.caseId <= plan.appliedCase ? 'applied' : 'listed';
  return {...read, status, standing: Boolean(read.standing), lapses: Boolean(read.lapses), why: JSON.parse(read.why) as PlanItem['why']};
}

function readListed(row: SqlRow): ListedItem {
  return {caseId: String(row['case_id']), clockId: String(row['clock_id']), afterAt: row['after_at'] as number | null, standing: Boolean(row['standing'])};
}
