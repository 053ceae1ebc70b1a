import {createTextHook} from '@banli/ui';
import type {AutomaticKey} from './automatic-zh-cn.js';

/** Texts of automatic dispatch. */
export const useAutomaticText = createTextHook<AutomaticKey>('automatic');
