import type {Problem} from '@banli/errors';
import type {CompiledBundle} from '@banli/formats';
import {newId, type SqlRow} from '@banli/store';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {callIdOf, isRegistered} from './calls.js';
import {draftTitle, packItems, unpackItems} from './draft-rows.js';
import {caseErrors} from './errors.js';
import {checkInput} from './input.js';
import {formOf, openDesk} from './desk.js';
import {findLayers, reclassify} from './layers/case-layers.js';
import {factsOf} from './release-facts.js';
import type {Relay} from './relay.js';
import {startContext} from './start-work.js';
import {assertMayStart} from './start.js';

type Values = Readonly<Record<string, unknown>>;

/** Cases that are being typed: no number yet. `problems` names what is no longer valid, such as a matter that was retired. */
export interface DraftView {
  readonly id: string;
  readonly bundleId: string;
  readonly values: Values;
  readonly items: readonly Values[];
  readonly savedAt: number;
  readonly problems: readonly Problem[];
}

/** What a person typed so far. */
export interface DraftInput {
  readonly bundleId: string;
  /** The key of its call: a draft that is made twice under it, because an answer was lost, is one. */
  readonly callKey?: string;
  readonly items: readonly Values[];
}

/** Keeps a new draft, or that of the same call once more. @throws AppError `CASE_APP_UNKNOWN`, `CASE_START_FORBIDDEN`, `CASE_DRAFT_UNKNOWN` when the call is registered already. */
export async function createDraft(deps: CaseDeps, actor: Actor, input: DraftInput): Promise<DraftView> {
  const release = await startable(deps, actor, input.bundleId);
  const items = await packed(deps, actor, release, input.items);
  const savedAt = deps.clock.now();
  const id = input.callKey === undefined ? newId(savedAt) : callIdOf(actor.personId, input.callKey);
  if (input.callKey !== undefined && (await isRegistered(deps.store.knex, id))) throw caseErrors.DRAFT_UNKNOWN();
  const row = {id, owner_id: actor.personId, bundle_id: input.bundleId, task_id: null, title: draftTitle(release, input.items), items, saved_at: savedAt};
  await deps.store.knex('case_draft').insert(row).onConflict('id').merge(['bundle_id', 'title', 'items', 'saved_at']);
  return {id, bundleId: input.bundleId, values: input.items[0] ?? {}, items: input.items, savedAt, problems: []};
}

/** Saves an own draft; the last one to save wins. @throws AppError `CASE_DRAFT_UNKNOWN`. */
export async function saveDraft(deps: CaseDeps, actor: Actor, draftId: string, input: DraftInput): Promise<DraftView> {
  const release = await startable(deps, actor, input.bundleId);
  const items = await packed(deps, actor, release, input.items);
  const savedAt = deps.clock.now();
  const changed = await ownDraft(deps, actor, draftId).update({bundle_id: input.bundleId, title: draftTitle(release, input.items), items, saved_at: savedAt});
  if (changed === 0) throw caseErrors.DRAFT_UNKNOWN();
  return {id: draftId, bundleId: input.bundleId, values: input.items[0] ?? {}, items: input.items, savedAt, problems: []};
}

/** Reads an own draft and checks it as of now: days may have passed since it was typed. @throws AppError `CASE_DRAFT_UNKNOWN`. */
export async function readDraft(deps: CaseDeps, actor: Actor, draftId: string): Promise<DraftView> {
  const row: SqlRow | undefined = await ownDraft(deps, actor, draftId).first();
  if (!row) throw caseErrors.DRAFT_UNKNOWN();
  const bundleId = String(row['bundle_id']);
  const items = unpackItems(String(row['items']), deps.vault);
  const base = await startable(deps, actor, bundleId);
  const at = deps.clock.now();
  const problems: Problem[] = [];
  for (const [index, values] of items.entries()) {
    const release = await layeredFor(deps, actor, base, values, at);
    const context = startContext(deps, release, actor, values, at);
    const access = deps.forms.access(release, {step: release.startStep, roles: actor.roles, context});
    const checked = await checkInput(deps, {release, form: formOf(release, factsOf(release).startStep), access, stored: {}, sent: values, requires: [], context, partial: true, at, unitId: actor.unitId});
    problems.push(...checked.problems.map(problem => (items.length > 1 ? {...problem, place: {...problem.place, element: `items.${index}`}} : problem)));
  }
  return {id: draftId, bundleId, values: items[0] ?? {}, items, savedAt: Number(row['saved_at']), problems};
}

/** Throws an own draft away; doing it twice changes nothing. */
export async function removeDraft(deps: CaseDeps, actor: Actor, draftId: string): Promise<void> {
  await ownDraft(deps, actor, draftId).delete();
}

/** Keeps what a person typed for a task, one draft per task and person. @throws AppError of `openDesk`. */
export async function saveTaskDraft(deps: CaseDeps, relay: Relay, actor: Actor, taskId: string, values: Values): Promise<number> {
  const desk = await openDesk(deps, relay, actor, taskId);
  const at = deps.clock.now();
  const other = await reclassify(deps, desk.record, values, at);
  const items = packItems([{values, releases: [desk.release, ...(other ? [other.release] : [])]}], deps.vault);
  const row = {id: newId(at), owner_id: actor.personId, bundle_id: desk.record.bundleId, task_id: taskId, title: desk.record.title, items, saved_at: at};
  await deps.store.tx(async tx => {
    await tx('case_draft').insert(row).onConflict(['task_id', 'owner_id']).merge(['items', 'saved_at']);
    if (!desk.task.hasDraft) await tx('case_task').where({id: taskId}).update({has_draft: 1});
  });
  return at;
}

/** Drafts of one person for some tasks of a case, by task. */
export async function taskDrafts(deps: CaseDeps, personId: string, taskIds: readonly string[]): Promise<ReadonlyMap<string, {readonly values: Values; readonly savedAt: number}>> {
  if (taskIds.length === 0) return new Map();
  const rows: SqlRow[] = await deps.store.knex('case_draft').where({owner_id: personId}).whereIn('task_id', [...taskIds]);
  return new Map(rows.map(row => [String(row['task_id']), {values: unpackItems(String(row['items']), deps.vault)[0] ?? {}, savedAt: Number(row['saved_at'])}]));
}

function ownDraft(deps: CaseDeps, actor: Actor, draftId: string) {
  return deps.store.knex('case_draft').where({id: draftId, owner_id: actor.personId}).whereNull('task_id');
}

/** The release as an order of these values sees it. */
async function layeredFor(deps: CaseDeps, actor: Actor, base: CompiledBundle, values: Values, at: number): Promise<CompiledBundle> {
  return deps.forms.layered(base, await findLayers(deps, base, {values, acceptingUnitId: actor.unitId}, at), []);
}

async function packed(deps: CaseDeps, actor: Actor, base: CompiledBundle, items: readonly Values[]): Promise<string> {
  const at = deps.clock.now();
  return packItems(await Promise.all(items.map(async values => ({values, releases: [base, await layeredFor(deps, actor, base, values, at)]}))), deps.vault);
}

async function startable(deps: CaseDeps, actor: Actor, bundleId: string) {
  const found = await deps.releases.current(bundleId);
  if (!found) throw caseErrors.APP_UNKNOWN({bundleId});
  assertMayStart(found.release, actor);
  return found.release;
}
