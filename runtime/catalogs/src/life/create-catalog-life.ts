import type {Problem} from '@banli/errors';
import type {Tx} from '@banli/store';
import type {CatalogManifest, CatalogRow} from '@banli/formats/catalogs';
import {dayOf, formatDate} from '@banli/time';
import type {CatalogSource} from '../publish.js';
import {attachBasis, basisOf, demandSight, detachBasis, mayReadBasis} from './basis.js';
import {createSet, previewRows, putMany, type RowsPreview} from './batch.js';
import {listOptions, listTree, type RowOption, type TreeNode} from './browse.js';
import {listChanges, readChange, readLines, readRows} from './change-store.js';
import {carryDecision, chainEnded, type ChainDecision} from './chain.js';
import {diffChanges, diffVersions, type RowDiff} from './compare.js';
import {demandPart, draftOf, type ChangeRef, type Desk} from './desk.js';
import {deleteSet, putRow, removeRow, shapeWith} from './edit.js';
import {exportRows, type ExportQuery} from './export-rows.js';
import {listFields, targetsFor, type FieldList} from './fields/list-fields.js';
import {settingsTable} from './fields/settings-row.js';
import {splitChanges} from './fields/shaped-by.js';
import {rowGraph, type RowGraph} from './graph.js';
import {importRows, previewImport, type ImportPreview, type WorkbookInput} from './import-rows.js';
import {labelsOf, type Labels} from './labels.js';
import {listRows, type RowPage, type RowQuery} from './list-rows.js';
import {changeErrors} from './errors.js';
import {editScope, type EditScope} from './maintainers.js';
import type {CellChoice} from './merge.js';
import type {BasisFile, ChangeLine, ChangeSet, ChangeState, LifeActor, LifeDeps} from './model.js';
import {createCatalog, listDrafts, type CatalogDraft, type NewCatalog} from './creation/create-catalog.js';
import {unbornVersion} from './creation/unborn.js';
import {checkPublishing, type PublishCheck} from './prepare.js';
import {problemOf} from './problem.js';
import {publishSet, rebaseSet, type PublishRef} from './publish-set.js';
import {decideSet, revokeSet, submitSet, type Decision, type SubmittedSet} from './review.js';
import {rollBack} from './rollback.js';
import {createRowDates} from './row-dates.js';
import {rowHistory, type RowHistory, type RowHistoryQuery} from './row-history.js';
import type {RowInput} from './row-input.js';
import {checkRules} from './rules/index.js';
import {describeForm, formOf, type CatalogForm, type FormColumn} from './shape.js';
import {applyChanges, composeSource, nextVersion, tableOf} from './tables.js';
import {timeline, type TimelineEntry} from './timeline.js';
import {isUnborn} from '../version.js';
import {versionsOf} from './versions.js';
import {withdrawVersion, type Withdrawal} from './withdraw-version.js';

/** A set as it is opened: its differences, its history, what stands against it now. */
export interface OpenedChange {
  readonly change: ChangeSet;
  readonly diff: readonly RowDiff[];
  readonly lines: readonly ChangeLine[];
  /** What it rests on. */
  readonly basis: readonly BasisFile[];
  /** Problems and conflicts as of now; empty for sets that are through. */
  readonly problems: readonly Problem[];
  /** The last version when it is not the base. */
  readonly newerVersion: string | null;
}

/**
 * The life of published catalogs: change sets that are written, reviewed and published, and everything that was. Every command checks right,
 * state and lock version, writes its audit row in its own transaction, and throws what the function of its name throws.
 */
