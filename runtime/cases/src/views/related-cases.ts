import type {CaseViewJson} from '@banli/api';
import type {CompiledBundle, LocalizedText} from '@banli/formats';
import {queryRows, type SqlRow} from '@banli/store';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import {openQueues} from '../open-queues.js';
import {keepTold} from '../lists/told.js';
import type {LoadedCase} from '../case-store.js';
import {currentBundles, limitToVisible} from '../visible.js';
import {headColumns, readHead} from './heads.js';
import type {Reading} from './reading.js';
import {relationText} from './relations.js';

/** Links that a page tells, the latest: whoever calls every day would else be told of with every look at any of his cases. */
const mostLinks = 200;

/**
 * Linked cases, both ways, and the other cases of the same call, as far as the person may see them. A link says that two cases are of one
 * person: where one of them is confidential, it is told only to whoever may see the phone in it. Of many links the latest 200 are looked at.
 *
 * @see Source: main-job, It must survive 10
 */
export async function relatedCases(deps: CaseDeps, release: CompiledBundle, actor: Actor, loaded: LoadedCase, reading: Pick<Reading, 'access'>): Promise<CaseViewJson['related']> {
  const {record} = loaded;
  const links = await linksOf(deps, loaded);
  if (links.size === 0) return [];
  const phone = reading.access[release.bundle.manifest.caseFields.phone ?? ''] ?? 'hidden';
  if (record.marks.includes('confidential') && phone === 'hidden') return [];
  const [bundles, queues] = await Promise.all([currentBundles(deps), openQueues(deps, actor)]);
  const linked = deps.store.knex('case_record as record').whereIn('record.id', [...links.keys()]);
  const rows: SqlRow[] = await limitToVisible(deps, linked, actor, bundles, queues).orderBy('record.accepted_at').orderBy('record.id').select(headColumns);
  const told = await keepTold(deps, actor, rows.map(readHead), row => !row.marks.includes('confidential'));
  return told.map(({id, number, title}) => ({relation: links.get(id) ?? relationText('same', true), caseId: id, number, title}));
}

async function linksOf({store: {knex}}: CaseDeps, {record, isLinked}: LoadedCase): Promise<ReadonlyMap<string, LocalizedText>> {
  const rows = !isLinked ? [] : await queryRows(knex, 'select case_id, other_id, relation from case_link where case_id = ? or other_id = ? order by at desc, case_id, other_id limit ?', [record.id, record.id, mostLinks]);
  const calls: SqlRow[] = record.callId === null ? [] : await knex('case_record').where({call_id: record.callId}).whereNot({id: record.id}).select('id');
  const links = new Map<string, LocalizedText>();
  for (const row of calls) links.set(String(row['id']), relationText('call', true));
  for (const row of rows) {
    const outward = row['case_id'] === record.id;
    links.set(String(outward ? row['other_id'] : row['case_id']), relationText(String(row['relation']), outward));
  }
  return links;
}
