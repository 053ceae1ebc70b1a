import type {Effect, StepModel} from '@banli/formats';
import {evaluateExpression, isTrue, type FeelContext} from '@banli/expressions';
import {isAppError} from '@banli/errors';
import type {VariableValue} from '@banli/processes';
import {parseDate, startOfDay} from '@banli/time';
import {areaPrefix} from './area-prefix.js';
import type {Actor, CasePeople} from './ports.js';
import {caseErrors} from './errors.js';
import {buildContext, textOrNull} from './context.js';
import type {CaseRequest, TaskRow} from './model.js';
import type {JudgedReasons} from './judge-returns.js';
import type {Work} from './work.js';

/** What effects need to know beside the working copy. `now` in UTC milliseconds. */
export interface EffectScene {
  readonly people: CasePeople;
  readonly actor: Actor | null;
  readonly step: StepModel;
  readonly task: Pick<TaskRow, 'id' | 'loopCounter'> | null;
  /** The case's open tasks. */
  readonly tasks: ReadonlyArray<Pick<TaskRow, 'id' | 'stepId' | 'unitId'>>;
  readonly outcome: string;
  readonly taskValues: Readonly<Record<string, unknown>>;
  readonly now: number;
  /** Reasons of returns by the form field that holds them; see `judgeReturns`. */
  readonly judged?: JudgedReasons;
}

/**
 * Carries out the effects of an outcome on the working copy, in drawn order; each sees what the ones before it changed.
 *
 * @throws AppError `CASE_EFFECT_FAILED` when FEEL fails, `CASE_UNIT_UNKNOWN`, `CASE_HOLDER_MISSING`, `CASE_REQUEST_MISSING`, `CASE_REQUEST_OVERTAKEN`: nothing was done then.
 */
export function applyEffects(work: Work, effects: readonly Effect[], scene: EffectScene): void {
  for (const effect of effects) {
    const context = sceneContext(work, scene);
    if (effect.when !== undefined && !guarded(scene, effect, () => isTrue(effect.when ?? '', context))) continue;
    applyEffect(work, effect, scene, expression => guarded(scene, effect, () => evaluateExpression(expression, context)));
  }
}

/** The FEEL context at this moment of the work. */
export function sceneContext(work: Work, scene: EffectScene): FeelContext {
  const {before, values, routing, round} = work;
  return buildContext(work.release, scene.people, {...before, values, routing, round}, {
    step: scene.step.id,
    participant: participantOf(work, scene.step.id, scene.task?.loopCounter ?? null),
    outcome: scene.outcome,
    actor: scene.actor,
    request: scene.task ? reviewedRequest(work, scene.task.id) : null,
    taskValues: scene.taskValues,
  });
}

/** Unit of the n-th instance of a multi-instance step. */
export function participantOf(work: Pick<Work, 'routing'>, stepId: string, loopCounter: number | null): string | null {
  return loopCounter === null ? null : (work.routing.participants[stepId]?.[loopCounter] ?? null);
}

function applyEffect(work: Work, effect: Effect, scene: EffectScene, evaluate: (expression: string) => unknown): void {
  switch (effect.kind) {
    case 'set':
      return setVariable(work, effect.name, evaluate(effect.value), scene);
    case 'field':
      return setField(work, effect.name, evaluate(effect.value));
    case 'hold':
      return changeHolding(work, effect, effect.value === undefined ? null : evaluate(effect.value), scene.people);
    case 'participants':
      return setParticipants(work, effect.name, evaluate(effect.value), scene.people);
    case 'request':
      return decideRequest(work, effect.op === 'approve', scene);
    case 'excludeUnit':
      return noteReturn(work, effect, scene, evaluate);
    case 'round':
      work.round += 1;
      if (work.release.bundle.manifest.variables.some(variable => variable.name === 'round')) setVariable(work, 'round', work.round, scene);
      return;
    case 'message':
      work.messages.push(effect.name);
  }
}

function setVariable(work: Work, name: string, value: unknown, scene: EffectScene): void {
  const declared = work.release.bundle.manifest.variables.find(variable => variable.name === name);
  if (!declared) throw caseErrors.EFFECT_FAILED({effect: `set ${name}`, stepId: scene.step.id, reason: 'the variable is not declared'});
  const next = value === null || value === undefined ? declared.default : value;
  if (typeof next !== declared.type) throw caseErrors.EFFECT_FAILED({effect: `set ${name}`, stepId: scene.step.id, reason: `${declared.type} is needed, got ${typeof next}`});
  work.routing = {...work.routing, variables: {...work.routing.variables, [name]: next as VariableValue}};
  work.variables[name] = next as VariableValue;
}

function setField(work: Work, name: string, value: unknown): void {
  if (value === null || value === undefined) delete work.values[name];
  else work.values[name] = value;
}

