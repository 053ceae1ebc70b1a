import {createTextHook} from '@banli/ui';
import type {ProgressKey} from './progress-zh-cn.js';

/** Texts of the citizen's page. */
export const useProgressText = createTextHook<ProgressKey>('progress');
