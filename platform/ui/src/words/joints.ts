import type {Language} from '../i18n/texts.js';

/** Puts words together with the marks of a language: what the texts of a table cannot hold because the words come from elsewhere. */
export interface Joints {
  /** Several of a kind: 甲、乙. */
  list(parts: readonly string[]): string;
  /** Several statements: 甲；乙. */
  statements(parts: readonly string[]): string;
  /** What it is called and what it is: 名称：值. */
  pair(label: string, value: string): string;
  /** A word with what explains it: 名称（编码）. */
  aside(text: string, aside: string): string;
}

const chinese: Joints = {
  list: parts => parts.join('、'),
  statements: parts => parts.join('；'),
  pair: (label, value) => `${label}：${value}`,
  aside: (text, aside) => `${text}（${aside}）`,
};

const english: Joints = {
  list: parts => parts.join(', '),
  statements: parts => parts.join('; '),
  pair: (label, value) => `${label}: ${value}`,
  aside: (text, aside) => `${text} (${aside})`,
};

/** The marks of a language. */
export function jointsOf(language: Language): Joints {
  return language === 'en' ? english : chinese;
}
