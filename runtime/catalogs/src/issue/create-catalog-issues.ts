import type {CellChoice} from '../life/merge.js';
import type {LifeActor} from '../life/model.js';
import {versionsOf} from '../life/versions.js';
import {demandUnit, newestLayer, type IssueDesk, type IssueRef} from './desk.js';
import {listIssues} from './issue-store.js';
import {readLayersOf} from './layer-store.js';
import {createLayers} from './layers.js';
import {openIssueStates, type Issue, type IssueDeps, type IssueState, type IssueUnit, type LayerHead} from './model.js';
import {issueRows, openIssue, type IssueRow, type IssueRowQuery, type OpenedIssue} from './open-issue.js';
import {chooseSides, confirmIssue, declineIssue, dropOwnRow, isOwnWriting, putOwnRow, verifyIssue, type OwnRowInput, type VerifiedIssue} from './receive.js';
import {sendIssues, type IssueInput} from './send.js';
import {takeBackIssue, undoLayer, type UndoInput} from './withdraw.js';

/** A unit that a catalog may be issued to, with what it has and what is open. */
export interface IssueTarget {
  readonly unit: IssueUnit;
  readonly layer: LayerHead | null;
  readonly open: Issue | null;
}

/**
 * Catalogs issued down over the levels: each unit gives to the one below what it has; that one verifies, completes and confirms, and what it made of it
 * holds as its layer. Every command checks right, state and lock version, writes its audit row in its own transaction, and throws what the function of its name throws.
 */
export interface CatalogIssues {
  /** Issues to units directly below, all or none. */
  send(actor: LifeActor, input: IssueInput): Promise<readonly Issue[]>;
  /** Tells what fell away, too. */
  verify(actor: LifeActor, ref: IssueRef): Promise<VerifiedIssue>;
  decline(actor: LifeActor, ref: IssueRef & {readonly reason: string}): Promise<Issue>;
  put(actor: LifeActor, ref: IssueRef, input: OwnRowInput): Promise<Issue>;
  drop(actor: LifeActor, ref: IssueRef, row: {readonly table: string; readonly key: string}): Promise<Issue>;
  choose(actor: LifeActor, ref: IssueRef, choices: readonly CellChoice[]): Promise<Issue>;
  confirm(actor: LifeActor, ref: IssueRef & {readonly effectiveFrom: string; readonly acceptWarnings?: boolean}): Promise<Issue>;
  /** Whether somebody was the last to change an issue and so does not confirm it, as long as there are rows of its own in it. */
  isOwnWriting(actor: Pick<LifeActor, 'personId'>, issue: Issue): boolean;
  takeBack(actor: LifeActor, ref: IssueRef & {readonly reason: string; readonly effectiveFrom?: string}): Promise<Issue>;
  undo(actor: LifeActor, input: UndoInput): Promise<LayerHead>;
  open(actor: LifeActor, issueId: string): Promise<OpenedIssue>;
  rows(actor: LifeActor, issueId: string, query: IssueRowQuery): Promise<{readonly rows: readonly IssueRow[]; readonly nextCursor: string | null}>;
  /** Issues whose sender or receiver the actor may read, newest first. */
  list(actor: LifeActor, query: {readonly catalogId?: string; readonly states?: readonly IssueState[]; readonly unitId?: string; readonly cursor?: string; readonly limit: number}): Promise<readonly Issue[]>;
  /** Those of some issues that the newest layers of their areas came of; confirmed ones that are not among them were followed by another. */
  inForce(issues: readonly Issue[]): Promise<ReadonlySet<string>>;
  /** Layers of a unit, newest first. @throws AppError `CATALOG_ISSUE_UNIT_UNKNOWN`, `CATALOG_ISSUE_NOT_YOURS` */
  layers(actor: LifeActor, catalogId: string, unitId: string): Promise<readonly LayerHead[]>;
  /** Units directly below with an area of their own. @throws AppError `CATALOG_ISSUE_UNIT_UNKNOWN`, `CATALOG_ISSUE_NOT_YOURS` */
  targets(actor: LifeActor, catalogId: string, fromUnitId: string): Promise<readonly IssueTarget[]>;
}

/** Makes the issuing of catalogs. */
export function createCatalogIssues(deps: IssueDeps): CatalogIssues {
  const desk: IssueDesk = {...deps, versions: versionsOf(deps.store), layers: createLayers()};
  return {
    send: (actor, input) => sendIssues(desk, actor, input),
    verify: (actor, ref) => verifyIssue(desk, actor, ref),
    decline: (actor, ref) => declineIssue(desk, actor, ref),
    put: (actor, ref, input) => putOwnRow(desk, actor, ref, input),
    drop: (actor, ref, row) => dropOwnRow(desk, actor, ref, row),
    choose: (actor, ref, choices) => chooseSides(desk, actor, ref, choices),
    isOwnWriting: (actor, issue) => isOwnWriting(desk, actor, issue),
    confirm: (actor, ref) => confirmIssue(desk, actor, ref),
    takeBack: (actor, ref) => takeBackIssue(desk, actor, ref),
    undo: (actor, input) => undoLayer(desk, actor, input),
    open: (actor, issueId) => openIssue(desk, actor, issueId),
    rows: (actor, issueId, query) => issueRows(desk, actor, issueId, query),
    async list(actor, query) {
      const readable = desk.units.units().map(unit => unit.id).filter(unitId => desk.rights.may(actor, 'catalogs.read', unitId) && (query.unitId === undefined || query.unitId === unitId));
      return readable.length === 0 ? [] : listIssues(desk.store.knex, {...query, unitIds: readable});
    },
    async inForce(issues) {
      const found = new Set<string>();
      for (const catalogId of new Set(issues.filter(issue => issue.state === 'confirmed').map(issue => issue.catalogId))) {
        const newest = new Map((await readLayersOf(desk.store.knex, catalogId)).map(layer => [layer.areaCode, layer]));
        for (const layer of newest.values()) if (layer.kind !== 'ended' && layer.issueId !== null) found.add(layer.issueId);
      }
      return found;
    },
    async layers(actor, catalogId, unitId) {
      const unit = demandUnit(desk, actor, 'catalogs.read', unitId);
      return (await readLayersOf(desk.store.knex, catalogId)).filter(layer => layer.unitId === unit.id).toReversed();
    },
    async targets(actor, catalogId, fromUnitId) {
      const from = demandUnit(desk, actor, 'catalogs.read', fromUnitId);
      const open = await listIssues(desk.store.knex, {catalogId, states: openIssueStates, limit: 10_000});
      const targets: IssueTarget[] = [];
      for (const unit of desk.units.units().filter(candidate => candidate.parentId === from.id && candidate.areaCode !== from.areaCode)) {
        const layer = await newestLayer(desk.store.knex, catalogId, unit.areaCode);
        targets.push({unit, layer: layer && layer.kind !== 'ended' && layer.unitId === unit.id ? layer : null, open: open.find(issue => issue.toUnitId === unit.id) ?? null});
      }
      return targets;
    },
  };
}
