import {createTextHook} from '@banli/ui';
import type {AdminKey} from './admin-zh-cn.js';

/** Texts of the pages that look after catalogs: histories of rows, filters and columns, new catalogs and what lower levels may change. */
export const useAdminText = createTextHook<AdminKey>('admin');
