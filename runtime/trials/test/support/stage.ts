import {join} from 'node:path';
import {caseRoutes, createClient, operationRoutes, taskRoutes, type AnswerOf, type CaseViewJson} from '@banli/api';
import {createStore, type Store} from '@banli/store';
import {sleep} from '@banli/time';
import test from 'ava';
import {createChecks} from '../../src/checks.js';
import {startInstance, type Instance} from '../../src/instance.js';
import {stallOrder} from '../../src/main-job/orders.js';
import {createScene, type Scene} from '../../src/main-job/scene.js';
import {createBrowser} from '../../src/person.js';
import {password} from '../../src/ready-home.js';
import {openTestDatabase} from './database.js';

/** A registered order: what the clerk gets to know. */
export interface Order {
  readonly caseId: string;
  readonly number: string;
  readonly queryCode: string | null;
}

export type Values = Readonly<Record<string, unknown>>;
export type Line = AnswerOf<typeof caseRoutes.timeline>['lines'][number];

/** One real instance with its people, shared by the tests of a file. */
export interface Stage extends Scene {
  readonly instance: Instance;
  /** The instance's own database, for what no route tells. */
  readonly store: Store;
  /** Registers one order as 受理员 of the city's centre. */
  registerOne(values?: Values): Promise<Order>;
  /** Registers, dispatches to a unit and signs there. */
  handedTo(account: string, unitId: string, values?: Values, dispatch?: Values): Promise<Order>;
  /** What a citizen sees who knows number and query code. */
  citizen(order: Order): Promise<AnswerOf<typeof caseRoutes.publicView>>;
  /** State for staff and for the citizen, in Chinese. */
  states(account: string, order: Order): Promise<readonly [staff: string, citizen: string]>;
  lines(account: string, caseId: string): Promise<readonly Line[]>;
  /** Finishes a task by its id, as someone does whose page is older than the case. */
  completeTask(account: string, taskId: string, outcome: string, values?: Values): Promise<CaseViewJson>;
  /** Waits until something shows, 60 seconds unless told; fails with the words given. */
  wait<T>(what: string, look: () => Promise<T | null>, seconds?: number): Promise<T>;
}

/** Password of every demo account on the stage. */
export {password};

/** A version of a case that is never too old. */
const newestVersion = 1_000_000;

/** Starts an instance before the tests of a file and removes it after them. @param startAt - Its first moment, UTC milliseconds. @param moreBundles - Folder of a further application. */
export function useStage(startAt: number, moreBundles: () => string = () => ''): () => Stage {
  let stage: (Stage & {remove(): Promise<void>}) | null = null;
  test.before(async t => {
    t.timeout(600_000);
    stage = await openStage(startAt, moreBundles());
    await waitForWorkers(stage);
  });
  test.after.always(async () => {
    await stage?.remove();
  });
  return () => {
    if (stage === null) throw new Error('The instance did not start.');
    return stage;
  };
}

/** A server is ready before its worker host is: on a busy machine the first orders would wait for it. */
async function waitForWorkers(stage: Stage): Promise<void> {
  const clerk = await stage.person('shi.shouli');
  await stage.wait('the worker host asks for work', async () => (/call="externalPoll"\} [1-9]/.test(await clerk.call(operationRoutes.metrics)) ? true : null), 300);
}

async function openStage(startAt: number, moreBundles: string): Promise<Stage & {remove(): Promise<void>}> {
  const database = await openTestDatabase();
  const instance = await startInstance({...(database.url === undefined ? {} : {databaseUrl: database.url}), movableClock: true, startAt, env: {BANLI_DEMO_PASSWORD: password, ...(moreBundles === '' ? {} : {BANLI_MORE_BUNDLES: moreBundles})}}).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  const store = createStore(database.url ?? `sqlite:${join(instance.home, 'platform.sqlite')}`);
  const scene = createScene(instance, createChecks('stage', () => undefined), {password, startAt});
  const nobody = createBrowser(instance.url);
  const citizens = createClient({baseUrl: '', fetch: nobody.fetch, csrf: () => null});
  const registerOne = async (values: Values = stallOrder): Promise<Order> => {
    const [order] = await scene.register('shi.shouli', [values]);
    if (order === undefined) throw new Error('Nothing was registered.');
    return order;
  };
  const citizen: Stage['citizen'] = ({number, queryCode}) => citizens.call(caseRoutes.publicView, {body: {number, code: queryCode ?? ''}});
  return {
    ...scene,
    instance,
    store,
    registerOne,
    async handedTo(account, unitId, values = stallOrder, dispatch = {}) {
      const order = await registerOne(values);
      await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', await dispatchValues(scene, order.caseId, unitId, dispatch));
      await scene.finish(account, order.caseId, 'signCase', 'sign');
      return order;
    },
    citizen,
    states: async (account, order) => [(await scene.view(account, order.caseId)).head.state.title['zh-CN'], (await citizen(order)).state['zh-CN']],
    lines: async (account, caseId) => (await (await scene.person(account)).call(caseRoutes.timeline, {params: {caseId}})).lines,
    completeTask: async (account, taskId, outcome, values = {}) => (await scene.person(account)).call(taskRoutes.complete, {params: {taskId}, body: {outcome, values, caseVersion: newestVersion}}),
    async wait(what, look, seconds = 60) {
      for (const until = performance.now() + seconds * 1000; ; ) {
        const found = await look();
        if (found !== null) return found;
        if (performance.now() > until) throw new Error(`It never came to this: ${what}`);
        await sleep(100);
      }
    },
    async remove() {
      await scene.close();
      await nobody.close();
      await store.close();
      await instance.remove();
      await database.drop();
    },
  };
}

/** Dispatches to one unit alone; a reason is given where the proposal names another. */
async function dispatchValues(scene: Scene, caseId: string, unitId: string, more: Values): Promise<Values> {
  const {view} = await scene.open('shi.paidan', caseId, 'dispatchCase');
  const other = view.form.values['proposedLeadUnit'] !== unitId;
  return {mode: 'single', leadUnit: unitId, assistUnits: [], ...(other ? {changeReason: '按职责改派'} : {}), ...more};
}

/** The newest clock of a kind. */
export function clockOf(view: CaseViewJson, clock: 'respond' | 'resolve' | 'supervise'): CaseViewJson['clocks'][number] {
  const found = [...view.clocks].filter(each => each.clock === clock).sort((a, b) => b.startedAt - a.startedAt || b.round - a.round)[0];
  if (found === undefined) throw new Error(`The case has no clock ${clock}.`);
  return found;
}

/** Step ids of the open tasks, sorted. */
export function openSteps(view: CaseViewJson): readonly string[] {
  return view.tasks.filter(task => task.state === 'open').map(task => task.stepId).sort();
}

/** The fields that a refusal complains about, sorted. */
export function fieldsOf(refused: Awaited<ReturnType<Scene['refusal']>>): readonly string[] {
  return [...new Set((refused?.answer.problems ?? []).map(problem => problem.place.field ?? ''))].sort();
}
