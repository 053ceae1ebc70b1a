import {formatDate, dayOf} from '@banli/time';
import type {CellChoice} from '../life/merge.js';
import type {LifeActor} from '../life/model.js';
import {columnsOf, keyOf} from '../life/tables.js';
import {carryOver, decide} from './carry-over.js';
import {checkLayerRows, type RowChecks} from './check-rows.js';
import {checkDay, checkReason, commitIssue, givenBy, newestLayer, nextLayer, openForCommand, refuseIssue, rootOf, type IssueDesk, type IssueRef} from './desk.js';
import {issueErrors} from './errors.js';
import {cellsOf, overrideOf, sameCells, withoutColumns} from './fields.js';
import {readIssueRows, writeGone, writeIssueRows} from './issue-store.js';
import {insertLayer, readLayerRows} from './layer-store.js';
import {openIssueStates, type GoneOverride, type Issue, type LayerCells, type LayerHead, type LayerRow} from './model.js';
import {wholeProblems} from './rule-problems.js';
import {placeOfRow} from './scope.js';

/** What a unit makes of one row. `cells` names what changes; an empty text or `null` empties a cell. */
export interface OwnRowInput {
  readonly table: string;
  /** Left out for a row of one's own. */
  readonly key?: string;
  readonly cells: Readonly<Record<string, string | null>>;
}

/** An issue that was verified, with what the unit had made of the version before and could not take over. */
export interface VerifiedIssue extends Issue {
  readonly fellAway: readonly GoneOverride[];
}

/**
 * 核验: the unit accepts what was issued. Rows of elsewhere are filtered, what it made of the version before is taken over; what falls away is told and kept.
 *
 * @throws AppError of `openForCommand`.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4 (compliance check); test A14.
 */
export async function verifyIssue(desk: IssueDesk, actor: LifeActor, ref: IssueRef): Promise<VerifiedIssue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.edit', end: 'to', states: ['issued']});
  const {whole, given, scope} = await givenBy(desk, issue);
  const before = await newestLayer(desk.store.knex, issue.catalogId, issue.areaCode);
  const mine = before && before.kind !== 'ended' ? await readLayerRows(desk.store.knex, before.id) : [];
  const {rows, gone} = carryOver(mine, given, scope);
  const outsideCount = [...whole.tables].reduce((sum, [name, table]) => sum + table.rows.filter(row => placeOfRow(scope, whole.manifest.tables[name]?.issue, row.values) === 'outside').length, 0);
  const saved = await commitIssue(desk, actor, issue, {action: 'verify', patch: {state: 'completing', outsideCount}, line: {kind: 'verified', reason: null}, data: {outside: outsideCount, carriedOver: rows.length, fellAway: gone.slice(0, 500).map(each => `${each.reason} ${each.tableName} ${each.rowKey} ${each.columns.join()}`.trim())}}, async tx => {
    await writeIssueRows(tx, issue.id, rows, {at: desk.clock.now(), personId: actor.personId});
    await writeGone(tx, issue.id, gone);
    return {};
  });
  return {...saved, fellAway: gone};
}

/** The unit sends an issue back with its reason; what it has stays. @throws AppError of `openForCommand`; `CATALOG_ISSUE_TEXT_INVALID` */
export async function declineIssue(desk: IssueDesk, actor: LifeActor, ref: IssueRef & {readonly reason: string}): Promise<Issue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.edit', end: 'to', states: openIssueStates});
  const reason = checkReason(ref.reason, 'reason');
  return commitIssue(desk, actor, issue, {action: 'decline', patch: {state: 'declined', openSlot: null}, line: {kind: 'declined', reason}, data: {reason}});
}

/**
 * 完善: overrides cells of a row within their bounds, or adds a row of one's own. A cell that says what stands above is no override.
 *
 * @throws AppError of `openForCommand`; `CATALOG_ISSUE_TABLE_UNKNOWN`, `CATALOG_ISSUE_ROW_UNKNOWN`, `CATALOG_ISSUE_COLUMN_UNKNOWN`, `CATALOG_ISSUE_CHANGED_NOTHING`, `CATALOG_ISSUE_REFUSED` with every problem of the row.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4, 2.1.5 (lead and assist, assignment, implementation rules, materials).
 */
export async function putOwnRow(desk: IssueDesk, actor: LifeActor, ref: IssueRef, input: OwnRowInput): Promise<Issue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.edit', end: 'to', states: ['completing']});
  const checks = await checksOf(desk, issue);
  const rows = await readIssueRows(desk.store.knex, issue.id);
  const {next, before} = makeRow(checks, rows, input);
  if (next) refuseIssue(checkLayerRows([next], checks, [...rows.filter(row => row !== before), next]));
  const row = next ?? before;
  if (!row) throw issueErrors.CHANGED_NOTHING({key: input.key ?? ''});
  return commitIssue(desk, actor, issue, {action: 'put', patch: writtenBy(actor), data: {table: row.tableName, key: row.rowKey, kind: row.kind, cells: next ? Object.keys(next.ownValues) : []}}, async tx => {
    await writeIssueRows(tx, issue.id, next ? [next] : [], {at: desk.clock.now(), personId: actor.personId}, next ? [] : [row]);
    return {};
  });
}

