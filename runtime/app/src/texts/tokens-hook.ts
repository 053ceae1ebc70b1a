import {createTextHook} from '@banli/ui';
import type {TokenKey} from './tokens-zh-cn.js';

/** Texts of tokens of outside systems. */
export const useTokenText = createTextHook<TokenKey>('tokens');
