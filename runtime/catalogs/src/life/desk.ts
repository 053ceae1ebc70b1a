import {newId, type Tx} from '@banli/store';
import type {Problem} from '@banli/errors';
import {insertChange, insertLine, readChange, readRows, saveChange} from './change-store.js';
import {changeErrors} from './errors.js';
import {draftsOn} from './make-draft.js';
import {isMaintained, refuseForeignSet} from './maintainers.js';
import {mergeChanges} from './merge.js';
import type {ChangeLine, ChangeOrigin, ChangeSet, ChangeState, LifeActor, LifeDeps, LifePermission, RowChange} from './model.js';
import type {Draft} from './rules/draft.js';
import {stateZh} from './state-words.js';
import type {Versions} from './versions.js';
import {isUnborn, type PublishedVersion} from '../version.js';

/** What every command works with. */
export interface Desk extends LifeDeps {
  readonly versions: Versions;
}

/** The set a command is about, and the lock version its caller saw. */
export interface ChangeRef {
  readonly changeId: string;
  readonly lockVersion: number;
}

/** What a command leaves behind: the fields of the set that change, a line of its history, what the audit log is told. */
export interface Step {
  readonly action: string;
  readonly patch: Partial<ChangeSet>;
  readonly line?: Pick<ChangeLine, 'kind' | 'opinion'>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Refuses whoever has no such right over the owner of a catalog.
 * @throws AppError `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_UNKNOWN`
 */
export async function demand(desk: Desk, actor: LifeActor, permission: LifePermission, catalogId: string): Promise<PublishedVersion> {
  const last = await desk.versions.last(catalogId);
  const {owner} = last.manifest;
  if (!desk.rights.may(actor, permission, owner)) throw changeErrors.NOT_YOURS({permission, catalog: catalogId, owner});
  return last;
}

/**
 * As `demand` for writing and reading, which departments that maintain rows of the catalog may, too: which rows, the command asks.
 * @throws AppError `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_UNKNOWN`
 */
export async function demandPart(desk: Desk, actor: LifeActor, permission: 'catalogs.edit' | 'catalogs.read', catalogId: string): Promise<PublishedVersion> {
  const last = await desk.versions.last(catalogId);
  return isMaintained(last.manifest) && desk.rights.may(actor, permission, actor.unitId) ? last : demand(desk, actor, permission, catalogId);
}

/**
 * Opens a set for a command: right, state, lock version.
 * @throws AppError `CATALOG_CHANGE_UNKNOWN`, `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_CHANGE_STATE`, `CATALOG_CHANGE_STALE`
 */
export async function openChange(desk: Desk, actor: LifeActor, ref: ChangeRef, permission: LifePermission, states: readonly ChangeState[]): Promise<ChangeSet> {
  const change = await readChange(desk.store.knex, ref.changeId);
  if (permission === 'catalogs.edit') refuseForeignSet(desk, actor, (await demandPart(desk, actor, permission, change.catalogId)).manifest, change);
  else await demand(desk, actor, permission, change.catalogId);
  if (!states.includes(change.state)) throw changeErrors.STATE({state: change.state, wanted: states, stateZh: stateZh[change.state], wantedZh: states.map(state => stateZh[state]).join('、')});
  if (change.lockVersion !== ref.lockVersion) throw changeErrors.STALE({now: change.lockVersion, seen: ref.lockVersion});
  return change;
}

/** Writes what a command did, in one transaction with its audit row; `more` takes part in it. */
export function commit(desk: Desk, actor: LifeActor, seen: ChangeSet, step: Step, more: (tx: Tx) => Promise<void> = async () => undefined): Promise<ChangeSet> {
  const at = desk.clock.now();
  return desk.store.tx(tx => commitIn(desk, tx, {actor, seen, step, at}, more));
}

/** As `commit`, within a transaction of the caller. */
export async function commitIn(desk: Desk, tx: Tx, {actor, seen, step, at}: {readonly actor: LifeActor; readonly seen: ChangeSet; readonly step: Step; readonly at: number}, more: (tx: Tx) => Promise<void> = async () => undefined): Promise<ChangeSet> {
  const saved = await saveChange(tx, seen, {...step.patch, updatedAt: at});
  await more(tx);
  if (step.line) await insertLine(tx, seen.id, actor, {at, ...step.line});
  await desk.audit.record(tx, {actor, action: `catalogs.${step.action}`, subject: seen.id, result: 'done', at, data: {catalogId: seen.catalogId, ...step.data}});
  return saved;
}

/** Writes a new set with its first rows, in state 待提交审核. @throws AppError `CATALOG_CHANGE_TEXT_INVALID`; `CATALOG_CHANGE_CREATION_OPEN` for another set of a catalog that is being made */
export async function insertSet(desk: Desk, actor: LifeActor, base: PublishedVersion, input: {readonly title: string; readonly origin: ChangeOrigin; readonly creates?: boolean; readonly data?: Readonly<Record<string, unknown>>}, rows: (tx: Tx, changeId: string) => Promise<void> = async () => undefined): Promise<ChangeSet> {
  const at = desk.clock.now();
  const {catalogId} = base.head;
  if (isUnborn(base.head) && !input.creates) throw changeErrors.CREATION_OPEN({catalog: catalogId});
  const {baseVersionId, baseVersion} = isUnborn(base.head) ? {baseVersionId: null, baseVersion: null} : {baseVersionId: base.head.id, baseVersion: base.head.version};
  const change: ChangeSet = {
    id: newId(at), catalogId, title: checkText(input.title, 'title', 200), origin: input.origin, state: 'editing', baseVersionId, baseVersion,
    authorId: actor.personId, authorName: actor.personName, unitId: actor.unitId, lockVersion: 1, createdAt: at, updatedAt: at,
    submittedAt: null, decidedAt: null, decidedBy: null, decidedByName: null, opinion: null, publishedAt: null, publishedBy: null, publishedByName: null, publishedVersion: null, versionName: null, reviewCaseId: null, reviewNumber: null,
  };
  await desk.store.tx(async tx => {
    await insertChange(tx, change);
    await rows(tx, change.id);
    await insertLine(tx, change.id, actor, {at, kind: 'created', opinion: null});
    await desk.audit.record(tx, {actor, action: `catalogs.${input.creates ? 'createCatalog' : input.origin === 'manual' ? 'create' : input.origin}`, subject: change.id, result: 'done', at, data: {catalogId, title: change.title, base: baseVersion, ...input.data}});
  });
  return change;
}

/** @throws AppError `CATALOG_CHANGE_TEXT_INVALID` */
export function checkText(text: string, field: string, most: number): string {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > most || /[\u0000-\u001f\u007f]/.test(trimmed)) throw changeErrors.TEXT_INVALID({field, most});
  return trimmed;
}

/** A set laid over the last version, or over another: the draft that rules look at, and what contradicts that version. */
export async function draftOf(desk: Desk, change: ChangeSet, rows?: readonly RowChange[], onto?: PublishedVersion): Promise<{readonly draft: Draft; readonly conflicts: readonly Problem[]}> {
  const own = rows ?? (await readRows(desk.store.knex, change.id));
  const base = onto ?? (await (change.baseVersionId === null ? desk.versions.baseOf(change, own) : desk.versions.last(change.catalogId)));
  const {changes, conflicts} = mergeChanges(own, base);
  return {draft: (await draftsOn(desk, base))(changes), conflicts};
}

/** @throws AppError `CATALOG_CHANGE_REFUSED` with every problem when one of them is an error */
export function refuseProblems(problems: readonly Problem[]): void {
  const count = problems.filter(problem => problem.severity !== 'warning').length;
  if (count > 0) throw changeErrors.REFUSED({count}, {problems});
}
