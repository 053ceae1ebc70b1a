import type {Problem} from '@banli/errors';
import {readRows} from './change-store.js';
import {prepareChain, writersOf} from './chain.js';
import {releaseId} from './creation/creation-store.js';
import {checkText, commit, commitIn, openChange, type ChangeRef, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import type {ChangeSet, LifeActor} from './model.js';
import {prepare} from './prepare.js';

/** What a reviewer decided. A refusal says why. */
export interface Decision {
  readonly result: 'pass' | 'fail';
  readonly opinion: string;
}

/** A set that was handed in, with what whoever did it should know. */
export interface SubmittedSet extends ChangeSet {
  readonly warnings: readonly Problem[];
}

/**
 * Hands a set in for review, after every check that publishing will make. Where a chain of reviewers is set, its case begins in the same transaction.
 *
 * @throws AppError of `openChange` and `prepare`; `CATALOG_CHANGE_EMPTY`, `CATALOG_CHANGE_CHAIN_MISSING`.
 */
export async function submitSet(desk: Desk, actor: LifeActor, ref: ChangeRef): Promise<SubmittedSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing']);
  const {draft} = await prepare(desk, change);
  const chain = await prepareChain(desk, actor, change, await readRows(desk.store.knex, change.id));
  const at = desk.clock.now();
  const saved = await desk.store.tx(async tx => {
    const review = chain ? await chain.write(tx) : null;
    return commitIn(desk, tx, {actor, seen: change, at, step: {
      action: 'submit',
      patch: {state: 'inReview', submittedAt: at, decidedAt: null, decidedBy: null, decidedByName: null, opinion: null, reviewCaseId: review?.caseId ?? null, reviewNumber: review?.number ?? null},
      line: {kind: 'submitted', opinion: null},
      data: {rows: draft.changes.length + draft.fields.length, ...(review ? {review: review.number} : {})},
    }});
  });
  await chain?.deliver();
  return {...saved, warnings: (chain?.unattended ?? []).map(warningOf)};
}

function warningOf(step: string): Problem {
  const {code, message, details} = changeErrors.CHAIN_UNATTENDED({step});
  return {code, message, details, place: {element: step}, severity: 'warning'};
}

/**
 * Passes or fails a set under review. Whoever wrote it, or a row of it, does not decide.
 *
 * @throws AppError of `openChange`; `CATALOG_CHANGE_CHAIN_RUNS` while a chain of reviewers decides; `CATALOG_CHANGE_OWN_REVIEW`, `CATALOG_CHANGE_OPINION_MISSING`.
 */
export async function decideSet(desk: Desk, actor: LifeActor, ref: ChangeRef, decision: Decision): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.review', ['inReview']);
  if (change.reviewCaseId !== null) throw changeErrors.CHAIN_RUNS({number: change.reviewNumber ?? change.reviewCaseId});
  if (writersOf(change, await readRows(desk.store.knex, change.id)).includes(actor.personId)) throw changeErrors.OWN_REVIEW();
  const opinion = decision.opinion.trim() === '' ? null : checkText(decision.opinion, 'opinion', 1_000);
  if (decision.result === 'fail' && opinion === null) throw changeErrors.OPINION_MISSING();
  const passed = decision.result === 'pass';
  return commit(desk, actor, change, {
    action: decision.result,
    patch: {state: passed ? 'approved' : 'failed', decidedAt: desk.clock.now(), decidedBy: actor.personId, decidedByName: actor.personName, opinion},
    line: {kind: passed ? 'passed' : 'failed', opinion},
  });
}

/**
 * Takes a set that is written, failed its review, is under review, or passed and was not published, out of the flow; it stays as history, and a chain of reviewers that
 * works on it ends. The id of a catalog that it would have created is free again. Test A4. @throws AppError of `openChange`
 */
export async function revokeSet(desk: Desk, actor: LifeActor, ref: ChangeRef): Promise<ChangeSet> {
  const change = await openChange(desk, actor, ref, 'catalogs.edit', ['editing', 'failed', 'approved', 'inReview']);
  const running = change.state === 'inReview' ? change.reviewCaseId : null;
  const at = desk.clock.now();
  const saved = await commit(desk, actor, change, {action: 'revoke', patch: {state: 'revoked'}, line: {kind: 'revoked', opinion: null}}, async tx => {
    await releaseId(tx, change.id);
    if (running !== null) await desk.chains?.end(tx, running, {actor, at});
  });
  if (running !== null) await desk.chains?.deliver(running);
  return saved;
}
