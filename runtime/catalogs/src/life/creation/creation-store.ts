import {isDuplicateKey, queryRows, type Store, type Tx} from '@banli/store';
import {readChange} from '../change-store.js';
import {changeErrors} from '../errors.js';
import type {ChangeSet} from '../model.js';

type Reader = Store['knex'] | Tx;

/** Holds the id of a catalog for the set that creates it: of two at once one gets it. @throws AppError `CATALOG_CHANGE_ID_TAKEN` */
export async function holdId(tx: Tx, catalogId: string, changeId: string): Promise<void> {
  try {
    await tx('catalog_creation').insert({catalog_id: catalogId, change_id: changeId});
  } catch (error) {
    throw isDuplicateKey(error) ? changeErrors.ID_TAKEN({id: catalogId}, {cause: error}) : error;
  }
}

/** Gives the id back: the set was published, revoked or deleted. */
export async function releaseId(tx: Tx, changeId: string): Promise<void> {
  await tx('catalog_creation').where({change_id: changeId}).delete();
}

/** The set that creates a catalog and still waits to take effect; `null` when there is none. */
export async function creationOf(on: Reader, catalogId: string): Promise<ChangeSet | null> {
  const held = await on('catalog_creation').where({catalog_id: catalogId}).first<{change_id: string} | undefined>('change_id');
  return held ? readChange(on, held.change_id) : null;
}

/** Every such set, by the id of its catalog. */
export async function openCreations(on: Reader): Promise<readonly ChangeSet[]> {
  const held = await queryRows(on, 'select change_id from catalog_creation order by catalog_id', []);
  const found: ChangeSet[] = [];
  for (const row of held) found.push(await readChange(on, String(row['change_id'])));
  return found;
}
