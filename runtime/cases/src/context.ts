import type {CompiledBundle} from '@banli/formats';
import type {FeelContext} from '@banli/expressions';
import type {Actor, CasePeople} from './ports.js';
import type {CaseRecord, CaseRequest} from './model.js';
import {factsOf} from './release-facts.js';

/** What the FEEL context needs of a record; a case that is being started has no number yet. */
export type ContextSource = Pick<CaseRecord, 'number' | 'round' | 'acceptedAt' | 'acceptingUnitId' | 'areaCode' | 'status' | 'values' | 'routing'>;

/** What is known beyond the case: the task, who acts, what is decided. */
export interface ContextMore {
  readonly step?: string;
  readonly participant?: string | null;
  readonly outcome?: string;
  readonly actor?: Actor | null;
  readonly request?: CaseRequest | null;
  /** When somebody acts, UTC milliseconds. */
  readonly now?: number;
  /** Values of this task that are not the case's (an opinion). */
  readonly taskValues?: Readonly<Record<string, unknown>>;
}

/**
 * Builds the FEEL context of a case: what assignments, effects, offers, limits, closures and forms may speak of. Every name is there,
 * empty ones as `null`. `acceptedAt` is in UTC milliseconds.
 */
export function buildContext(release: CompiledBundle, people: CasePeople, source: ContextSource, more: ContextMore = {}): FeelContext {
  const {routing, values} = source;
  const names = release.bundle.manifest.caseFields;
  const form = formOf(release, values, more.taskValues);
  const flag = (name: string | undefined) => name !== undefined && isYes(form[name]);
  const accepting = people.unit(source.acceptingUnitId);
  const {request, actor} = more;
  return {
    ...Object.fromEntries(release.bundle.manifest.variables.map(variable => [variable.name, variable.default])),
    ...routing.variables,
    form,
    caseNumber: source.number,
    round: source.round,
    acceptedAt: source.acceptedAt,
    acceptingUnit: source.acceptingUnitId,
    superiors: accepting ? [...accepting.path].reverse().filter(id => id !== accepting.id) : [],
    areaCode: source.areaCode,
    holder: routing.holding.at(-1) ?? null,
    upper: routing.holding.at(-2) ?? null,
    depth: Math.max(0, routing.holding.length - 1),
    leadUnit: routing.holding[0] ?? textOrNull(names.leadUnit === undefined ? null : form[names.leadUnit]),
    excludedUnits: routing.excludedUnits,
    returnCount: routing.returnCount,
    anonymous: flag(names.anonymous),
    confidential: flag(names.confidential),
    vulnerable: flag(names.vulnerable),
    paused: routing.paused !== null,
    ended: source.status !== 'open',
    step: more.step ?? null,
    participant: more.participant ?? null,
    now: more.now ?? null,
    outcome: more.outcome ?? null,
    actor: actor ? {unit: actor.unitId, person: actor.personId, roles: actor.roles} : {unit: null, person: null, roles: []},
    request: request ? {kind: request.kind, amount: request.amount, reason: request.reason, unit: request.unitId, until: request.until} : {kind: null, amount: null, reason: null, unit: null, until: null},
  };
}

/** Every field of the bundle's forms by name; empty ones are `null`, so that expressions may speak of them. */
function formOf(release: CompiledBundle, values: Readonly<Record<string, unknown>>, taskValues: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const name of factsOf(release).fields.keys()) form[name] = taskValues[name] ?? values[name] ?? null;
  return form;
}

/** A flag field may be a checkbox, a switch or a yes/no choice. */
export function isYes(value: unknown): boolean {
  return value === true || value === 'yes' || value === 'true' || (Array.isArray(value) && value.length > 0);
}

/** The text, or `null` for an empty or other value. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