export interface CatalogLife {
  /** Begins a catalog: the set that its first version is made of. */
  createCatalog(actor: LifeActor, input: NewCatalog): Promise<ChangeSet>;
  /** Catalogs that are being made and that somebody may read, and what columns of a new one may refer to. */
  drafts(actor: LifeActor): Promise<{readonly drafts: readonly CatalogDraft[]; readonly targets: FieldList['targets']}>;
  /** Begins a set, with its first rows where they are given: all of it or nothing. */
  create(actor: LifeActor, input: {readonly catalogId: string; readonly title: string; readonly rows?: readonly RowInput[]}): Promise<ChangeSet>;
  put(actor: LifeActor, ref: ChangeRef, input: RowInput): Promise<ChangeSet>;
  /** Puts many rows, all or none. */
  putMany(actor: LifeActor, ref: ChangeRef, rows: readonly RowInput[]): Promise<ChangeSet>;
  /** What rows would become, with every problem; nothing is written. */
  preview(actor: LifeActor, input: {readonly catalogId: string; readonly rows: readonly RowInput[]; readonly apart?: boolean}): Promise<RowsPreview>;
  remove(actor: LifeActor, ref: ChangeRef, row: {readonly table: string; readonly key: string}): Promise<ChangeSet>;
  /** Ties an uploaded file to a set as what it rests on. */
  attachBasis(actor: LifeActor, ref: ChangeRef, fileId: string): Promise<ChangeSet>;
  detachBasis(actor: LifeActor, ref: ChangeRef, fileId: string): Promise<ChangeSet>;
  /** Whether somebody may read a file because a set rests on it. @throws AppError `CATALOG_CHANGE_NOT_YOURS` */
  mayReadBasis(actor: LifeActor, fileId: string): Promise<boolean>;
  /** With warnings where nobody may take a step of the review. */
  submit(actor: LifeActor, ref: ChangeRef): Promise<SubmittedSet>;
  decide(actor: LifeActor, ref: ChangeRef, decision: Decision): Promise<ChangeSet>;
  /** Carries the decision of a chain of reviewers to its set, within the transaction of the chain. */
  carry(tx: Tx, decision: ChainDecision): ReturnType<typeof carryDecision>;
  /** Told, within its transaction, that a case ended: a set that waited for it is under work again. */
  chainEnded(tx: Tx, end: {readonly caseId: string; readonly at: number}): Promise<ChangeSet | null>;
  revoke(actor: LifeActor, ref: ChangeRef): Promise<ChangeSet>;
  delete(actor: LifeActor, ref: ChangeRef): Promise<void>;
  rebase(actor: LifeActor, ref: ChangeRef, choices: readonly CellChoice[]): Promise<ChangeSet>;
  publish(actor: LifeActor, ref: PublishRef): Promise<ChangeSet>;
  /** What publishing would find; nothing is written. */
  check(actor: LifeActor, changeId: string, effectiveFrom?: string): Promise<PublishCheck>;
  /** Withdraws a version that does not hold yet. */
  withdraw(actor: LifeActor, wanted: Withdrawal): ReturnType<typeof withdrawVersion>;
  rollBack(actor: LifeActor, input: {readonly catalogId: string; readonly version: string; readonly title: string}): Promise<ChangeSet>;
  /** Makes a set of the rows of a workbook, at most 500, all or nothing, or puts them `into` one. */
  importExcel(actor: LifeActor, input: WorkbookInput & {readonly title?: string; readonly into?: ChangeRef}): Promise<ChangeSet>;
  /** What a workbook would do; nothing is written. */
  previewExcel(actor: LifeActor, input: WorkbookInput & {readonly changeId?: string}): Promise<ImportPreview>;
  /** A table, or what a filter leaves of it, as a workbook. @throws AppError as `formOfSet` when a set is named */
  exportExcel(actor: LifeActor, query: ExportQuery): Promise<Buffer>;
  /** Tables and columns as pages and forms show them, of the last version or of the one that is named. */
  form(catalogId: string, version?: string): Promise<CatalogForm>;
  /** The same as a set would make it. @throws AppError of `open`; `CATALOG_CHANGE_OTHER_CATALOG` */
  formOfSet(actor: LifeActor, changeId: string, catalogId: string): Promise<CatalogForm>;
  /** The columns of a catalog with what is proposed for them. */
  fields(catalogId: string): Promise<FieldList>;
  /** Cells in words. Rows of sets that are not published are known by `changeId`. */
  labels(catalogId: string, changeId?: string): Promise<Labels>;
  tree(query: {readonly catalogId: string; readonly table?: string; readonly parent?: string}): Promise<readonly TreeNode[]>;
  options(query: {readonly catalogId: string; readonly table?: string; readonly words?: string; readonly keys?: readonly string[]; readonly leaf?: boolean; readonly limit: number}): Promise<readonly RowOption[]>;
  /** A row and everything it has to do with. */
  graph(query: {readonly catalogId: string; readonly table?: string; readonly key: string}): Promise<RowGraph>;
  /** The text of a catalog as a set would make it, published or not. @throws AppError of `open`; `CATALOG_CHANGE_OTHER_CATALOG`, `CATALOG_CHANGE_SCHEMAS_MISSING` */
  draftSource(actor: LifeActor, changeId: string, catalogId: string): Promise<CatalogSource>;
  /** @throws AppError `CATALOG_CHANGE_NOT_YOURS` for whoever may read nothing of that owner, as all queries do, and has no part in the review. */
  open(actor: LifeActor, changeId: string): Promise<OpenedChange>;
  changes(actor: LifeActor, query: {readonly catalogId: string; readonly states?: readonly ChangeState[]; readonly cursor?: string; readonly limit: number}): Promise<readonly ChangeSet[]>;
  rows(query: RowQuery): Promise<RowPage>;
  /** How far somebody may write in a catalog. */
  editScope(actor: LifeActor, catalogId: string): Promise<EditScope>;
  diff(catalogId: string, from: string, to: string): Promise<readonly RowDiff[]>;
  timeline(catalogId: string, page: {readonly before?: string; readonly limit: number}): Promise<{readonly entries: readonly TimelineEntry[]; readonly nextCursor: string | null}>;
  /** Every version and layer in which a row changed, newest first. */
  rowHistory(query: RowHistoryQuery): Promise<RowHistory>;
  /** Rows of any version as they were, with the columns of then; a version from before row schemas were kept has none. */
  versionRows(catalogId: string, version: string, table?: string): Promise<{readonly manifest: CatalogManifest; readonly columns: readonly FormColumn[]; readonly rows: readonly CatalogRow[]}>;
}

