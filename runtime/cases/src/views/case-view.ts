import type {CaseTaskView, CaseViewJson} from '@banli/api';
import type {CompiledBundle, LocalizedText, StepAction, StepModel} from '@banli/formats';
import {isTrueOr} from '@banli/expressions';
import type {Actor, ClockView} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {accessOfStrand, formOfStrand, offeredStrands, type OfferedStrand} from '../begin-strand.js';
import {mayCancel} from '../cancel.js';
import {dependsOnClass} from '../layers/case-layers.js';
import type {LoadedCase} from '../case-store.js';
import {offeredActions, offeredOutcomes, outcomeView} from '../desk.js';
import {taskDrafts} from '../drafts.js';
import type {CaseRecord, TaskRow} from '../model.js';
import {factsOf} from '../release-facts.js';
import {stepTitle} from '../step-words.js';
import {dispatchReasonOf, proposalCatalog} from './dispatch-reason.js';
import {clockJson, headView} from './heads.js';
import {readingOf, type Reading} from './reading.js';
import {atTask, kindOf, strandOf} from '../strands.js';
import {relatedCases} from './related-cases.js';
import {clockOfStrand, numberOf, strandViews} from './strands.js';
import {unitWords} from './titles.js';

/** The case as one person may see it. Fits the answer of `cases.view`. */
export async function caseView(deps: CaseDeps, release: CompiledBundle, actor: Actor, loaded: LoadedCase): Promise<CaseViewJson> {
  const {record, tasks} = loaded;
  const reading = await readingOf(deps, release, actor, loaded);
  const [clocks, documents, related, drafts] = await Promise.all([
    deps.clocks.of(record.id),
    Object.keys(release.bundle.documents).length === 0 ? [] : deps.papers.of(record.id),
    relatedCases(deps, release, actor, loaded, reading),
    taskDrafts(deps, actor.personId, reading.mine.filter(each => each.task.hasDraft).map(each => each.task.id)),
  ]);
  const shown = deps.forms.show(reading.form, reading.access, shownValues(record, reading), {unmask: deps.mayUnmask(actor.roles)});
  const {form: _form, ...context} = reading.context;
  const {caseFields} = release.bundle.manifest;
  const englishOf = (field: string) => factsOf(release).fields.get(field)?.['x-banli']?.english;
  const rowTitle = (row: string) => deps.catalogs.rowTitle(proposalCatalog, row, record.acceptedAt, unitId => (deps.people.unit(unitId) === null ? null : unitWords(deps, unitId)));
  return {
    head: await headView(deps, release, record, leadingOf(clocks)),
    version: record.valuesVersion,
    stamp: record.lockVersion,
    pending: record.ackedSeq >= record.seq ? null : {since: record.pendingSince ?? record.updatedAt, reason: pendingReason},
    ended: record.status !== 'open',
    form: {schema: reading.form as Record<string, unknown>, values: {...shown, ...(await rowInWords({name: caseFields.proposalRow, englishOf}, shown, reading.access, rowTitle))}, access: {...reading.access}, context, ...classFieldsOf(release)},
    tasks: tasks.map(task => taskView(deps, release, record, task, {reading, actor, clocks, draft: drafts.get(task.id)})),
    clocks: clocks.map(clock => ({...clockJson(deps, clock), title: clockOfStrand(release, record, clock, reading.seen)})),
    strands: await strandViews(deps, release, loaded, reading.seen, clocks),
    parties: partiesView(deps, record, tasks),
    dispatchReason: await dispatchReasonOf({fields: caseFields, shown, holding: record.routing.holding, titleOf: rowTitle, englishOf}),
    documents: documents.map(({id, title, createdAt}) => ({id, title, createdAt})),
    related,
    canCancel: mayCancel(release, record, actor),
    begins: offeredStrands(release, record, actor).map(offered => beginView(release, offered, reading)),
  };
}

