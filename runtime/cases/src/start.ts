import {isDuplicateKey, newId, type Tx} from '@banli/store';
import type {CompiledBundle} from '@banli/formats';
import type {Problem} from '@banli/errors';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {callOf, startKeyOf, startedBefore, type Call} from './calls.js';
import {tryInline} from './commit.js';
import {formOf, offeredOutcomes} from './desk.js';
import {caseErrors} from './errors.js';
import {checkInput} from './input.js';
import {takeNumbers} from './numbers.js';
import type {Relay} from './relay.js';
import {factsOf} from './release-facts.js';
import {prepareStart, startContext, writeStart, type PreparedStart} from './start-work.js';
import {otherProcess} from './matter-process.js';
import {checkAccepted, findHints, withHints} from './registration-hints.js';
import {checkNature} from './registration-nature.js';
import {findLayers} from './layers/case-layers.js';

type Values = Readonly<Record<string, unknown>>;

/** One or several cases of one call. Fields of the bundle's shared groups are taken from the first. */
export interface StartInput {
  readonly bundleId: string;
  /** The draft they were typed in; it goes away with the start, and the same draft starts nothing twice. */
  readonly draftId?: string;
  /** Made once for a call and sent with every try: the same person starts nothing twice with it. A draft kept under the same key goes away, too. */
  readonly callKey?: string;
  readonly items: ReadonlyArray<{readonly values: Values}>;
}

/** A case that was started. `queryCode` is for the citizen, in clear. */
export interface StartedCase {
  readonly caseId: string;
  readonly number: string;
  readonly queryCode: string;
}

/**
 * Registers cases, all or nothing. A call that names its draft or its key is registered once: a further try, later or at the same moment, answers the cases that it became.
 *
 * @throws AppError `CASE_APP_UNKNOWN`, `CASE_START_FORBIDDEN`, `CASE_INPUT` (problems name `items.<index>` as element), `CASE_DRAFT_UNKNOWN`, `CASE_CALL_CHANGED`, `CASE_NUMBER_FULL`.
 */
export async function startCases(deps: CaseDeps, relay: Relay, actor: Actor, input: StartInput): Promise<readonly StartedCase[]> {
  const found = await deps.releases.current(input.bundleId);
  if (!found) throw caseErrors.APP_UNKNOWN({bundleId: input.bundleId});
  assertMayStart(found.release, actor);
  const call = callOf(deps.vault, actor, input);
  // Before what was sent is looked at: files of a case, and rows that ended meanwhile, would be refused the second time.
  const before = call && (await startedBefore(deps, deps.store.knex, actor, call));
  if (before) return onDisk(deps, before);
  const prepared = await prepareItems(deps, found, actor, input, call);
  const done = await commitStart(deps, actor, {pattern: found.release.bundle.manifest.numbering.pattern, prepared, call, isDraftMust: input.draftId !== undefined});
  if (isStarted(done)) return onDisk(deps, done);
  await Promise.all(done.map(committed => tryInline(deps, relay, committed)));
  return done.map((each, index) => ({caseId: each.loaded.record.id, number: each.loaded.record.number, queryCode: prepared[index]?.queryCode ?? ''}));
}

interface Commit {
  readonly pattern: string;
  readonly prepared: readonly PreparedStart[];
  readonly call: Call | null;
  /** The input names a draft, so there has to be one, or what it became. */
  readonly isDraftMust: boolean;
}

/** Writes the cases with their numbers; where another try of the same call was faster, answers its cases. */
async function commitStart(deps: CaseDeps, actor: Actor, {pattern, prepared, call, isDraftMust}: Commit) {
  const areaCode = deps.people.unit(actor.unitId)?.areaCode ?? '';
  const work = async (tx: Tx) => {
    const before = call && (await takeCall(deps, tx, actor, call, isDraftMust));
    if (before) return before;
    const numbers = await takeNumbers(deps.store, tx, {pattern, areaCode, at: prepared[0]?.request.at ?? deps.clock.now()}, prepared.length);
    const committed = [];
    for (const [index, item] of prepared.entries()) committed.push(await writeStart(deps, tx, item, numbers[index] ?? ''));
    return committed;
  };
  try {
    return await deps.store.tx(work, {durable: false});
  } catch (error) {
    // MariaDB lets both come as far as the unique key of their cases.
    const before = call && isDuplicateKey(error) ? await startedBefore(deps, deps.store.knex, actor, call) : null;
    if (!before) throw error;
    return before;
  }
}

