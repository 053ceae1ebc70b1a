import {fieldsOfForms, startVariables} from '@banli/bundles';
import {evaluateExpression, isTrue, type FeelContext} from '@banli/expressions';
import type {CompiledBundle, Effect} from '@banli/formats';

type Value = string | number | boolean;

/** The case of a sample: just enough of one to work out effects. The real one lives in the case engine. */
export class SampleCase {
  readonly fields: Record<string, unknown> = {};
  readonly variables: Record<string, Value>;
  holding: string[] = [];
  excludedUnits: string[] = [];
  returnCount = 0;
  round = 1;
  paused = false;
  /** The kind of the request that was asked for last. */
  asked: 'extend' | 'pause' | 'resume' = 'extend';

  constructor(private readonly release: CompiledBundle, private readonly harmlessReasons: readonly string[] = []) {
    this.variables = {...startVariables(release)};
  }

  /** Works out the effects of an outcome. @returns The variables that changed and the messages to send. */
  apply(step: string, outcome: string, values: Readonly<Record<string, unknown>>, effects: readonly Effect[]): {readonly changed: Record<string, Value>; readonly messages: readonly string[]} {
    const before = {...this.variables};
    Object.assign(this.fields, values);
    const messages: string[] = [];
    for (const effect of effects) {
      const context = this.context(step, outcome);
      if (effect.when !== undefined && !isTrue(effect.when, context)) continue;
      this.carryOut(effect, expression => evaluateExpression(expression, context), messages);
    }
    const variable = this.release.steps[step]?.outcomeVariable;
    if (variable) this.variables[variable] = outcome;
    return {changed: Object.fromEntries(Object.entries(this.variables).filter(([name, value]) => before[name] !== value || name === variable)), messages};
  }

  context(step: string, outcome: string): FeelContext {
    const {caseFields} = this.release.bundle.manifest;
    const form = Object.fromEntries(fieldsOfForms(this.release.bundle.forms).map(({name}) => [name, this.fields[name] ?? null]));
    const flag = (name: string | undefined): boolean => name !== undefined && form[name] === true;
    return {
      ...this.variables, form, step, outcome, participant: null, now: 0,
      caseNumber: 'S-1', round: this.round, acceptedAt: 0, acceptingUnit: 'centre', superiors: [], areaCode: '650100',
      holder: this.holding.at(-1) ?? null, upper: this.holding.at(-2) ?? null, depth: this.depth, leadUnit: this.holding[0] ?? null,
      excludedUnits: this.excludedUnits, returnCount: this.returnCount, paused: this.paused, ended: false,
      anonymous: flag(caseFields.anonymous), confidential: flag(caseFields.confidential), vulnerable: flag(caseFields.vulnerable),
      actor: {unit: 'centre', person: 'p', roles: []}, request: {kind: null, amount: null, reason: null, unit: null, until: null},
    };
  }

  get depth(): number {
    return Math.max(0, this.holding.length - 1);
  }

  private carryOut(effect: Effect, evaluate: (expression: string) => unknown, messages: string[]): void {
    switch (effect.kind) {
      case 'set':
        this.variables[effect.name] = evaluate(effect.value) as Value;
        return;
      case 'field':
        this.fields[effect.name] = evaluate(effect.value);
        return;
      case 'hold': {
        const unit = effect.value === undefined ? '' : String(evaluate(effect.value));
        const next = {set: () => [unit], push: () => [...this.holding, unit], pop: () => this.holding.slice(0, -1), clear: () => []};
        this.holding = next[effect.op]();
        return;
      }
      case 'participants': {
        const units = evaluate(effect.value) as readonly string[];
        const counter = this.release.steps[effect.name]?.multiInstance?.countVariable;
        if (counter) this.variables[counter] = units.length;
        return;
      }
      case 'excludeUnit': {
        if (effect.sender !== undefined && evaluate(effect.sender) !== null) return;
        this.returnCount += 1;
        if (!effect.judge || !this.harmlessReasons.includes(String(this.fields[effect.judge.field]))) this.excludedUnits.push(String(evaluate(effect.value)));
        return;
      }
      case 'round':
        this.round += 1;
        return;
      case 'request':
        if (effect.op === 'approve' && this.asked !== 'extend') this.paused = this.asked === 'pause';
        return;
      case 'message':
        messages.push(effect.name);
    }
  }
}
