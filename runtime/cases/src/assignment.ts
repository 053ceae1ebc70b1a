import type {CompiledBundle, StepModel} from '@banli/formats';
import {resolveText, type FeelContext} from '@banli/expressions';
import {isAppError} from '@banli/errors';
import type {CasePeople} from './ports.js';
import type {CaseRouting} from './model.js';

/** Where a new task goes. `fallback` says that the drawing's rule gave no unit and the accepting unit got it instead. */
export interface Placement {
  readonly queue: string;
  readonly homeQueue: string;
  readonly unitId: string;
  readonly assigneeId: string | null;
  /** Persons who may not take it. */
  readonly excluded: readonly string[];
  readonly fallback: boolean;
}

/** `handler,clerk@unit`: roles sorted, so that the same rule always names the same queue. */
export function queueName(roles: readonly string[], unitId: string): string {
  return `${[...new Set(roles)].sort().join(',')}@${unitId}`;
}

/** Roles and unit of a queue; a person's own queue has no unit. */
export function readQueue(queue: string): {readonly roles: readonly string[]; readonly unitId: string | null} {
  const place = queue.indexOf('@');
  return place < 0 ? {roles: [], unitId: null} : {roles: queue.slice(0, place).split(','), unitId: queue.slice(place + 1)};
}

/** The queue of what one person has taken. */
export function personQueue(personId: string): string {
  return `person:${personId}`;
}

/** Whether someone with these `role@unit` queues works on a group queue. */
export function servesQueue(held: readonly string[], queue: string): boolean {
  const {roles, unitId} = readQueue(queue);
  return roles.some(role => held.includes(`${role}@${unitId}`));
}

/** Finds the queue of a new task from the drawn assignment. A rule that fails or names no unit falls back to the accepting unit. */
export function placeTask(release: CompiledBundle, step: StepModel, context: FeelContext, routing: CaseRouting, people: CasePeople): Placement {
  const assignment = step.assignment;
  const roles = textOf(assignment?.role ?? '', context)?.split(',').map(role => role.trim()).filter(Boolean) ?? [];
  const wanted = assignment ? textOf(assignment.unit, context) : null;
  const accepting = String(context['acceptingUnit'] ?? '');
  const known = wanted !== null && people.unit(wanted) !== null && roles.length > 0;
  const unitId = known ? wanted : accepting;
  const homeQueue = queueName(roles.length > 0 ? roles : release.bundle.permissions.start, unitId);
  const excluded = excludedFrom(assignment?.exclude ?? [], routing);
  const same = assignment?.sameAs === undefined ? undefined : routing.doneBy[assignment.sameAs]?.at(-1);
  const assigneeId = same !== undefined && !excluded.includes(same) && servesQueue(people.queuesOf(same), homeQueue) ? same : null;
  return {queue: assigneeId === null ? homeQueue : personQueue(assigneeId), homeQueue, unitId, assigneeId, excluded, fallback: !known};
}

/** Whoever did one of the steps, and whoever gave one of the outcomes (`step.outcome`) last. */
function excludedFrom(named: readonly string[], {doneBy, given}: Pick<CaseRouting, 'doneBy' | 'given'>): readonly string[] {
  const last = given.filter(each => named.includes(each.outcome)).at(-1);
  return [...new Set([...named.flatMap(stepId => doneBy[stepId] ?? []), ...(last ? [last.personId] : [])])];
}

function textOf(source: string, context: FeelContext): string | null {
  try {
    const value = resolveText(source, context);
    return typeof value === 'string' && value !== '' ? value : null;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