/** The proposal's row as the form shows it: in words, unless this person may write the field. */
async function rowInWords({name: field, englishOf}: {readonly name: string | undefined; readonly englishOf: (field: string) => string | undefined}, shown: Readonly<Record<string, unknown>>, access: Reading['access'], titleOf: (row: string) => Promise<LocalizedText | null>): Promise<Record<string, string>> {
  const row = field === undefined ? undefined : shown[field];
  if (field === undefined || typeof row !== 'string' || access[field] !== 'read') return {};
  const title = await titleOf(row);
  if (title === null) return {};
  const english = englishOf(field);
  return {[field]: title['zh-CN'], ...(english === undefined || title.en === undefined ? {} : {[english]: title.en})};
}

/** A strand that may be begun by hand; its form is told where the page shows another one. */
function beginView(release: CompiledBundle, {kind, byHand}: OfferedStrand, reading: Reading): CaseViewJson['begins'][number] {
  const form = formOfStrand(release, kind);
  return {kind: kind.id, title: byHand.title, access: {...accessOfStrand(byHand)}, ...(form === reading.form ? {} : {schema: form as Record<string, unknown>})};
}

/** Fields on which the form depends, where the bundle lays layers over it. */
function classFieldsOf(release: CompiledBundle): Pick<CaseViewJson['form'], 'classFields'> {
  const {matter, channel} = release.bundle.manifest.caseFields;
  if (!dependsOnClass(release)) return {};
  return {classFields: {...(matter === undefined ? {} : {matter}), ...(channel === undefined ? {} : {channel})}};
}
const pendingReason: LocalizedText = {'zh-CN': '操作已受理，正在等待流程引擎处理', en: 'The command was accepted and waits for the process engine'};
const requestOpen: LocalizedText = {'zh-CN': '同类申请正在审核', en: 'A request of this kind is under review'};

const extendedBefore: LocalizedText = {'zh-CN': '已延期过一次，不能再次延期', en: 'The limit was extended once and cannot be extended again'};
const lapsedBefore: LocalizedText = {'zh-CN': '已超过到期时间，不能再申请延期', en: 'The due time has passed; no extension can be asked for'};

/** The clock that matters most: the earliest due of those that run. */
function leadingOf(clocks: readonly ClockView[]): ClockView | null {
  const running = clocks.filter(clock => clock.status === 'running' || clock.status === 'halted' || clock.status === 'paused');
  return [...running].sort((left, right) => (left.dueAt ?? Number.MAX_SAFE_INTEGER) - (right.dueAt ?? Number.MAX_SAFE_INTEGER))[0] ?? null;
}

interface TaskReader {
  readonly reading: Reading;
  readonly actor: Actor;
  readonly clocks: readonly ClockView[];
  readonly draft: {readonly values: Readonly<Record<string, unknown>>; readonly savedAt: number} | undefined;
}

function taskView(deps: CaseDeps, release: CompiledBundle, record: CaseRecord, task: TaskRow, {reading, actor, clocks, draft}: TaskReader): CaseTaskView {
  const step = release.steps[task.stepId];
  const own = reading.mine.find(each => each.task.id === task.id);
  const pending = record.ackedSeq < record.seq;
  return {
    id: task.id,
    stepId: task.stepId,
    stepName: stepTitle(release, task.stepId),
    state: pending ? 'submitting' : 'open',
    unitId: task.unitId,
    unitName: task.unitId === null ? null : (deps.people.unit(task.unitId)?.name ?? null),
    assignee: task.assigneeId === null ? null : {id: task.assigneeId, name: deps.people.person(task.assigneeId)?.name ?? ''},
    createdAt: task.openedAt,
    mine: own !== undefined && !pending,
    ...(own === undefined ? {} : {access: {...own.access}, ...strandOfTask(deps, release, record, own, reading, actor)}),
    outcomes: own && step && record.routing.paused?.taskId !== task.id ? outcomesView(step, own.context) : [],
    actions: own && step ? actionsView(step, {record, clocks, now: deps.clock.now()}, own.context) : [],
    ...(draft === undefined ? {} : {draft: {...draft.values}, draftSavedAt: draft.savedAt}),
  };
}

