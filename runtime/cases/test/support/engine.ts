import {AppError} from '@banli/errors';
import type {ApplyRequest, ApplyResult, EngineChange, EngineExternalTask, EngineTask, InstanceState, Operation, ProcessEngine, Variables} from '@banli/processes';
import {release} from './bundle.js';

interface Instance {
  instanceId: string;
  seq: number;
  revision: number;
  ended: boolean;
  endActivityId: string | null;
  tasks: EngineTask[];
  externalTasks: EngineExternalTask[];
  variables: Record<string, unknown>;
  answers: Record<number, ApplyResult | {readonly code: string}>;
}

/** What goes wrong on purpose. `lost` answers are applied, but the answer never comes. */
export interface Faults {
  down: boolean;
  lostAnswers: number;
  refuse: ((operations: readonly Operation[]) => boolean) | null;
  /** The only definition it knows since it lost its database; `null`: any. */
  definitionId: string | null;
}

/** A process engine in memory that keeps the port's contract for the small application, and can fail, forget and move by itself. */
export interface FakeEngine extends ProcessEngine {
  readonly faults: Faults;
  readonly calls: {apply: number; state: number};
  /** Everything it knows, to be given back later: a restored backup. */
  snapshot(): string;
  restore(snapshot: string): void;
  /** Closes an assisting task by itself, as a job of the engine would. */
  moveByItself(caseId: string, stepId: string): void;
}

type EngineVariables = Readonly<Record<string, unknown>>;

/**
 * What is drawn: the steps after a step (`!` begins the name of an end), where messages lead, which steps are workers' (step → topic), which are there several times
 * (step → variable with the number), and which open ones go when a step is left.
 */
export interface FakeDrawing {
  readonly startStep: string;
  readonly next: Readonly<Record<string, (variables: EngineVariables) => readonly string[]>>;
  readonly messages: Readonly<Record<string, string>>;
  readonly topics: Readonly<Record<string, string>>;
  readonly copies?: Readonly<Record<string, string>>;
  readonly takesAlong?: (stepId: string, variables: EngineVariables) => readonly string[];
}

const next: FakeDrawing['next'] = {
  register: () => ['check'],
  check: variables => (variables['checkOutcome'] === 'close' ? ['!archived'] : ['prepare']),
  prepare: () => ['handle', 'assist'],
  handle: variables => ({finish: ['confirm'], back: ['check'], reject: ['check'], giveUp: ['handle'], down: ['handle'], up: ['handle']})[String(variables['handleOutcome'])] ?? ['confirm'],
  assist: () => [],
  confirm: variables => (variables['confirmOutcome'] === 'again' ? ['handle'] : ['!archived']),
  judge: () => [],
  oversee: () => ['settle'],
  settle: variables => (variables['settleOutcome'] === 'again' ? ['oversee'] : []),
};
const messages: FakeDrawing['messages'] = {'request.extend': 'judge', 'request.pause': 'judge', 'request.resume': 'judge', alarm: 'oversee', 'clock.resolve': 'oversee', 'clock.respond.handle': 'oversee'};

const smallApplication: FakeDrawing = {
  startStep: release.startStep, next, messages, topics: {prepare: 'test.prepare'}, copies: {assist: 'assistCount'},
  takesAlong: (stepId, variables) => (stepId === 'handle' && ['finish', 'back'].includes(String(variables['handleOutcome'])) ? ['assist', 'judge'] : []),
};

