import {randomInt} from 'node:crypto';
import {startVariables} from '@banli/bundles';
import type {CompiledBundle, KeptLayers, Outcome} from '@banli/formats';
import type {Variables} from '@banli/processes';
import {insertRows, newId, type Tx} from '@banli/store';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {firstStateOf} from './case-state.js';
import {insertLines, insertOutbox, newOutboxRow, type LoadedCase} from './case-store.js';
import {moveClocks, relevantMoves, subjectOf} from './clock-moves.js';
import {columnsOf} from './columns.js';
import {buildContext} from './context.js';
import {applyEffects} from './effects.js';
import {emptyRouting, noCause, type CaseRecord, type OutboxRow} from './model.js';
import {keepHeldRows} from './held-rows.js';
import {joinParties, partiesOf} from './parties.js';
import {factsOf, forEngine} from './release-facts.js';
import {writeRecord} from './rows.js';
import {inlineGraceMs, messageOperations} from './commit.js';
import {doneWords} from './step-words.js';
import {beginWork, type Work} from './work.js';
import {acceptedAudit, keepHints, type Acceptance, type KeptHint} from './registration-hints.js';
import {natureAudit, type NatureCheck} from './registration-nature.js';
import {keepLayers} from './layers/case-layers.js';

type Values = Readonly<Record<string, unknown>>;

/** What a new case begins with; values are checked by then. */
export interface StartRequest {
  readonly release: CompiledBundle;
  readonly definitionId: string;
  readonly actor: Actor;
  readonly acceptingUnitId: string;
  readonly outcome: Outcome | null;
  readonly values: Values;
  readonly taskValues: Values;
  readonly newFiles: readonly string[];
  /** Layers over the forms of the release, which has them laid over; `null` when the base forms stand alone. */
  readonly layers: KeptLayers | null;
  /** What listed words hinted at while it was typed. */
  readonly hints?: readonly KeptHint[];
  /** What the negative list says of it. */
  readonly acceptance?: Acceptance;
  readonly nature?: NatureCheck;
  readonly startKey: string | null;
  /** What was sent with the call that `startKey` names. */
  readonly startPrint?: string;
  readonly callId: string | null;
  /** Persons who count as having done the start step, too. */
  readonly barred?: readonly string[];
  readonly at: number;
}

/** A case that is worked out and waits for its number. */
export interface PreparedStart {
  readonly request: StartRequest;
  readonly work: Work;
  /** In clear: told once to whoever starts the case. */
  readonly queryCode: string;
}

/** Digits alone: what is read out on the telephone is typed on its keys. How often one may guess is limited where citizens ask. */
const codeDigits = 8;

/** Works out a new case: its record, and what the start step's outcome does. */
export function prepareStart(deps: CaseDeps, request: StartRequest): PreparedStart {
  const {release, actor, at, outcome} = request;
  const queryCode = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
  const values = Object.fromEntries(Object.entries(request.values).filter(([, value]) => value !== undefined));
  const routing = {...emptyRouting, variables: Object.fromEntries(release.bundle.manifest.variables.map(each => [each.name, each.default])), doneBy: {[release.startStep]: [...(request.barred ?? []).filter(id => id !== actor.personId), actor.personId]}, layers: request.layers === null ? null : {now: request.layers.hash, former: []}};
  const columns = columnsOf(release, deps, {values, routing, acceptingUnitId: request.acceptingUnitId});
  const record: CaseRecord = {
    id: newId(at),
    bundleId: release.bundle.manifest.id,
    releaseHash: release.hash,
    number: '',
    queryCode: deps.vault.seal(queryCode),
    status: 'open',
    stateId: firstStateOf(release),
    publicState: null,
    round: 1,
    acceptingUnitId: request.acceptingUnitId,
    startedBy: actor.personId,
    startedByName: actor.personName,
    startKey: request.startKey,
    acceptedAt: at,
    endedAt: null,
    lockVersion: 1,
    valuesVersion: 1,
    seq: 1,
    ackedSeq: 0,
    pendingSince: at,
    revision: 0,
    callId: request.callId,
    values,
    routing,
    updatedAt: at,
    ...columns,
  };
  const work = beginWork(release, record);
  work.clockMoves.push({kind: 'event', event: 'started'});
  if (outcome) {
    work.clockMoves.push({kind: 'event', event: `${release.startStep}.${outcome.id}`});
    applyEffects(work, outcome.effects, {people: deps.people, actor, step: factsOf(release).startStep, task: null, tasks: [], outcome: outcome.id, taskValues: request.taskValues, now: at});
  }
  return {request, work, queryCode};
}

