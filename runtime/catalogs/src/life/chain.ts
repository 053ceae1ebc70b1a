import type {Tx} from '@banli/store';
import {changeSetOfReview, readRows} from './change-store.js';
import {describeRows} from './describe.js';
import {checkText, commitIn, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import type {ChangeSet, LifeActor, PreparedReview, RowChange} from './model.js';

/** What a review chain came to. `doers` are the persons who finished its steps, the last one decided. */
export interface ChainDecision {
  readonly caseId: string;
  readonly result: 'pass' | 'fail';
  readonly opinion: string | null;
  readonly doers: ReadonlyArray<{readonly personId: string; readonly personName: string; readonly unitId: string}>;
  readonly at: number;
}

/** Rows that a reviewer is told one by one. */
const mostLines = 30;

/** Acts for a chain that came to its end without a decision. */
const chainActor: LifeActor = {personId: 'system', personName: '系统', unitId: '', roles: [], requestId: '', address: ''};

/**
 * Prepares the chain that reviews changes of this catalog.
 *
 * @returns `null` when one decision is the whole review.
 * @throws AppError `CATALOG_CHANGE_CHAIN_MISSING` when the bundle of the chain is not in use.
 */
export async function prepareChain(desk: Desk, actor: LifeActor, change: ChangeSet, rows: readonly RowChange[]): Promise<PreparedReview | null> {
  const bundleId = desk.chains?.chainOf(change.catalogId) ?? null;
  if (!desk.chains || bundleId === null) return null;
  const last = await desk.versions.last(change.catalogId);
  const {manifest} = last;
  const lines = await describeRows(desk, last, rows, mostLines);
  const prepared = await desk.chains.prepare(actor, {bundleId, change, catalogTitle: manifest.title['zh-CN'], ownerUnitId: manifest.owner, review: manifest.review, rows, lines, writers: writersOf(change, rows)});
  if (!prepared) throw changeErrors.CHAIN_MISSING({bundle: bundleId, catalog: change.catalogId});
  return prepared;
}

/** Whoever wrote a set or a row of it: he does not decide. */
export function writersOf(change: ChangeSet, rows: readonly RowChange[]): readonly string[] {
  return [...new Set([change.authorId, ...rows.map(row => row.changedBy)])];
}

/**
 * Carries the decision of a chain to its set, in the transaction that ends the chain's last step: together they happen once or not at all.
 *
 * @returns The set as it is now, and `carried`; `before` when it had its decision; `gone` when its author revoked it meanwhile.
 * @throws AppError `CATALOG_CHANGE_OWN_REVIEW` when somebody decided who wrote the change; `CATALOG_CHANGE_CHAIN_NOBODY` when nobody did;
 * `CATALOG_CHANGE_OPINION_MISSING`; `CATALOG_CHANGE_UNKNOWN` when the case reviews no set.
 */
export async function carryDecision(desk: Desk, tx: Tx, {caseId, result, opinion, doers, at}: ChainDecision): Promise<{readonly how: 'carried' | 'before' | 'gone'; readonly change: ChangeSet}> {
  const change = await changeSetOfReview(tx, caseId);
  if (!change) throw changeErrors.UNKNOWN({change: caseId});
  if (change.state !== 'inReview') return {how: change.state === 'revoked' ? 'gone' : 'before', change};
  const decider = doers.at(-1);
  if (!decider) throw changeErrors.CHAIN_NOBODY({number: change.reviewNumber ?? caseId});
  const writers = writersOf(change, await readRows(tx, change.id));
  if (doers.some(doer => writers.includes(doer.personId))) throw changeErrors.OWN_REVIEW();
  const text = oneLine(opinion);
  const passed = result === 'pass';
  if (!passed && text === null) throw changeErrors.OPINION_MISSING();
  const saved = await commitIn(desk, tx, {actor: {...chainActor, ...decider}, seen: change, at, step: {
    action: result,
    patch: {state: passed ? 'approved' : 'failed', decidedAt: at, decidedBy: decider.personId, decidedByName: decider.personName, opinion: text},
    line: {kind: passed ? 'passed' : 'failed', opinion: text},
    data: {review: change.reviewNumber, doers: doers.map(doer => doer.personId)},
  }});
  return {how: 'carried', change: saved};
}

/**
 * Notes, in the transaction in which a chain ends, that it ended. A set that still waits for its decision is under work again: the chain
 * was cancelled, could not begin, or was drawn without a decision.
 *
 * @returns That set, or `null` when none waited.
 */
export async function chainEnded(desk: Desk, tx: Tx, end: {readonly caseId: string; readonly at: number}): Promise<ChangeSet | null> {
  const change = await changeSetOfReview(tx, end.caseId);
  if (change?.state !== 'inReview') return null;
  return commitIn(desk, tx, {actor: chainActor, seen: change, at: end.at, step: {
    action: 'withdraw', patch: {state: 'editing', submittedAt: null}, line: {kind: 'withdrawn', opinion: null}, data: {review: change.reviewNumber},
  }});
}

/** Opinions of a form may have several lines; those of a set have one, and at most 1000 characters. */
function oneLine(opinion: string | null): string | null {
  const text = (opinion ?? '').replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 1_000);
  return text === '' ? null : checkText(text, 'opinion', 1_000);
}
