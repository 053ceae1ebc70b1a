import {createTextHook} from '@banli/ui';
import type {CatalogKey} from './catalogs-zh-cn.js';

/** Texts of the pages of catalogs. */
export const useCatalogText = createTextHook<CatalogKey>('catalogs');