/** What another try committed may not be on the disk yet. */
async function onDisk<T>(deps: CaseDeps, done: T): Promise<T> {
  await deps.store.flush();
  return done;
}

/** @throws AppError `CASE_START_FORBIDDEN` */
export function assertMayStart(release: CompiledBundle, actor: Actor): void {
  if (!actor.roles.some(role => release.bundle.permissions.start.includes(role))) throw caseErrors.START_FORBIDDEN({bundleId: release.bundle.manifest.id});
}

function isStarted(done: readonly unknown[]): done is readonly StartedCase[] {
  return done.every(each => typeof each === 'object' && each !== null && 'queryCode' in each);
}

async function prepareItems(deps: CaseDeps, found: {release: CompiledBundle; definitionId: string}, actor: Actor, input: StartInput, call: Call | null): Promise<readonly PreparedStart[]> {
  const {definitionId} = found;
  const facts = factsOf(found.release);
  const at = deps.clock.now();
  const shared = sharedFields(found.release);
  const first = input.items[0]?.values ?? {};
  const callId = input.items.length > 1 ? newId(at) : null;
  const problems: Problem[] = [];
  const prepared: PreparedStart[] = [];
  for (const [index, item] of input.items.entries()) {
    const sent = index === 0 ? item.values : {...item.values, ...Object.fromEntries(shared.filter(name => name in first).map(name => [name, first[name]]))};
    const layers = await findLayers(deps, found.release, {values: sent, acceptingUnitId: actor.unitId}, at);
    const release = deps.forms.layered(found.release, layers, []);
    const context = startContext(deps, release, actor, {}, at);
    const outcome = offeredOutcomes(facts.startStep, context)[0] ?? null;
    const access = deps.forms.access(release, {step: release.startStep, roles: actor.roles, context: startContext(deps, release, actor, sent, at)});
    const checked = await checkInput(deps, {release, form: formOf(release, facts.startStep), access, stored: {}, sent, requires: outcome?.requires ?? [], context, partial: false, at, unitId: actor.unitId});
    const acceptance = await checkAccepted(deps, release, checked.values, {unitId: actor.unitId, at});
    const nature = await checkNature(deps, release, checked.values, {unitId: actor.unitId, at, acceptance});
    const elsewhere = await otherProcess(deps, found.release, sent, at);
    problems.push(...[...(elsewhere ? [elsewhere] : []), ...checked.problems, ...acceptance.problems, ...nature.problems].map(problem => ({...problem, place: {...problem.place, ...(input.items.length > 1 ? {element: `items.${index}`} : {})}})));
    if (problems.length > 0) continue;
    const hints = await findHints(deps, release, checked.values, {unitId: actor.unitId, at});
    const newFiles = checked.newFiles.filter(id => !prepared.some(each => each.request.newFiles.includes(id)));
    prepared.push(prepareStart(deps, {release, definitionId, actor, acceptingUnitId: actor.unitId, outcome, values: withHints(release, checked.values, hints), hints, acceptance, nature, taskValues: checked.taskValues, newFiles, layers, ...(call ? {startKey: startKeyOf(call, index), startPrint: call.print} : {startKey: null}), callId, at}));
  }
  if (problems.length > 0) throw caseErrors.INPUT({}, {problems});
  return prepared;
}

/** Fields that further cases of a call share. */
export function sharedFields(release: CompiledBundle): readonly string[] {
  const {manifest, permissions} = release.bundle;
  return manifest.sharedGroups.flatMap(group => permissions.groups[group] ?? []);
}

/** Takes the draft of a call away; where there is none, answers what the call became, so that a double click does one thing. */
async function takeCall(deps: CaseDeps, tx: Tx, actor: Actor, call: Call, isDraftMust: boolean): Promise<readonly StartedCase[] | null> {
  const removed = await tx('case_draft').where({id: call.id, owner_id: actor.personId}).whereNull('task_id').delete();
  if (removed > 0) return null;
  const before = await startedBefore(deps, tx, actor, call);
  if (!before && isDraftMust) throw caseErrors.DRAFT_UNKNOWN();
  return before;
}
