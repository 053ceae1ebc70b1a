import {readRows} from './change-store.js';
import {checkText, commit, openChange, type ChangeRef, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import type {ChangeSet, LifeActor} from './model.js';
import {prepare} from './prepare.js';

/** What a reviewer decided. A refusal says why. */
export interface Decision {
  readonly result: 'pass' | 'fail';
  readonly opinion: string;
}

/**
 * Hands a set in for review, after every check that publishing will make.
 *
 * @throws AppError of `openChange` and `prepare`; `CATALOG_CHANGE_EMPTY`.
 */
export async function submitSet(desk: Desk, actor: LifeActor, ref: ChangeRef): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing']);
  const {draft} = await prepare(desk, change);
  return commit(desk, actor, change, {action: 'submit', patch: {state: 'inReview', submittedAt: desk.clock.now(), decidedAt: null, decidedBy: null, decidedByName: null, opinion: null}, line: {kind: 'submitted', opinion: null}, data: {rows: draft.changes.length}});
}

/**
 * Passes or fails a set under review. Whoever wrote it, or a row of it, does not decide.
 *
 * @throws AppError of `openChange`; `CATALOG_CHANGE_OWN_REVIEW`, `CATALOG_CHANGE_OPINION_MISSING`.
 */
export async function decideSet(desk: Desk, actor: LifeActor, ref: ChangeRef, decision: Decision): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.review', ['inReview']);
  const writers = (await readRows(desk.store.knex, change.id)).map(row => row.changedBy);
  if ([change.authorId, ...writers].includes(actor.personId)) throw changeErrors.OWN_REVIEW();
  const opinion = decision.opinion.trim() === '' ? null : checkText(decision.opinion, 'opinion', 1_000);
  if (decision.result === 'fail' && opinion === null) throw changeErrors.OPINION_MISSING();
  const passed = decision.result === 'pass';
  return commit(desk, actor, change, {
    action: decision.result,
    patch: {state: passed ? 'approved' : 'failed', decidedAt: desk.clock.now(), decidedBy: actor.personId, decidedByName: actor.personName, opinion},
    line: {kind: passed ? 'passed' : 'failed', opinion},
  });
}

/** Takes a set that failed its review, or passed and was not published, out of the flow; it stays as history. Test A4. @throws AppError of `openChange` */
export async function revokeSet(desk: Desk, actor: LifeActor, ref: ChangeRef): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['failed', 'approved']);
  return commit(desk, actor, change, {action: 'revoke', patch: {state: 'revoked'}, line: {kind: 'revoked', opinion: null}});
}
