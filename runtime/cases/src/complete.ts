import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import type {LoadedCase} from './case-store.js';
import {commitCommand, messageOperations, runCommand, tryInline, type Command} from './commit.js';
import {deskContext, formOf, offeredOutcomes, openDesk, stepAccess, type Desk} from './desk.js';
import {applyEffects} from './effects.js';
import {caseErrors} from './errors.js';
import {checkHandlingRights} from './handling-right.js';
import {judgeReturns} from './judge-returns.js';
import {checkInput, type CheckedInput} from './input.js';
import {askAgain} from './registration-again.js';
import {noCause, type LineInput, type Strand} from './model.js';
import type {Relay} from './relay.js';
import {forEngine} from './release-facts.js';
import {doneWords} from './step-words.js';
import {atTask, keepApart, strandOf} from './strands.js';
import {beginWork, isSame, type Work} from './work.js';
import {keepLayers, reclassify, type Reclassified} from './layers/case-layers.js';

/** What a person sends to finish a task. `caseVersion` is the version of the page he typed on. */
export interface CompleteInput {
  readonly taskId: string;
  readonly outcome: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly caseVersion: number;
  /** It is one of several of a list: only an outcome meant for many at once will do. */
  readonly isBatch?: boolean;
  /** The platform acts by a rule: what it adds to the timeline and the audit row, and what it checks in the transaction. */
  readonly byRule?: Required<Pick<Command, 'lines' | 'auditData' | 'check'>>;
}

/**
 * Finishes a task with an outcome.
 *
 * @returns The case after the engine's answer; while the engine is down, the case with the command pending.
 * @throws AppError of `openDesk`; `CASE_CHANGED`, `CASE_OUTCOME_UNKNOWN`, `CASE_OUTCOME_SINGLE`, `CASE_PAUSED`, `CASE_INPUT` with every problem, errors of effects and of `checkHandlingRights`.
 */
export async function completeTask(deps: CaseDeps, relay: Relay, actor: Actor, input: CompleteInput): Promise<LoadedCase> {
  const committed = await runCommand(async () => {
    const desk = await openDesk(deps, relay, actor, input.taskId);
    const prepared = await prepare(deps, actor, desk, input);
    return commitCommand(deps, prepared.work, desk, actor, commandOf(actor, desk, input, prepared));
  });
  return tryInline(deps, relay, committed);
}

interface Prepared {
  readonly work: Work;
  readonly checked: CheckedInput;
  /** The case gets another class with this. */
  readonly changed: Reclassified | null;
  /** Units that get the case without the right to handle it, for a reason. */
  readonly unentitled: readonly string[];
  /** What was said of another matter or nature, and the reasons given. */
  readonly audit: Readonly<Record<string, unknown>>;
  /** Values as the task saw them before. */
  readonly stored: Readonly<Record<string, unknown>>;
  readonly strand: Strand | null;
  readonly at: number;
}

