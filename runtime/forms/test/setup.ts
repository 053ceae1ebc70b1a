import {compileBundle} from '@banli/bundles';
import type {CompiledBundle, FormSchema} from '@banli/formats';
import {readBundleFolder} from '@banli/bundles/node';
import {createForms, type Forms, type Submission} from '@banli/forms';

/** Compiled once for a test file: it is never changed. */
const compiled = readBundleFolder(new URL('../../../platform/bundles/test/fixtures/leave-desk', import.meta.url).pathname).then(compileBundle);

/** Keeps nothing but compiled checks. */
const forms = createForms();

/** The leave desk of the bundles' tests, compiled, and a submission of its form with full rights. */
export async function setup(more: Partial<Submission> = {}): Promise<{release: CompiledBundle; form: FormSchema; forms: Forms; submission: Submission}> {
  const release = await compiled;
  const form = release.bundle.forms['leave'];
  if (!form) throw new Error('The fixture has no form "leave".');
  const access = Object.fromEntries(['title', 'days', 'kind', 'phone', 'reason', 'proof', 'total', 'tags', 'startsOn', 'opinion'].map(name => [name, 'edit' as const]));
  const context = {step: 'applyLeave', outcome: null, participant: null, urgent: false, form: {}};
  return {release, form, forms, submission: {form, access, stored: {}, sent: {}, requires: [], context, partial: false, ...more}};
}
