import {isDuplicateKey, newId} from '@banli/store';
import type {Problem} from '@banli/errors';
import {isAppError, type AppError} from '@banli/errors';
import type {LifeActor} from '../life/model.js';
import {problemOf} from '../life/problem.js';
import type {PublishedVersion} from '../version.js';
import {lockPublishing} from '../publish.js';
import {areasAt, checkReason, demandUnit, newestLayer, refuseIssue, type IssueDesk} from './desk.js';
import {issueErrors} from './errors.js';
import {insertIssue, insertIssueLine, listIssues} from './issue-store.js';
import {openIssueStates, type Issue, type IssueUnit} from './model.js';
import {scopeOf} from './scope.js';

/** Who is to get a catalog. `fromUnitId` is the owner, or a unit that has confirmed it. */
export interface IssueInput {
  readonly catalogId: string;
  readonly fromUnitId: string;
  readonly toUnitIds: readonly string[];
  readonly note?: string;
}

interface Sent {
  readonly baseVersionId: string;
  readonly baseLayerId: string | null;
  readonly baseName: string;
  readonly areas: PublishedVersion | null;
}

/**
 * Issues a catalog to units directly below, all or none: the owner its last version, another unit its newest layer.
 *
 * @throws AppError `CATALOG_ISSUE_NOT_YOURS`, `CATALOG_ISSUE_NOT_ISSUABLE`, `CATALOG_ISSUE_OWNER_NO_UNIT`, `CATALOG_ISSUE_NOT_CONFIRMED`, `CATALOG_ISSUE_NO_UNITS`,
 * `CATALOG_ISSUE_REFUSED` with one problem for each unit, also when another was quicker.
 * @see Source: requirements/xinjiang-hotline.md §2.1.4; five levels, each passes on to the next.
 */
export async function sendIssues(desk: IssueDesk, actor: LifeActor, input: IssueInput): Promise<readonly Issue[]> {
  const from = demandUnit(desk, actor, 'catalogs.publish', input.fromUnitId);
  const last = await desk.versions.published(input.catalogId);
  if (!Object.values(last.manifest.tables).some(table => table.issue)) throw issueErrors.NOT_ISSUABLE({catalog: input.catalogId});
  if (!desk.units.unit(last.manifest.owner)) throw issueErrors.OWNER_NO_UNIT({catalog: input.catalogId, owner: last.manifest.owner});
  const note = input.note === undefined || input.note.trim() === '' ? null : checkReason(input.note, 'note');
  const unitIds = [...new Set(input.toUnitIds)];
  if (unitIds.length === 0) throw issueErrors.NO_UNITS();
  const sent = await baseOf(desk, from, last);
  const to = await receivers(desk, from, unitIds, {catalogId: input.catalogId, sent});
  const at = desk.clock.now();
  const issues = to.map((unit): Issue => ({
    id: newId(at), catalogId: input.catalogId, fromUnitId: from.id, toUnitId: unit.id, areaCode: unit.areaCode, state: 'issued', openSlot: `${input.catalogId}|${unit.areaCode}`,
    baseVersionId: sent.baseVersionId, baseLayerId: sent.baseLayerId, baseName: sent.baseName, areasVersionId: sent.areas?.head.id ?? null, note,
    lockVersion: 1, createdAt: at, updatedAt: at, issuedBy: actor.personId, issuedByName: actor.personName, outsideCount: null, writtenBy: null, writtenByName: null, layerId: null, effectiveAt: null,
  }));
  await desk.store.tx(async tx => {
    await lockPublishing(tx);
    const now = sent.baseLayerId === null ? null : await newestLayer(tx, input.catalogId, from.areaCode);
    if (now && now.id !== sent.baseLayerId) throw issueErrors.NOT_CONFIRMED({from: from.name, catalog: input.catalogId});
    for (const issue of issues) {
      await insertIssue(tx, issue);
      await insertIssueLine(tx, issue.id, actor, {at, kind: 'issued', reason: note});
      await desk.audit.record(tx, {actor, action: 'catalogs.issue.send', subject: issue.id, result: 'done', at, data: {catalogId: issue.catalogId, from: from.id, to: issue.toUnitId, base: issue.baseName}});
    }
  }).catch(async (error: unknown) => {
    // Another was quicker: what stands against it now is told as if it had been there before.
    if (isDuplicateKey(error)) await receivers(desk, from, unitIds, {catalogId: input.catalogId, sent});
    throw error;
  });
  return issues;
}

async function baseOf(desk: IssueDesk, from: IssueUnit, last: PublishedVersion): Promise<Sent> {
  const {catalogId} = last.head;
  const named = Object.values(last.manifest.tables).some(table => table.issue?.area !== undefined);
  const areas = named ? await areasAt(desk, desk.clock.now()) : null;
  if (from.id === last.manifest.owner) return {baseVersionId: last.head.id, baseLayerId: null, baseName: last.head.version, areas};
  const layer = await newestLayer(desk.store.knex, catalogId, from.areaCode);
  if (!layer || layer.kind === 'ended' || layer.unitId !== from.id) throw issueErrors.NOT_CONFIRMED({from: from.name, catalog: catalogId});
  return {baseVersionId: layer.baseVersionId, baseLayerId: layer.id, baseName: layer.name, areas};
}

/** @throws AppError `CATALOG_ISSUE_REFUSED` with one problem for each unit that may not get the catalog */
async function receivers(desk: IssueDesk, from: IssueUnit, unitIds: readonly string[], what: {readonly catalogId: string; readonly sent: Sent}): Promise<readonly IssueUnit[]> {
  const problems: Problem[] = [];
  const to: IssueUnit[] = [];
  for (const unitId of unitIds) {
    const found = await receiver(desk, from, unitId, what);
    if (isAppError(found)) problems.push(problemOf(found, {file: what.catalogId, element: unitId}));
    else to.push(found);
  }
  refuseIssue(problems);
  return to;
}

/** The unit below as it may get the catalog, or why it may not. */
async function receiver(desk: IssueDesk, from: IssueUnit, unitId: string, {catalogId, sent}: {readonly catalogId: string; readonly sent: Sent}): Promise<IssueUnit | AppError> {
  const unit = desk.units.unit(unitId);
  if (!unit?.active) return issueErrors.UNIT_UNKNOWN({unit: unitId});
  if (unit.parentId !== from.id || unit.id === from.id || from.path.includes(unit.id)) return issueErrors.NOT_BELOW({unit: unit.name, from: from.name});
  const areas = sent.areas ?? (await areasAt(desk, desk.clock.now()));
  if (unit.areaCode === from.areaCode || scopeOf(areas, from.areaCode).place(unit.areaCode) !== 'inside') return issueErrors.NO_JURISDICTION({unit: unit.name, from: from.name});
  const newest = await newestLayer(desk.store.knex, catalogId, unit.areaCode);
  const holding = newest && newest.kind !== 'ended' ? newest : null;
  if (holding && holding.unitId !== unit.id) return issueErrors.AREA_TAKEN({other: desk.units.unit(holding.unitId)?.name ?? holding.unitId, area: unit.areaCode, unit: unit.name});
  if (holding && holding.baseVersionId === sent.baseVersionId && holding.baseLayerId === sent.baseLayerId) return issueErrors.HAS_IT({unit: unit.name, base: sent.baseName});
  const [open] = (await listIssues(desk.store.knex, {catalogId, states: openIssueStates, unitIds: [unit.id], limit: 200})).filter(issue => issue.areaCode === unit.areaCode);
  return open ? issueErrors.ALREADY_OPEN({catalog: catalogId, unit: unit.name}) : unit;
}