/** Hands the case on. A pause was granted to whoever held it: it ends with that. */
function changeHolding(work: Work, {op, right}: Extract<Effect, {kind: 'hold'}>, value: unknown, people: CasePeople): void {
  endPause(work);
  const {holding} = work.routing;
  if (op === 'clear' || op === 'pop') {
    work.routing = {...work.routing, holding: op === 'clear' ? [] : holding.slice(0, -1)};
    return;
  }
  if (typeof value !== 'string' || value === '') throw caseErrors.HOLDER_MISSING();
  if (!people.unit(value)) throw caseErrors.UNIT_UNKNOWN({unitId: value});
  if (op === 'push' && !isLower(people, holding.at(-1), value)) throw caseErrors.UNIT_NOT_LOWER({unit: people.unit(value)?.name ?? value});
  if (right) work.placed.push({unitId: value, right});
  work.routing = {...work.routing, holding: op === 'set' ? [value] : [...holding, value], wasHeld: true};
}

/** A case goes down to a unit of a lower level in the holder's own area, never sideways or up. @see Source: requirements/xinjiang-hotline.md §2.4. */
function isLower(people: CasePeople, holderId: string | undefined, unitId: string): boolean {
  const holder = holderId === undefined ? null : people.unit(holderId);
  const unit = people.unit(unitId);
  if (!holder || !unit) return false;
  return unit.level > holder.level && unit.areaCode.startsWith(areaPrefix(holder.areaCode));
}

function setParticipants(work: Work, stepId: string, value: unknown, people: CasePeople): void {
  const units = [...new Set(Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string' && id !== '') : [])];
  const unknown = units.find(id => !people.unit(id));
  if (unknown !== undefined) throw caseErrors.UNIT_UNKNOWN({unitId: unknown});
  work.routing = {...work.routing, participants: {...work.routing.participants, [stepId]: units}};
  const counter = work.release.steps[stepId]?.multiInstance?.countVariable;
  if (counter !== undefined) work.variables[counter] = units.length;
}

function noteReturn(work: Work, effect: Extract<Effect, {kind: 'excludeUnit'}>, scene: EffectScene, evaluate: (expression: string) => unknown): void {
  const {routing, before} = work;
  const unitId = textOrNull(evaluate(effect.value));
  const senderId = effect.sender === undefined ? null : textOrNull(evaluate(effect.sender));
  const {reason, isWrongUnit} = effect.judge ? (scene.judged?.get(effect.judge.field) ?? {reason: null, isWrongUnit: false}) : {reason: null, isWrongUnit: true};
  const returned = unitId === null ? [] : [{unitId, senderId, reason, isWrongUnit, matter: before.matter, areaCode: before.areaCode, at: scene.now}];
  const excluded = unitId !== null && senderId === null && isWrongUnit ? [unitId] : [];
  work.routing = {...routing, returns: [...routing.returns, ...returned], excludedUnits: [...new Set([...routing.excludedUnits, ...excluded])], returnCount: routing.returnCount + (senderId === null ? 1 : 0)};
}

/** The request that a task reviews: the one that opened it, else the only open one. */
export function reviewedRequest(work: Pick<Work, 'routing'>, taskId: string): CaseRequest | null {
  const open = work.routing.requests.filter(request => request.status === 'open');
  return open.find(request => request.reviewTaskId === taskId) ?? (open.length === 1 && open[0]?.taskId !== taskId ? (open[0] ?? null) : null);
}

function decideRequest(work: Work, approved: boolean, scene: EffectScene): void {
  const request = scene.task && reviewedRequest(work, scene.task.id);
  if (!request) throw caseErrors.REQUEST_MISSING();
  const decided = work.routing.requests.map(each => (each.id === request.id ? {...each, status: approved ? ('approved' as const) : ('refused' as const)} : each));
  work.routing = {...work.routing, requests: decided};
  if (!approved) return;
  if (request.kind === 'extend' && request.clock !== null && request.amount !== null) {
    work.clockMoves.push({kind: 'extend', request: {clock: request.clock, amount: request.amount, filedAt: request.at}});
  }
  if (request.kind === 'pause') {
    const asking = askingTask(scene, request);
    if (!asking) throw caseErrors.REQUEST_OVERTAKEN();
    work.routing = {...work.routing, paused: {since: request.at, taskId: asking.id, until: request.until}};
    const until = request.until === null ? null : startOfDay(parseDate(request.until));
    work.clockMoves.push({kind: 'pause', from: request.at, until, reason: request.reason ?? ''}, {kind: 'event', event: 'paused'});
  }
  if (request.kind === 'resume') endPause(work);
}

/** The task whose work a pause would stop: the one that asked, or the same step of the same unit after a refused return or result; none once the case went on. */
function askingTask({tasks}: EffectScene, request: CaseRequest): Pick<TaskRow, 'id'> | undefined {
  return tasks.find(task => task.id === request.taskId) ?? tasks.find(task => task.stepId === request.stepId && task.unitId === request.unitId);
}

function endPause(work: Work): void {
  if (work.routing.paused === null) return;
  work.routing = {...work.routing, paused: null};
  work.clockMoves.push({kind: 'resume'}, {kind: 'event', event: 'resumed'});
}

function guarded<T>(scene: EffectScene, effect: Effect, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw caseErrors.EFFECT_FAILED({effect: effect.kind, stepId: scene.step.id, reason: error.message}, {cause: error});
  }
}
