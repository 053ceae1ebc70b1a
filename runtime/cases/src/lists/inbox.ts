import type {InboxRowView} from '@banli/api';
import type {CompiledBundle} from '@banli/formats';
import {fromRow, type SqlRow} from '@banli/store';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import type {TaskRow} from '../model.js';
import {limitToQueues, openQueues} from '../open-queues.js';
import {stepTitle} from '../step-words.js';
import {headColumns, headViews, readHead, type HeadRow} from '../views/heads.js';
import {keyset, pageOf, readCursor, type PageMark} from './cursor.js';
import {draftPage} from './draft-page.js';

/** Which list, which page, which rows of it. */
export interface InboxQuery {
  readonly box: 'todo' | 'done' | 'mine' | 'drafts';
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly state?: string | undefined;
  readonly urgency?: string | undefined;
  readonly step?: string | undefined;
}

/** A page of a list, newest first. */
export interface InboxPage {
  readonly rows: readonly InboxRowView[];
  readonly nextCursor: string | null;
}

const defaultLimit = 20;

/** A page of 待办, 已办, 我发起的 or 草稿. @throws AppError `CASE_CURSOR`. */
export async function inboxPage(deps: CaseDeps, actor: Actor, query: InboxQuery): Promise<InboxPage> {
  const mark = readCursor(query.cursor);
  const limit = query.limit ?? defaultLimit;
  if (query.box === 'todo') return taskPage(deps, await todoQuery(deps, actor, query, mark, limit), limit, 'openedAt');
  if (query.box === 'done') return taskPage(deps, doneQuery(deps, actor, query, mark, limit), limit, 'closedAt');
  return query.box === 'mine' ? minePage(deps, actor, query, mark, limit) : draftPage(deps, actor, mark, limit);
}

/** How many tasks and drafts wait for a person: from maintained counters. */
export async function inboxCounts(deps: CaseDeps, actor: Actor): Promise<{readonly todo: number; readonly drafts: number}> {
  const {knex} = deps.store;
  const queues = await openQueues(deps, actor);
  const total = queues.shared.reduce((sum, queue) => sum + queue.count, queues.own.count);
  const barred = total === 0 ? {total: 0} : await limitToQueues(knex('case_exclusion').join('case_task as task', 'task.id', 'case_exclusion.task_id').where({'case_exclusion.person_id': actor.personId, 'task.status': 'open'}), queues).count({total: '*'}).first<{total: number | string}>();
  const drafts = await knex('case_draft').where({owner_id: actor.personId}).whereNull('task_id').count({total: '*'}).first<{total: number | string}>();
  return {todo: total - Number(barred.total), drafts: Number(drafts.total)};
}

const taskColumns = {task_id: 'task.id', task_step: 'task.step_id', task_unit: 'task.unit_id', task_assignee: 'task.assignee_id', task_opened: 'task.opened_at', task_closed: 'task.closed_at', case_version: 'record.values_version'};

async function todoQuery(deps: CaseDeps, actor: Actor, query: InboxQuery, mark: PageMark | null, limit: number) {
  const {knex} = deps.store;
  const queues = await openQueues(deps, actor);
  const rows = knex('case_task as task').join('case_record as record', 'record.id', 'task.case_id').where('task.status', 'open')
    .whereNotExists(knex('case_exclusion').select(knex.raw('1')).whereRaw('case_exclusion.task_id = task.id').andWhere({person_id: actor.personId}));
  return keyset(filtered(limitToQueues(rows, queues), query), {at: 'task.opened_at', id: 'task.id'}, mark, limit).select({...taskColumns}).select(headColumns);
}

function doneQuery(deps: CaseDeps, actor: Actor, query: InboxQuery, mark: PageMark | null, limit: number) {
  const rows = deps.store.knex('case_task as task').join('case_record as record', 'record.id', 'task.case_id').where({'task.done_by': actor.personId, 'task.status': 'done'});
  return keyset(filtered(rows, query), {at: 'task.closed_at', id: 'task.id'}, mark, limit).select({...taskColumns}).select(headColumns);
}

