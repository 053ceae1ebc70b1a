import type {CompiledBundle} from '@banli/formats';
import type {EngineTask, InstanceState} from '@banli/processes';
import {newId} from '@banli/store';
import type {CasePeople} from './ports.js';
import {personQueue, placeTask} from './assignment.js';
import type {LoadedCase} from './case-store.js';
import {buildContext} from './context.js';
import {participantOf} from './effects.js';
import type {CaseRecord, CaseRouting, CaseStatus, LineInput, OutboxRow, Strand, TaskRow} from './model.js';
import {atTask, followStrands, strandCauseOf, strandInScope, strandOf, tieTasks} from './strands.js';
import {linesOfTakenAway} from './taken-away.js';
import type {ClockMove} from './work.js';

/** What an answer of the engine means for our tables; nothing is written yet. */
export interface ProjectionPlan {
  readonly status: CaseStatus;
  readonly routing: CaseRouting;
  readonly opened: readonly TaskRow[];
  /** `done` when the command finished it, `cancelled` when the process took it away. */
  readonly closed: ReadonlyArray<{readonly task: TaskRow; readonly how: 'done' | 'cancelled'}>;
  /** Tasks that the engine made anew after it lost them: ours stay, with the new engine id. */
  readonly rebound: ReadonlyArray<{readonly task: TaskRow; readonly engineId: string}>;
  /** Open tasks that go along with the case, as they were before: `task` is where they are now. */
  readonly moved: ReadonlyArray<{readonly task: TaskRow; readonly before: TaskRow}>;
  readonly exclusions: ReadonlyArray<{readonly taskId: string; readonly personId: string}>;
  readonly clockMoves: readonly ClockMove[];
  readonly lines: readonly LineInput[];
  /** Open tasks afterwards. */
  readonly tasks: readonly TaskRow[];
  readonly entered: readonly StepEvent[];
}

/** A step was entered or left, in a strand or in the case itself. */
export interface StepEvent {
  readonly step: string;
  readonly strand?: string;
}

/** What happened: the outbox row that was applied, or `null` when the engine moved by itself. `rebind` after a loss of the engine. */
export interface ProjectionCause {
  readonly row: OutboxRow | null;
  readonly at: number;
  readonly rebind: boolean;
  /** The row's message found nobody waiting. */
  readonly skipped?: boolean;
  /** The engine will not run the case any more: it ends as `failed`. */
  readonly failed?: boolean;
}

/** Compares the engine's state with the open tasks and plans what to open, close and tell. Pure but for new ids. */
export function planProjection(release: CompiledBundle, people: CasePeople, loaded: LoadedCase, state: InstanceState, cause: ProjectionCause): ProjectionPlan {
  const {record} = loaded;
  const {staying, rebound, fresh} = matchTasks(loaded.tasks, state.tasks, cause.rebind);
  const kept = new Set(staying.map(task => task.id));
  const closed = loaded.tasks.filter(task => !kept.has(task.id)).map(task => ({task, how: cause.row?.cause.taskId === task.id ? ('done' as const) : ('cancelled' as const)}));
  const work = state.externalTasks.map(each => ({engineId: each.id, stepId: each.stepId}));
  const status: CaseStatus = !state.ended ? record.status : cause.failed ? 'failed' : cause.row?.kind === 'cancel' ? 'cancelled' : 'ended';
  const strands = followStrands(release, people, record, state.tasks, strandCauseOf(cause.row, cause.at), rebound);
  const entered = enteredOf(record, strands, staying, fresh, work);
  const left = leftOf(record, staying, closed, work);
  const steps = entered.map(({step}) => step);
  const routed = {...record.routing, strands, work, waiting: [...new Set(state.subscriptions.map(each => each.activityId))], endEvent: state.endActivityId, ...trackMoves(release, record.routing, cause, state.ended && state.endActivityId !== null ? [...steps, state.endActivityId] : steps)};
  const placed = placeTasks(release, people, record, routed, fresh, cause.row?.at ?? cause.at);
  const moved = state.ended ? [] : moveTasks(release, people, record, routed, staying);
  const stays = (task: TaskRow): TaskRow => ({...(moved.find(each => each.before.id === task.id)?.task ?? task), engineId: rebound.find(each => each.task.id === task.id)?.engineId ?? task.engineId});
  const tasks = [...staying.map(stays), ...placed.opened];
  const routing = {...routed, strands: tieTasks(strands, tasks, state.tasks), requests: followRequests(routed, cause, placed.opened, closed, status)};
  const events: ClockMove[] = [...left.map(each => eventOf(each, 'left')), ...entered.map(each => eventOf(each, 'entered')), ...(status !== record.status ? [{kind: 'event' as const, event: 'ended'}] : [])];
  return {
    status,
    routing,
    opened: placed.opened,
    closed,
    rebound,
    moved,
    exclusions: placed.exclusions,
    clockMoves: events,
    lines: [...placed.lines, ...moved.map(each => lineOfMove(release, people, each.task)), ...linesOfTakenAway(release, {closed, status}, cause), ...(status === 'ended' && record.status !== 'ended' ? [endLine] : [])],
    tasks,
    entered,
  };
}