/** Takes back what the unit made of one row. @throws AppError of `openForCommand`; `CATALOG_ISSUE_ROW_UNKNOWN` */
export async function dropOwnRow(desk: IssueDesk, actor: LifeActor, ref: IssueRef, row: {readonly table: string; readonly key: string}): Promise<Issue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.edit', end: 'to', states: ['completing']});
  const known = (await readIssueRows(desk.store.knex, issue.id)).find(own => own.tableName === row.table && own.rowKey === row.key);
  if (!known) throw issueErrors.ROW_UNKNOWN({base: issue.baseName, key: row.key});
  return commitIssue(desk, actor, issue, {action: 'drop', patch: writtenBy(actor), data: {...row}}, async tx => {
    await writeIssueRows(tx, issue.id, [], {at: desk.clock.now(), personId: actor.personId}, [known]);
    return {};
  });
}

/** Decides overrides for one side where the level above changed the value they were made against. @throws AppError of `openForCommand`; `CATALOG_ISSUE_REFUSED` when what is kept is out of its bounds now */
export async function chooseSides(desk: IssueDesk, actor: LifeActor, ref: IssueRef, choices: readonly CellChoice[]): Promise<Issue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.edit', end: 'to', states: ['completing']});
  const checks = await checksOf(desk, issue);
  const rows = await readIssueRows(desk.store.knex, issue.id);
  const {changed, gone} = decide(rows, checks.onto, choices);
  const touched = new Set([...changed, ...gone].map(row => `${row.tableName} ${row.rowKey}`));
  refuseIssue(checkLayerRows(changed, checks, [...rows.filter(row => !touched.has(`${row.tableName} ${row.rowKey}`)), ...changed]));
  return commitIssue(desk, actor, issue, {action: 'choose', patch: writtenBy(actor), data: {choices: choices.map(({table, key, column, take}) => `${take} ${table} ${key} ${column}`).slice(0, 500)}}, async tx => {
    await writeIssueRows(tx, issue.id, changed, {at: desk.clock.now(), personId: actor.personId}, gone);
    return {};
  });
}

/**
 * 确认: what was issued, with what the unit made of it, becomes its layer and holds from a day on. Everything is checked once more.
 * Whoever changed something of it last does not confirm it, unless nothing of the unit's own is in it.
 *
 * @throws AppError of `openForCommand`; `CATALOG_ISSUE_OWN_CONFIRM`, `CATALOG_ISSUE_DAY_INVALID`, `CATALOG_ISSUE_DAY_TOO_EARLY`, `CATALOG_ISSUE_DAY_OVERLAPS`, `CATALOG_ISSUE_REFUSED` with every open conflict and problem, `CATALOG_ISSUE_WARNINGS_NEW` unless warnings are accepted.
 */
export async function confirmIssue(desk: IssueDesk, actor: LifeActor, ref: IssueRef & {readonly effectiveFrom: string; readonly acceptWarnings?: boolean}): Promise<Issue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.publish', end: 'to', states: ['completing']});
  const at = desk.clock.now();
  const effectiveAt = checkDay(ref.effectiveFrom, at);
  const checks = await checksOf(desk, issue);
  const {head} = checks.onto;
  if (effectiveAt < head.effectiveAt) throw issueErrors.DAY_TOO_EARLY({day: ref.effectiveFrom, base: head.version, first: formatDate(dayOf(head.effectiveAt))});
  const rows = await readIssueRows(desk.store.knex, issue.id);
  if (isOwnWriting(desk, actor, issue) && rows.length > 0) throw issueErrors.OWN_CONFIRM({unit: desk.units.unit(issue.toUnitId)?.name ?? issue.toUnitId});
  const found = await wholeProblems(desk, rows, checks);
  refuseIssue(found);
  if (found.length > 0 && ref.acceptWarnings !== true) throw issueErrors.WARNINGS_NEW({count: found.length}, {problems: found});
  const saved = await commitIssue(desk, actor, issue, {action: 'confirm', patch: {state: 'confirmed', openSlot: null, effectiveAt}, line: {kind: 'confirmed', reason: null}, data: {effectiveFrom: ref.effectiveFrom, rows: rows.length, ...(found.length > 0 ? {acceptedWarnings: found.length} : {})}}, async tx => {
    const newest = await newestLayer(tx, issue.catalogId, issue.areaCode);
    if (newest && newest.kind !== 'ended' && effectiveAt < newest.effectiveAt) throw issueErrors.DAY_OVERLAPS({layer: newest.name, day: ref.effectiveFrom, first: formatDate(dayOf(newest.effectiveAt))});
    const {catalogId, toUnitId, areaCode, baseVersionId, baseLayerId, baseName, areasVersionId} = issue;
    const layer: LayerHead = nextLayer({
      catalogId, unitId: toUnitId, areaCode, kind: 'confirmed', baseVersionId, baseLayerId, baseName, areasVersionId, issueId: issue.id, restoredFrom: null,
      effectiveAt, madeAt: at, madeBy: actor.personId, madeByName: actor.personName, reason: null,
    }, newest, rootOf(baseName));
    await insertLayer(tx, layer, rows);
    return {layerId: layer.id};
  });
  await desk.onPublished();
  return saved;
}

