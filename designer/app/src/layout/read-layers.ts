import {filesOfKind, standInFiles} from '@banli/bundles';
import {fitsSubject, placedFields, readForm, readFormExtension, readFormLayout, readManifest, readPermissions, type BundleFiles, type BundleManifest, type FormExtension, type FormLayout, type FormSchema, type LayerSubject, type PermissionsFile} from '@banli/formats';

/** A layout with the file it stands in. */
export interface LayoutFile {
  readonly path: string;
  readonly layout: FormLayout;
}

/** What the forms of a bundle are made of, as far as its files can be read; `broken` are those that cannot. */
export interface FormParts {
  readonly manifest: BundleManifest | null;
  readonly permissions: PermissionsFile | null;
  readonly base: FormSchema | null;
  /** Forms that take the place of the base form where a matter names them. */
  readonly standIns: readonly FormSchema[];
  readonly extensions: readonly FormExtension[];
  readonly layouts: readonly LayoutFile[];
  readonly broken: readonly string[];
}

/** Reads the form that classes of cases extend, and what is laid over it; a bundle without such a form has `base: null` and nothing that stands in for it. */
export function readFormParts(files: BundleFiles): FormParts {
  const broken: string[] = [];
  const take = <T>(path: string, read: (file: string, text: string) => {readonly value: T | null}): T | null => {
    const {value} = read(path, files[path] ?? '');
    if (value === null) broken.push(path);
    return value;
  };
  const takeAll = <T>(kind: Parameters<typeof filesOfKind>[1], read: (file: string, text: string) => {readonly value: T | null}) => filesOfKind(files, kind).flatMap(path => {
    const value = take(path, read);
    return value === null ? [] : [{path, value}];
  });
  const manifest = take('bundle.yaml', readManifest);
  const permissions = take('permissions.yaml', readPermissions);
  const extensions = takeAll('formExtension', readFormExtension).map(({value}) => value);
  const form = manifest?.classForm?.form ?? extensions[0]?.['x-banli-extension'].form;
  const base = form === undefined ? null : take(`forms/${form}.form.json`, readForm);
  const standIns = form === undefined ? [] : standInFiles(files, form).flatMap(path => take(path, readForm) ?? []);
  const layouts = takeAll('formLayout', readFormLayout).filter(({value}) => value.form === form).map(({path, value}) => ({path, layout: value}));
  return {manifest, permissions, base, standIns, extensions, layouts, broken};
}

/** The files that say what the catalog lays over the form. */
export function classFormFiles(files: BundleFiles, {base}: FormParts): Record<string, string> {
  const paths = ['bundle.yaml', ...(base ? [`forms/${base['x-banli-form'].id}.form.json`] : [])];
  return Object.fromEntries(paths.map(path => [path, files[path] ?? '']));
}

/** Layouts for a case, general ones before those of places, as a case takes them. */
export function layoutsFor(layouts: readonly LayoutFile[], subject: LayerSubject): readonly LayoutFile[] {
  const reach = ({layout}: LayoutFile) => Math.max(0, ...(layout.areas ?? []).map(code => code.length));
  return layouts.filter(({layout}) => !layout.areas || fitsSubject({areas: layout.areas}, subject)).sort((left, right) => reach(left) - reach(right));
}

/** Catalog that the field of a meaning is bound to, such as that of the matters. */
export function boundCatalog({manifest, base}: FormParts, meaning: 'matter' | 'channel' | 'area'): string | null {
  const name = manifest?.caseFields[meaning];
  if (name === undefined || !base) return null;
  return placedFields(base.properties).find(field => field.name === name)?.node['x-banli']?.catalog?.id ?? null;
}
