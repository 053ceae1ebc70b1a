import type {VersionHead} from '../version.js';
import {listChanges} from './change-store.js';
import type {Desk} from './desk.js';
import type {ChangeSet} from './model.js';

/** The set a version came of, who published it, and the version it was made in the place of. */
export interface VersionSet {
  /** `null` for a version that was published from a folder. */
  readonly change: ChangeSet | null;
  readonly publishedByName: string | null;
  readonly remadeFrom: string | null;
}

/** Tells of each version of a catalog which set it came of; `heads` are all of them, withdrawn ones included. */
export async function setsOf(desk: Desk, catalogId: string, heads: readonly VersionHead[]): Promise<(head: VersionHead) => VersionSet> {
  const changes = new Map((await listChanges(desk.store.knex, {catalogId, states: ['published', 'withdrawn'], limit: 10_000})).map(change => [change.publishedVersion, change]));
  const insteadOf = new Map(heads.flatMap(head => (head.supersededBy ? [[head.supersededBy, head] as const] : [])));
  const firstOf = (head: VersionHead): VersionHead => {
    const before = insteadOf.get(head.version);
    return before ? firstOf(before) : head;
  };
  return head => {
    const change = changes.get(head.version) ?? changes.get(firstOf(head).version) ?? null;
    const remade = insteadOf.get(head.version);
    return {change, publishedByName: remade?.withdrawnByName ?? change?.publishedByName ?? null, remadeFrom: remade?.version ?? null};
  };
}