/** Whether somebody was the last to change what the unit makes of an issue, where that keeps him from confirming it. */
export function isOwnWriting(desk: Pick<IssueDesk, 'fourEyes'>, actor: Pick<LifeActor, 'personId'>, issue: Issue): boolean {
  return desk.fourEyes !== false && issue.state === 'completing' && issue.writtenBy === actor.personId;
}

function writtenBy(actor: LifeActor): Pick<Issue, 'writtenBy' | 'writtenByName'> {
  return {writtenBy: actor.personId, writtenByName: actor.personName};
}

/** What the rows of an issue are held against. */
export function checksOf(desk: IssueDesk, issue: Issue): Promise<RowChecks> {
  return checksOn(desk, issue);
}

/** What the rows of a unit are held against that stand on a version or layer. */
export async function checksOn(desk: IssueDesk, issue: Pick<Issue, 'catalogId' | 'baseVersionId' | 'baseLayerId' | 'areaCode' | 'areasVersionId' | 'toUnitId' | 'fromUnitId'>): Promise<RowChecks> {
  const {given, scope} = await givenBy(desk, issue);
  const {schemas} = await desk.versions.withSchemas(await desk.versions.byId(issue.catalogId, issue.baseVersionId));
  const unit = desk.units.unit(issue.toUnitId);
  if (!unit) throw issueErrors.UNIT_UNKNOWN({unit: issue.toUnitId});
  const others = (await desk.versions.lastOfAll()).filter(version => version.head.catalogId !== issue.catalogId);
  return {onto: {...given, schemas}, others, scope, units: desk.units, unit, from: desk.units.unit(issue.fromUnitId)?.name ?? issue.fromUnitId};
}

/** The row as it would be, and as it was so far; `next` is `null` when nothing of one's own is left. */
function makeRow({onto}: RowChecks, rows: readonly LayerRow[], input: OwnRowInput): {readonly next: LayerRow | null; readonly before: LayerRow | null} {
  const definition = Object.hasOwn(onto.manifest.tables, input.table) ? onto.manifest.tables[input.table] : undefined;
  if (!definition) throw issueErrors.TABLE_UNKNOWN({catalog: onto.head.catalogId, table: input.table});
  const columns = columnsOf(onto, input.table);
  const sent: LayerCells = Object.fromEntries(Object.entries(input.cells).map(([column, value]) => [column, value === '' ? null : value]));
  const unknown = Object.keys(sent).find(column => !columns.includes(column));
  if (unknown !== undefined) throw issueErrors.COLUMN_UNKNOWN({column: unknown, columns});
  const filled = Object.fromEntries(Object.entries(sent).flatMap(([column, value]) => (value === null ? [] : [[column, value] as const])));
  const rowKey = input.key ?? keyOf(definition, filled);
  const before = rows.find(row => row.tableName === input.table && row.rowKey === rowKey) ?? null;
  const theirs = onto.tables.get(input.table)?.byKey.get(rowKey)?.values;
  if (input.key !== undefined && !theirs && !before) throw issueErrors.ROW_UNKNOWN({base: onto.head.version, key: input.key});
  if (!theirs) {
    const own: LayerCells = {status: 'active', ...before?.ownValues, ...sent};
    const same = before !== null && sameCells(before.ownValues, own, columns);
    if (same) throw issueErrors.CHANGED_NOTHING({key: rowKey});
    return {before, next: {tableName: input.table, rowKey: before?.rowKey ?? rowKey, kind: 'local', baseValues: {}, ownValues: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null))}};
  }
  let next: LayerRow | null = before ?? {tableName: input.table, rowKey, kind: 'patch', baseValues: {}, ownValues: {}};
  for (const column of Object.keys(sent)) {
    const group = overrideOf(definition, column)?.columns ?? [column];
    const own: LayerCells = {...cellsOf(theirs, group), ...pick(next?.ownValues ?? {}, group), ...pick(sent, group)};
    const rest: LayerRow = (next && withoutColumns(next, group)) ?? {tableName: input.table, rowKey, kind: 'patch', baseValues: {}, ownValues: {}};
    next = sameCells(own, cellsOf(theirs, group), group) ? rest : {...rest, baseValues: {...rest.baseValues, ...cellsOf(theirs, group)}, ownValues: {...rest.ownValues, ...own}};
  }
  if (next && Object.keys(next.ownValues).length === 0) next = null;
  if (!next && !before) throw issueErrors.CHANGED_NOTHING({key: rowKey});
  return {next, before};
}

function pick(cells: LayerCells, columns: readonly string[]): LayerCells {
  return Object.fromEntries(Object.entries(cells).filter(([column]) => columns.includes(column)));
}