const endLine: LineInput = {kind: 'ended', text: {'zh-CN': '流程结束，办件归档', en: 'The case has ended and is archived'}};

function matchTasks(ours: readonly TaskRow[], theirs: readonly EngineTask[], rebind: boolean): {staying: TaskRow[]; rebound: Array<{task: TaskRow; engineId: string}>; fresh: EngineTask[]} {
  const byEngineId = new Map(theirs.map(task => [task.id, task]));
  const staying = ours.filter(task => task.engineId !== null && byEngineId.has(task.engineId));
  const taken = new Set(staying.map(task => task.engineId));
  const fresh = theirs.filter(task => !taken.has(task.id));
  const rebound: Array<{task: TaskRow; engineId: string}> = [];
  if (rebind) {
    for (const task of ours.filter(each => !staying.includes(each))) {
      const place = fresh.findIndex(each => each.stepId === task.stepId && each.loopCounter === task.loopCounter);
      const found = place < 0 ? undefined : fresh.splice(place, 1)[0];
      if (!found) continue;
      staying.push(task);
      rebound.push({task, engineId: found.id});
    }
  }
  return {staying, rebound, fresh};
}

function eventOf({step, strand}: StepEvent, what: 'entered' | 'left'): ClockMove {
  return {kind: 'event', event: `${step}.${what}`, ...(strand === undefined ? {} : {strand})};
}

/** A step is entered when the first of its tasks opens, and again when a loop comes back to it; in each strand by itself. */
function enteredOf(record: CaseRecord, strands: readonly Strand[], staying: readonly TaskRow[], fresh: readonly EngineTask[], work: CaseRouting['work']): readonly StepEvent[] {
  const stay = new Set(staying.map(task => placeKey(placeOf(record, task))));
  const before = new Set(record.routing.work.map(each => each.engineId));
  const opened = fresh.map(task => placeIn(task.stepId, strandInScope(strands, task)?.id));
  return unique([...opened.filter(place => !stay.has(placeKey(place))), ...work.filter(each => !before.has(each.engineId)).map(each => ({step: each.stepId}))]);
}

/** A step is left when none of the tasks that were open before stays; in each strand by itself. */
function leftOf(record: CaseRecord, staying: readonly TaskRow[], closed: ReadonlyArray<{task: TaskRow}>, work: CaseRouting['work']): readonly StepEvent[] {
  const stay = new Set(staying.map(task => placeKey(placeOf(record, task))));
  const now = new Set(work.map(each => each.engineId));
  const places = closed.map(({task}) => placeOf(record, task));
  return unique([...places.filter(place => !stay.has(placeKey(place))), ...record.routing.work.filter(each => !now.has(each.engineId)).map(each => ({step: each.stepId}))]);
}

const placeIn = (step: string, strand: string | undefined): StepEvent => (strand === undefined ? {step} : {step, strand});
const placeOf = (record: CaseRecord, task: TaskRow): StepEvent => placeIn(task.stepId, strandOf(record, task.id)?.id);
const placeKey = ({step, strand = ''}: StepEvent): string => `${step} ${strand}`;

function unique(events: readonly StepEvent[]): readonly StepEvent[] {
  return [...new Map(events.map(event => [placeKey(event), event])).values()];
}

function trackMoves(release: CompiledBundle, routing: CaseRouting, cause: ProjectionCause, entered: readonly string[]): Pick<CaseRouting, 'visits' | 'moves'> {
  const kind = cause.row?.kind;
  const from = kind === 'start' ? release.startStep : kind === 'complete' || kind === 'work' ? (cause.row?.cause.stepId ?? '') : '';
  const visits: Record<string, number> = {...routing.visits};
  const moves = new Set(routing.moves);
  for (const step of entered) {
    visits[step] = (visits[step] ?? 0) + 1;
    moves.add(`${from}|${cause.row?.cause.outcome ?? ''}>${step}`);
  }
  if (kind === 'start') visits[release.startStep] = 1;
  return {visits, moves: [...moves]};
}

