import {createTextHook} from '@banli/ui';
import type {BoardKey} from './board-zh-cn.js';

/** Texts of the board of limits. */
export const useBoardText = createTextHook<BoardKey>('board');
