import {catalogLifeRoutes as routes, type AnswerOf, type BodyOf} from '@banli/api';
import type {Scene} from '../main-job/scene.js';

/** A change set as the routes tell it. */
export type Change = AnswerOf<typeof routes.open>['change'];
/** A change of one row as the routes take it. */
export type RowBody = Omit<BodyOf<typeof routes.put>, 'lockVersion'>;

/** Who does what: an analyst writes, two reviewers of the owner's unit decide, an administrator publishes; another one writes, too, but elsewhere. */
export const people = {writer: 'qu.fenxi', first: 'qu.jieguo', second: 'qu.fushen', publisher: 'qu.admin', other: 'shi.zhiban'} as const;

/** What the checks of catalogs do over HTTP, each as the person whose work it is. */
export interface Hands {
  readonly scene: Scene;
  /** A new set with these rows, 待提交审核. */
  draft(catalogId: string, title: string, ...rows: readonly RowBody[]): Promise<Change>;
  put(change: Change, row: RowBody): Promise<Change>;
  submit(change: Change): Promise<Change>;
  /** Submits and takes every step of the review; answers the decided set. */
  review(change: Change, result?: 'pass' | 'fail', opinion?: string): Promise<Change>;
  /** Publishes a set that passed, from today on. */
  publish(change: Change): Promise<Change>;
  open(changeId: string): Promise<AnswerOf<typeof routes.open>>;
  rows(catalogId: string, query?: Readonly<Record<string, string | number>>): Promise<AnswerOf<typeof routes.rows>['rows']>;
  /** `CODE row column` of each problem a call is refused with, or its own code; empty when it went through. */
  refusals(work: () => Promise<unknown>): Promise<readonly string[]>;
  /** Judges a numbered test and tells what was seen. */
  judge(number: string, title: string, holds: boolean, seen: unknown): void;
  today(): string;
}

/** Makes the hands of a scene. */
export function createHands(scene: Scene): Hands {
  const writer = () => scene.person(people.writer);
  const call = async (account: string, work: (person: Awaited<ReturnType<Scene['person']>>) => Promise<{change: Change}>): Promise<Change> => (await work(await scene.person(account))).change;
  const at = (change: Change) => ({params: {changeId: change.id}});
  const put: Hands['put'] = (change, row) => call(people.writer, person => person.call(routes.put, {...at(change), body: {...row, lockVersion: change.lockVersion}}));
  const submit: Hands['submit'] = change => call(people.writer, person => person.call(routes.submit, {...at(change), body: {lockVersion: change.lockVersion}}));
  const open: Hands['open'] = async changeId => (await writer()).call(routes.open, {params: {changeId}});
  const today = () => new Date(scene.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return {
    scene, put, submit, open, today,
    async draft(catalogId, title, ...rows) {
      let change = await call(people.writer, person => person.call(routes.create, {params: {catalogId}, body: {title}}));
      for (const row of rows) change = await put(change, row);
      return change;
    },
    async review(change, result = 'pass', opinion = result === 'pass' ? '同意' : '不同意') {
      const submitted = await submit(change);
      await decide(scene, submitted.reviewCaseId ?? '', result, opinion);
      const decided = await scene.until(async () => {
        const {change: now} = await open(change.id);
        return now.state === 'inReview' ? null : now;
      });
      return decided ?? submitted;
    },
    publish: change => call(people.publisher, person => person.call(routes.publish, {...at(change), body: {lockVersion: change.lockVersion, effectiveFrom: today(), acceptGaps: true, acceptWarnings: true}})),
    rows: async (catalogId, query = {}) => (await (await writer()).call(routes.rows, {params: {catalogId}, query: {limit: 20, ...query}})).rows,
    async refusals(work) {
      const refused = await scene.refusal(work);
      if (!refused) return [];
      const problems = refused.answer.problems.filter(problem => problem.severity !== 'warning');
      return problems.length === 0 ? [refused.code] : problems.map(({code, place}) => [code.replace(/^CATALOG_(CHANGE_)?/, ''), place.element, place.field].filter(Boolean).join(' '));
    },
    judge(number, title, holds, seen) {
      scene.checks.check(`${number} ${title}`, holds, seen);
      if (holds) scene.checks.say(`      所见：${words(seen)}`);
    },
  };
}

/** Takes the steps of a review until its process wants nobody any more. */
async function decide(scene: Scene, caseId: string, result: 'pass' | 'fail', opinion: string): Promise<void> {
  await scene.finish(people.first, caseId, 'firstReview', result, {opinion});
  const next = await scene.until(async () => {
    const view = await scene.view(people.first, caseId);
    if (view.ended) return 'ended';
    return view.tasks.some(task => task.stepId === 'secondReview' && task.state === 'open') && view.pending === null ? 'second' : null;
  });
  if (next === 'second') await scene.finish(people.second, caseId, 'secondReview', 'pass', {opinion: '复审同意'});
}

/** What was seen, on one line. */
function words(seen: unknown): string {
  const text = typeof seen === 'string' ? seen : JSON.stringify(seen);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