function filtered(rows: ReturnType<typeof keyset>, query: InboxQuery): ReturnType<typeof keyset> {
  if (query.state !== undefined) void rows.andWhere('record.state_id', query.state);
  if (query.urgency !== undefined) void rows.andWhere('record.urgency', query.urgency);
  if (query.step !== undefined && (query.box === 'todo' || query.box === 'done')) void rows.andWhere('task.step_id', query.step);
  return rows;
}

type ListedTask = HeadRow & Pick<TaskRow, 'openedAt' | 'closedAt' | 'stepId' | 'unitId' | 'assigneeId'> & {readonly taskId: string; readonly caseVersion: number};

async function taskPage(deps: CaseDeps, query: PromiseLike<SqlRow[]>, limit: number, at: 'openedAt' | 'closedAt'): Promise<InboxPage> {
  const listed = (await query).map((row): ListedTask => {
    const {taskId, taskStep, taskUnit, taskAssignee, taskOpened, taskClosed, caseVersion} = fromRow<Record<string, unknown>>(row);
    return {...readHead(row), taskId: String(taskId), caseVersion: Number(caseVersion), stepId: String(taskStep), unitId: textOf(taskUnit), assigneeId: textOf(taskAssignee), openedAt: Number(taskOpened), closedAt: taskClosed === null ? null : Number(taskClosed)};
  });
  const page = pageOf(listed, limit, row => ({at: row[at] ?? 0, id: row.taskId}));
  const heads = await headViews(deps, page.rows);
  const rows = await Promise.all(page.rows.map(async (row, index) => {
    const head = heads[index];
    const found = await deps.releases.byHash(row.releaseHash);
    return rowView(head, {taskId: row.taskId, stepName: stepTitle(found?.release, row.stepId), unitName: row.unitId === null ? null : (deps.people.unit(row.unitId)?.name ?? null), assignee: row.assigneeId === null ? null : (deps.people.person(row.assigneeId)?.name ?? null), at: row[at] ?? row.openedAt, ...(at === 'openedAt' ? openTask(found?.release, row) : {})});
  }));
  return {rows: rows.filter(row => row !== null), nextCursor: page.nextCursor};
}

/** What a list needs to let several open tasks be taken or finished together. */
function openTask(release: CompiledBundle | undefined, row: ListedTask): Pick<InboxRowView, 'takenBy' | 'batch' | 'caseVersion'> {
  const outcomes = release?.steps[row.stepId]?.outcomes.filter(outcome => outcome.batch === true) ?? [];
  return {takenBy: row.assigneeId, batch: outcomes.map(({id, name}) => ({id, name})), caseVersion: row.caseVersion};
}

async function minePage(deps: CaseDeps, actor: Actor, query: InboxQuery, mark: PageMark | null, limit: number): Promise<InboxPage> {
  const rows: SqlRow[] = await keyset(filtered(deps.store.knex('case_record as record').where('record.started_by', actor.personId), query), {at: 'record.accepted_at', id: 'record.id'}, mark, limit).select(headColumns);
  const page = pageOf(rows.map(readHead), limit, row => ({at: row.acceptedAt, id: row.id}));
  const heads = await headViews(deps, page.rows);
  return {rows: heads.map(head => rowView(head, {taskId: null, stepName: null, unitName: head.leadUnitName, assignee: null, at: head.acceptedAt})).filter(row => row !== null), nextCursor: page.nextCursor};
}

function rowView(head: Awaited<ReturnType<typeof headViews>>[number] | undefined, more: Pick<InboxRowView, 'taskId' | 'stepName' | 'unitName' | 'assignee' | 'at' | 'takenBy' | 'batch' | 'caseVersion'>): InboxRowView | null {
  if (!head) return null;
  const {id, number, title, state, matterTitle, matterTitleEn, urgency, urgencyTitle, urgencyTitleEn, marks, clock} = head;
  const english = {...(matterTitleEn === undefined ? {} : {matterTitleEn}), ...(urgencyTitleEn === undefined ? {} : {urgencyTitleEn})};
  return {caseId: id, draftId: null, number, title, state, matterTitle, urgency, urgencyTitle, ...english, marks: [...marks], clock, ...more};
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
