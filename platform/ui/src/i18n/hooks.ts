import {useCallback} from 'react';
import {useTranslation} from 'react-i18next';
import type {LocalizedText} from '@banli/formats';
import type {Language, TextValues, Translate} from './texts.js';
import type {UiKey} from './zh-cn.js';
import {jointsOf, type Joints} from '../words/joints.js';

/** Makes a hook that gives the texts of a namespace, typed by its keys. */
export function createTextHook<Key extends string>(namespace: string): () => Translate<Key> {
  return function useNamespaceText() {
    const {t} = useTranslation(namespace);
    return useCallback((key: Key, values?: TextValues) => String(t(key, {...values})), [t]);
  };
}

/** Texts of this package. */
export const useUiText = createTextHook<UiKey>('ui');

/** The language the person reads now. */
export function useLanguage(): Language {
  const {i18n} = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

/** The marks that put words together, in the language of the person. */
export function useJoints(): Joints {
  return jointsOf(useLanguage());
}

/** A text of the server or a bundle in a language; English falls back to Chinese, nothing at all to an empty string. */
export function localize(text: Partial<LocalizedText> | null | undefined, language: Language): string {
  if (!text) return '';
  return (language === 'en' ? text.en : undefined) ?? text['zh-CN'] ?? '';
}

/** `localize` in the language of the person. */
export function useLocalize(): (text: Partial<LocalizedText> | null | undefined) => string {
  const language = useLanguage();
  return useCallback(text => localize(text, language), [language]);
}