/** Values for the form: with those of the strand whose task this person works on, the latest of several. */
function shownValues(record: CaseRecord, reading: Reading): CaseRecord['values'] {
  const task = reading.mine.findLast(each => strandOf(record, each.task.id))?.task;
  return task ? atTask(record, task.id).values : record.values;
}

/** What a task of a strand shows in place of the case's values, and which strand it is. */
function strandOfTask(deps: CaseDeps, release: CompiledBundle, record: CaseRecord, own: Reading['mine'][number], reading: Reading, actor: Actor): Pick<CaseTaskView, 'strand' | 'values'> {
  const strand = strandOf(record, own.task.id);
  if (!strand) return {};
  const values = deps.forms.show(reading.form, own.access, strand.values, {unmask: deps.mayUnmask(actor.roles)});
  const fields = kindOf(release, strand)?.fields ?? [];
  return {strand: {id: strand.id, number: numberOf(release, strand, own.access)}, values: Object.fromEntries(fields.map(name => [name, values[name] ?? null]))};
}

function outcomesView(step: StepModel, context: Reading['context']): CaseTaskView['outcomes'] {
  return offeredOutcomes(step, context).map(outcomeView);
}

/** What says whether something may be asked for now. */
interface AskingFacts {
  readonly record: CaseRecord;
  readonly clocks: readonly ClockView[];
  readonly now: number;
}

function actionsView(step: StepModel, {record, clocks, now}: AskingFacts, context: Reading['context']): CaseTaskView['actions'] {
  const open = new Set(record.routing.requests.filter(request => request.status === 'open').map(request => request.kind));
  const whyNot = ({command, clock}: StepAction): LocalizedText | null => {
    if (open.has(command)) return requestOpen;
    const running = command === 'extend' ? clocks.findLast(each => each.clock === clock && each.status !== 'stopped' && each.status !== 'dropped') : undefined;
    if (running?.extended) return extendedBefore;
    return running && running.dueAt !== null && running.dueAt < now ? lapsedBefore : null;
  };
  return offeredActions(step, record, context)
    .filter(action => action.when === undefined || isTrueOr(action.when, context, false))
    .map(action => ({action, disabledReason: whyNot(action)}))
    .map(({action: {id, name, command, fields, requires}, disabledReason}) => ({id, name, command, fields: [...fields], requires: [...requires], ...(disabledReason === null ? {} : {disabledReason})}));
}

function partiesView(deps: CaseDeps, record: CaseRecord, tasks: readonly TaskRow[]): CaseViewJson['parties'] {
  const name = (unitId: string) => deps.people.unit(unitId)?.name ?? unitId;
  const {holding, participants} = record.routing;
  const lead = holding[0] ?? record.leadUnitId;
  const assisting = [...new Set(Object.values(participants).flat())];
  const holder = (unitId: string) => {
    const task = tasks.find(each => each.unitId === unitId && each.assigneeId !== null);
    return task?.assigneeId ? (deps.people.person(task.assigneeId)?.name ?? null) : null;
  };
  return [
    {role: {'zh-CN': '受理单位', en: 'Accepted by'}, unitName: name(record.acceptingUnitId), personName: record.startedByName},
    ...(lead === null ? [] : [{role: {'zh-CN': '主办单位', en: 'Lead unit'}, unitName: name(lead), personName: holder(lead)}]),
    ...holding.slice(1).map(unitId => ({role: {'zh-CN': '承办单位', en: 'Working unit'}, unitName: name(unitId), personName: holder(unitId)})),
    ...assisting.map(unitId => ({role: {'zh-CN': '协办单位', en: 'Assisting unit'}, unitName: name(unitId), personName: holder(unitId)})),
  ];
}
