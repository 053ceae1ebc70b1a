import {createTextHook} from '@banli/ui';
import type {GuidanceKey} from './guidance-zh-cn.js';

/** Texts of guidance. */
export const useGuidanceText = createTextHook<GuidanceKey>('guidance');
