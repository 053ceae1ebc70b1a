import {createTextHook} from '@banli/ui';
import type {ListKey} from './lists-zh-cn.js';

/** Texts of lists: columns, views, batches. */
export const useListText = createTextHook<ListKey>('lists');
