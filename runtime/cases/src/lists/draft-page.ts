import type {InboxRowView} from '@banli/api';
import type {CompiledBundle} from '@banli/formats';
import type {SqlRow} from '@banli/store';
import type {CaseDeps} from '../deps.js';
import {unpackItems} from '../draft-rows.js';
import type {Actor} from '../ports.js';
import {factsOf} from '../release-facts.js';
import {stateTitle, valueWords} from '../views/titles.js';
import {keyset, pageOf, type PageMark} from './cursor.js';
import type {InboxPage} from './inbox.js';

type Values = Readonly<Record<string, unknown>>;

/** A page of somebody's drafts of new cases, last saved first. */
export async function draftPage(deps: CaseDeps, actor: Actor, mark: PageMark | null, limit: number): Promise<InboxPage> {
  const rows: SqlRow[] = await keyset(deps.store.knex('case_draft').where({owner_id: actor.personId}).whereNull('task_id'), {at: 'saved_at', id: 'id'}, mark, limit).select('id', 'bundle_id', 'title', 'items', 'saved_at');
  const page = pageOf(rows, limit, row => ({at: Number(row['saved_at']), id: String(row['id'])}));
  return {rows: await Promise.all(page.rows.map(row => draftRow(deps, actor, row))), nextCursor: page.nextCursor};
}

/** What is known of a draft so far: of several orders of one call the first, and how many they are. */
async function draftRow(deps: CaseDeps, actor: Actor, row: SqlRow): Promise<InboxRowView> {
  const found = await deps.releases.current(String(row['bundle_id']));
  const stateId = found ? (factsOf(found.release).startStep.state ?? 'draft') : 'draft';
  const title = found ? stateTitle(found.release, stateId) : {'zh-CN': '草稿', en: 'Draft'};
  const items = unpackItems(String(row['items']), deps.vault);
  const known = found ? await knownOf(deps, actor, found.release, items[0] ?? {}) : {matterTitle: null};
  return {taskId: null, caseId: String(row['id']), draftId: String(row['id']), number: null, title: String(row['title']), stepName: null, state: {id: stateId, title}, urgency: null, urgencyTitle: null, marks: [], unitName: null, assignee: null, at: Number(row['saved_at']), clock: null, ...known, ...(items.length > 1 ? {items: items.length} : {})};
}

async function knownOf(deps: CaseDeps, actor: Actor, release: CompiledBundle, values: Values): Promise<Pick<InboxRowView, 'matterTitle' | 'matterTitleEn' | 'caller'>> {
  const {matter} = release.bundle.manifest.caseFields;
  const words = matter === undefined ? {'zh-CN': ''} : await valueWords(deps, release, matter, values[matter], deps.clock.now());
  const caller = callerOf(deps, actor, release, values);
  return {matterTitle: words['zh-CN'] || null, ...(words.en === undefined ? {} : {matterTitleEn: words.en}), ...(caller === '' ? {} : {caller})};
}

/** Name and phone of whoever called, masked as in every list; nothing of somebody who wants to stay unnamed. */
function callerOf(deps: CaseDeps, actor: Actor, release: CompiledBundle, values: Values): string {
  const {startForm, fields} = factsOf(release);
  const {anonymous} = release.bundle.manifest.caseFields;
  if (anonymous !== undefined && values[anonymous] === true) return '';
  const masked = (['name', 'phone'] as const).flatMap(mask => [...fields].find(([, node]) => node['x-banli']?.mask === mask)?.[0] ?? []);
  const shown = deps.forms.show(startForm, Object.fromEntries(masked.map(name => [name, 'read' as const])), values, {unmask: deps.mayUnmask(actor.roles)});
  return masked.flatMap(name => (typeof shown[name] === 'string' ? [shown[name]] : [])).join(' ');
}
