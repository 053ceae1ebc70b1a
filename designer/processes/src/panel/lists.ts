import type {Language} from '@banli/ui';
import type {ExtensionData} from '../modeler/edits.js';

/** A copy of a list with one item replaced. */
export function replaceAt<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((each, place) => (place === index ? item : each));
}

/** `prefix1`, `prefix2` …: the first id that no item has. */
export function freeId(prefix: string, items: readonly ExtensionData[]): string {
  let number = items.length + 1;
  while (items.some(({attributes}) => attributes['id'] === `${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}

/** What an outcome or request is called; its id where nobody named it. */
export function nameIn(language: Language, {id = '', name, nameEn}: Readonly<Record<string, string>>): string {
  return (language === 'en' ? nameEn : undefined) || name || id;
}
