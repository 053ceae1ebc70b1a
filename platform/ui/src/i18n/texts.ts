import {createInstance, type i18n as I18n} from 'i18next';
import {initReactI18next} from 'react-i18next';
import {uiEn} from './en.js';
import {formOf} from './plural.js';
import {uiZh} from './zh-cn.js';

/** The two languages; Chinese is the first and complete, English is a full second one. */
export type Language = 'zh-CN' | 'en';

/** The texts of one package: flat keys, the same in both languages. */
export interface TextTable<Key extends string> {
  readonly zh: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}

/** Values for the `{{name}}` holes of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** A function that gives a text by its key. */
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string;

const storageKey = 'banli.language';

/** The language chosen last in this browser; Chinese where nothing was chosen. */
export function rememberedLanguage(): Language {
  return globalThis.localStorage?.getItem(storageKey) === 'en' ? 'en' : 'zh-CN';
}

/**
 * Makes the i18next instance of a web app. Keys are flat and typed by their table, texts escape nothing because React does.
 *
 * @param tables - Texts by namespace; the namespace `ui` of this package is always there.
 */
export function createTexts(tables: Readonly<Record<string, TextTable<string>>>, language: Language = rememberedLanguage()): I18n {
  const all: Readonly<Record<string, TextTable<string>>> = {ui: {zh: uiZh, en: uiEn}, ...tables};
  const pick = (which: 'zh' | 'en') => Object.fromEntries(Object.entries(all).map(([name, table]) => [name, {...table[which]}]));
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    ns: Object.keys(all),
    defaultNS: 'ui',
    resources: {'zh-CN': pick('zh'), en: pick('en')},
    keySeparator: false,
    nsSeparator: false,
    interpolation: {escapeValue: false, format: formOf},
    initAsync: false,
    showSupportNotice: false,
    react: {useSuspense: false},
  });
  return instance;
}

/** Switches the language and remembers it in this browser. */
export async function changeLanguage(instance: I18n, language: Language): Promise<void> {
  globalThis.localStorage?.setItem(storageKey, language);
  await instance.changeLanguage(language);
}
