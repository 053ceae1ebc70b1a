import {createTextHook, type TextTable} from '@banli/ui';
import {processEn} from './en.js';
import {processZh, type ProcessKey} from './zh-cn.js';

/** Texts of the process designer. */
export const useProcessText = createTextHook<ProcessKey>('processes');

/** The table that the designer's shell registers under `processes`. */
export const processTexts: TextTable<ProcessKey> = {zh: processZh, en: processEn};
