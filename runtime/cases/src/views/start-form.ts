import type {CaseTaskView} from '@banli/api';
import type {CompiledBundle, FieldAccess, FormSchema, LocalizedText, RegistrationRules} from '@banli/formats';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {offeredOutcomes, outcomeView} from '../desk.js';
import {caseErrors} from '../errors.js';
import {dependsOnClass, findLayers} from '../layers/case-layers.js';
import {factsOf} from '../release-facts.js';
import {startContext} from '../start-work.js';
import {assertMayStart, sharedFields} from '../start.js';
import {subjectValues, type FormSubject} from './task-form.js';

/** The start form with rights and offers. */
export interface StartFormView {
  readonly hash: string;
  readonly title: LocalizedText;
  readonly schema: FormSchema;
  readonly access: Readonly<Record<string, FieldAccess>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly sharedFields: readonly string[];
  readonly outcomes: CaseTaskView['outcomes'];
  readonly caseFields: CompiledBundle['bundle']['manifest']['caseFields'];
  readonly registration?: RegistrationRules;
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether the form depends on matter and channel. */
  readonly byClass: boolean;
}

/** The form a new case is typed in; for a matter or channel with the layers of their class as of now. @throws AppError `CASE_APP_UNKNOWN`, `CASE_START_FORBIDDEN`. */
export async function startForm(deps: CaseDeps, actor: Actor, bundleId: string, subject: FormSubject = {}): Promise<StartFormView> {
  const found = await deps.releases.current(bundleId);
  if (!found) throw caseErrors.APP_UNKNOWN({bundleId});
  assertMayStart(found.release, actor);
  const at = deps.clock.now();
  const values = subjectValues(found.release.bundle.manifest.caseFields, subject);
  const release = deps.forms.layered(found.release, await findLayers(deps, found.release, {values, acceptingUnitId: actor.unitId}, at), []);
  const {startStep, startForm: schema, fields} = factsOf(release);
  const {form, ...context} = startContext(deps, release, actor, {}, at);
  const access = deps.forms.access(release, {step: release.startStep, roles: actor.roles, context: {...context, form}});
  const defaults = [...fields].filter(([name, node]) => node['default'] !== undefined && (access[name] === 'edit' || access[name] === 'required')).map(([name, node]) => [name, node['default']] as const);
  return {
    hash: release.hash,
    title: release.bundle.manifest.title,
    schema,
    access,
    values: Object.fromEntries(defaults),
    sharedFields: sharedFields(release),
    outcomes: offeredOutcomes(startStep, {...context, form}).map(outcomeView),
    caseFields: release.bundle.manifest.caseFields,
    ...(release.bundle.manifest.registration ? {registration: release.bundle.manifest.registration} : {}),
    context,
    byClass: dependsOnClass(found.release),
  };
}