function placeTasks(release: CompiledBundle, people: CasePeople, record: CaseRecord, routing: CaseRouting, fresh: readonly EngineTask[], at: number): {opened: TaskRow[]; exclusions: Array<{taskId: string; personId: string}>; lines: LineInput[]} {
  const opened: TaskRow[] = [];
  const exclusions: Array<{taskId: string; personId: string}> = [];
  const lines: LineInput[] = [];
  for (const task of fresh) {
    const step = release.steps[task.stepId];
    if (!step) continue;
    const values = {...record.values, ...strandInScope(routing.strands, task)?.values};
    const context = buildContext(release, people, {...record, routing, values}, {step: step.id, participant: participantOf({routing}, step.id, task.loopCounter)});
    const place = placeTask(release, step, context, routing, people);
    const id = newId(at);
    for (const personId of place.excluded) exclusions.push({taskId: id, personId});
    if (place.fallback) lines.push({kind: 'assignment.fallback', stepId: step.id, taskId: id, unitId: place.unitId, text: {'zh-CN': `“${step.name}”未找到符合规则的办理单位，已交受理单位处理`, en: `No unit fits the rule of "${step.nameEn ?? step.name}"; the accepting unit got it`}});
    opened.push({
      id,
      caseId: record.id,
      engineId: task.id,
      stepId: task.stepId,
      loopCounter: task.loopCounter,
      status: 'open',
      queue: place.queue,
      homeQueue: place.homeQueue,
      unitId: place.unitId,
      assigneeId: place.assigneeId,
      openedAt: at,
      closedAt: null,
      doneBy: null,
      doneByName: null,
      outcome: null,
      hasDraft: false,
      hasExclusion: place.excluded.length > 0,
    });
  }
  return {opened, exclusions, lines};
}

/** Tasks of steps that follow the case, where their rule names another queue now. */
function moveTasks(release: CompiledBundle, people: CasePeople, record: CaseRecord, routing: CaseRouting, staying: readonly TaskRow[]): ProjectionPlan['moved'] {
  return staying.flatMap(task => {
    const step = release.steps[task.stepId];
    if (!step?.assignment?.follow) return [];
    const {values} = atTask({...record, routing}, task.id);
    const context = buildContext(release, people, {...record, routing, values}, {step: step.id, participant: participantOf({routing}, step.id, task.loopCounter)});
    const {queue, homeQueue, unitId, assigneeId, fallback} = placeTask(release, step, context, routing, people);
    if (fallback || homeQueue === task.homeQueue) return [];
    return [{before: task, task: {...task, queue, homeQueue, unitId, assigneeId}}];
  });
}

function lineOfMove(release: CompiledBundle, people: CasePeople, task: TaskRow): LineInput {
  const step = release.steps[task.stepId];
  const unit = task.unitId === null ? '' : (people.unit(task.unitId)?.name ?? task.unitId);
  return {kind: 'task.moved', stepId: task.stepId, taskId: task.id, unitId: task.unitId, text: {'zh-CN': `“${step?.name ?? task.stepId}”随办件移交${unit}`, en: `"${step?.nameEn ?? step?.name ?? task.stepId}" went along to ${unit}`}};
}

/** Ties a request to the task that reviews it, and drops requests that nobody can decide any more. */
function followRequests(routing: CaseRouting, cause: ProjectionCause, opened: readonly TaskRow[], closed: ProjectionPlan['closed'], status: CaseStatus): CaseRouting['requests'] {
  const gone = new Set(closed.filter(each => each.how === 'cancelled').map(each => each.task.id));
  return routing.requests.map(request => {
    if (request.status !== 'open') return request;
    const asked = cause.row?.kind === 'request' && cause.row.cause.requestId === request.id;
    const reviewTaskId = asked ? (opened[0]?.id ?? request.reviewTaskId) : request.reviewTaskId;
    const dropped = status !== 'open' || (reviewTaskId !== null && gone.has(reviewTaskId)) || (asked && reviewTaskId === null);
    return {...request, reviewTaskId, status: dropped ? ('dropped' as const) : request.status};
  });
}

/** How the counters of queues change. */
export function queueChanges(plan: Pick<ProjectionPlan, 'opened' | 'closed' | 'moved'>): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  for (const task of plan.opened) changes.set(task.queue, (changes.get(task.queue) ?? 0) + 1);
  for (const {task} of plan.closed) changes.set(task.queue, (changes.get(task.queue) ?? 0) - 1);
  for (const {task, before} of plan.moved) {
    changes.set(task.queue, (changes.get(task.queue) ?? 0) + 1);
    changes.set(before.queue, (changes.get(before.queue) ?? 0) - 1);
  }
  return new Map([...changes].filter(([, change]) => change !== 0));
}

/** The queue a task is counted in when one person takes it, or when it goes back. */
export function queueOf(task: Pick<TaskRow, 'homeQueue'>, assigneeId: string | null): string {
  return assigneeId === null ? task.homeQueue : personQueue(assigneeId);
}
