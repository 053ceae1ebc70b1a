import type {CompiledBundle, FormNode, LocalizedText} from '@banli/formats';
import {isAppError} from '@banli/errors';
import {builtInStates} from '../case-state.js';
import type {CaseDeps} from '../deps.js';
import {fileIds} from '../input.js';
import {factsOf} from '../release-facts.js';

type TitleDeps = Pick<CaseDeps, 'catalogs' | 'people'>;

/** The state's title; a state that the release does not know shows its id. */
export function stateTitle(release: CompiledBundle, stateId: string): LocalizedText {
  const known = release.bundle.manifest.states.find(state => state.id === stateId);
  if (known) return known.title;
  return stateId in builtInStates ? builtInStates[stateId as keyof typeof builtInStates] : {'zh-CN': stateId};
}

/** The title that citizens read. */
export function publicTitle(release: CompiledBundle, publicState: string | null): LocalizedText | null {
  return release.bundle.manifest.publicStates.find(state => state.id === publicState)?.title ?? null;
}

/** What a field is called. */
export function fieldTitle(release: CompiledBundle, name: string): LocalizedText {
  const node = factsOf(release).fields.get(name);
  const en = node?.['x-banli']?.titleEn;
  return {'zh-CN': node?.title ?? name, ...(en === undefined ? {} : {en})};
}

/** A field's value in words: titles of catalog rows, choices and units, yes and no, numbers with their unit; `''` for nothing. */
export async function valueText(deps: TitleDeps, release: CompiledBundle, name: string, value: unknown, at: number): Promise<string> {
  const node = factsOf(release).fields.get(name);
  if (value === null || value === undefined || value === '') return '';
  if (node?.['x-component'] === 'FileUpload') return `${fileIds(value).length} 个附件`;
  if (Array.isArray(value)) return (await Promise.all(value.map((item: unknown) => oneText(deps, node, item, at)))).filter(Boolean).join('、');
  return oneText(deps, node, value, at);
}

async function oneText(deps: TitleDeps, node: FormNode | undefined, value: unknown, at: number): Promise<string> {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return `${value}${node?.['x-banli']?.unit ?? ''}`;
  if (typeof value !== 'string') return '';
  const choice = node?.enum?.find(each => each.value === value);
  if (choice) return choice.label;
  if (node?.['x-component'] === 'UnitSelect') return deps.people.unit(value)?.name ?? value;
  const catalog = node?.['x-banli']?.catalog;
  return catalog ? catalogTitle(deps, catalog.id, value, at) : value;
}

/** A catalog row that is gone shows its key: a list never fails because of a title. */
async function catalogTitle(deps: TitleDeps, catalogId: string, key: string, at: number): Promise<string> {
  try {
    return await deps.catalogs.title(catalogId, key, at);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return key;
  }
}
