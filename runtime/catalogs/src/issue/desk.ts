import type {Problem} from '@banli/errors';
import {newId, type Store, type Tx} from '@banli/store';
import {dayOf, formatDate, isDate, parseDate, startOfDay} from '@banli/time';
import {lockPublishing} from '../publish.js';
import type {LifeActor, LifePermission} from '../life/model.js';
import type {Versions} from '../life/versions.js';
import type {PublishedVersion} from '../version.js';
import {issueErrors} from './errors.js';
import {insertIssueLine, readIssue, saveIssue} from './issue-store.js';
import {withinScope} from './lay-over.js';
import {readLayer, readLayerRows, readLayersOf} from './layer-store.js';
import type {Base, Layers, LayerSource} from './layers.js';
import type {Issue, IssueDeps, IssueLine, IssueState, IssueUnit, LayerHead} from './model.js';
import {scopeOf, type Scope} from './scope.js';

/** What every command works with. */
export interface IssueDesk extends IssueDeps {
  readonly versions: Versions;
  readonly layers: Layers;
}

/** The issue a command is about, and the lock version its caller saw. */
export interface IssueRef {
  readonly issueId: string;
  readonly lockVersion: number;
}

/** The unit a command speaks for. @throws AppError `CATALOG_ISSUE_UNIT_UNKNOWN`, `CATALOG_ISSUE_NOT_YOURS` */
export function demandUnit(desk: IssueDesk, actor: LifeActor, permission: LifePermission, unitId: string): IssueUnit {
  const unit = desk.units.unit(unitId);
  if (!unit?.active) throw issueErrors.UNIT_UNKNOWN({unit: unitId});
  if (!desk.rights.may(actor, permission, unitId)) throw issueErrors.NOT_YOURS({permission, unit: unit.name});
  return unit;
}

/**
 * Opens an issue for a command: right over one of its ends, state, lock version.
 * @throws AppError `CATALOG_ISSUE_UNKNOWN`, `CATALOG_ISSUE_NOT_YOURS`, `CATALOG_ISSUE_STATE`, `CATALOG_ISSUE_STALE`
 */
export async function openForCommand(desk: IssueDesk, actor: LifeActor, ref: IssueRef, wanted: {readonly permission: LifePermission; readonly end: 'from' | 'to'; readonly states: readonly IssueState[]}): Promise<Issue> {
  const issue = await readIssue(desk.store.knex, ref.issueId);
  demandUnit(desk, actor, wanted.permission, wanted.end === 'from' ? issue.fromUnitId : issue.toUnitId);
  if (!wanted.states.includes(issue.state)) throw issueErrors.STATE({state: issue.state, wanted: wanted.states});
  if (issue.lockVersion !== ref.lockVersion) throw issueErrors.STALE({now: issue.lockVersion, seen: ref.lockVersion});
  return issue;
}

/** What a command leaves behind: the fields of the issue that change, a line of its history, what the audit log is told. */
export interface IssueStep {
  readonly action: string;
  readonly patch: Partial<Issue>;
  readonly line?: Pick<IssueLine, 'kind' | 'reason'>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Writes what a command did, in one transaction with its audit row; `more` goes first in it, and what it answers goes into the issue. */
export function commitIssue(desk: IssueDesk, actor: LifeActor, seen: Issue, step: IssueStep, more: (tx: Tx) => Promise<Partial<Issue>> = async () => ({})): Promise<Issue> {
  const at = desk.clock.now();
  return desk.store.tx(async tx => {
    await lockPublishing(tx);
    return commitIssueIn(desk, tx, {actor, seen, at, step: {...step, patch: {...step.patch, ...(await more(tx))}}});
  });
}

/** As `commitIssue`, within a transaction of the caller. */
export async function commitIssueIn(desk: IssueDesk, tx: Tx, {actor, seen, step, at}: {readonly actor: LifeActor; readonly seen: Issue; readonly step: IssueStep; readonly at: number}): Promise<Issue> {
  const saved = await saveIssue(tx, seen, {...step.patch, updatedAt: at});
  if (step.line) await insertIssueLine(tx, seen.id, actor, {at, ...step.line});
  await desk.audit.record(tx, {actor, action: `catalogs.issue.${step.action}`, subject: seen.id, result: 'done', at, data: {catalogId: seen.catalogId, to: seen.toUnitId, base: seen.baseName, ...step.data}});
  return saved;
}

/** @throws AppError `CATALOG_ISSUE_TEXT_INVALID` */
export function checkReason(text: string, field: string, most = 1_000): string {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > most || /[\u0000-\u001f\u007f]/.test(trimmed)) throw issueErrors.TEXT_INVALID({field, most});
  return trimmed;
}

