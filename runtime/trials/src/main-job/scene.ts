import {ApiError, caseRoutes, defineRoute, operationRoutes, strict, taskRoutes, Moment, type CaseTaskView, type CaseViewJson} from '@banli/api';
import {sleep} from '@banli/time';
import {Type} from '@sinclair/typebox';
import type {Checks} from '../checks.js';
import type {Instance} from '../instance.js';
import {signIn, type Person} from '../person.js';
import type {DueReasons} from './due-reasons.js';
import {formatMoment} from './words.js';

/** Moves the clock of an instance that was started with a movable one; exists only there. */
export const moveClockRoute = defineRoute({id: 'test.moveClock', method: 'POST', path: '/api/test/clock', permission: 'public', summary: 'Moves the clock', body: strict({to: Moment}), answer: Type.Object({now: Moment})});

/** What a scene offers: people, steps, the clock. */
export interface Scene {
  readonly checks: Checks;
  person(account: string): Promise<Person>;
  now(): number;
  /** Moves the clock and waits until what was due has fired and reached the engine. */
  moveTo(moment: number): Promise<void>;
  /** Registers orders of one call as 受理员; answers their ids and numbers. */
  register(account: string, items: ReadonlyArray<Readonly<Record<string, unknown>>>): Promise<ReadonlyArray<{readonly caseId: string; readonly number: string; readonly queryCode: string | null}>>;
  view(account: string, caseId: string): Promise<CaseViewJson>;
  /** Waits until the step is open for this account (workers run in between). */
  open(account: string, caseId: string, step: string): Promise<{readonly view: CaseViewJson; readonly task: CaseTaskView}>;
  /** Finishes the open step; prints it with the due time, and the reason of each due time that is new or another one. */
  finish(account: string, caseId: string, step: string, outcome: string, values?: Readonly<Record<string, unknown>>): Promise<CaseViewJson>;
  /** Asks for extension, pause or resume at the open step. */
  ask(account: string, caseId: string, step: string, action: string, values: Readonly<Record<string, unknown>>): Promise<CaseViewJson>;
  /** The code a call is refused with, or `null` when it went through. */
  refusal(work: () => Promise<unknown>): Promise<{readonly code: string; readonly status: number; readonly answer: ApiError['answer']} | null>;
  /** Waits until the case has ended. */
  ended(account: string, caseId: string): Promise<CaseViewJson>;
  /** Polls until something holds; `null` when it did not within 20 s. */
  until<T>(look: () => Promise<T | null>): Promise<T | null>;
  close(): Promise<void>;
}

/** How a scene begins: the password of every account, the instance's time in UTC milliseconds, and who follows the reasons of due times, if anybody. */
export interface SceneOptions {
  readonly password: string;
  readonly startAt: number;
  readonly reasons?: DueReasons;
}

/** Opens a scene on a started instance. */
export function createScene(instance: Instance, checks: Checks, {password, startAt, reasons}: SceneOptions): Scene {
  const persons = new Map<string, Promise<Person>>();
  const time = {now: startAt, movedAt: performance.now()};
  /** The clock runs on between two moves. */
  const shown = () => time.now + (performance.now() - time.movedAt);
  const person = (account: string): Promise<Person> => {
    const known = persons.get(account) ?? signIn(instance.url, account, password);
    persons.set(account, known);
    return known;
  };
  const view = async (account: string, caseId: string): Promise<CaseViewJson> => (await person(account)).call(caseRoutes.view, {params: {caseId}});
  const explain = async (account: string, seen: CaseViewJson, headline?: string): Promise<void> => {
    const fresh = (await reasons?.meet(await person(account), seen)) ?? [];
    const {clock} = seen.head;
    const isTold = reasons === undefined || clock === null || fresh.some(line => line.startsWith(clock.title['zh-CN']));
    if (headline !== undefined) checks.say(`${headline}${isTold ? '' : '，理由同前'}`);
    for (const line of fresh) checks.say(`      ${line}`);
  };
  return {
    checks,
    person,
    view,
    until,
    now: () => time.now,
    ...stepsOf({person, view, explain, tell: (account, seen, what) => explain(account, seen, `  ${formatMoment(shown())} ${account.padEnd(15)} ${what} → ${seen.head.state.title['zh-CN']}${dueWords(seen)}`)}),
    async moveTo(moment) {
      await (await person('shi.shouli')).call(moveClockRoute, {body: {to: moment}});
      time.now = moment;
      time.movedAt = performance.now();
      checks.say(`  —— ${formatMoment(moment)} ——`);
      await sleep(1500);
    },
    refusal,
    ended: async (account, caseId) => {
      const done = await until(async () => {
        const seen = await view(account, caseId);
        return seen.ended ? seen : null;
      });
      return done ?? view(account, caseId);
    },
    async close() {
      for (const one of persons.values()) await (await one).close();
    },
  };
}

