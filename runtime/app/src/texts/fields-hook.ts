import {createTextHook} from '@banli/ui';
import type {FieldKey} from './fields-zh-cn.js';

/** Texts of the page of a catalog's fields. */
export const useFieldText = createTextHook<FieldKey>('fields');
