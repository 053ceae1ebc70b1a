import type {LocalizedText} from '@banli/formats';
import {dayOf, formatDate} from '@banli/time';
import {titleOf} from '../choices.js';
import {diffVersions, type RowDiff} from '../life/compare.js';
import type {Desk} from '../life/desk.js';
import {versionsOf} from '../life/versions.js';
import type {LifeActor, LifeDeps} from '../life/model.js';
import type {PublishedVersion} from '../version.js';
import {countChanges, diffWithin, hasBranches, type ChangeCounts} from './difference.js';
import {subscriptionErrors} from './errors.js';
import {addSubscription, againWhenDuplicate, readSubscription, subscriptionsOf, type SubscriptionRow} from './subscription-store.js';
import {createTeller, type Teller, type TellerDeps} from './tell.js';

/** A subscription with what happened since its owner looked last. */
export interface Subscription {
  readonly id: string;
  readonly catalogId: string;
  readonly title: LocalizedText;
  readonly kind: PublishedVersion['head']['kind'];
  /** `null` for the whole catalog. */
  readonly branch: {readonly key: string; readonly title: LocalizedText} | null;
  readonly seenVersion: string;
  readonly version: string;
  readonly effectiveFrom: string;
  /** Rows that are different, by what happened to them. */
  readonly changes: ChangeCounts;
  readonly createdAt: number;
}

/** What people follow in catalogs. What is published is open to whoever reads catalogs at all; everybody works on his own subscriptions alone. */
export interface CatalogSubscriptions {
  list(actor: LifeActor): Promise<readonly Subscription[]>;
  /**
   * Follows a catalog, or a branch of its tree, from its last version on. Twice is once.
   * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_SUBSCRIPTION_BRANCH_UNKNOWN`, `CATALOG_SUBSCRIPTION_TOO_MANY`
   */
  add(actor: LifeActor, wanted: {readonly catalogId: string; readonly branch?: string}): Promise<Subscription>;
  /** The rows that are different since the owner looked last. @throws AppError `CATALOG_SUBSCRIPTION_UNKNOWN` */
  changes(actor: LifeActor, id: string): Promise<{readonly subscription: Subscription; readonly diff: readonly RowDiff[]}>;
  /** Says up to which version the owner has seen the changes; going back is ignored. @throws AppError `CATALOG_SUBSCRIPTION_UNKNOWN`, `CATALOG_CHANGE_VERSION_UNKNOWN` */
  seen(actor: LifeActor, id: string, version: string): Promise<Subscription>;
  /** Ending twice is ending once. */
  remove(actor: LifeActor, id: string): Promise<void>;
  /** Tells subscribers of new versions, and units of issues that arrived. */
  readonly teller: Teller;
}

/** More than one person can follow with sense. */
const mostSubscriptions = 100;

/** Makes the subscriptions of catalogs. @see Source: the issue board and wizards of catalogs; what a subscription covers is ours. */
export function createCatalogSubscriptions(deps: LifeDeps & TellerDeps): CatalogSubscriptions {
  const desk: Desk = {...deps, versions: versionsOf(deps.store)};
  const differences = keepDifferences();
  const describe = (row: SubscriptionRow) => describeWith(desk, differences, row);
  const own = async (actor: LifeActor, id: string): Promise<SubscriptionRow> => {
    const row = await readSubscription(deps.store.knex, actor.personId, id);
    if (!row) throw subscriptionErrors.UNKNOWN();
    return row;
  };
  return {
    async list(actor) {
      const found: Subscription[] = [];
      for (const row of await subscriptionsOf(deps.store.knex, actor.personId)) found.push((await describe(row)).subscription);
      return found;
    },
    add: async (actor, wanted) => (await describe(await add(desk, actor, wanted))).subscription,
    changes: async (actor, id) => describe(await own(actor, id)),
    async seen(actor, id, version) {
      const row = await own(actor, id);
      const heads = await desk.versions.heads(row.catalogId);
      const named = (await desk.versions.named(row.catalogId, version)).head.id;
      const place = (versionId: string): number => heads.findIndex(head => head.id === versionId);
      const seenVersionId = place(named) > place(row.seenVersionId) ? named : row.seenVersionId;
      await deps.store.tx(async tx => void (await tx('catalog_subscription').where({id, person_id: actor.personId, seen_version_id: row.seenVersionId}).update({seen_version_id: seenVersionId})));
      return (await describe({...row, seenVersionId})).subscription;
    },
    remove: (actor, id) => deps.store.tx(async tx => {
      const ended = await tx('catalog_subscription').where({id, person_id: actor.personId}).delete();
      if (ended > 0) await deps.audit.record(tx, {actor, action: 'catalogs.unsubscribe', subject: id, result: 'done', at: deps.clock.now()});
    }),
    teller: createTeller(desk, deps),
  };
}

async function add(desk: Desk, actor: LifeActor, {catalogId, branch = ''}: {readonly catalogId: string; readonly branch?: string}): Promise<SubscriptionRow> {
  const last = await desk.versions.published(catalogId);
  if (branch !== '' && !(hasBranches(last) && last.tables.get(catalogId)?.byKey.has(branch))) throw subscriptionErrors.BRANCH_UNKNOWN({catalog: catalogId, branch});
  const at = desk.clock.now();
  return againWhenDuplicate(() => desk.store.tx(async tx => {
    const {subscription, isNew} = await addSubscription(tx, {personId: actor.personId, catalogId, branch, seenVersionId: last.head.id, toldVersionId: last.head.id, createdAt: at});
    if (!isNew) return subscription;
    if ((await subscriptionsOf(tx, actor.personId)).length > mostSubscriptions) throw subscriptionErrors.TOO_MANY({most: mostSubscriptions});
    await desk.audit.record(tx, {actor, action: 'catalogs.subscribe', subject: subscription.id, result: 'done', at, data: {catalogId, branch}});
    return subscription;
  }));
}

/** What is different between two versions. */
type Differences = (from: PublishedVersion, to: PublishedVersion) => readonly RowDiff[];

const mostDifferences = 32;

/** Compares two versions once: they never change, many people have seen the same one, and their pages ask again and again. */
function keepDifferences(): Differences {
  const kept = new Map<string, readonly RowDiff[]>();
  return (from, to) => {
    const key = `${from.head.id} ${to.head.id}`;
    const diff = kept.get(key) ?? diffVersions(from, to);
    kept.delete(key);
    kept.set(key, diff);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostDifferences) break;
      kept.delete(oldest);
    }
    return diff;
  };
}

async function describeWith(desk: Desk, differences: Differences, row: SubscriptionRow): Promise<{readonly subscription: Subscription; readonly diff: readonly RowDiff[]}> {
  const last = await desk.versions.published(row.catalogId);
  const seen = await desk.versions.byId(row.catalogId, row.seenVersionId);
  const diff = seen.head.id === last.head.id ? [] : diffWithin(differences(seen, last), row.branch, [seen, last]);
  const {head} = last;
  const branch = row.branch === '' ? null : (last.tables.get(row.catalogId)?.byKey.get(row.branch) ?? {key: row.branch, values: {}});
  return {
    diff,
    subscription: {
      id: row.id, catalogId: row.catalogId, title: {'zh-CN': head.titleZh, en: head.titleEn}, kind: head.kind, branch: branch && {key: branch.key, title: titleOf(branch)},
      seenVersion: seen.head.version, version: head.version, effectiveFrom: formatDate(dayOf(head.effectiveAt)), changes: countChanges(diff), createdAt: row.createdAt,
    },
  };
}