interface StepTools {
  readonly person: Scene['person'];
  readonly view: Scene['view'];
  /** Tells why the clocks of a case are due when they are, where it was not told yet. */
  readonly explain: (account: string, seen: CaseViewJson) => Promise<void>;
  readonly tell: (account: string, seen: CaseViewJson, what: string) => Promise<void>;
}

/** What people do: register, finish a step, ask for something. */
function stepsOf({person, view, explain, tell}: StepTools): Pick<Scene, 'register' | 'open' | 'finish' | 'ask'> {
  const open = (account: string, caseId: string, step: string) => findOpen(view, account, caseId, step);
  return {
    open,
    async register(account, items) {
      const answer = await (await person(account)).call(caseRoutes.start, {body: {bundleId: 'hotline', items: items.map(values => ({values}))}});
      for (const one of answer.cases) await tell(account, await view(account, one.caseId), `登记 ${one.number}`);
      return answer.cases;
    },
    async finish(account, caseId, step, outcome, values = {}) {
      const {view: before, task} = await open(account, caseId, step);
      await explain(account, before);
      const after = await (await person(account)).call(taskRoutes.complete, {params: {taskId: task.id}, body: {outcome, values, caseVersion: before.version}});
      const name = task.outcomes.find(candidate => candidate.id === outcome)?.name['zh-CN'] ?? outcome;
      await tell(account, after, `${task.stepName['zh-CN']}「${name}」`);
      return after;
    },
    async ask(account, caseId, step, action, values) {
      const {view: before, task} = await open(account, caseId, step);
      await explain(account, before);
      const after = await (await person(account)).call(caseRoutes.request, {params: {taskId: task.id}, body: {actionId: action, values, caseVersion: before.version}});
      await tell(account, after, task.actions.find(candidate => candidate.id === action)?.name['zh-CN'] ?? action);
      return after;
    },
  };
}

async function findOpen(view: Scene['view'], account: string, caseId: string, step: string): Promise<{readonly view: CaseViewJson; readonly task: CaseTaskView}> {
  const found = await until(async () => {
    const seen = await view(account, caseId);
    const task = seen.tasks.find(candidate => candidate.stepId === step && candidate.state === 'open' && candidate.mine);
    return task && seen.pending === null ? {view: seen, task} : null;
  });
  if (found !== null) return found;
  const tasks = (await view(account, caseId)).tasks.map(task => [task.stepId, task.state, task.unitName, task.mine]);
  throw new Error(`${account} has no open ${step}: ${JSON.stringify(tasks)}`);
}

function dueWords({head: {clock}}: CaseViewJson): string {
  if (clock === null) return '';
  return ` · ${clock.title['zh-CN']}${clock.dueAt === null ? '' : ` ${formatMoment(clock.dueAt)} 到期`}（${clock.rest['zh-CN']}）`;
}

async function refusal(work: () => Promise<unknown>): Promise<{readonly code: string; readonly status: number; readonly answer: ApiError['answer']} | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ApiError) return {code: error.code, status: error.status, answer: error.answer};
    throw error;
  }
}

/** Every 100 ms for at most 60 s: an engine beside tests of other files is slow. */
async function until<T>(look: () => Promise<T | null>): Promise<T | null> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(100)) {
    const found = await look();
    if (found !== null) return found;
  }
  return null;
}

/** The instance's own engine state, for the first line of a run. */
export async function describeEngine(person: Person): Promise<string> {
  const engine = await person.call(operationRoutes.engine);
  return `${engine.product ?? 'engine'} ${engine.version ?? ''}`.trim();
}
