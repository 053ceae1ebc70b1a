import {errorText, type Problem} from '@banli/errors';
import type {Language} from '@banli/ui';

/** The sentence of a problem in a language. */
export function problemSentence({code, message, details}: Problem, language: Language): string {
  return language === 'en' ? message : errorText(code, 'zh-CN', details) ?? message;
}
