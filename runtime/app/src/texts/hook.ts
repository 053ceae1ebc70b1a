import {createTextHook} from '@banli/ui';
import type {AppKey} from './zh-cn.js';

/** Texts of the workbench. */
export const useText = createTextHook<AppKey>('app');
