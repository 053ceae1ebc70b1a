import type {CaseHeadView} from '@banli/api';
import type {CompiledBundle} from '@banli/formats';
import type {SqlRow} from '@banli/store';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {duplicateIndexOf} from '../columns.js';
import {caseErrors} from '../errors.js';
import {headColumns, headViews, readHead} from '../views/heads.js';
import {limitToVisible} from '../visible.js';
import {openQueues} from './inbox.js';
import {keyset, pageOf, readCursor} from './cursor.js';
import {keepTold} from './told.js';
import {assertMayStart} from '../start.js';

/** Bundles whose cases are searched: those with a current release. */
export interface SearchScope {
  readonly bundles: ReadonlyArray<{readonly bundleId: string; readonly release: CompiledBundle}>;
}

/** What a person looks for, and which page. */
export interface SearchQuery {
  readonly q: string;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 20;
const mostDuplicates = 10;

/** Cases by the beginning of the number, the exact phone, or words of the title, as far as the person may see them; newest first. */
export async function searchCases(deps: CaseDeps, actor: Actor, scope: SearchScope, query: SearchQuery): Promise<{readonly rows: readonly CaseHeadView[]; readonly nextCursor: string | null}> {
  const mark = readCursor(query.cursor);
  const limit = query.limit ?? defaultLimit;
  const queues = (await openQueues(deps, actor)).map(each => each.queue);
  const words = query.q.trim();
  const rows = deps.store.knex('case_record as record').where(any => {
    void any.whereRaw('instr(record.title, ?) > 0', [words]);
    if (/^[0-9A-Za-z-]+$/.test(words)) void any.orWhere('record.number', 'like', `${words}%`);
    if (looksLikePhone(words)) void any.orWhere('record.phone_index', deps.vault.blindIndex(words));
  });
  const limited = limitToVisible(deps, rows, actor, scope.bundles, queues);
  const found: SqlRow[] = await keyset(limited, {at: 'record.accepted_at', id: 'record.id'}, mark, limit).select(headColumns);
  const page = pageOf(found.map(readHead), limit, row => ({at: row.acceptedAt, id: row.id}));
  const told = looksLikePhone(words) ? await keepTold(deps, actor, page.rows, row => row.number.startsWith(words) || row.title.includes(words)) : page.rows;
  return {rows: await headViews(deps, told), nextCursor: page.nextCursor};
}

function looksLikePhone(words: string): boolean {
  return /^[+\d][\d\s-]{5,}$/.test(words);
}

/**
 * Open cases that are likely the same: equal in every field of the bundle's duplicate key. Nothing while one of them is empty.
 * @throws AppError `CASE_APP_UNKNOWN`, `CASE_START_FORBIDDEN`.
 * @see Source: requirements/xinjiang-hotline.md §2.8
 */
export async function findDuplicates(deps: CaseDeps, actor: Actor, bundleId: string, values: Readonly<Record<string, unknown>>): Promise<readonly CaseHeadView[]> {
  const found = await deps.releases.current(bundleId);
  if (!found) throw caseErrors.APP_UNKNOWN({bundleId});
  assertMayStart(found.release, actor);
  const index = duplicateIndexOf(found.release, deps.vault, values);
  if (index === null) return [];
  const rows: SqlRow[] = await deps.store.knex('case_record as record').where({'record.duplicate_index': index, 'record.status': 'open'}).orderBy('record.accepted_at', 'desc').limit(mostDuplicates).select(headColumns);
  return headViews(deps, rows.map(readHead));
}