/** Makes an empty engine. */
export function createFakeEngine(drawing = smallApplication): FakeEngine {
  let cases: Record<string, Instance> = {};
  let changes: EngineChange[] = [];
  let ids = 0;
  const faults: Faults = {down: false, lostAnswers: 0, refuse: null, definitionId: null};
  const calls = {apply: 0, state: 0};
  const newId = () => `engine-${++ids}`;
  const assertUp = () => {
    if (faults.down) throw new AppError('ENGINE_DOWN', 503, 'down');
  };
  const enter = (instance: Instance, stepId: string, scopeId = instance.instanceId) => {
    if (stepId.startsWith('!')) return end(instance, stepId.slice(1));
    const topic = drawing.topics[stepId];
    if (topic !== undefined) return void instance.externalTasks.push({id: newId(), stepId, topic, executionId: newId(), retries: null, errorMessage: null});
    const counter = drawing.copies?.[stepId];
    const count = counter === undefined ? 1 : Number(instance.variables[counter] ?? 0);
    for (let index = 0; index < count; index += 1) instance.tasks.push({id: newId(), stepId, executionId: newId(), activityInstanceId: newId(), scopeId, loopCounter: counter === undefined ? null : index, createdAt: 0});
  };
  const leave = (instance: Instance, stepId: string, scopeId = instance.instanceId) => {
    const gone = drawing.takesAlong?.(stepId, instance.variables) ?? [];
    instance.tasks = instance.tasks.filter(task => !gone.includes(task.stepId));
    for (const step of drawing.next[stepId]?.(instance.variables) ?? []) enter(instance, step, scopeId);
  };
  const run = (instance: Instance, operation: Operation): boolean => {
    const variables: Variables = 'variables' in operation ? operation.variables : {};
    if (instance.ended && operation.kind === 'message') return false;
    if (instance.ended) throw new AppError('ENGINE_GONE', 409, 'ended');
    Object.assign(instance.variables, variables);
    if (operation.kind === 'start') return leave(instance, drawing.startStep), true;
    if (operation.kind === 'cancel') return end(instance, null), true;
    if (operation.kind === 'message') {
      const step = drawing.messages[operation.messageName];
      return step !== undefined && (enter(instance, step, newId()), true);
    }
    if (operation.kind === 'complete') {
      const task = instance.tasks.find(each => each.id === operation.taskId);
      if (!task) throw new AppError('ENGINE_GONE', 409, 'no such task');
      instance.tasks = instance.tasks.filter(each => each !== task);
      return leave(instance, task.stepId, task.scopeId), true;
    }
    if (operation.kind !== 'completeExternal') throw new AppError('ENGINE_REFUSED', 422, 'unknown operation', {reason: operation.kind});
    const work = instance.externalTasks.find(each => each.id === operation.externalTaskId);
    if (!work) throw new AppError('ENGINE_GONE', 409, 'no such external task');
    instance.externalTasks = instance.externalTasks.filter(each => each !== work);
    return leave(instance, work.stepId), true;
  };
  const applyNew = (instance: Instance, request: ApplyRequest): ApplyResult => {
    if (faults.refuse?.(request.operations)) throw new AppError('ENGINE_REFUSED', 422, 'refused', {reason: 'asked to'});
    const skipped = request.operations.flatMap((operation, index) => (run(instance, operation) ? [] : [index]));
    instance.seq = request.seq;
    instance.revision += 1;
    return {state: stateOf(request.caseId, instance), skipped, repeated: false};
  };
  return {
    faults,
    calls,
    snapshot: () => JSON.stringify({cases, changes}),
    restore: text => ({cases, changes} = JSON.parse(text) as {cases: Record<string, Instance>; changes: EngineChange[]}),
    moveByItself(caseId, stepId) {
      const instance = cases[caseId];
      if (!instance) return;
      instance.tasks = instance.tasks.filter(task => task.stepId !== stepId);
      instance.revision += 1;
      changes.push({cursor: changes.length + 1, caseId, revision: instance.revision, kind: 'job'});
    },
    async apply(request) {
      assertUp();
      calls.apply += 1;
      await new Promise(resolve => setImmediate(resolve));
      const before = cases[request.caseId] ?? {instanceId: newId(), seq: 0, revision: 0, ended: false, endActivityId: null, tasks: [], externalTasks: [], variables: {}, answers: {}};
      const known = before.answers[request.seq];
      if (known) return again(known);
      if (request.seq !== before.seq + 1) throw new AppError('ENGINE_TRY_AGAIN', 503, 'sequence');
      if (faults.definitionId !== null && request.operations.some(each => each.kind === 'start' && each.definitionId !== faults.definitionId)) throw new AppError('ENGINE_TRY_AGAIN', 503, 'no such definition');
      const instance = structuredClone(before);
      try {
        instance.answers[request.seq] = applyNew(instance, request);
        cases[request.caseId] = instance;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        cases[request.caseId] = {...before, seq: request.seq, answers: {...before.answers, [request.seq]: {code: error.code}}};
        throw error;
      }
      if (faults.lostAnswers > 0) {
        faults.lostAnswers -= 1;
        throw new AppError('ENGINE_DOWN', 503, 'the answer got lost');
      }
      return again(instance.answers[request.seq] ?? {code: 'ENGINE_DOWN'}, false);
    },
    async state(caseId) {
      assertUp();
      calls.state += 1;
      const instance = cases[caseId];
      return instance && instance.revision > 0 ? structuredClone(stateOf(caseId, instance)) : null;
    },
    async setRetries(externalTaskId, retries) {
      assertUp();
      const [caseId, instance] = Object.entries(cases).find(([, each]) => each.externalTasks.some(task => task.id === externalTaskId)) ?? [];
      if (caseId === undefined || instance === undefined) throw new AppError('ENGINE_GONE', 409, 'no such external task');
      instance.externalTasks = instance.externalTasks.map(task => (task.id === externalTaskId ? {...task, retries} : task));
      instance.revision += 1;
      changes.push({cursor: changes.length + 1, caseId, revision: instance.revision, kind: 'external'});
    },
    async changes(after, limit) {
      assertUp();
      return changes.filter(change => change.cursor > after).slice(0, limit);
    },
    async runningCases(after, limit) {
      assertUp();
      return Object.entries(cases).filter(([id, instance]) => !instance.ended && id > after && instance.revision > 0).sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, limit).map(([caseId, {seq, revision}]) => ({caseId, seq, revision}));
    },
    deploy: async (name, files) => ({deploymentId: name, definitions: Object.fromEntries([['matter', `${name}:1`], ...files.map(({fileName}) => [fileName.replace(/\.bpmn$/, ''), `${name}:1`])])}),
    findDeployment: async () => null,
    health: async () => ({up: true, product: 'camunda', version: '0', database: 'memory'}),
    close: async () => undefined,
  };
}

function end(instance: Instance, endActivityId: string | null): void {
  Object.assign(instance, {ended: true, endActivityId, tasks: [], externalTasks: []});
}

function again(answer: ApplyResult | {readonly code: string}, repeated = true): ApplyResult {
  if ('code' in answer) throw new AppError(answer.code, 422, 'as before', {reason: 'as before'});
  return {...structuredClone(answer), repeated};
}

function stateOf(caseId: string, instance: Instance): InstanceState {
  const {instanceId, seq, revision, ended, endActivityId, tasks, externalTasks} = instance;
  return structuredClone({caseId, instanceId, definitionId: 'matter:1', revision, seq, ended, endActivityId, tasks, externalTasks, subscriptions: [], tree: null, incidents: externalTasks.filter(task => task.retries === 0).map(task => ({activityId: task.stepId, type: 'failedExternalTask', message: task.errorMessage}))});
}
