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

/** A field's value in Chinese words: titles of catalog rows, choices and units, yes and no, numbers with their unit; `''` for nothing. */
export async function valueText(deps: TitleDeps, release: CompiledBundle, name: string, value: unknown, at: number): Promise<string> {
  return (await valueWords(deps, release, name, value, at))['zh-CN'];
}

/** As `valueText`, in both languages. */
export async function valueWords(deps: TitleDeps, release: CompiledBundle, name: string, value: unknown, at: number): Promise<LocalizedText> {
  const node = factsOf(release).fields.get(name);
  if (value === null || value === undefined || value === '') return {'zh-CN': ''};
  if (node?.['x-component'] === 'FileUpload') {
    const count = fileIds(value).length;
    return {'zh-CN': `${count} 个附件`, en: count === 1 ? '1 file' : `${count} files`};
  }
  if (!Array.isArray(value)) return oneText(deps, node, value, at);
  const words = (await Promise.all(value.map((item: unknown) => oneText(deps, node, item, at)))).filter(each => each['zh-CN'] !== '');
  return {'zh-CN': words.map(each => each['zh-CN']).join('、'), en: words.map(each => each.en ?? each['zh-CN']).join(', ')};
}

async function oneText(deps: TitleDeps, node: FormNode | undefined, value: unknown, at: number): Promise<LocalizedText> {
  if (typeof value === 'boolean') return value ? {'zh-CN': '是', en: 'yes'} : {'zh-CN': '否', en: 'no'};
  const choice = node?.enum?.find(each => each.value === value);
  if (choice) return {'zh-CN': choice.label, ...(choice.labelEn === undefined ? {} : {en: choice.labelEn})};
  if (typeof value === 'number') return {'zh-CN': `${value}${node?.['x-banli']?.unit ?? ''}`};
  if (typeof value !== 'string') return {'zh-CN': ''};
  if (node?.['x-component'] === 'UnitSelect') return unitWords(deps, value);
  const catalog = node?.['x-banli']?.catalog;
  return catalog ? catalogWords(deps, catalog.id, value, at) : {'zh-CN': value};
}

/** What a unit is called; an unknown one by its id. */
export function unitWords({people}: Pick<TitleDeps, 'people'>, unitId: string): LocalizedText {
  const unit = people.unit(unitId);
  return {'zh-CN': unit?.name ?? unitId, ...(unit?.titleEn === undefined ? {} : {en: unit.titleEn})};
}

/** A catalog row that is gone shows its key: a list never fails because of a title. */
async function catalogWords({catalogs, people}: TitleDeps, catalogId: string, key: string, at: number): Promise<LocalizedText> {
  try {
    return (await catalogs.rowTitle(catalogId, key, at, unitId => (people.unit(unitId) === null ? null : unitWords({people}, unitId)))) ?? {'zh-CN': await catalogs.title(catalogId, key, at)};
  } catch (error) {
    if (!isAppError(error)) throw error;
    return {'zh-CN': key};
  }
}
