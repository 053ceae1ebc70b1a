import type {Language} from '@banli/ui';

/** Sorts by what a person reads: by pinyin in Chinese, by the alphabet in English. The list given stays as it is. */
export function byTitle<T>(list: readonly T[], titleOf: (each: T) => string, language: Language): readonly T[] {
  const {compare} = new Intl.Collator(language);
  return [...list].sort((left, right) => compare(titleOf(left), titleOf(right)));
}
