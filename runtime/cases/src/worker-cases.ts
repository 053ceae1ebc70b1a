import {evaluateExpression} from '@banli/expressions';
import type {LocalizedText} from '@banli/formats';
import type {Operation, VariableValue} from '@banli/processes';
import {execute, queryRow, updateRows, type Tx} from '@banli/store';
import {sleep} from '@banli/time';
import {raiseAlarm} from './alarms.js';
import type {CaseDeps} from './deps.js';
import {insertLines, insertOutbox, loadCase, newOutboxRow, type LoadedCase} from './case-store.js';
import {columnsOf} from './columns.js';
import {buildContext} from './context.js';
import {caseErrors, releaseErrors} from './errors.js';
import {inlineGraceMs} from './commit.js';
import {openLinked, type LinkedCase} from './linked-case.js';
import {noCause, type LineInput, type OutboxRow} from './model.js';
import {changeHeldRows} from './held-rows.js';
import {limitChangeOf, refitClocks} from './refit.js';
import type {Relay} from './relay.js';
import {writeRecord} from './rows.js';
import {factsOf, forEngine} from './release-facts.js';
import {stepWords} from './step-words.js';
import {systemActor} from './system-actor.js';
import {beginWork, isSame, undoOf, type Work} from './work.js';
import type {CompiledBundle} from '@banli/formats';
import {layerFields, releaseOf} from './layers/case-layers.js';
import {fieldTitle, valueText} from './views/titles.js';

/** One external task: which case and step it is for. */
export interface WorkKey {
  readonly externalTaskId: string;
  readonly caseId: string;
  readonly stepId: string;
}

/** What a worker did, as plain data. */
export interface WorkEffects {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  readonly notices: ReadonlyArray<{readonly roles: readonly string[]; readonly unitId: string; readonly kind: string; readonly title: LocalizedText; readonly body: LocalizedText}>;
  readonly linkedCases: readonly LinkedCase[];
  readonly notes: ReadonlyArray<{readonly text: LocalizedText; readonly data?: Readonly<Record<string, unknown>>}>;
}

/** How an external task ends in the engine. */
export type WorkEnd = {readonly kind: 'complete'} | {readonly kind: 'bpmnError'; readonly errorCode: string};

/** A completion as it was written: whoever brings it to the engine at once need not read it again. */
export interface FinishedWork {
  readonly row: OutboxRow;
  readonly loaded: LoadedCase;
}

/** What the worker host asks of cases; fits its port. */
export interface WorkerCases {
  load(key: WorkKey): Promise<WorkLoad | null>;
  finish(tx: Tx, finish: WorkKey & {readonly at: number; readonly end: WorkEnd; readonly effects: WorkEffects}): Promise<FinishedWork>;
  relay(caseId: string, finished?: FinishedWork): Promise<void>;
  failed(key: WorkKey, failure: {readonly topic: string; readonly code: string; readonly message: string; readonly at: number}): Promise<void>;
}

/** Everything a worker needs to know of its task; values in clear. */
export interface WorkLoad {
  readonly case: {readonly caseId: string; readonly number: string; readonly bundleId: string; readonly round: number; readonly acceptingUnitId: string; readonly areaCode: string; readonly values: Readonly<Record<string, unknown>>; readonly excludedUnitIds: readonly string[]; readonly acceptedAt: number; readonly queryCode: string; readonly classFields?: WorkerClassFields};
  readonly release: CompiledBundle;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly caughtErrors: readonly string[];
}

/** What the layers of a case asked, in words; see `WorkerCase.classFields` of the SDK. */
export type WorkerClassFields = ReadonlyArray<{readonly name: string; readonly title: LocalizedText; readonly text: string; readonly sensitive: boolean}>;

/** Makes what the worker host asks of cases. */
export function createWorkerCases(deps: CaseDeps, relay: Relay): WorkerCases {
  return {
    async load(key) {
      const loaded = await loadSettled(deps, key.caseId);
      if (!loaded) throw caseErrors.UNKNOWN();
      return isOpen(loaded.record, key) ? describe(deps, loaded, key) : null;
    },
    finish: (tx, finish) => writeFinish(deps, tx, finish),
    async relay(caseId, finished) {
      const isNext = finished !== undefined && finished.loaded.record.ackedSeq === finished.row.seq - 1;
      if (!isNext) await waitForOthers(deps, caseId, 1);
      try {
        await relay.deliver(caseId, isNext ? finished : undefined);
      } catch (error) {
        deps.log.warn('cases.work.relay', {caseId, error: error instanceof Error ? error.message : String(error)});
      }
    },
    failed: (key, failure) => writeFailure(deps, key, failure),
  };
}

