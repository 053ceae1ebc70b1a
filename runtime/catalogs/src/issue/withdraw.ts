import type {Tx} from '@banli/store';
import type {CellChoice} from '../life/merge.js';
import type {LifeActor} from '../life/model.js';
import {lockPublishing} from '../publish.js';
import {checkDay, checkReason, commitIssueIn, demandUnit, newestLayer, nextLayer, openForCommand, rootOf, todayOf, type IssueDesk, type IssueRef} from './desk.js';
import {issueErrors} from './errors.js';
import {insertIssueLine, listIssues} from './issue-store.js';
import {insertLayer, readLayersOf} from './layer-store.js';
import {openIssueStates, type Issue, type IssueUnit, type LayerHead} from './model.js';
import {restoredRows} from './restored-rows.js';

/**
 * Takes an issue back: an open one is closed, a confirmed one ends from a day on. Layers further down that stand on it end with it, open issues of it are
 * closed. What the units made of it stays to be read.
 *
 * @param ref - `effectiveFrom` is today by default.
 * @throws AppError of `openForCommand`; `CATALOG_ISSUE_TEXT_INVALID`, `CATALOG_ISSUE_DAY_INVALID`, `CATALOG_ISSUE_NOT_NEWEST`
 * @see Source: own rule; the unit has again what holds above it.
 */
export async function takeBackIssue(desk: IssueDesk, actor: LifeActor, ref: IssueRef & {readonly reason: string; readonly effectiveFrom?: string}): Promise<Issue> {
  const issue = await openForCommand(desk, actor, ref, {permission: 'catalogs.publish', end: 'from', states: [...openIssueStates, 'confirmed']});
  const reason = checkReason(ref.reason, 'reason');
  const at = desk.clock.now();
  const effectiveAt = checkDay(ref.effectiveFrom ?? todayOf(desk), at);
  const ending: Ending = {actor, at, effectiveAt, reason, line: 'takenBack'};
  const saved = await desk.store.tx(async tx => {
    await lockPublishing(tx);
    if (issue.state === 'confirmed') {
      const newest = await newestLayer(tx, issue.catalogId, issue.areaCode);
      const current = newest?.issueId === issue.id && newest.kind !== 'ended';
      if (!newest || !current) throw issueErrors.NOT_NEWEST();
      await endLayer(desk, tx, newest, ending, issue.id);
    }
    return commitIssueIn(desk, tx, {actor, seen: issue, at, step: {action: 'takeBack', patch: {state: 'takenBack', openSlot: null}, line: {kind: 'takenBack', reason}, data: {reason}}});
  });
  await desk.onPublished();
  return saved;
}

interface Ending {
  readonly actor: LifeActor;
  readonly at: number;
  readonly effectiveAt: number;
  readonly reason: string;
  /** What the history of issues that end with it says. */
  readonly line: 'takenBack' | 'fellBack';
}

/** Ends the newest layer of an area, and everything below that stands on a layer of that area. `except` is the issue that the caller closes itself. */
async function endLayer(desk: IssueDesk, tx: Tx, newest: LayerHead, ending: Ending, except: string | null): Promise<void> {
  const {actor, at, effectiveAt, reason} = ending;
  const all = await readLayersOf(tx, newest.catalogId);
  const own = new Set(all.filter(layer => layer.areaCode === newest.areaCode).map(layer => layer.id));
  const ended = nextLayer({...newest, kind: 'ended', restoredFrom: null, effectiveAt, madeAt: at, madeBy: actor.personId, madeByName: actor.personName, reason}, newest, rootOf(newest.baseName));
  await insertLayer(tx, ended, []);
  await desk.audit.record(tx, {actor, action: 'catalogs.issue.end', subject: ended.id, result: 'done', at, data: {catalogId: newest.catalogId, unit: newest.unitId, layer: newest.name, reason}});
  for (const issue of await listIssues(tx, {catalogId: newest.catalogId, states: [...openIssueStates, 'confirmed'], unitIds: [newest.unitId], limit: 10_000})) {
    const open = issue.fromUnitId === newest.unitId && issue.state !== 'confirmed';
    const became = issue.toUnitId === newest.unitId && issue.id === newest.issueId;
    if (issue.id === except || (!open && !became)) continue;
    await close(desk, tx, issue, ending, newest.name);
  }
  const newestOf = new Map(all.map(layer => [layer.areaCode, layer]));
  for (const below of newestOf.values()) {
    if (below.kind !== 'ended' && below.baseLayerId !== null && own.has(below.baseLayerId)) await endLayer(desk, tx, below, ending, except);
  }
}

/** Which layer of a unit is gone back from: the number of the newest one that the caller saw. */
export interface UndoInput {
  readonly catalogId: string;
  readonly unitId: string;
  readonly number: number;
  readonly reason: string;
  readonly effectiveFrom?: string;
  /** Sides, where the level above changed what the layer before overrides. */
  readonly choices?: readonly CellChoice[];
}