/** Writes one new case with its number, in the transaction of the command. `graceMs` is how long the loop leaves it to an inline try. */
export async function writeStart(deps: CaseDeps, tx: Tx, prepared: PreparedStart, number: string, graceMs = inlineGraceMs): Promise<{row: OutboxRow; loaded: LoadedCase}> {
  const {request, work} = prepared;
  const {release, actor, at} = request;
  const {id} = work.before;
  const routing = joinParties(deps.people, tx, id, work.routing, partiesOf(actor).personIds[0] === 'system' ? {personIds: [], unitIds: [request.acceptingUnitId]} : partiesOf(actor));
  const placed: CaseRecord = {...work.before, number, values: work.values, routing, round: work.round};
  const record: CaseRecord = {...placed, ...columnsOf(release, deps, placed), publicState: publicOf(release, placed.stateId)};
  if (request.layers) await keepLayers(tx, request.layers, at);
  await insertRows(tx, 'case_record', [{...writeRecord(record, factsOf(release).sealed, deps.vault), ...(request.startPrint === undefined ? {} : {start_print: request.startPrint})}]);
  await keepHeldRows(tx, release, record);
  await keepHints(tx, id, request.hints ?? [], at);
  if (request.newFiles.length > 0) await deps.files.take(tx, {fileIds: request.newFiles, caseId: id, personId: actor.personId});
  const moves = relevantMoves(release, work.clockMoves);
  const clocks = moves.length > 0 ? await deps.clocks.snapshot(tx, {caseId: id, isNew: true}) : undefined;
  if (moves.length > 0) await moveClocks(deps.clocks, tx, {...subjectOf(release, deps.people, record), isNew: true}, moves, at);
  await insertLines(deps, tx, release, record, at, [startLine(prepared)]);
  const row = newOutboxRow({
    caseId: id,
    seq: 1,
    kind: 'start',
    at,
    operations: [{kind: 'start', definitionId: request.definitionId, variables: engineVariables(release, work, request.outcome)}, ...messageOperations(work.messages)],
    cause: {...noCause, personId: actor.personId === 'system' ? null : actor.personId, personName: actor.personName, unitId: actor.unitId, stepId: release.startStep, outcome: request.outcome?.id ?? null},
    undo: {values: {}, routing: {}, round: work.round, ...(clocks === undefined ? {} : {clocks})},
  }, graceMs);
  await insertOutbox(deps, tx, release, [row]);
  await deps.audit.record(tx, {actor, action: 'case.start', subject: id, result: 'done', at, data: {number, bundleId: record.bundleId, release: release.hash, ...acceptedAudit(request.acceptance), ...natureAudit(request.nature)}});
  return {row, loaded: {record, tasks: [], isLinked: false}};
}

function startLine(prepared: PreparedStart) {
  const {request} = prepared;
  const {startStep} = factsOf(request.release);
  const {actor, outcome} = request;
  return {
    kind: 'started',
    text: doneWords(startStep, outcome?.name ?? {'zh-CN': startStep.name, en: startStep.nameEn ?? startStep.name}),
    stepId: startStep.id,
    personId: actor.personId,
    personName: actor.personName,
    unitId: actor.unitId === '' ? null : actor.unitId,
    values: request.taskValues,
    data: {outcome: outcome?.id ?? null},
  };
}

/** Every variable the compiled process reads, typed: conditions can never meet a missing one. */
function engineVariables(release: CompiledBundle, work: Work, outcome: Outcome | null): Variables {
  const start = factsOf(release).startStep.outcomeVariable;
  return forEngine(release, {...startVariables(release), ...work.routing.variables, ...work.variables, ...(start === null || !outcome ? {} : {[start]: outcome.id})});
}

function publicOf(release: CompiledBundle, stateId: string): string | null {
  return release.bundle.manifest.states.find(state => state.id === stateId)?.public ?? null;
}

/** The context of a case before it exists, for the offers and access of the start step. */
export function startContext(deps: Pick<CaseDeps, 'people'>, release: CompiledBundle, actor: Actor, values: Values, at: number) {
  const source = {number: '', round: 1, acceptedAt: at, acceptingUnitId: actor.unitId, areaCode: deps.people.unit(actor.unitId)?.areaCode ?? '', status: 'open' as const, values, routing: emptyRouting};
  return buildContext(release, deps.people, source, {step: release.startStep, actor});
}
