import type {CompiledBundle} from '../release.js';
import type {FormExtension} from './layer.js';

/** What is looked at to tell which forms a matter may choose; an application as drawn has it, and a release. */
export interface FormOwners {
  readonly forms: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, FormExtension>> | undefined;
  readonly steps: Readonly<Record<string, Pick<CompiledBundle['steps'][string], 'form'>>>;
  /** The form of the start, which a form of the matter stands in for. */
  readonly startForm: string | null;
}

/** The forms of an application that a matter may name. */
export interface MatterForms {
  /** The form of the start: naming it chooses nothing beside it. */
  readonly start: string | null;
  /** Base forms that no step names: one of them takes the place of the start form wherever a step names that. */
  readonly standIns: readonly string[];
  /** Extension forms: laid over their base form, whether their own condition fits or not. */
  readonly extensions: readonly string[];
}

/** Which forms of an application a matter may name in a catalog. */
export function matterForms({forms, extensions = {}, steps, startForm}: FormOwners): MatterForms {
  const named = new Set(Object.values(steps).map(({form}) => form));
  return {start: startForm, standIns: Object.keys(forms).filter(id => !named.has(id)), extensions: Object.keys(extensions)};
}

/** The same of a release. */
export function matterFormsOf({bundle, steps, startStep}: Pick<CompiledBundle, 'bundle' | 'steps' | 'startStep'>): MatterForms {
  return matterForms({forms: bundle.forms, extensions: bundle.extensions, steps, startForm: steps[startStep]?.form ?? null});
}

/** Whether a matter may name the form: any other name is a mistake. */
export function isMatterForm({start, standIns, extensions}: MatterForms, id: string): boolean {
  return id === start || standIns.includes(id) || extensions.includes(id);
}
