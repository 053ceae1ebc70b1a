import {newId, type SqlRow, type Store, type Vault} from '@banli/store';
import {dayMs, type Clock} from '@banli/time';

/** A reason as it was given: in which field, for which way of finishing or asking. */
export interface RecentReason {
  readonly field: string;
  readonly outcome: string;
  readonly text: string;
}

/** Remembers the reasons a person gave last; nobody reads those of another, and the table alone tells nobody any. */
export interface RecentReasons {
  /** The last ones of an application, the newest first. */
  read(personId: string, bundleId: string): Promise<readonly RecentReason[]>;
  /** Keeps what is worth being offered again, see `isWorthKeeping`; of each field and outcome the last `mostReasons`. */
  remember(personId: string, bundleId: string, reasons: readonly RecentReason[]): Promise<void>;
  /** Forgets what was kept for a field. */
  forget(personId: string, bundleId: string, field: string): Promise<void>;
}

/** Texts of one person, field and outcome, at most; the figure is our own. */
export const mostReasons = 5;
/** What nobody has used for so long is deleted; the figure is our own. */
const keptMs = 180 * dayMs;
/** A longer text belongs to its case alone. */
const longestReason = 200;

/**
 * Says whether a text may be offered again at another case: not a long one, and none that tells of a person: phone and id numbers,
 * account numbers and the like, or a value of the case that is masked or sealed (`sensitive`), such as a name or an address.
 */
export function isWorthKeeping(text: string, sensitive: readonly string[]): boolean {
  const plain = text.trim().normalize('NFKC');
  if (plain === '' || plain.length > longestReason) return false;
  if (/\d(?:[\s-]?\d){5,}/.test(plain)) return false;
  return !sensitive.some(value => value.trim().length > 1 && plain.includes(value.trim().normalize('NFKC')));
}

/** Makes the store on the table `recent_reason`; texts lie sealed in it. */
export function createRecentReasons({store, vault, clock}: {readonly store: Store; readonly vault: Pick<Vault, 'seal' | 'open' | 'blindIndex'>; readonly clock: Clock}): RecentReasons {
  const {knex} = store;
  return {
    async read(personId, bundleId) {
      const rows = await knex('recent_reason').where({person_id: personId, bundle_id: bundleId}).andWhere('used_at', '>', clock.now() - keptMs).orderBy([{column: 'used_at', order: 'desc'}, {column: 'id', order: 'desc'}]).select<SqlRow[]>('field', 'outcome', 'text_sealed');
      return rows.map(row => ({field: String(row['field']), outcome: String(row['outcome']), text: vault.open(String(row['text_sealed']))}));
    },
    remember: (personId, bundleId, reasons) => store.tx(async tx => {
      const now = clock.now();
      for (const {field, outcome, text} of reasons) {
        const place = {person_id: personId, bundle_id: bundleId, field, outcome};
        const row = {...place, id: newId(now), text_index: vault.blindIndex(text.trim()), text_sealed: vault.seal(text.trim()), used_at: now};
        await tx('recent_reason').insert(row).onConflict(['person_id', 'bundle_id', 'field', 'outcome', 'text_index']).merge(['used_at']);
        const older = await tx('recent_reason').where(place).orderBy([{column: 'used_at', order: 'desc'}, {column: 'id', order: 'desc'}]).select<SqlRow[]>('id');
        if (older.length > mostReasons) await tx('recent_reason').whereIn('id', older.slice(mostReasons).map(each => String(each['id']))).delete();
      }
      if (reasons.length > 0) await tx('recent_reason').where('used_at', '<=', now - keptMs).delete();
    }),
    async forget(personId, bundleId, field) {
      await knex('recent_reason').where({person_id: personId, bundle_id: bundleId, field}).delete();
    },
  };
}