/** Makes the life of catalogs. */
export function createCatalogLife(deps: LifeDeps): CatalogLife {
  const desk: Desk = {...deps, versions: versionsOf(deps.store)};
  const dates = createRowDates(desk.versions);
  return {
    createCatalog: (actor, input) => createCatalog(desk, actor, input),
    drafts: async actor => ({drafts: await listDrafts(desk, actor), targets: await targetsFor(desk, unbornVersion({catalogId: '', createdAt: 0, authorId: ''}, []))}),
    create: (actor, input) => createSet(desk, actor, input),
    put: (actor, ref, input) => putRow(desk, actor, ref, input),
    putMany: (actor, ref, rows) => putMany(desk, actor, ref, rows),
    preview: (actor, input) => previewRows(desk, actor, input),
    remove: (actor, ref, row) => removeRow(desk, actor, ref, row),
    attachBasis: (actor, ref, fileId) => attachBasis(desk, actor, ref, fileId),
    detachBasis: (actor, ref, fileId) => detachBasis(desk, actor, ref, fileId),
    mayReadBasis: (actor, fileId) => mayReadBasis(desk, actor, fileId),
    submit: (actor, ref) => submitSet(desk, actor, ref),
    decide: (actor, ref, decision) => decideSet(desk, actor, ref, decision),
    carry: (tx, decision) => carryDecision(desk, tx, decision),
    chainEnded: (tx, end) => chainEnded(desk, tx, end),
    revoke: (actor, ref) => revokeSet(desk, actor, ref),
    delete: (actor, ref) => deleteSet(desk, actor, ref),
    rebase: (actor, ref, choices) => rebaseSet(desk, actor, ref, choices),
    publish: (actor, ref) => publishSet(desk, actor, ref),
    check: (actor, changeId, effectiveFrom) => checkPublishing(desk, actor, changeId, effectiveFrom),
    withdraw: (actor, wanted) => withdrawVersion(desk, actor, wanted),
    rollBack: (actor, input) => rollBack(desk, actor, input),
    importExcel: (actor, input) => importRows(desk, actor, input),
    previewExcel: (actor, input) => previewImport(desk, actor, input),
    exportExcel: async (actor, query) => exportRows(desk, dates, query.changeId === undefined ? await desk.versions.withSchemas(await desk.versions.last(query.catalogId)) : (await shapedDraft(desk, actor, query.changeId, query.catalogId)).base, query),
    form: (catalogId, version) => formOf(desk, catalogId, version),
    formOfSet: (actor, changeId, catalogId) => formOfSet(desk, actor, changeId, catalogId),
    fields: catalogId => listFields(desk, catalogId),
    async labels(catalogId, changeId) {
      const last = await desk.versions.last(catalogId);
      if (changeId === undefined) return labelsOf(desk, last);
      const {rows, fields} = splitChanges(await readRows(desk.store.knex, changeId));
      const shape = fields.length > 0 ? shapeWith(await desk.versions.withSchemas(last), fields) : null;
      return labelsOf(desk, shape ?? last, applyChanges(last, rows), shape?.schemas);
    },
    tree: query => listTree(desk, query),
    options: query => listOptions(desk, query),
    graph: query => rowGraph(desk, query),
    draftSource: (actor, changeId, catalogId) => draftSource(desk, actor, changeId, catalogId),
    open: (actor, changeId) => openSet(desk, actor, changeId),
    async changes(actor, query) {
      await demandPart(desk, actor, 'catalogs.read', query.catalogId);
      return listChanges(desk.store.knex, query);
    },
    rows: query => listRows(desk, dates, query),
    editScope: async (actor, catalogId) => editScope(desk, actor, (await desk.versions.last(catalogId)).manifest),
    diff: async (catalogId, from, to) => diffVersions(await desk.versions.named(catalogId, from), await desk.versions.named(catalogId, to)),
    timeline: (catalogId, page) => timeline(desk, catalogId, page),
    rowHistory: query => rowHistory(desk, query),
    async versionRows(catalogId, version, table = catalogId) {
      const found = await desk.versions.named(catalogId, version);
      tableOf(found.manifest, table);
      const schemas = await desk.versions.schemasOf(found);
      const form = schemas && describeForm({...found, schemas});
      return {manifest: found.manifest, columns: form?.tables.find(each => each.name === table)?.columns ?? [], rows: (found.tables.get(table)?.rows ?? []).map(row => row.values)};
    },
  };
}

