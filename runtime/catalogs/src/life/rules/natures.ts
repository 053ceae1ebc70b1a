import type {Problem} from '@banli/errors';
import type {CatalogRow} from '@banli/formats/catalogs';
import {changeErrors} from '../errors.js';
import {problemOf} from '../problem.js';
import {isActive, placeOf, type Draft} from './draft.js';

const catalog = 'matter-natures';

/**
 * A matter that is filed as a question is not filed as a complaint, and the like: the conflicts stand in the catalog itself. What it is filed
 * as in the last version counts, also when the same change takes that away: moving is linking. `warn` does not refuse.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.8; test A8.
 */
export function natureRule(draft: Draft): readonly Problem[] {
  if (draft.base.head.catalogId !== catalog) return [];
  const categories = draft.tables.get('categories') ?? new Map<string, CatalogRow>();
  const conflicts = [...(draft.tables.get('conflicts') ?? new Map<string, CatalogRow>()).values()].filter(isActive);
  const title = (code: string, column: 'titleZh' | 'titleEn'): string => categories.get(code)?.[column] ?? code;
  return draft.changes.flatMap(change => {
    if (change.tableName !== catalog || !isActive(change.after)) return [];
    const {matterCode, categoryCode: to = ''} = change.after;
    const nature = categories.get(to)?.['natureCode'];
    return filedAs(draft, matterCode ?? '').filter(from => from !== to).flatMap(from => {
      const conflict = conflicts.find(row => row['categoryCode'] === from && row['natureCode'] === nature);
      if (!conflict) return [];
      const blocks = conflict['verdict'] === 'block';
      const error = (blocks ? changeErrors.NATURE_CONFLICT : changeErrors.NATURE_WARNED)({
        key: matterCode ?? '', from: title(from, 'titleEn'), to: title(to, 'titleEn'), reason: conflict['messageEn'] ?? '', fromZh: title(from, 'titleZh'), toZh: title(to, 'titleZh'), reasonZh: conflict['messageZh'] ?? '',
      });
      return [problemOf(error, placeOf(draft, change, 'categoryCode'), blocks ? undefined : 'warning')];
    });
  });
}

/** Categories of a matter, in the last version or in the draft. */
function filedAs(draft: Draft, matterCode: string): readonly string[] {
  const before = (draft.base.tables.get(catalog)?.rows ?? []).map(row => row.values);
  const rows = [...before, ...(draft.tables.get(catalog)?.values() ?? [])].filter(row => isActive(row) && row['matterCode'] === matterCode);
  return [...new Set(rows.map(row => row['categoryCode'] ?? ''))];
}
