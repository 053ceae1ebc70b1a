import {createTextHook} from '@banli/ui';
import type {MakingKey} from './making-zh-cn.js';

/** Texts of making a catalog. */
export const useMakingText = createTextHook<MakingKey>('making');
