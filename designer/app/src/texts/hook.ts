import {createTextHook} from '@banli/ui';
import type {DesignerKey} from './zh-cn.js';

/** Texts of the designer. */
export const useText = createTextHook<DesignerKey>('designer');
