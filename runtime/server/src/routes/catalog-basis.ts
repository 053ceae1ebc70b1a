import {catalogLifeRoutes as routes} from '@banli/api';
import type {CatalogLife} from '@banli/catalogs';
import type {Files} from '@banli/files';
import {bindRoute, type BoundRoute} from '../http/index.js';
import {changeJson} from './catalog-life.js';
import {readUpload} from './files.js';

/** Binds the routes of what change sets rest on (依据文件). A file whose set is refused belongs to nobody and is thrown away in time. */
export function bindCatalogBasisRoutes({life, files}: {readonly life: CatalogLife; readonly files: Pick<Files, 'upload'>}): readonly BoundRoute[] {
  return [
    bindRoute(routes.attachBasis, async ({params, query, actor, incoming}) => {
      const {id} = await readUpload(files, actor, incoming);
      return {change: changeJson(await life.attachBasis(actor, {...params, ...query}, id))};
    }),
    bindRoute(routes.detachBasis, async ({params, body, actor}) => {
      const {fileId, ...seen} = body;
      return {change: changeJson(await life.detachBasis(actor, {...params, ...seen}, fileId))};
    }),
  ];
}
