import {fieldsOfForm, filesOfKind, type FormField} from '@banli/bundles';
import type {Problem} from '@banli/errors';
import {readForm, readFormExtension, readLimits, readManifest, schemas, type BundleFiles, type BundleManifest, type FormSchema, type LapseStep, type LimitsFile, type Schema, type WarnStep} from '@banli/formats';

/** A form or extension form with its value fields. */
export interface RulesForm {
  readonly path: string;
  readonly title: FormSchema['x-banli-form']['title'];
  readonly fields: readonly FormField[];
}

/** A notice before a limit or after it, with the place it stands at in `limits.yaml`. */
export interface Notice {
  readonly clock: LimitsFile['clocks'][number];
  /** Which of the clocks. */
  readonly position: number;
  readonly list: 'warn' | 'lapse';
  readonly index: number;
  readonly step: WarnStep | LapseStep;
}

/** What the tab edits, as far as the files can be read; `broken` are those that cannot. */
export interface Rules {
  readonly manifest: BundleManifest;
  readonly forms: readonly RulesForm[];
  readonly notices: readonly Notice[];
}

/** Reads the files that hold rules; where one cannot be read, the names of those that cannot. */
export function readRules(files: BundleFiles): Rules | {readonly broken: readonly string[]} {
  const broken: string[] = [];
  const take = <T>(path: string, read: (file: string, text: string) => {readonly value: T | null}): T | null => {
    const {value} = read(path, files[path] ?? '');
    if (value === null) broken.push(path);
    return value;
  };
  const manifest = take('bundle.yaml', readManifest);
  const limits = take('limits.yaml', readLimits);
  const forms = filesOfKind(files, 'form').flatMap(path => {
    const form = take(path, readForm);
    return form ? [{path, title: form['x-banli-form'].title, fields: fieldsOfForm(form)}] : [];
  });
  const extensions = filesOfKind(files, 'formExtension').flatMap(path => {
    const extension = take(path, readFormExtension);
    return extension ? [{path, title: extension['x-banli-extension'].title, fields: fieldsOfForm({...extension, 'x-banli-form': extension['x-banli-extension']})}] : [];
  });
  return manifest && limits && broken.length === 0 ? {manifest, forms: [...forms, ...extensions], notices: noticesOf(limits)} : {broken};
}

function noticesOf({clocks}: LimitsFile): readonly Notice[] {
  return clocks.flatMap((clock, position) => [
    ...(clock.warn ?? []).map((step, index) => ({clock, position, list: 'warn' as const, index, step})),
    ...clock.lapse.flatMap((step, index) => (step.do === 'notify' ? [{clock, position, list: 'lapse' as const, index, step}] : [])),
  ]);
}

/** What the schemas of the files know: which fields a registration may name, which texts are looked at, which recipients a catalog names. */
export const ruleKinds = {
  registration: Object.keys(at(schemas.bundle, 'registration').properties ?? {}).filter(name => name !== 'answers'),
  words: enumOf({properties: schemas.form.$defs?.['binding']?.properties ?? {}}, 'words'),
  recipients: enumOf(at(schemas.limits, 'clocks').items?.properties?.['warn']?.items ?? {}, 'recipient'),
} as const;

function at({properties = {}}: Schema, name: string): Schema {
  return properties[name] ?? {};
}

function enumOf(schema: Pick<Schema, 'properties'>, name: string): readonly string[] {
  return (at(schema as Schema, name).enum ?? []).map(String);
}

/** A place in a file, as problems name it. */
export function placeKey(file: string, field: string): string {
  return `${file}#${field}`;
}

/** The place in this tab that a problem belongs to; `null` for one of elsewhere. */
export function placeInRules({place: {file = '', field = ''}}: Pick<Problem, 'place'>): string | null {
  if (file === 'bundle.yaml' && /^registration(\.|$)/.test(field)) return placeKey(file, field);
  if (file.startsWith('forms/') && /^\w+\.fill\./.test(field)) return placeKey(file, field);
  const notice = file === 'limits.yaml' ? /^[^.]+\.(?:warn|lapse)\.\d+/.exec(field)?.[0] : undefined;
  return notice === undefined ? null : placeKey(file, notice);
}
