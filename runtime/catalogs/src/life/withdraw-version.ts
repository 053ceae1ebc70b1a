import type {Problem} from '@banli/errors';
import type {Tx} from '@banli/store';
import {dayOf, formatDate} from '@banli/time';
import {openIssueStates} from '../issue/model.js';
import {readLayersOf} from '../issue/layer-store.js';
import {lockPublishing} from '../publish.js';
import {readAllHeads} from '../version-store.js';
import type {PublishedVersion, VersionHead} from '../version.js';
import {setsOfVersions} from './change-store.js';
import {checkText, commitIn, demand, refuseProblems, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {draftsOn} from './make-draft.js';
import type {LifeActor, RowChange} from './model.js';
import {inUseRule} from './rules/in-use.js';
import {markWithdrawn, sawLast} from './standing.js';
import {lastOf} from './versions.js';

/** Which version is withdrawn, and why. */
export interface Withdrawal {
  readonly catalogId: string;
  readonly version: string;
  readonly reason: string;
}

/** Own figure: other processes look at the database once a second, so what is withdrawn a minute before its day is used by nobody. */
export const lastMinuteMs = 60_000;

/**
 * Withdraws a version that was published and does not hold yet; it stays as history, and its content can be proposed again. The newest one goes first, because
 * those that were scheduled later contain it.
 *
 * @throws AppError `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_CHANGE_TEXT_INVALID`, `CATALOG_CHANGE_VERSION_UNKNOWN`, `CATALOG_CHANGE_VERSION_WITHDRAWN`, `CATALOG_CHANGE_VERSION_HOLDS`,
 * `CATALOG_CHANGE_VERSION_NOT_NEWEST`, `CATALOG_CHANGE_VERSION_ONLY`, `CATALOG_CHANGE_VERSION_ISSUED`, `CATALOG_CHANGE_PUBLISHED_MEANWHILE`; `CATALOG_CHANGE_REFUSED` with every row that something else names.
 */
export async function withdrawVersion(desk: Desk, actor: LifeActor, wanted: Withdrawal): Promise<{readonly version: string; readonly withdrawnAt: number}> {
  await demand(desk, actor, 'catalogs.publish', wanted.catalogId);
  const reason = checkText(wanted.reason, 'reason', 1_000);
  const before = standingBefore(await desk.versions.allHeads(wanted.catalogId), wanted, desk.clock.now());
  const others = (await desk.versions.lastOfAll()).filter(version => version.head.catalogId !== wanted.catalogId);
  refuseProblems(await usesOfNew(desk, await desk.versions.byId(wanted.catalogId, before.previous.id), await desk.versions.byId(wanted.catalogId, before.head.id)));
  const withdrawnAt = await desk.store.tx(async tx => {
    await lockPublishing(tx);
    // The clock is asked behind the lock: whoever waited for it may have come too late.
    const at = desk.clock.now();
    const heads = (await readAllHeads(tx)).get(wanted.catalogId) ?? [];
    const {head} = standingBefore(heads, wanted, at);
    if (!(await sawLast(tx, [head, ...others.map(other => other.head)]))) throw changeErrors.PUBLISHED_MEANWHILE({catalog: wanted.catalogId});
    await refuseIssued(desk, tx, head);
    if (!(await markWithdrawn(tx, head.id, {actor, at, reason, supersededBy: null}))) throw changeErrors.PUBLISHED_MEANWHILE({catalog: wanted.catalogId});
    const data = {version: head.version, effectiveFrom: formatDate(dayOf(head.effectiveAt)), reason};
    await desk.audit.record(tx, {actor, action: 'catalogs.withdraw', subject: head.id, result: 'done', at, data: {catalogId: wanted.catalogId, ...data}});
    for (const change of await setsOfVersions(tx, wanted.catalogId, inItsPlace(heads, head))) {
      await commitIn(desk, tx, {actor, seen: change, at, step: {action: 'unpublish', patch: {state: 'withdrawn'}, line: {kind: 'unpublished', opinion: reason}, data}});
    }
    return at;
  });
  await desk.onPublished();
  return {version: wanted.version, withdrawnAt};
}

/** The version that is to go, and the one that is the last without it. */
function standingBefore(all: readonly VersionHead[], {catalogId, version}: Withdrawal, now: number): {readonly head: VersionHead; readonly previous: VersionHead} {
  const head = all.find(candidate => candidate.version === version);
  if (!head) throw changeErrors.VERSION_UNKNOWN({catalog: catalogId, version});
  if (head.withdrawnAt) throw changeErrors.VERSION_WITHDRAWN({version, by: head.withdrawnByName ?? ''});
  const day = formatDate(dayOf(head.effectiveAt));
  if (head.effectiveAt - now < lastMinuteMs) throw changeErrors.VERSION_HOLDS({version, day});
  const standing = all.filter(each => !each.withdrawnAt);
  const last = lastOf(standing);
  if (last && last.id !== head.id) throw changeErrors.VERSION_NOT_NEWEST({version, last: last.version});
  const previous = lastOf(standing.filter(each => each.id !== head.id));
  if (!previous) throw changeErrors.VERSION_ONLY({version});
  return {head, previous};
}

/** Numbers of a version and of those that it was made in the place of. */
function inItsPlace(all: readonly VersionHead[], head: VersionHead): readonly string[] {
  return [head.version, ...all.filter(each => each.supersededBy === head.version).flatMap(each => inItsPlace(all, each))];
}

/** Rows that only the version has in use and that something outside names already. */
async function usesOfNew(desk: Desk, previous: PublishedVersion, going: PublishedVersion): Promise<readonly Problem[]> {
  const isActive = (version: PublishedVersion, table: string, key: string): boolean => (version.tables.get(table)?.byKey.get(key)?.values['status'] ?? 'retired') !== 'retired';
  const changes = Object.keys(previous.manifest.tables).flatMap(table => (going.tables.get(table)?.rows ?? []).filter(row => isActive(going, table, row.key) && !isActive(previous, table, row.key)).map((row): RowChange => ({
    tableName: table, rowKey: row.key, op: 'offShelf', before: row.values, after: {...row.values, status: 'retired'}, changedAt: 0, changedBy: '',
  })));
  return inUseRule({...(await draftsOn(desk, previous))([]), changes});
}

/** Lower units that were given the version, or stand on it: it is taken back from them first. */
async function refuseIssued(desk: Desk, tx: Tx, head: VersionHead): Promise<void> {
  const issues = await tx('catalog_issue').where({base_version_id: head.id}).whereIn('state', [...openIssueStates]).select<Array<{to_unit_id: string}>>('to_unit_id');
  const layers = await readLayersOf(tx, head.catalogId);
  const holding = layers.filter(layer => layer.baseVersionId === head.id && layer.kind !== 'ended' && !layers.some(other => other.areaCode === layer.areaCode && other.number > layer.number && other.effectiveAt <= layer.effectiveAt));
  const units = [...new Set([...issues.map(issue => issue.to_unit_id), ...holding.map(layer => layer.unitId)])];
  if (units.length > 0) throw changeErrors.VERSION_ISSUED({version: head.version, count: units.length, units: units.slice(0, 5).map(unit => desk.elsewhere?.('units', unit) ?? unit)});
}
