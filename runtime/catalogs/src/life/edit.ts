import type {Problem} from '@banli/errors';
import {putFindings} from '../content/check-content.js';
import {atRow, worldsOf} from '../content/places.js';
import {dropBasis} from './basis.js';
import {releaseId} from './creation/creation-store.js';
import {deleteChange, dropRow, putRows, readChange, readLines, readRows} from './change-store.js';
import {commit, draftOf, openChange, refuseProblems, type ChangeRef, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import type {ChangeSet, LifeActor, RowChange} from './model.js';
import {checkRows, makeRowChange, type RowInput} from './row-input.js';
import {settingsTable} from './fields/settings-row.js';
import {shapedBy, splitChanges} from './fields/shaped-by.js';
import {refuseForeign, refuseOutside} from './maintainers.js';
import {mergeChanges} from './merge.js';
import {creationRule} from './rules/creation.js';
import type {Draft} from './rules/draft.js';
import {checkRules} from './rules/index.js';
import type {BaseVersion} from './versions.js';

/**
 * Puts the change of one row into a set, in place of what the set said of it. A set that failed its review is under work again.
 *
 * @throws AppError of `openChange` and `makeRowChange`; `CATALOG_CHANGE_REFUSED` with every problem of the row.
 */
export async function putRow(desk: Desk, actor: LifeActor, ref: ChangeRef, input: RowInput): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed']);
  const rows = await readRows(desk.store.knex, change.id);
  const last = await desk.versions.withSchemas(await desk.versions.last(change.catalogId));
  const base = await desk.versions.baseOf(change);
  const row = makeRowChange(input, {base, last: shapeWith(last, rows), rows, at: desk.clock.now(), by: actor.personId});
  if (input.op === 'add' && rows.some(other => other.tableName === row.tableName && other.rowKey === row.rowKey && other.op !== 'add')) throw changeErrors.ROW_EXISTS({key: row.rowKey});
  refuseForeign(desk, actor, last, [row]);
  await refuseOutside(desk, actor, last, [row]);
  const others = rows.filter(other => other.tableName !== row.tableName || other.rowKey !== row.rowKey);
  const {draft} = await draftOf(desk, change, [...others, row]);
  refuseProblems(await putProblems(draft, [row]));
  return commit(desk, actor, change, {action: 'put', patch: {state: 'editing'}, data: {table: row.tableName, key: row.rowKey, op: row.op}}, tx => putRows(tx, change.id, [row]));
}

/** What stands against rows put into a draft: cells against their schema, rules of the draft for just these rows. */
export async function putProblems(draft: Draft, rows: readonly RowChange[]): Promise<readonly Problem[]> {
  const {shape} = draft;
  const tables = [...new Set(splitChanges(rows).rows.map(row => row.tableName))];
  const cells = shape ? tables.flatMap(table => checkRows(shape, table, rows.filter(row => row.tableName === table).map(row => ({key: row.rowKey, values: row.after})))) : [];
  // A row that another set published alike meanwhile is no change any more; it is looked at all the same.
  const touched = (changes: readonly RowChange[], put: readonly RowChange[]): readonly RowChange[] => put.map(row => changes.find(change => change.tableName === row.tableName && change.rowKey === row.rowKey) ?? row);
  const put = splitChanges(rows);
  return [...cells, ...rowContent(draft, put.rows), ...(await checkRules({...draft, changes: touched(draft.changes, put.rows), fields: touched(draft.fields, put.fields)}))];
}

/** What rows say that cannot hold as things stand; what the catalog as a whole says is looked at when the set is handed in. */
export function rowContent(draft: Draft, rows: readonly RowChange[]): readonly Problem[] {
  const {world, before} = worldsOf(draft);
  return putFindings(world, before, rows.map(({tableName, rowKey, after, before: was}) => ({table: tableName, key: rowKey, row: after, was}))).map(atRow(draft.base.head.catalogId));
}

/** The last version as the columns that a set changes would shape it. */
export function shapeWith(last: BaseVersion, rows: readonly RowChange[]): BaseVersion {
  return shapedBy(last, splitChanges(mergeChanges(splitChanges(rows).fields, last).changes).fields);
}

/** Takes the change of one row out of a set; the published row stays as it is. @throws AppError of `openChange`; `CATALOG_CHANGE_ROW_UNKNOWN`; of a catalog that is being made `CATALOG_CHANGE_SETTING_KEPT`, `CATALOG_CHANGE_REFUSED` */
export async function removeRow(desk: Desk, actor: LifeActor, ref: ChangeRef, row: {readonly table: string; readonly key: string}): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed']);
  const removed = (await readRows(desk.store.knex, change.id)).filter(each => each.tableName === row.table && each.rowKey === row.key);
  refuseForeign(desk, actor, await desk.versions.last(change.catalogId), removed);
  if (change.baseVersionId === null) await refuseTakenApart(desk, change, row);
  return commit(desk, actor, change, {action: 'remove', patch: {state: 'editing'}, data: row}, async tx => {
    if (!(await dropRow(tx, change.id, row.table, row.key))) throw changeErrors.ROW_UNKNOWN({key: row.key, version: change.baseVersion ?? '—'});
  });
}

/** What makes a catalog stays in the set that creates it: its settings, and what its rows are found by. */
async function refuseTakenApart(desk: Desk, change: ChangeSet, {table, key}: {readonly table: string; readonly key: string}): Promise<void> {
  if (table === settingsTable) throw changeErrors.SETTING_KEPT();
  const left = (await readRows(desk.store.knex, change.id)).filter(row => row.tableName !== table || row.rowKey !== key);
  refuseProblems(creationRule((await draftOf(desk, change, left)).draft));
}

/**
 * Deletes a set for good: only one that waits for its submission. Its author deletes one that was never submitted; every other wants a right of its own (二级权限).
 * The audit row stays. Test A4; `requirements/xinjiang-hotline.md` §2.1.1, §2.1.11.
 * @throws AppError of `openChange`; `CATALOG_CHANGE_EFFECTIVE` for one that was published.
 */
export async function deleteSet(desk: Desk, actor: LifeActor, ref: ChangeRef): Promise<void> {
  const seen = await readChange(desk.store.knex, ref.changeId);
  if (seen.state === 'published') throw changeErrors.EFFECTIVE();
  const isOwnDraft = seen.authorId === actor.personId && !(await readLines(desk.store.knex, seen.id)).some(line => line.kind === 'submitted');
  const change = await openChange(desk, actor, ref, isOwnDraft ? 'catalogs.edit' : 'catalogs.delete', ['editing']);
  const rows = await readRows(desk.store.knex, change.id);
  const at = desk.clock.now();
  await desk.store.tx(async tx => {
    await deleteChange(tx, change);
    await dropBasis(desk, tx, change.id);
    await releaseId(tx, change.id);
    const gone = rows.map(row => `${row.op} ${row.tableName} ${row.rowKey}`).slice(0, 500);
    await desk.audit.record(tx, {actor, action: 'catalogs.delete', subject: change.id, result: 'done', at, data: {catalogId: change.catalogId, title: change.title, rows: gone}});
  });
}
