import {createTextHook} from '@banli/ui';
import type {ToolKey} from './tools-zh-cn.js';

/** Texts of the pages that check and rework catalogs: plans, dispatch rules, batches, imports, boards, graphs. */
export const useToolText = createTextHook<ToolKey>('tools');
