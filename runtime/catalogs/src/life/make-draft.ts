import type {PublishedVersion} from '../version.js';
import {shapedBy, splitChanges} from './fields/shaped-by.js';
import {changeErrors} from './errors.js';
import type {LifeDeps, RowChange} from './model.js';
import type {Draft} from './rules/draft.js';
import {applyChanges} from './tables.js';
import type {BaseVersion, Versions} from './versions.js';

/** What drafts of a catalog have in common, whatever they change. */
export type DraftMaker = (changes: readonly RowChange[]) => Draft;

/**
 * Makes drafts upon a version: its columns as the changes shape them, its rows with the changes laid over them.
 * @throws AppError `CATALOG_CHANGE_SCHEMAS_MISSING` for changes of columns upon a version from before row schemas were kept
 */
export async function draftsOn(desk: Pick<LifeDeps, 'references' | 'elsewhere'> & {readonly versions: Versions}, base: PublishedVersion): Promise<DraftMaker> {
  const schemas = await desk.versions.schemasOf(base);
  const whole: BaseVersion | null = schemas && {...base, schemas};
  const others = (await desk.versions.lastOfAll()).filter(version => version.head.catalogId !== base.head.catalogId);
  return changes => {
    const {rows, fields} = splitChanges(changes);
    if (!whole && fields.length > 0) throw changeErrors.SCHEMAS_MISSING({catalog: base.head.catalogId, version: base.head.version});
    const shape = whole && shapedBy(whole, fields);
    return {base: shape ?? base, shape, changes: rows, fields, tables: applyChanges(shape ?? base, rows), others, references: desk.references, unitName: id => desk.elsewhere?.('units', id) ?? null};
  };
}
