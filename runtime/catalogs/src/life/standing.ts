import type {Tx} from '@banli/store';
import {readHeads} from '../version-store.js';
import type {VersionHead} from '../version.js';
import type {LifeActor} from './model.js';
import {lastOf} from './versions.js';

/** Whether the last versions of all catalogs are still those that the rules looked at: rows of one name rows of another. */
export async function sawLast(tx: Tx, seenHeads: readonly VersionHead[]): Promise<boolean> {
  const seen = new Set(seenHeads.map(head => head.id));
  const heads = [...(await readHeads(tx)).values()];
  return heads.length === seen.size && heads.every(versions => seen.has(lastOf(versions)?.id ?? ''));
}

/** Marks a version that still stands; whether it did. */
export async function markWithdrawn(tx: Tx, versionId: string, mark: {readonly actor: LifeActor; readonly at: number; readonly reason: string | null; readonly supersededBy: string | null}): Promise<boolean> {
  const found = await tx('catalog_version').where({id: versionId}).whereNull('withdrawn_at').update({
    withdrawn_at: mark.at, withdrawn_by: mark.actor.personId, withdrawn_by_name: mark.actor.personName, withdraw_reason: mark.reason, superseded_by: mark.supersededBy,
  });
  return found === 1;
}
