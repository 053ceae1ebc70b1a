import {isDuplicateKey, newId, queryRows, type SqlRow, type Store, type Tx} from '@banli/store';

/** What somebody follows: a catalog, or a branch of its tree (`''` is the whole). Moments in UTC milliseconds. */
export interface SubscriptionRow {
  readonly id: string;
  readonly personId: string;
  readonly catalogId: string;
  readonly branch: string;
  /** The version up to which its owner said that he has seen the changes. */
  readonly seenVersionId: string;
  /** The version up to which he was told by notice. */
  readonly toldVersionId: string;
  readonly createdAt: number;
}

type Reader = Store['knex'] | Tx;

/** Subscriptions of a person, oldest first. */
export async function subscriptionsOf(on: Reader, personId: string): Promise<readonly SubscriptionRow[]> {
  return ((await on('catalog_subscription').where({person_id: personId}).orderBy('id')) as SqlRow[]).map(read);
}

/** A person's own subscription, or `null`. */
export async function readSubscription(on: Reader, personId: string, id: string): Promise<SubscriptionRow | null> {
  const row: SqlRow | undefined = await on('catalog_subscription').where({id, person_id: personId}).first();
  return row ? read(row) : null;
}

/** Writes a subscription unless the person has it; answers the one that stands, and whether it is new. */
export async function addSubscription(tx: Tx, row: Omit<SubscriptionRow, 'id'>): Promise<{readonly subscription: SubscriptionRow; readonly isNew: boolean}> {
  const same = {person_id: row.personId, catalog_id: row.catalogId, branch: row.branch};
  const find = async (): Promise<SqlRow | undefined> => tx('catalog_subscription').where(same).first<SqlRow | undefined>();
  const known = await find();
  if (known) return {subscription: read(known), isNew: false};
  const id = newId(row.createdAt);
  await tx('catalog_subscription').insert({id, ...same, seen_version_id: row.seenVersionId, told_version_id: row.toldVersionId, created_at: row.createdAt});
  return {subscription: {id, ...row}, isNew: true};
}

/** Runs a unit of work again when somebody wrote the same row at the same moment: then it is there. */
export async function againWhenDuplicate<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return work();
  }
}

/** Versions of which not every subscriber was told, by catalog: `told` is the one they know. */
export async function readToldVersions(on: Reader): Promise<ReadonlyArray<{readonly catalogId: string; readonly told: string}>> {
  const rows = await queryRows(on, 'select distinct catalog_id, told_version_id from catalog_subscription', []);
  return rows.map(row => ({catalogId: String(row['catalog_id']), told: String(row['told_version_id'])}));
}

/** Subscriptions of a catalog that were last told of one version, by id after `after`; at most `limit`. */
export async function subscriptionsTold(on: Reader, {catalogId, told, after, limit}: {readonly catalogId: string; readonly told: string; readonly after: string; readonly limit: number}): Promise<readonly SubscriptionRow[]> {
  return ((await on('catalog_subscription').where({catalog_id: catalogId, told_version_id: told}).where('id', '>', after).orderBy('id').limit(limit)) as SqlRow[]).map(read);
}

function read(row: SqlRow): SubscriptionRow {
  const text = (column: string): string => String(row[column]);
  return {id: text('id'), personId: text('person_id'), catalogId: text('catalog_id'), branch: text('branch'), seenVersionId: text('seen_version_id'), toldVersionId: text('told_version_id'), createdAt: Number(row['created_at'])};
}
