import type {AnswerOf, caseRoutes} from '@banli/api';
import type {CompiledBundle} from '@banli/formats';
import {fromRow, type SqlRow} from '@banli/store';
import type {CaseDeps} from '../deps.js';
import type {LoadedCase} from '../case-store.js';
import type {CaseRecord} from '../model.js';
import {graphOf} from './graph.js';

/** The drawing and the marks on it. */
export type DiagramView = AnswerOf<typeof caseRoutes.diagram>;
type Mark = DiagramView['marks'][number];

interface StepTask {
  readonly stepId: string;
  readonly status: string;
  readonly unitId: string | null;
  readonly assigneeId: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly doneByName: string | null;
}

/** Marks of a case on its drawing, from our own tables: it stands while the engine is down. */
export async function diagramView(deps: CaseDeps, release: CompiledBundle, {record}: LoadedCase): Promise<DiagramView> {
  const rows: SqlRow[] = await deps.store.knex('case_task').where({case_id: record.id}).orderBy('opened_at').select('step_id', 'status', 'unit_id', 'assignee_id', 'opened_at', 'closed_at', 'done_by_name');
  const tasks = rows.map(row => fromRow<StepTask>(row));
  const process = release.bundle.processes[release.bundle.manifest.mainProcess];
  const walked = walk(release, record, tasks);
  const marks = release.nodes.map(node => markOf(deps, release, record, tasks, walked, node.id));
  return {xml: process?.xml ?? '', marks: withContainers(release, marks), flows: [...walked.flows]};
}

interface Walked {
  readonly nodes: ReadonlySet<string>;
  readonly flows: ReadonlySet<string>;
  readonly ahead: ReadonlySet<string>;
}

/** Everything the case has passed, worked out from the moves between steps, and what it may still reach. */
function walk(release: CompiledBundle, record: CaseRecord, tasks: readonly StepTask[]): Walked {
  const graph = graphOf(release);
  const nodes = new Set<string>();
  const flows = new Set<string>();
  for (const move of record.routing.moves) {
    const [origin = '', to = ''] = move.split('>');
    const [from = '', outcome = ''] = origin.split('|');
    const path = graph.path({from, outcome, to});
    for (const id of path?.nodes ?? [to]) nodes.add(id);
    for (const id of path?.flows ?? []) flows.add(id);
  }
  if ((record.routing.visits[release.startStep] ?? 0) > 0) nodes.add(release.startStep);
  const open = tasks.filter(task => task.status === 'open').map(task => task.stepId);
  const now = record.status === 'open' ? [...open, ...record.routing.work.map(work => work.stepId), ...record.routing.waiting] : [];
  return {nodes, flows, ahead: graph.ahead(now)};
}

function markOf(deps: CaseDeps, release: CompiledBundle, record: CaseRecord, tasks: readonly StepTask[], walked: Walked, id: string): Mark {
  const node = release.nodes.find(each => each.id === id);
  const words = {name: node?.name ?? id, ...(node?.nameEn === undefined ? {} : {nameEn: node.nameEn})};
  const own = tasks.filter(task => task.stepId === id);
  const open = own.filter(task => task.status === 'open');
  const working = record.routing.work.filter(work => work.stepId === id);
  const ended = record.status !== 'open';
  if (open.length + working.length > 0 && !ended) return {elementId: id, ...words, status: 'current', count: open.length + working.length, persons: personsOf(deps, open), enteredAt: open[0]?.openedAt ?? null, leftAt: null};
  const done = own.filter(task => task.status === 'done');
  const last = own.at(-1);
  const latest = own.filter(task => task.openedAt === last?.openedAt);
  const base = {elementId: id, ...words, count: record.routing.visits[id] ?? 0, persons: [...new Set(done.flatMap(task => task.doneByName ?? []))], enteredAt: own[0]?.openedAt ?? null, leftAt: last?.closedAt ?? null};
  if (latest.length > 0 && latest.every(task => task.status === 'cancelled')) return {...base, status: 'cancelled', persons: personsOf(deps, latest)};
  if (walked.nodes.has(id)) return {...base, status: 'done'};
  if (record.routing.waiting.includes(id) && !ended) return {...base, status: 'waiting'};
  return {...base, status: walked.ahead.has(id) && !ended ? 'ahead' : 'skipped'};
}

/** Who has a task, or had it when it was taken away: the person who took it, else the unit. */
function personsOf(deps: CaseDeps, tasks: readonly StepTask[]): string[] {
  return tasks.map(task => (task.assigneeId === null ? null : deps.people.person(task.assigneeId)?.name) ?? (task.unitId === null ? '' : (deps.people.unit(task.unitId)?.name ?? ''))).filter(Boolean);
}

/** A sub-process is current while something in it is, and done when something in it was. */
function withContainers(release: CompiledBundle, marks: readonly Mark[]): Mark[] {
  const graph = graphOf(release);
  const inside = new Map<string, Set<Mark['status']>>();
  for (const mark of marks) {
    for (const around of graph.containers(mark.elementId)) inside.set(around, (inside.get(around) ?? new Set()).add(mark.status));
  }
  return marks.map(mark => {
    const statuses = inside.get(mark.elementId);
    if (!statuses) return mark;
    if (statuses.has('current')) return {...mark, status: 'current'};
    if (statuses.has('done')) return {...mark, status: 'done'};
    return statuses.has('ahead') || mark.status === 'ahead' ? {...mark, status: 'ahead'} : mark;
  });
}