/**
 * One click back: a new layer with what the unit made of the catalog in the layer before, on what the level above says on that day; history stays. A second time goes
 * back one further. It is checked as confirming does: a limit may be too long by now, a column locked, a unit out of use; where the level above changed what the unit
 * overrides, a side is chosen; everything else is as above. What was sent further down of the layer that is undone ends with it: below holds again what then holds above.
 *
 * @throws AppError `CATALOG_ISSUE_NOT_YOURS`, `CATALOG_ISSUE_TEXT_INVALID`, `CATALOG_ISSUE_DAY_INVALID`, `CATALOG_ISSUE_NO_LAYER`, `CATALOG_ISSUE_STALE`, `CATALOG_ISSUE_NOTHING_BEFORE`, `CATALOG_ISSUE_REFUSED` with every problem of the layer before and every conflict that is not decided
 */
export async function undoLayer(desk: IssueDesk, actor: LifeActor, input: UndoInput): Promise<LayerHead> {
  const unit = demandUnit(desk, actor, 'catalogs.publish', input.unitId);
  const reason = checkReason(input.reason, 'reason');
  const at = desk.clock.now();
  const effectiveAt = checkDay(input.effectiveFrom ?? todayOf(desk), at);
  const seen = pickBefore(await readLayersOf(desk.store.knex, input.catalogId), unit, input);
  const {base, rows} = await restoredRows(desk, unit, seen.before, effectiveAt, input.choices ?? []);
  const made = await desk.store.tx(async tx => {
    await lockPublishing(tx);
    const {newest, before} = pickBefore(await readLayersOf(tx, input.catalogId), unit, input);
    const layer = nextLayer({...before, ...base, kind: 'restored', restoredFrom: before.number, effectiveAt, madeAt: at, madeBy: actor.personId, madeByName: actor.personName, reason}, newest, rootOf(base.baseName));
    await insertLayer(tx, layer, rows);
    if (newest.issueId !== null) await insertIssueLine(tx, newest.issueId, actor, {at, kind: 'undone', reason});
    await endWhatStandsOn(desk, tx, newest, {actor, at, effectiveAt, reason, line: 'fellBack'});
    await desk.audit.record(tx, {actor, action: 'catalogs.issue.undo', subject: layer.id, result: 'done', at, data: {catalogId: input.catalogId, unit: unit.id, from: newest.name, to: before.name, base: base.baseName, reason, choices: (input.choices ?? []).map(({table, key, column, take}) => `${take} ${table} ${key} ${column}`).slice(0, 500)}});
    return layer;
  });
  await desk.onPublished();
  return made;
}

/** The newest layer of a unit, and the one before it that it goes back to. */
function pickBefore(all: readonly LayerHead[], unit: IssueUnit, input: UndoInput): {readonly newest: LayerHead; readonly before: LayerHead} {
  const layers = all.filter(layer => layer.areaCode === unit.areaCode && layer.unitId === unit.id);
  const newest = layers.at(-1);
  if (!newest || newest.kind === 'ended') throw issueErrors.NO_LAYER({unit: unit.name, catalog: input.catalogId});
  if (newest.number !== input.number) throw issueErrors.STALE({now: newest.number, seen: input.number});
  const from = newest.restoredFrom ?? newest.number;
  const lastEnd = layers.findLast(layer => layer.kind === 'ended')?.number ?? 0;
  const before = layers.findLast(layer => layer.kind === 'confirmed' && layer.number < from && layer.number > lastEnd);
  if (!before) throw issueErrors.NOTHING_BEFORE({layer: newest.name});
  return {newest, before};
}

/** What was made further down of a layer that is undone: open issues of it are closed, layers that stand on it end, and below holds again what then holds above. */
async function endWhatStandsOn(desk: IssueDesk, tx: Tx, undone: LayerHead, ending: Ending): Promise<void> {
  for (const issue of await listIssues(tx, {catalogId: undone.catalogId, states: openIssueStates, unitIds: [undone.unitId], limit: 10_000})) {
    if (issue.fromUnitId !== undone.unitId || issue.baseLayerId !== undone.id) continue;
    await close(desk, tx, issue, ending, undone.name);
  }
  const newestOf = new Map((await readLayersOf(tx, undone.catalogId)).map(layer => [layer.areaCode, layer]));
  for (const below of newestOf.values()) {
    if (below.kind !== 'ended' && below.baseLayerId === undone.id) await endLayer(desk, tx, below, ending, null);
  }
}

function close(desk: IssueDesk, tx: Tx, issue: Issue, {actor, at, reason, line}: Ending, because: string): Promise<Issue> {
  return commitIssueIn(desk, tx, {actor, seen: issue, at, step: {action: 'takeBack', patch: {state: 'takenBack', openSlot: null}, line: {kind: line, reason}, data: {reason, because}}});
}
