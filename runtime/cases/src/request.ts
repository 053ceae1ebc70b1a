import {AppError, isAppError, type Problem} from '@banli/errors';
import type {CompiledBundle, StepAction} from '@banli/formats';
import {newId} from '@banli/store';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import type {LoadedCase} from './case-store.js';
import {subjectOf} from './clock-moves.js';
import {commitCommand, runCommand, tryInline} from './commit.js';
import {textOrNull} from './context.js';
import {deskContext, formOf, offeredActions, openDesk, stepAccess, type Desk} from './desk.js';
import {caseErrors} from './errors.js';
import {checkInput} from './input.js';
import {noCause, type CaseRecord, type CaseRequest} from './model.js';
import type {Relay} from './relay.js';
import {factsOf} from './release-facts.js';
import {atTask, keepApart, strandOf} from './strands.js';
import {beginWork} from './work.js';

/** What a person sends to ask for an extension, a pause or a resumption. */
export interface RequestInput {
  readonly taskId: string;
  readonly actionId: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly caseVersion: number;
}

/**
 * Asks for something that somebody else decides; the task stays open. The request counts from now, also when it is approved later.
 *
 * @throws AppError of `openDesk`; `CASE_CHANGED`, `CASE_ACTION_UNKNOWN`, `CASE_REQUEST_OPEN`, `CASE_INPUT`, and of clocks
 * `DEADLINE_EXTENSION_LATE`, `DEADLINE_EXTENSION_TWICE`, `DEADLINE_EXTENSION_TOO_LONG`.
 */
export async function requestChange(deps: CaseDeps, relay: Relay, actor: Actor, input: RequestInput): Promise<LoadedCase> {
  const committed = await runCommand(async () => {
    const desk = await openDesk(deps, relay, actor, input.taskId);
    return writeRequest(deps, actor, desk, input);
  });
  return tryInline(deps, relay, committed);
}

async function writeRequest(deps: CaseDeps, actor: Actor, desk: Desk, input: RequestInput) {
  const {record, task, step, release} = desk;
  if (input.caseVersion < record.valuesVersion) throw caseErrors.CHANGED();
  const context = deskContext(deps, release, record, task, actor);
  const action = findAction(desk, input.actionId, offeredActions(step, record, context));
  const at = deps.clock.now();
  const checked = await checkInput(deps, {release, form: formOf(release, step), access: stepAccess(deps, release, step.id, actor.roles, context), stored: atTask(record, task.id).values, sent: input.values, requires: action.requires, context, partial: true, at, unitId: actor.unitId});
  // What a dialog asks for is told anew: the reason of an earlier request is none for this one.
  const isAsked = (name: string) => factsOf(release).fields.get(name)?.['x-banli']?.ask === 'action';
  const missing = action.requires.filter(name => isEmpty(isAsked(name) ? input.values[name] : (checked.values[name] ?? checked.taskValues[name])));
  const problems = [...checked.problems, ...missing.filter(name => !checked.problems.some(problem => problem.place.field === name)).map(name => unfilled(release, name))];
  if (problems.length > 0) throw caseErrors.INPUT({}, {problems});
  const request = buildRequest(desk, actor, action, {...checked.values, ...checked.taskValues}, at);
  const work = beginWork(release, record);
  Object.assign(work, keepApart(release, {...record.routing, requests: [...record.routing.requests, request]}, strandOf(record, task.id), checked.values));
  return commitCommand(deps, work, desk, actor, {
    kind: 'request',
    operations: [{kind: 'message', messageName: action.message, variables: {}}],
    cause: {...noCause, personId: actor.personId, personName: actor.personName, unitId: actor.unitId, stepId: step.id, loopCounter: task.loopCounter, requestId: request.id, message: action.message},
    lines: [{kind: 'requested', text: {'zh-CN': `${step.name}：${action.name['zh-CN']}`, en: `${step.nameEn ?? step.name}: ${action.name.en ?? action.name['zh-CN']}`}, stepId: step.id, taskId: task.id, personId: actor.personId, personName: actor.personName, unitId: actor.unitId, values: pick(checked, action.fields), data: {action: action.id}}],
    files: checked.newFiles,
    auditData: {taskId: task.id, stepId: step.id, action: action.id, requestId: request.id},
    check: async tx => {
      if (request.kind !== 'extend' || request.clock === null) return;
      const asked = {clock: request.clock, amount: request.amount ?? 0, filedAt: at};
      await deps.clocks.checkExtension(tx, subjectOf(release, deps.people, record), asked).catch((error: unknown) => {
        throw atAmount(error, action.amountField);
      });
    },
  });
}

/** The problem of the forms' own check: it names the field as the person reads it. */
function unfilled(release: CompiledBundle, field: string): Problem {
  const title = factsOf(release).fields.get(field)?.title ?? field;
  return {code: 'FORMS_REQUIRED', message: `Fill in "${title}".`, place: {field}, details: {title}};
}

/** That too much was asked for is told at the field of the amount; every other refusal concerns the whole request. */
function atAmount(error: unknown, field: string | undefined): unknown {
  if (field === undefined || !isAppError(error, 'DEADLINE_EXTENSION_TOO_LONG')) return error;
  const {code, status, message, details} = error;
  return new AppError(code, status, message, details, [{code, message, details, place: {field}}]);
}

function findAction(desk: Desk, actionId: string, offered: readonly StepAction[]): StepAction {
  const {step, record} = desk;
  const drawn = step.actions.find(each => each.id === actionId);
  if (!drawn) throw caseErrors.ACTION_UNKNOWN({stepId: step.id, action: actionId});
  if (record.routing.requests.some(request => request.status === 'open' && request.kind === drawn.command)) throw caseErrors.REQUEST_OPEN();
  if (drawn.command === 'resume' && record.routing.paused === null) throw caseErrors.NOT_PAUSED();
  if (drawn.command === 'pause' && record.routing.paused !== null) throw caseErrors.ALREADY_PAUSED();
  if (!offered.includes(drawn)) throw caseErrors.ACTION_UNKNOWN({stepId: step.id, action: actionId});
  return drawn;
}

function buildRequest(desk: Desk, actor: Actor, action: StepAction, values: Readonly<Record<string, unknown>>, at: number): CaseRequest {
  const read = (name: string | undefined) => (name === undefined ? null : values[name]);
  const amount = read(action.amountField);
  return {
    id: newId(at),
    kind: action.command,
    actionId: action.id,
    at,
    taskId: desk.task.id,
    stepId: desk.step.id,
    personId: actor.personId,
    unitId: actor.unitId,
    clock: action.clock ?? null,
    amount: typeof amount === 'number' ? amount : null,
    reason: textOrNull(read(action.reasonField)),
    until: textOrNull(read(action.untilField))?.slice(0, 10) ?? null,
    reviewTaskId: null,
    status: 'open',
  };
}

function pick(checked: {values: CaseRecord['values']; taskValues: CaseRecord['values']}, names: readonly string[]): Record<string, unknown> {
  const all = {...checked.values, ...checked.taskValues};
  return Object.fromEntries(names.filter(name => !isEmpty(all[name])).map(name => [name, all[name]]));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
