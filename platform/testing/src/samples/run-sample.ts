import {randomUUID} from 'node:crypto';
import {isTrue} from '@banli/expressions';
import type {CompiledBundle, Outcome, StepAction} from '@banli/formats';
import {SampleCase} from './sample-case.js';
import type {Sample, SampleAnswer, SampleEngine, SampleOperation, SampleState} from './sample.js';

/** What a sample did on the engine. */
export interface SampleRun {
  readonly case: SampleCase;
  readonly state: SampleState;
  /** Steps in the order they were entered, the start step first. */
  readonly entered: readonly string[];
  /** `step.outcome` and `step.action` in the order used. */
  readonly used: readonly string[];
}

/**
 * Runs a sample on an engine: effects are worked out here, tokens move there.
 *
 * @throws Error in words when an answer meets no open task, an outcome that is not offered, or a required field that is empty.
 */
export async function runSample(release: CompiledBundle, sample: Sample, engine: SampleEngine, definitionId: string): Promise<SampleRun> {
  const run = new Run(release, sample, engine);
  await run.start(definitionId);
  for (const answer of sample.answers) await run.answer(answer);
  return run.result();
}

class Run {
  private readonly caseId = randomUUID().replaceAll('-', '').slice(0, 26);
  private readonly sampleCase: SampleCase;
  private readonly entered: string[] = [];
  private readonly used: string[] = [];
  private known = new Set<string>();
  private state: SampleState = {ended: false, endActivityId: null, tasks: [], externalTasks: []};
  private seq = 0;

  constructor(private readonly release: CompiledBundle, private readonly sample: Sample, private readonly engine: SampleEngine) {
    this.sampleCase = new SampleCase(release, sample.harmlessReasons);
  }

  async start(definitionId: string): Promise<void> {
    const {startStep} = this.release;
    this.entered.push(startStep);
    const [outcome] = this.step(startStep).outcomes;
    if (!outcome) throw new Error(`${startStep} has no outcome`);
    this.sampleCase.apply(startStep, outcome.id, this.sample.start, outcome.effects);
    this.used.push(`${startStep}.${outcome.id}`);
    await this.send([{kind: 'start', definitionId, variables: this.sampleCase.variables}]);
  }

  async answer(answer: SampleAnswer): Promise<void> {
    if ('lapse' in answer) return this.lapse(answer.lapse);
    const task = this.state.tasks.find(({stepId}) => stepId === answer.step);
    if (!task) throw new Error(`${answer.step} is not open; open are ${this.state.tasks.map(({stepId}) => stepId).join(', ') || 'none'}`);
    if ('action' in answer) return this.ask(answer.step, answer.action, answer.values ?? {});
    const outcome = this.offered(answer.step, answer.outcome, this.step(answer.step).outcomes);
    const {changed, messages} = this.sampleCase.apply(answer.step, outcome.id, answer.values ?? {}, outcome.effects);
    this.require(answer.step, outcome);
    this.used.push(`${answer.step}.${outcome.id}`);
    await this.send([{kind: 'complete', taskId: task.id, variables: changed}, ...messages.map(messageName => ({kind: 'message' as const, messageName, variables: {}}))]);
  }

  result(): SampleRun {
    return {case: this.sampleCase, state: this.state, entered: this.entered, used: this.used};
  }

  private async lapse(clock: string): Promise<void> {
    const event = this.release.clockEvents.find(each => each.clock === clock);
    if (!event) throw new Error(`the clock ${clock} is not drawn`);
    await this.send([{kind: 'message', messageName: event.messageName, variables: {}}]);
  }

  private async ask(step: string, actionId: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const action = this.offered(step, actionId, this.step(step).actions);
    Object.assign(this.sampleCase.fields, values);
    this.require(step, action);
    this.sampleCase.asked = action.command;
    this.used.push(`${step}.${actionId}`);
    await this.send([{kind: 'message', messageName: action.message, variables: {}}]);
  }

  private offered<Kind extends Outcome | StepAction>(step: string, id: string, all: readonly Kind[]): Kind {
    const found = all.find(each => each.id === id);
    if (!found) throw new Error(`${step} has no ${id}`);
    if (found.when !== undefined && !isTrue(found.when, this.sampleCase.context(step, id))) throw new Error(`${step}.${id} is not offered now`);
    return found;
  }

  private require(step: string, offer: Outcome | StepAction): void {
    const empty = offer.requires.filter(name => this.sampleCase.fields[name] === undefined || this.sampleCase.fields[name] === null || this.sampleCase.fields[name] === '');
    if (empty.length > 0) throw new Error(`${step}.${offer.id} needs ${empty.join(', ')}`);
  }

  /** Sends operations, notes what was entered, and carries out workers until only people are waited for. */
  private async send(operations: readonly SampleOperation[]): Promise<void> {
    this.seq += 1;
    const {state, skipped} = await this.engine.apply({caseId: this.caseId, seq: this.seq, operations});
    if (skipped.length > 0) throw new Error(`nothing waits for ${JSON.stringify(operations[skipped[0] ?? 0])}`);
    this.state = state;
    const open = [...state.externalTasks, ...state.tasks];
    for (const {id, stepId} of open) if (!this.known.has(id)) this.entered.push(stepId);
    this.known = new Set(open.map(({id}) => id));
    const [work] = state.externalTasks;
    if (!work) return;
    const written = this.sample.workers?.[work.topic];
    Object.assign(this.sampleCase.fields, written?.fields);
    Object.assign(this.sampleCase.variables, written?.variables);
    await this.send([{kind: 'completeExternal', externalTaskId: work.id, variables: {...written?.variables}}]);
  }

  private step(id: string): CompiledBundle['steps'][string] {
    const step = this.release.steps[id];
    if (!step) throw new Error(`there is no step ${id}`);
    return step;
  }
}
