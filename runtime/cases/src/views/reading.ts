import type {CompiledBundle, FieldAccess, FormSchema} from '@banli/formats';
import type {FeelContext} from '@banli/expressions';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {buildContext} from '../context.js';
import {deskContext, formOf, isExcluded, isInQueue} from '../desk.js';
import type {LoadedCase} from '../case-store.js';
import type {TaskRow} from '../model.js';
import {factsOf} from '../release-facts.js';
import {withoutStrands} from '../strands.js';

type Access = Readonly<Record<string, FieldAccess>>;

/** What one person may do and see in a case: his tasks, the form that is shown, and the rights in it. */
export interface Reading {
  readonly mine: ReadonlyArray<{readonly task: TaskRow; readonly access: Access; readonly context: FeelContext}>;
  readonly form: FormSchema;
  readonly access: Access;
  /** Rights beyond the form shown: also in the fields of strands that are told beside it. */
  readonly seen: Access;
  readonly context: FeelContext;
}

const levels: readonly FieldAccess[] = ['hidden', 'read', 'edit', 'required'];

/** Works out what a person may see: the rights of his tasks, or those of a reader when he has none. */
export async function readingOf(deps: CaseDeps, release: CompiledBundle, actor: Actor, loaded: LoadedCase): Promise<Reading> {
  const {record, tasks} = loaded;
  const mine: Array<{task: TaskRow; access: Access; seen: Access; context: FeelContext}> = [];
  for (const task of tasks) {
    const step = release.steps[task.stepId];
    const taken = task.assigneeId !== null && task.assigneeId !== actor.personId;
    if (!step || taken || !isInQueue(deps, actor, task)) continue;
    if (task.hasExclusion && (await isExcluded(deps, task.id, actor.personId))) continue;
    const context = deskContext(deps, release, record, task, actor);
    const seen = deps.forms.access(release, {step: step.id, roles: actor.roles, context});
    mine.push({task, seen, access: withoutStrands(release, seen, step.id), context});
  }
  const context = mine[0]?.context ?? buildContext(release, deps.people, record, {actor});
  const step = release.steps[mine[0]?.task.stepId ?? release.startStep];
  const seen = mine.length > 0 ? widest(mine.map(each => each.seen)) : deps.forms.access(release, {step: null, roles: actor.roles, context});
  return {
    mine,
    seen,
    form: step ? formOf(release, step) : factsOf(release).startForm,
    access: mine.length > 0 ? widest(mine.map(each => each.access)) : withoutStrands(release, seen, null),
    context,
  };
}

/** Of several rights in a field, the most. */
function widest(all: readonly Access[]): Access {
  if (all.length === 1 && all[0]) return all[0];
  const merged: Record<string, FieldAccess> = {};
  for (const access of all) {
    for (const [name, right] of Object.entries(access)) {
      if (levels.indexOf(right) >= levels.indexOf(merged[name] ?? 'hidden')) merged[name] = right;
    }
  }
  return merged;
}
