import {isAppError, type Problem} from '@banli/errors';
import {dayOf, formatDate, parseDate, startOfDay} from '@banli/time';
import type {CoverageChange} from '../dispatch/coverage-change.js';
import {checkAgainstPublished, readSources, type ReadSources} from '../publish.js';
import {readChange} from './change-store.js';
import {draftOf, openChange, refuseProblems, type Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {openStates, type ChangeSet, type LifeActor} from './model.js';
import {checkRules} from './rules/index.js';
import type {Draft} from './rules/draft.js';
import {composeSource, nextVersion, orderedKeys} from './tables.js';

/** A set as a version that could be published. */
export interface Prepared {
  readonly draft: Draft;
  readonly read: ReadSources;
  readonly version: string;
  readonly warnings: readonly Problem[];
  /** What it does to the coverage of dispatch on the day it begins; `null` for other catalogs. */
  readonly coverage: () => Promise<CoverageChange | null>;
}

/**
 * Makes the version that a set would become, with every check of its rules and of publishing.
 *
 * @param effectiveFrom - `YYYY-MM-DD`; by default the earliest day possible.
 * @throws AppError `CATALOG_CHANGE_CONFLICTS` with both sides of every cell, `CATALOG_CHANGE_EMPTY`, `CATALOG_CHANGE_REFUSED` with every problem.
 */
export async function prepare(desk: Desk, change: ChangeSet, effectiveFrom?: string): Promise<Prepared> {
  const {draft, conflicts} = await draftOf(desk, change);
  const {head} = draft.base;
  if (conflicts.length > 0) throw changeErrors.CONFLICTS({version: head.version, count: conflicts.length}, {problems: conflicts});
  if (draft.changes.length + draft.fields.length === 0) throw changeErrors.EMPTY();
  const day = effectiveFrom ?? formatDate(dayOf(Math.max(head.effectiveAt, desk.clock.now())));
  const version = nextVersion(head.version, day);
  const base = draft.shape ?? (await desk.versions.withSchemas(draft.base));
  const source = composeSource(base, draft.tables, {version, effectiveFrom: day});
  const read = await readSources([source]);
  const found = placeAtRows(await checkAgainstPublished(desk.store.knex, read), draft);
  const problems = [...(await checkRules(draft)), ...found];
  refuseProblems(problems);
  const coverage = async () => (await desk.coverage?.(Math.max(startOfDay(parseDate(day)), desk.clock.now()), source)) ?? null;
  return {draft, read, version, warnings: problems, coverage};
}

/** What publishing a set would find: the number the version would get, `null` when it is refused, and every problem. */
export interface PublishCheck {
  readonly version: string | null;
  readonly problems: readonly Problem[];
  readonly coverage: CoverageChange | null;
}

/** Asks whether a set could be published; nothing is written. @throws AppError of `readChange` and `demand`; `CATALOG_CHANGE_STATE` for a set that is through */
export async function checkPublishing(desk: Desk, actor: LifeActor, changeId: string): Promise<PublishCheck> {
  const {lockVersion} = await readChange(desk.store.knex, changeId);
  const change = await openChange(desk, actor, {changeId, lockVersion}, 'catalogs.read', openStates);
  try {
    const {version, warnings, coverage} = await prepare(desk, change);
    return {version, problems: warnings, coverage: await coverage()};
  } catch (error) {
    if (!isAppError(error)) throw error;
    const {code, message, details, problems} = error;
    return {version: null, coverage: null, problems: problems.length > 0 ? problems : [{code, message, details, place: {}}]};
  }
}

/** Turns what publishing refused into the refusal of a set; every other error stays as it is. */
export function asRefusal(error: unknown, draft: Draft): unknown {
  if (!isAppError(error, 'CATALOG_INVALID')) return error;
  const problems = placeAtRows(error.problems, draft);
  return changeErrors.REFUSED({count: problems.filter(problem => problem.severity !== 'warning').length}, {problems, cause: error});
}

/** Lines of files nobody sees become keys of rows. */
function placeAtRows(problems: readonly Problem[], draft: Draft): readonly Problem[] {
  const {manifest} = draft.base;
  const keys = new Map<string, readonly string[]>();
  return problems.map(problem => {
    const {file = '', line, field} = problem.place;
    const table = Object.entries(manifest.tables).find(([, definition]) => file === `${manifest.id}/${definition.file}`);
    if (!table) return problem;
    const [name, definition] = table;
    const ordered = keys.get(name) ?? orderedKeys(definition, draft.tables.get(name) ?? new Map());
    keys.set(name, ordered);
    const element = line === undefined ? undefined : ordered[line - 2];
    return {...problem, place: {file: `${manifest.id}/${name}`, ...(element === undefined ? {} : {element}), ...(field === undefined ? {} : {field})}};
  });
}
