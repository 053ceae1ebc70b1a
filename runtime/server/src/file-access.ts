import type {Cases} from '@banli/cases';
import type {CatalogLife} from '@banli/catalogs';
import {isAppError} from '@banli/errors';
import type {FileAccess} from '@banli/files';

/**
 * Whoever may see a case, and the field that holds a file, may read the file; likewise whoever may see a change set of a catalog that rests on it.
 *
 * @param cases - Asked late: cases and files need each other.
 * @param catalogs - Knows the files that change sets rest on.
 */
export function createFileAccess(cases: () => Pick<Cases, 'view' | 'maySeeField'> | null, catalogs: Pick<CatalogLife, 'mayReadBasis'>): FileAccess {
  return {
    async canRead(actor, holding) {
      const known = cases();
      if (known === null) return false;
      try {
        if (holding.field !== '') return await known.maySeeField(actor, holding.caseId, holding.field);
        return mentions((await known.view(actor, holding.caseId)).form.values, holding.fileId);
      } catch (error) {
        if (isAppError(error)) return false;
        throw error;
      }
    },
    async canReadHeld(actor, fileId) {
      try {
        return await catalogs.mayReadBasis(actor, fileId);
      } catch (error) {
        if (isAppError(error)) return false;
        throw error;
      }
    },
  };
}

/** Values that are hidden from a person are not in his view: a file that only they name is not for him. */
function mentions(value: unknown, fileId: string): boolean {
  if (value === fileId) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(inner => mentions(inner, fileId));
}
