import {designRoutes, type AnswerOf, type BodyOf} from '@banli/api';
import {releaseErrors} from '@banli/cases';
import {draftElements, type CatalogLife, type CatalogService, type LifeActor} from '@banli/catalogs';
import {readForm, readManifest, type BundleFiles, type BundleManifest, type FormSchema} from '@banli/formats';
import {elementLayer} from '@banli/forms';
import type {Clock} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the preview of forms stands on. */
export interface ClassFormDeps {
  readonly catalogs: Pick<CatalogService, 'branches' | 'elements' | 'matterHandling'>;
  readonly life: Pick<CatalogLife, 'draftSource'>;
  readonly clock: Clock;
}

type Answer = AnswerOf<typeof designRoutes.classForm>;
type Asked = BodyOf<typeof designRoutes.classForm>;

/** The class form of a matter for the designer, over forms that need not be published. */
export function bindClassFormRoutes(deps: ClassFormDeps): readonly BoundRoute[] {
  return [bindRoute(designRoutes.classForm, ({actor, body}) => findClassForm(deps, actor, body))];
}

/**
 * The same as `findLayers` gives a case, over a draft.
 * @throws AppError `RELEASE_REFUSED` when manifest or base form cannot be read; errors of `draftSource` for a change set.
 */
async function findClassForm({catalogs, life, clock}: ClassFormDeps, actor: LifeActor, {files, matter, channel, areaCode = '', at = clock.now(), changeId}: Asked): Promise<Answer> {
  const {manifest, base} = readParts(files);
  const {classForm} = manifest;
  const directory = matterCatalog(manifest, base);
  const matters = matter === undefined || directory === null ? [] : await catalogs.branches(directory, matter, at);
  const named = matter === undefined || matters.length === 0 ? null : await catalogs.matterHandling(matter, at);
  const subject = {matters: [...matters], channel: channel ?? null, areaCode, ...(named?.processCode === manifest.id ? {form: named.formCode} : {})};
  if (!classForm || !base || matters.length === 0) return {subject, classLayer: null, version: null};
  const tables = changeId === undefined ? await catalogs.elements(classForm.catalog, at, undefined, areaCode === '' ? undefined : areaCode) : draftElements(await life.draftSource(actor, changeId, classForm.catalog));
  const layer = tables && elementLayer(tables, {matters, base, group: classForm.group});
  return {subject, classLayer: layer && {...layer}, version: tables?.version ?? null};
}

function readParts(files: BundleFiles): {readonly manifest: BundleManifest; readonly base: FormSchema | null} {
  const manifest = readManifest('bundle.yaml', files['bundle.yaml'] ?? '');
  const path = `forms/${manifest.value?.classForm?.form ?? ''}.form.json`;
  const form = manifest.value?.classForm && Object.hasOwn(files, path) ? readForm(path, files[path] ?? '') : null;
  const problems = [...manifest.problems, ...(form?.problems ?? [])];
  if (!manifest.value || problems.length > 0) throw releaseErrors.REFUSED({count: problems.length}, {problems});
  return {manifest: manifest.value, base: form?.value ?? null};
}

/** The catalog that the field of the matter is bound to. */
function matterCatalog({caseFields}: BundleManifest, base: FormSchema | null): string | null {
  if (caseFields.matter === undefined || !base) return null;
  const find = (nodes: FormSchema['properties']): string | null => {
    for (const [name, node] of Object.entries(nodes)) {
      const found = name === caseFields.matter ? node['x-banli']?.catalog?.id : node.type === 'void' ? find(node.properties ?? {}) : null;
      if (found) return found;
    }
    return null;
  };
  return find(base.properties);
}