/** The start of a day from today on. @throws AppError `CATALOG_ISSUE_DAY_INVALID` */
export function checkDay(day: string, now: number): number {
  const today = formatDate(dayOf(now));
  if (!isDate(day) || day < today) throw issueErrors.DAY_INVALID({day});
  return startOfDay(parseDate(day));
}

/** Today in Shanghai. */
export function todayOf(desk: IssueDesk): string {
  return formatDate(dayOf(desk.clock.now()));
}

/** @throws AppError `CATALOG_ISSUE_REFUSED` with every problem when one of them is an error */
export function refuseIssue(problems: readonly Problem[]): void {
  const count = problems.filter(problem => problem.severity !== 'warning').length;
  if (count > 0) throw issueErrors.REFUSED({count}, {problems});
}

/** The areas that hold at a moment; the last ones when none does yet. */
export async function areasAt(desk: Pick<IssueDesk, 'versions'>, at: number): Promise<PublishedVersion> {
  const holding = (await desk.versions.heads('areas')).findLast(head => head.effectiveAt <= at);
  return holding ? desk.versions.byId('areas', holding.id) : desk.versions.last('areas');
}

/** Reads what layers stand on from the database; versions stay in memory. */
export function sourceOf(desk: Pick<IssueDesk, 'versions' | 'store'>, on: Store['knex'] | Tx = desk.store.knex): LayerSource {
  return {
    version: (catalogId, versionId) => desk.versions.byId(catalogId, versionId),
    layer: async layerId => {
      const layer = await readLayer(on, layerId);
      if (!layer) throw issueErrors.UNKNOWN({issue: layerId});
      return layer;
    },
    rows: layerId => readLayerRows(on, layerId),
  };
}

/** What a unit is given: the base, without rows of elsewhere; and how many those are. */
export async function givenBy(desk: IssueDesk, on: Base & Pick<Issue, 'areaCode' | 'areasVersionId'>): Promise<{readonly whole: PublishedVersion; readonly given: PublishedVersion; readonly scope: Scope}> {
  const source = sourceOf(desk);
  const scope = scopeOf(on.areasVersionId === null ? null : await source.version('areas', on.areasVersionId), on.areaCode);
  const whole = await desk.layers.base(on, source);
  return {whole, given: withinScope(whole, scope), scope};
}

/** The newest layer over an area; `null` when there is none. An ended one says that it was taken back. */
export async function newestLayer(on: Store['knex'] | Tx, catalogId: string, areaCode: string): Promise<LayerHead | null> {
  return (await readLayersOf(on, catalogId)).findLast(layer => layer.areaCode === areaCode) ?? null;
}

/** A layer that comes after the newest of its area. */
export function nextLayer(parts: Omit<LayerHead, 'id' | 'number' | 'name'>, newest: LayerHead | null, rootVersion: string): LayerHead {
  const number = (newest?.number ?? 0) + 1;
  return {...parts, id: newId(parts.madeAt), number, name: `${rootVersion}+${parts.areaCode}.${number}`};
}

/** The number of the published version that a base stands on: `2026.3.0+650100.2` → `2026.3.0`. */
export function rootOf(baseName: string): string {
  return baseName.split('+')[0] ?? baseName;
}