/** While a command is on its way, the engine may know of a task that we have not written down yet: the engine is right then. */
function isOpen(record: LoadedCase['record'], key: WorkKey): boolean {
  if (record.status !== 'open') return false;
  return record.ackedSeq < record.seq || record.routing.work.some(work => work.engineId === key.externalTaskId);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

async function describe(deps: CaseDeps, {record}: LoadedCase, key: WorkKey): Promise<WorkLoad> {
  const found = await releaseOf(deps, record);
  const step = found?.release.steps[key.stepId];
  if (!found || !step) throw releaseErrors.UNKNOWN({hash: record.releaseHash});
  const {release} = found;
  const base = await deps.releases.byHash(record.releaseHash);
  const own = base === null || base.release === release ? [] : [...layerFields(base.release, release)].filter(([name, node]) => node['x-component'] !== 'FileUpload' && !isEmpty(record.values[name]));
  const context = buildContext(release, deps.people, record, {step: step.id});
  return {
    case: {
      caseId: record.id,
      number: record.number,
      bundleId: record.bundleId,
      round: record.round,
      acceptingUnitId: record.acceptingUnitId,
      areaCode: record.areaCode,
      values: record.values,
      excludedUnitIds: record.routing.excludedUnits,
      acceptedAt: record.acceptedAt,
      queryCode: deps.vault.open(record.queryCode),
      classFields: await Promise.all(own.map(async ([name, node]) => ({name, title: fieldTitle(release, name), text: await valueText(deps, release, name, record.values[name], deps.clock.now()), sensitive: node['x-banli']?.sensitivity !== undefined}))),
    },
    release,
    inputs: Object.fromEntries(step.inputs.map(input => [input.name, evaluateExpression(input.value, context)])),
    caughtErrors: [],
  };
}

async function writeFinish(deps: CaseDeps, tx: Tx, finish: WorkKey & {readonly at: number; readonly end: WorkEnd; readonly effects: WorkEffects}): Promise<FinishedWork> {
  const {caseId, stepId, at, effects} = finish;
  const changed = await execute(tx, "update case_record set seq = seq + 1, lock_version = lock_version + 1, pending_since = coalesce(pending_since, ?) where id = ? and status = 'open'", [at, caseId]);
  const loaded = changed === 0 ? null : await loadCase(deps, caseId, tx);
  if (!loaded) throw caseErrors.WORK_GONE();
  const {record} = loaded;
  if (!isOpen({...record, seq: record.seq - 1}, finish)) throw caseErrors.WORK_GONE();
  const found = await releaseOf(deps, record, tx);
  const step = found?.release.steps[stepId];
  if (!found || !step) throw releaseErrors.UNKNOWN({hash: record.releaseHash});
  const work = beginWork(found.release, record);
  applyWorkEffects(work, effects);
  const next = {...record, values: work.values, routing: work.routing};
  const patch = {values: work.values, routing: work.routing, ...columnsOf(found.release, deps, next, record), valuesVersion: isSame(record.values, work.values) ? record.valuesVersion : record.valuesVersion + 1, updatedAt: at};
  await updateRows(tx, 'case_record', {id: caseId}, writeRecord(patch, factsOf(found.release).sealed, deps.vault));
  await changeHeldRows(tx, found.release, record, next);
  const why = await limitChangeOf({...deps, catalogs: null}, work, at);
  const clocks = why ? await deps.clocks.snapshot(tx, {caseId}) : undefined;
  const refitted = why ? await refitClocks(deps, tx, {release: found.release, record: {...record, ...patch}, actor: systemActor, at, why}) : [];
  const lines: LineInput[] = effects.notes.map(note => ({kind: 'worked', text: note.text, stepId, ...(note.data === undefined ? {} : {data: note.data})}));
  await insertLines(deps, tx, found.release, record, at, [...lines, ...refitted]);
  for (const notice of effects.notices) await deps.notices.notify(tx, {personIds: deps.people.holders(notice.roles, notice.unitId).map(person => person.id), kind: notice.kind, title: notice.title, body: notice.body, caseId, at});
  const base = effects.linkedCases.length === 0 ? null : await deps.releases.byHash(record.releaseHash, tx);
  const opened: string[] = [];
  for (const linked of effects.linkedCases) if (base) opened.push(await openLinked(deps, tx, next, base, linked, at));
  const row = newOutboxRow({caseId, seq: record.seq, kind: 'work', at, operations: [operationOf(finish, forEngine(found.release, work.variables))], cause: {...noCause, stepId}, undo: {...undoOf(work), ...(clocks === undefined ? {} : {clocks}), ...(opened.length === 0 ? {} : {opened})}}, inlineGraceMs);
  await insertOutbox(deps, tx, found.release, [row]);
  await deps.audit.record(tx, {actor: systemActor, action: 'case.work', subject: caseId, result: 'done', at, data: {stepId, end: finish.end.kind}});
  return {row, loaded: {...loaded, record: {...record, ...patch}}};
}

/** A field set to nothing is cleared; only declared variables of the right type reach the engine. */
function applyWorkEffects(work: Work, effects: WorkEffects): void {
  for (const [name, value] of Object.entries(effects.fields)) {
    if (value === null || value === undefined || value === '') delete work.values[name];
    else work.values[name] = value;
  }
  for (const [name, value] of Object.entries(effects.variables)) {
    const declared = work.release.bundle.manifest.variables.find(variable => variable.name === name);
    if (declared?.type !== typeof value) throw caseErrors.EFFECT_FAILED({effect: `variable ${name}`, stepId: 'worker', reason: 'it is not declared with this type'});
    work.variables[name] = value;
  }
  work.routing = {...work.routing, variables: {...work.routing.variables, ...work.variables}};
}

function operationOf(finish: WorkKey & {readonly end: WorkEnd}, variables: Readonly<Record<string, VariableValue>>): Operation {
  const {externalTaskId, end} = finish;
  return end.kind === 'complete' ? {kind: 'completeExternal', externalTaskId, variables} : {kind: 'bpmnError', externalTaskId, errorCode: end.errorCode, variables};
}

/** The case, after the command that led here is written down if that does not take long: whoever writes in between makes the other do his work twice. */
async function loadSettled(deps: CaseDeps, caseId: string): Promise<LoadedCase | null> {
  const loaded = await loadCase(deps, caseId);
  if (!loaded || loaded.record.ackedSeq >= loaded.record.seq) return loaded;
  await waitForOthers(deps, caseId, 0);
  return loadCase(deps, caseId);
}

/**
 * The request that led here is usually just writing down the engine's answer in another process: doing its work again would cost a call.
 *
 * @param behind - How many commands may still be on their way to the engine.
 */
async function waitForOthers(deps: CaseDeps, caseId: string, behind: number): Promise<void> {
  for (let waitedMs = 0, pauseMs = 2; waitedMs < longestWaitMs; waitedMs += pauseMs, pauseMs = Math.min(50, pauseMs * 2)) {
    await sleep(pauseMs);
    const row = await queryRow(deps.store.knex, 'select seq, acked_seq from case_record where id = ?', [caseId]);
    if (!row || Number(row['acked_seq']) >= Number(row['seq']) - behind) return;
  }
}

const longestWaitMs = 1_000;

async function writeFailure(deps: CaseDeps, key: WorkKey, failure: {readonly topic: string; readonly code: string; readonly message: string; readonly at: number}): Promise<void> {
  const loaded = await loadCase(deps, key.caseId);
  const found = loaded && (await deps.releases.byHash(loaded.record.releaseHash));
  if (!loaded || !found) return;
  const name = stepWords(found.release, key.stepId);
  const text: LocalizedText = {'zh-CN': `“${name['zh-CN']}”自动处理失败，需人工处理（${failure.code}）`, en: `The automatic step "${name.en}" failed and needs attention (${failure.code})`};
  await deps.store.tx(async tx => {
    await insertLines(deps, tx, found.release, loaded.record, failure.at, [{kind: 'work.failed', text, stepId: key.stepId, data: {topic: failure.topic, code: failure.code}}]);
    await raiseAlarm(tx, {kind: 'incident', caseId: key.caseId, text, at: failure.at});
  });
}
