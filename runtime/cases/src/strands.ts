import {evaluateExpression} from '@banli/expressions';
import {isAppError} from '@banli/errors';
import type {CompiledBundle, FieldAccess, StrandKind} from '@banli/formats';
import type {EngineTask} from '@banli/processes';
import {newId} from '@banli/store';
import {buildContext} from './context.js';
import type {CaseRecord, CaseRouting, LineInput, OutboxRow, Strand, StrandBeginner, TaskRow} from './model.js';
import type {CasePeople} from './ports.js';
import {factsOf} from './release-facts.js';
import {isSame} from './work.js';

/** The strand that an open task works on; `null` for tasks of the case itself. */
export function strandOf({routing}: Pick<CaseRecord, 'routing'>, taskId: string): Strand | null {
  return routing.strands.find(strand => strand.taskIds.includes(taskId)) ?? null;
}

/** The case as a task sees it: with the values of its own strand, and of no other. */
export function atTask<R extends Pick<CaseRecord, 'routing' | 'values'>>(record: R, taskId: string): R {
  const strand = strandOf(record, taskId);
  return strand ? {...record, values: {...record.values, ...strand.values}} : record;
}

/** Puts values that a task of a strand wrote where they belong: fields of its kind into the strand, everything else into the case. */
export function keepApart(release: CompiledBundle, routing: CaseRouting, strand: Strand | null, values: Readonly<Record<string, unknown>>): {readonly values: Record<string, unknown>; readonly routing: CaseRouting} {
  if (!strand) return {values: {...values}, routing};
  const own = new Set(kindOf(release, strand)?.fields ?? []);
  const pick = (isOwn: boolean) => Object.fromEntries(Object.entries(values).filter(([name]) => own.has(name) === isOwn));
  const next = pick(true);
  const strands = isSame(next, strand.values) ? routing.strands : routing.strands.map(each => (each.id === strand.id ? {...each, values: next} : each));
  return {values: pick(false), routing: strands === routing.strands ? routing : {...routing, strands}};
}

/** Rights at a step, without the fields of strands that it does not lie in: only the tasks of a strand show and write them. `null` for a reader without a task. */
export function withoutStrands(release: CompiledBundle, access: Readonly<Record<string, FieldAccess>>, stepId: string | null): Readonly<Record<string, FieldAccess>> {
  const {strandFields, strandOfStep} = factsOf(release);
  if (strandFields.size === 0) return access;
  const own = new Set(stepId === null ? [] : strandOfStep.get(stepId)?.fields);
  return Object.fromEntries(Object.entries(access).map(([name, right]) => [name, strandFields.has(name) && !own.has(name) ? ('hidden' as const) : right]));
}

/** What the bundle says of a strand. */
export function kindOf({bundle}: CompiledBundle, {kind}: Pick<Strand, 'kind'>): StrandKind | undefined {
  return bundle.manifest.strands?.find(each => each.id === kind);
}

/** What began new strands, for their first values: the step and the outcome, neither where a clock did, or a person with what he filled in. */
export interface StrandCause {
  readonly step: string | null;
  readonly outcome: string | null;
  readonly at: number;
  readonly byHand?: {readonly kind: string; readonly values: Readonly<Record<string, unknown>>; readonly beginKey?: string; readonly by: StrandBeginner};
}

/** What an applied command means for strands that are new. */
export function strandCauseOf(row: Pick<OutboxRow, 'cause' | 'at'> | null, at: number): StrandCause {
  const {stepId = null, outcome = null, begins, personId = null, personName, unitId} = row?.cause ?? {};
  const byHand = begins && personId !== null ? {...begins, by: {personId, personName: personName ?? '', unitId: unitId ?? ''}} : undefined;
  return {step: stepId, outcome, at: row?.at ?? at, ...(byHand ? {byHand} : {})};
}

/**
 * Follows the runs of event sub-processes in the engine: a run that is new begins a strand, one that is gone ends its strand. Runs are told apart by the
 * engine's id of the scope, which a task names.
 *
 * @param rebound - Tasks that the engine made anew: their strands have a new scope.
 */
