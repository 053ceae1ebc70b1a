import {caseErrors, type CaseEnd, type CaseNotices, type SideCases} from '@banli/cases';
import {settingsTable, type CatalogLife, type ChainReview, type ChangeSet, type LifeActor, type ReviewChains, type RowChange} from '@banli/catalogs';
import {isAppError} from '@banli/errors';
import {riskOf} from '@banli/formats/catalogs';
import type {Tx} from '@banli/store';
import type {WorkerRegistry} from '@banli/workers';

/** Topic of the platform's worker that carries the decision of a review to its change set. */
export const decisionTopic = 'catalogs.decide';

/** What chains of reviewers stand on. `sideCases` is asked for late: cases are made after the life of catalogs. */
export interface ReviewChainParts {
  /** `null`: one decision is the whole review. */
  readonly bundleId: string | null;
  readonly people: {unit(unitId: string): {readonly level: number} | null};
  readonly sideCases: () => SideCases | null;
  /** @throws AppError `CASE_UNKNOWN` when the person may not see the case. */
  readonly assertVisible: (actor: LifeActor, caseId: string) => Promise<void>;
}

/** Runs reviews of catalog changes as cases of a bundle: accepted by the owner of the catalog, or by the author's unit where the owner is no unit. */
export function createReviewChains({bundleId, people, sideCases, assertVisible}: ReviewChainParts): ReviewChains {
  return {
    chainOf: () => bundleId,
    async prepare(actor, review) {
      const acceptingUnitId = people.unit(review.ownerUnitId) === null ? actor.unitId : review.ownerUnitId;
      const prepared = await sideCases()?.prepare(actor, {bundleId: review.bundleId, acceptingUnitId, values: factsOf(review, people.unit(acceptingUnitId)?.level ?? null), barred: review.writers});
      return prepared ? {...prepared, unattended: prepared.unattended.map(step => step.name)} : null;
    },
    async end(tx, caseId, {actor, at}) {
      await sideCases()?.end(tx, caseId, {actor, at, text: {'zh-CN': '变更单已撤销，审核终止', en: 'The change was revoked; its review ends'}});
    },
    maySee: (actor, caseId) => assertVisible(actor, caseId).then(() => true, (error: unknown) => {
      if (isAppError(error, 'CASE_UNKNOWN')) return false;
      throw error;
    }),
    async deliver(caseId) {
      await sideCases()?.deliver(caseId);
    },
  };
}

/** What a review's form may show, and its conditions may speak of. Whose a catalog is and how it is reviewed is decided by two, whatever its rows cost. */
function factsOf({change, catalogTitle, rows, lines, review}: ChainReview, ownerLevel: number | null): Readonly<Record<string, unknown>> {
  const risk = rows.some(row => row.tableName === settingsTable) ? 'high' : riskOf(review, ownerLevel);
  const count = (op: RowChange['op']): number => rows.filter(row => row.op === op).length;
  return {
    changeId: change.id, catalogId: change.catalogId, catalogTitle, title: `${catalogTitle}：${change.title}`, authorName: change.authorName, baseVersion: change.baseVersion ?? '新建', origin: change.origin,
    rowCount: rows.length, addCount: count('add'), modifyCount: count('modify'), offShelfCount: count('offShelf'), voidCount: count('void'), restoreCount: count('restore'),
    ...(risk === null ? {} : {risk}), ...(ownerLevel === null ? {} : {ownerLevel}),
    summary: lines.join('\n').slice(0, 4_000),
    link: `/catalogs/${change.catalogId}?tab=changes&change=${change.id}`,
  };
}

/** Adds the platform's worker that carries the decision: what it writes happens in the transaction that ends its task. */
export function registerDecision(registry: Pick<WorkerRegistry, 'handle'>, {life, sideCases, notices}: {readonly life: Pick<CatalogLife, 'carry'>; readonly sideCases: Pick<SideCases, 'doers'>; readonly notices: CaseNotices}): void {
  registry.handle<{readonly result: 'pass' | 'fail'; readonly opinion?: string | null}>({
    topic: decisionTopic,
    title: {'zh-CN': '回写目录审核结论', en: 'Decision on a catalog change'},
    inputSchema: {type: 'object', required: ['result'], properties: {result: {enum: ['pass', 'fail']}, opinion: {type: ['string', 'null']}}},
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, effects}) {
      effects.note(input.result === 'pass' ? {'zh-CN': '变更单审核通过，等待发布', en: 'The change passed and waits to be published'} : {'zh-CN': '变更单审核未通过，已退回编制人', en: 'The change did not pass and is back with its author'});
    },
  }, async (tx, {caseId, input, at}) => {
    const opinion = typeof input['opinion'] === 'string' ? input['opinion'] : null;
    const {how, change} = await life.carry(tx, {caseId, result: input['result'] === 'pass' ? 'pass' : 'fail', opinion, doers: await sideCases.doers(tx, caseId), at});
    if (how === 'gone') throw caseErrors.WORK_GONE();
    if (how === 'carried') await tellAuthor(notices, tx, {change, caseId, at});
  });
}

/** Told in the transaction in which a case ends: a change that waited for it is back with its author, who is told. */
export async function endReview({life, notices}: {readonly life: Pick<CatalogLife, 'chainEnded'>; readonly notices: CaseNotices}, tx: Tx, {caseId, at}: CaseEnd): Promise<void> {
  const change = await life.chainEnded(tx, {caseId, at});
  if (change) await tellAuthor(notices, tx, {change, caseId, at});
}

async function tellAuthor(notices: CaseNotices, tx: Tx, {change, caseId, at}: {readonly change: ChangeSet; readonly caseId: string; readonly at: number}): Promise<void> {
  const [zh, en] = change.state === 'approved' ? ['审核通过，等待发布', 'passed its review and waits to be published'] : change.state === 'failed' ? ['审核未通过', 'did not pass its review'] : ['审核已终止，退回待提交审核', 'is back with you: its review ended'];
  const opinion = change.opinion === null ? '' : `：${change.opinion}`;
  await notices.notify(tx, {
    personIds: [change.authorId], kind: 'catalogs.reviewed', caseId, at,
    title: {'zh-CN': `目录变更${zh}`, en: `A catalog change ${en}`},
    body: {'zh-CN': `“${change.title}”${zh}${opinion}`, en: `“${change.title}” ${en}${change.opinion === null ? '' : `: ${change.opinion}`}`},
  });
}
