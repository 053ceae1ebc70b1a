import {accessOf, type AccessRequest} from './access.js';
import {findLayers, layeredRelease} from './layers/layered-release.js';
import {showValues} from './show.js';
import {submitValues, type Submission, type SubmissionResult} from './submit.js';
import {createValidators, type WidgetSchemas} from './validators.js';
import type {CompiledBundle, FieldAccess, FormSchema, KeptLayers, LayerSubject} from '@banli/formats';
import type {ElementTables} from '@banli/formats/catalogs';

/** The server's side of forms: rights of fields, checking what was sent, showing what may be seen. Pure; compiled checks are kept per form. */
export interface Forms {
  access(release: CompiledBundle, request: AccessRequest): Readonly<Record<string, FieldAccess>>;
  submit(submission: Submission): SubmissionResult;
  show(form: FormSchema, access: Readonly<Record<string, FieldAccess>>, values: Readonly<Record<string, unknown>>, rights: {readonly unmask: boolean}): Readonly<Record<string, unknown>>;
  /** See `findLayers`. */
  layers(release: CompiledBundle, subject: LayerSubject, tables: ElementTables | null): KeptLayers | null;
  /** See `layeredRelease`. */
  layered(release: CompiledBundle, current: KeptLayers | null, former: readonly KeptLayers[]): CompiledBundle;
}

/** Makes the forms service. @param widgets - Value schemas of widgets that plugins bring, by `x-component`. */
export function createForms(widgets: WidgetSchemas = {}): Forms {
  const validatorsOf = createValidators(widgets);
  return {
    access: accessOf,
    submit: submission => submitValues(submission, validatorsOf(submission.form)),
    show: showValues,
    layers: findLayers,
    layered: layeredRelease,
  };
}
