import {isAppError, type Problem} from '@banli/errors';
import {dayOf, formatDate, isDate, parseDate, startOfDay} from '@banli/time';
import {toConfirm} from '../content/places.js';
import type {CoverageChange} from '../dispatch/coverage-change.js';
import {catalogErrors} from '../errors.js';
import {checkAgainstPublished, readSources, type ReadSources} from '../publish.js';
import {readChange} from './change-store.js';
import {draftOf, openChange, refuseProblems, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {withoutShapeTables} from './fields/shape-tables.js';
import {openStates, type ChangeSet, type LifeActor} from './model.js';
import {isUnborn, type VersionHead} from '../version.js';
import {checkRules} from './rules/index.js';
import type {Draft} from './rules/draft.js';
import {composeSource, nextVersion, orderedKeys} from './tables.js';
import {lastOf} from './versions.js';

/** A set as a version that could be published. */
export interface Prepared {
  readonly draft: Draft;
  readonly read: ReadSources;
  readonly version: string;
  readonly warnings: readonly Problem[];
  /** What it does to the coverage of dispatch on the day it begins; `null` for other catalogs. */
  readonly coverage: () => Promise<CoverageChange | null>;
  /** Versions that begin later than the set: each is made again with its changes. Empty unless the set is published before them. */
  readonly remade: readonly Remade[];
  /** The newest version as it was seen: nobody published after it. */
  readonly newest: VersionHead;
}

/** A version that waits for its day, as it will be with a correction that comes before it. */
export interface Remade {
  readonly head: VersionHead;
  readonly version: string;
  readonly read: ReadSources;
}

/**
 * Makes the version that a set would become, with every check of its rules and of publishing. From a day before a scheduled version on, it stands on the
 * version that holds on that day, and the scheduled one is made again with the same changes: a correction never ends when a later version begins.
 *
 * @param effectiveFrom - `YYYY-MM-DD`; by default the earliest day possible after all versions.
 * @throws AppError `CATALOG_CHANGE_CONFLICTS` with both sides of every cell, `CATALOG_CHANGE_EARLY_CONFLICTS`, `CATALOG_CHANGE_EMPTY`, `CATALOG_CHANGE_REFUSED` with every problem.
 */
export async function prepare(desk: Desk, change: ChangeSet, effectiveFrom?: string): Promise<Prepared> {
  const heads = await desk.versions.heads(change.catalogId);
  // Of a catalog that is being made the first version comes after nothing.
  const newest = change.baseVersionId === null ? (await desk.versions.baseOf(change)).head : lastOf(heads);
  if (!newest) throw catalogErrors.UNKNOWN({catalog: change.catalogId});
  const day = effectiveFrom ?? formatDate(dayOf(Math.max(newest.effectiveAt, desk.clock.now())));
  const start = startOfDay(parseDate(day));
  const holding = heads.findLast(head => head.effectiveAt <= start);
  // Before the first version nothing holds that could be corrected: publishing refuses the day.
  const later = holding ? heads.filter(head => head.effectiveAt > start) : [];
  const standsOn = holding ?? newest;
  let number = lastOf(await desk.versions.allHeads(change.catalogId))?.version ?? newest.version;
  const made: Made[] = [];
  for (const head of [standsOn, ...later]) {
    const from = head === standsOn ? day : formatDate(dayOf(head.effectiveAt));
    number = nextVersion(number, from);
    made.push(await makeVersion(desk, change, {head, version: number, day: from, isEarly: later.length > 0, mayBeEmpty: head !== standsOn, last: newest}));
  }
  const [first, ...rest] = made;
  if (!first) throw changeErrors.EMPTY();
  refuseProblems(made.flatMap(each => each.problems));
  return {draft: first.draft, read: first.read, version: first.version, warnings: made.flatMap((each, index) => (index === 0 ? each.problems : toConfirm(each.problems))), coverage: first.coverage, newest, remade: rest.map(({head, version, read}) => ({head, version, read}))};
}

interface Made {
  readonly head: VersionHead;
  readonly version: string;
  readonly draft: Draft;
  readonly read: ReadSources;
  readonly coverage: Prepared['coverage'];
  readonly problems: readonly Problem[];
}

/** One version with the changes of a set upon it. */
async function makeVersion(desk: Desk, change: ChangeSet, on: {readonly head: VersionHead; readonly version: string; readonly day: string; readonly isEarly: boolean; readonly mayBeEmpty: boolean; readonly last: VersionHead}): Promise<Made> {
  const stood = isUnborn(on.head) ? await desk.versions.baseOf(change) : await desk.versions.byId(change.catalogId, on.head.id);
  const {draft, conflicts} = await draftOf(desk, change, undefined, stood);
  if (conflicts.length > 0 && on.isEarly) throw changeErrors.EARLY_CONFLICTS({day: on.day, version: on.head.version, count: conflicts.length, first: formatDate(dayOf(on.last.effectiveAt)), last: on.last.version}, {problems: conflicts});
  if (conflicts.length > 0) throw changeErrors.CONFLICTS({version: on.head.version, count: conflicts.length}, {problems: conflicts});
  if (draft.changes.length + draft.fields.length === 0 && !on.mayBeEmpty) throw changeErrors.EMPTY();
  const base = draft.shape ?? (await desk.versions.withSchemas(draft.base));
  const source = composeSource(base, draft.tables, {version: on.version, effectiveFrom: on.day});
  const read = await readSources([source]);
  const found = placeAtRows(await checkAgainstPublished(desk.store.knex, read, {...(desk.references.isUnit ? {isUnit: desk.references.isUnit} : {}), instead: on.isEarly ? [withoutShapeTables(stood)] : []}), draft);
  const coverage = async (): Promise<CoverageChange | null> => (await desk.coverage?.(Math.max(startOfDay(parseDate(on.day)), desk.clock.now()), source)) ?? null;
  return {head: on.head, version: on.version, draft, read, coverage, problems: [...(await checkRules(draft)), ...found]};
}

/** What publishing a set would find: the number the version would get, `null` when it is refused, and every problem. */
export interface PublishCheck {
  readonly version: string | null;
  readonly problems: readonly Problem[];
  /** How many of them whoever publishes must confirm. */
  readonly toConfirm: number;
  /** Versions that wait for their day and would be made again, each with its new number. */
  readonly remade: ReadonlyArray<{readonly version: string; readonly effectiveAt: number; readonly becomes: string}>;
  readonly coverage: CoverageChange | null;
}

/** Asks whether a set could be published (from a day on); nothing is written. @throws AppError of `readChange` and `demand`; `CATALOG_CHANGE_STATE` for a set that is through */
export async function checkPublishing(desk: Desk, actor: LifeActor, changeId: string, effectiveFrom?: string): Promise<PublishCheck> {
  const {lockVersion} = await readChange(desk.store.knex, changeId);
  const change = await openChange(desk, actor, {changeId, lockVersion}, 'catalogs.read', openStates);
  try {
    if (effectiveFrom !== undefined) checkDay(effectiveFrom, desk.clock.now());
    const {version, warnings, remade, coverage} = await prepare(desk, change, effectiveFrom);
    return {version, problems: warnings, toConfirm: toConfirm(warnings).length, remade: remade.map(({head, version: becomes}) => ({version: head.version, effectiveAt: head.effectiveAt, becomes})), coverage: await coverage()};
  } catch (error) {
    if (!isAppError(error)) throw error;
    const {code, message, details, problems} = error;
    return {version: null, toConfirm: 0, remade: [], coverage: null, problems: problems.length > 0 ? problems : [{code, message, details, place: {}}]};
  }
}

/** @throws AppError `CATALOG_CHANGE_DAY_INVALID` */
export function checkDay(day: string, now: number): void {
  const today = formatDate(dayOf(now));
  if (!isDate(day) || day < today) throw changeErrors.DAY_INVALID({day});
}

/** Turns what publishing refused into the refusal of a set; every other error stays as it is. */
export function asRefusal(error: unknown, draft: Draft): unknown {
  if (!isAppError(error, 'CATALOG_INVALID')) return error;
  const problems = placeAtRows(error.problems, draft);
  return changeErrors.REFUSED({count: problems.filter(problem => problem.severity !== 'warning').length}, {problems, cause: error});
}

/** Lines of files nobody sees become keys of rows. */
export function placeAtRows(problems: readonly Problem[], draft: Draft): readonly Problem[] {
  const {manifest} = draft.base;
  const keys = new Map<string, readonly string[]>();
  return problems.map(problem => {
    const {file = '', line, field, element: named} = problem.place;
    const table = Object.entries(manifest.tables).find(([, definition]) => file === `${manifest.id}/${definition.file}`);
    if (!table) return problem;
    const [name, definition] = table;
    const ordered = keys.get(name) ?? orderedKeys(definition, draft.tables.get(name) ?? new Map());
    keys.set(name, ordered);
    const element = line === undefined ? named : ordered[line - 2];
    return {...problem, place: {file: `${manifest.id}/${name}`, ...(element === undefined ? {} : {element}), ...(field === undefined ? {} : {field})}};
  });
}