async function shapedDraft(desk: Desk, actor: LifeActor, changeId: string, wanted: string) {
  const change = await readChange(desk.store.knex, changeId);
  await demandPart(desk, actor, 'catalogs.read', change.catalogId);
  if (change.catalogId !== wanted) throw changeErrors.OTHER_CATALOG({change: changeId, catalog: change.catalogId, wanted});
  const {draft} = await draftOf(desk, change);
  return {draft, base: draft.shape ?? (await desk.versions.withSchemas(draft.base))};
}

async function formOfSet(desk: Desk, actor: LifeActor, changeId: string, wanted: string): Promise<CatalogForm> {
  const {base, draft} = await shapedDraft(desk, actor, changeId, wanted);
  return describeForm(base, draft.tables);
}

async function draftSource(desk: Desk, actor: LifeActor, changeId: string, wanted: string): Promise<CatalogSource> {
  const {draft, base} = await shapedDraft(desk, actor, changeId, wanted);
  const day = formatDate(dayOf(Math.max(base.head.effectiveAt, desk.clock.now())));
  return composeSource(base, draft.tables, {version: nextVersion(base.head.version, day), effectiveFrom: day});
}

async function openSet(desk: Desk, actor: LifeActor, changeId: string): Promise<OpenedChange> {
  const change = await readChange(desk.store.knex, changeId);
  const last = await demandSight(desk, actor, change);
  const rows = await readRows(desk.store.knex, changeId);
  const through = ['published', 'revoked', 'withdrawn'].includes(change.state);
  // A catalog that is being made, and another of its id came from files.
  const isTaken = change.baseVersionId === null && !isUnborn(last.head);
  const {draft, conflicts} = through || isTaken ? {draft: null, conflicts: []} : await draftOf(desk, change, rows);
  return {
    change, diff: diffChanges(rows), lines: await readLines(desk.store.knex, changeId), basis: await basisOf(desk, changeId),
    problems: isTaken && !through ? [problemOf(changeErrors.ID_TAKEN({id: change.catalogId}), {file: `${change.catalogId}/${settingsTable}`, element: change.catalogId})] : draft ? [...conflicts, ...(await checkRules(draft))] : [],
    newerVersion: through || last.head.id === (change.baseVersionId ?? '') ? null : last.head.version,
  };
}