async function prepare(deps: CaseDeps, actor: Actor, desk: Desk, input: CompleteInput): Promise<Prepared> {
  const {record, task, step} = desk;
  const stored = atTask(record, task.id).values;
  const strand = strandOf(record, task.id);
  if (input.caseVersion < record.valuesVersion) throw caseErrors.CHANGED();
  const at = deps.clock.now();
  const changed = await reclassify(deps, record, input.values, at);
  const release = changed?.release ?? desk.release;
  const context = deskContext(deps, release, record, task, actor);
  const outcome = offeredOutcomes(step, context).find(each => each.id === input.outcome);
  if (!outcome) throw caseErrors.OUTCOME_UNKNOWN({stepId: step.id, outcome: input.outcome});
  if (input.isBatch === true && outcome.batch !== true) throw caseErrors.OUTCOME_SINGLE({name: outcome.name['zh-CN'], nameEn: outcome.name.en ?? outcome.id});
  if (record.routing.paused?.taskId === task.id) throw caseErrors.PAUSED();
  const access = stepAccess(deps, release, step.id, actor.roles, context);
  const checked = await checkInput(deps, {
    release,
    form: formOf(release, step),
    access,
    stored,
    sent: input.values,
    requires: outcome.requires,
    context: {...context, outcome: outcome.id},
    partial: false,
    at,
    unitId: actor.unitId,
  });
  const again = await askAgain(deps, release, {stored, values: checked.values, access, unitId: record.acceptingUnitId, at});
  const problems = [...checked.problems, ...again.problems];
  if (problems.length > 0) throw caseErrors.INPUT({}, {problems});
  const work = beginWork(release, record);
  work.values = {...checked.values};
  if (changed) work.routing = {...record.routing, layers: changed.layers};
  work.clockMoves.push({kind: 'event', event: `${step.id}.${outcome.id}`, ...(strand ? {strand: strand.id} : {})});
  const judged = await judgeReturns(deps, release, outcome.effects, {...checked.values, ...checked.taskValues}, at);
  applyEffects(work, outcome.effects, {judged, people: deps.people, actor, step, task, tasks: desk.tasks, outcome: outcome.id, taskValues: checked.taskValues, now: at});
  const unentitled = await checkHandlingRights(deps, work, {...checked.values, ...checked.taskValues}, at);
  rememberDoer(work, step.id, outcome.id, actor.personId);
  Object.assign(work, keepApart(release, work.routing, strand, work.values));
  return {work, checked, changed, unentitled, audit: again.audit, stored, strand, at};
}

function rememberDoer(work: Work, stepId: string, outcomeId: string, personId: string): void {
  const before = (work.routing.doneBy[stepId] ?? []).filter(id => id !== personId);
  const outcome = `${stepId}.${outcomeId}`;
  const given = [...work.routing.given.filter(each => each.outcome !== outcome), {outcome, personId}];
  work.routing = {...work.routing, given, doneBy: {...work.routing.doneBy, [stepId]: [...before, personId]}};
}

function commandOf(actor: Actor, desk: Desk, input: CompleteInput, {work, checked, changed, unentitled, audit, stored, strand, at}: Prepared): Command {
  const {task, step} = desk;
  const outcome = step.outcomes.find(each => each.id === input.outcome);
  const variables = forEngine(work.release, {...work.variables, ...(step.outcomeVariable === null ? {} : {[step.outcomeVariable]: input.outcome})});
  const shown = Object.fromEntries(Object.entries(checked.taskValues).filter(([, value]) => value !== null && value !== ''));
  return {
    kind: 'complete',
    operations: [{kind: 'complete', taskId: task.engineId ?? '', variables}, ...messageOperations(work.messages)],
    cause: {...noCause, personId: actor.personId, personName: actor.personName, unitId: actor.unitId, taskId: task.id, stepId: step.id, loopCounter: task.loopCounter, outcome: input.outcome},
    lines: [...endedPause(work), {
      kind: 'completed',
      text: doneWords(step, outcome?.name ?? {'zh-CN': input.outcome}),
      stepId: step.id,
      taskId: task.id,
      personId: actor.personId,
      personName: actor.personName,
      unitId: actor.unitId,
      values: {...changedFields(stored, checked.values), ...shown},
      data: {outcome: input.outcome, ...(strand ? {strand: strand.id} : {}), ...(unentitled.length > 0 ? {unentitled} : {})},
    }, ...(input.byRule?.lines ?? [])],
    files: checked.newFiles,
    check: async tx => {
      if (changed?.kept) await keepLayers(tx, changed.kept, at);
      await input.byRule?.check(tx);
    },
    auditData: {taskId: task.id, stepId: step.id, outcome: input.outcome, ...(strand ? {strand: strand.id} : {}), ...(unentitled.length > 0 ? {unentitled} : {}), fields: Object.keys(checked.values).filter(name => checked.values[name] !== stored[name]), ...audit, ...input.byRule?.auditData},
  };
}

/** A line for a pause that ended because the case was handed on. */
function endedPause({before, routing}: Work): readonly LineInput[] {
  if (before.routing.paused === null || routing.paused !== null || isSame(before.routing.holding, routing.holding)) return [];
  return [{kind: 'resumed', text: {'zh-CN': '办件已移交，挂起随之结束，恢复计时', en: 'The case was handed on, the pause ended with that and the clock runs again'}}];
}

function changedFields(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value)));
}