export function followStrands(release: CompiledBundle, people: CasePeople, record: CaseRecord, tasks: readonly EngineTask[], cause: StrandCause, rebound: ReadonlyArray<{readonly task: TaskRow; readonly engineId: string}>): readonly Strand[] {
  const {strandOfStep} = factsOf(release);
  if (strandOfStep.size === 0) return record.routing.strands;
  const scopes = new Map<string, StrandKind>();
  for (const task of tasks) {
    const kind = strandOfStep.get(task.stepId);
    if (kind) scopes.set(task.scopeId, kind);
  }
  const known = record.routing.strands.map(strand => {
    if (strand.endedAt !== null) return strand;
    const again = rebound.find(each => strand.taskIds.includes(each.task.id));
    const scopeId = tasks.find(task => task.id === again?.engineId)?.scopeId ?? strand.scopeId;
    return scopes.has(scopeId) ? {...strand, scopeId} : {...strand, endedAt: cause.at, taskIds: []};
  });
  const open = new Set(known.filter(strand => strand.endedAt === null).map(strand => strand.scopeId));
  const begun = [...scopes].filter(([scopeId]) => !open.has(scopeId)).map(([scopeId, kind]) => begin(release, people, record, kind, scopeId, cause));
  return [...known, ...begun];
}

function begin(release: CompiledBundle, people: CasePeople, record: CaseRecord, kind: StrandKind, scopeId: string, cause: StrandCause): Strand {
  const context = {...buildContext(release, people, record, {now: cause.at}), step: cause.step, outcome: cause.outcome};
  const values: Record<string, unknown> = {};
  const failed: string[] = [];
  for (const {field, value} of kind.begin ?? []) {
    try {
      values[field] = evaluateExpression(value, context);
    } catch (error) {
      // The run has begun in the engine already: it goes on with an empty field, and its line says so.
      if (!isAppError(error)) throw error;
      failed.push(field);
    }
  }
  const byHand = cause.byHand?.kind === kind.id ? cause.byHand : null;
  return {id: newId(cause.at), kind: kind.id, scopeId, beganAt: cause.at, endedAt: null, taskIds: [], values: {...values, ...byHand?.values}, ...(failed.length > 0 ? {failed} : {}), ...(byHand ? {by: byHand.by, ...(byHand.beginKey === undefined ? {} : {beginKey: byHand.beginKey})} : {})};
}

/** Ties the open tasks to their strands, once they have ids of ours. */
export function tieTasks(strands: readonly Strand[], tasks: readonly TaskRow[], engineTasks: readonly EngineTask[]): readonly Strand[] {
  const scopes = new Map(engineTasks.map(task => [task.id, task.scopeId]));
  return strands.map(strand => (strand.endedAt === null ? {...strand, taskIds: tasks.filter(task => task.engineId !== null && scopes.get(task.engineId) === strand.scopeId).map(task => task.id)} : strand));
}

/** The strand that a task of the engine lies in. */
export function strandInScope(strands: readonly Strand[], {scopeId}: Pick<EngineTask, 'scopeId'>): Strand | undefined {
  return strands.find(strand => strand.endedAt === null && strand.scopeId === scopeId);
}

/** Lines for strands that began or ended: their own, beside those of their steps. */
export function strandLines(release: CompiledBundle, before: readonly Strand[], after: readonly Strand[]): readonly LineInput[] {
  const was = new Map(before.map(strand => [strand.id, strand]));
  return after.flatMap(strand => {
    const {'zh-CN': zh, en = zh} = kindOf(release, strand)?.title ?? {'zh-CN': strand.kind};
    const begun: LineInput = {
      kind: 'strand.begun', values: strand.values, data: {strand: strand.id}, ...strand.by,
      text: strand.failed ? {'zh-CN': `${zh}开始，部分内容未能自动填写`, en: `${en} begins; some of it could not be filled in`} : {'zh-CN': `${zh}开始`, en: `${en} begins`},
    };
    const ended: LineInput = {kind: 'strand.ended', text: {'zh-CN': `${zh}结束`, en: `${en} ends`}, data: {strand: strand.id}};
    return [...(was.has(strand.id) ? [] : [begun]), ...(strand.endedAt !== null && was.get(strand.id)?.endedAt == null ? [ended] : [])];
  });
}
