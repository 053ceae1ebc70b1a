import type {FieldAccess, FormSchema} from '@banli/formats';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {deskContext, formOf, openDesk, stepAccess} from '../desk.js';
import {reclassify} from '../layers/case-layers.js';
import type {Relay} from '../relay.js';

/** What a form is asked for: another matter, another channel; what is left out stays as it is. */
export interface FormSubject {
  readonly matter?: string | undefined;
  readonly channel?: string | undefined;
}

/** The form of a task as it would be under another class, with the rights in it. */
export interface TaskFormView {
  readonly schema: FormSchema;
  readonly access: Readonly<Record<string, FieldAccess>>;
}

/** The form that a task shows once the matter or channel is another one. Nothing is written. @throws AppError of `openDesk`. */
export async function taskForm(deps: CaseDeps, relay: Relay, actor: Actor, taskId: string, subject: FormSubject): Promise<TaskFormView> {
  const {record, task, step, release} = await openDesk(deps, relay, actor, taskId);
  const changed = await reclassify(deps, record, subjectValues(release.bundle.manifest.caseFields, subject), deps.clock.now());
  const shown = changed?.release ?? release;
  return {schema: formOf(shown, step), access: stepAccess(deps, shown, step.id, actor.roles, deskContext(deps, shown, record, task, actor))};
}

/** A subject as form values. */
export function subjectValues(names: {readonly matter?: string; readonly channel?: string}, {matter, channel}: FormSubject): Readonly<Record<string, unknown>> {
  return {
    ...(names.matter === undefined || matter === undefined ? {} : {[names.matter]: matter}),
    ...(names.channel === undefined || channel === undefined ? {} : {[names.channel]: channel}),
  };
}
