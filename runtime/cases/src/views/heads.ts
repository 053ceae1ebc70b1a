import type {CaseHeadView, ClockJson} from '@banli/api';
import type {CompiledBundle} from '@banli/formats';
import {fromRow, type SqlRow} from '@banli/store';
import type {CaseDeps} from '../deps.js';
import type {CaseRecord} from '../model.js';
import type {ClockView} from '../ports.js';
import {factsOf} from '../release-facts.js';
import {stateTitle, valueText} from './titles.js';

/** The columns of a case that a list row needs; the long texts stay in the table. */
export type HeadRow = Pick<CaseRecord, 'id' | 'bundleId' | 'releaseHash' | 'number' | 'title' | 'status' | 'stateId' | 'round' | 'acceptedAt' | 'leadUnitId' | 'matter' | 'urgency' | 'marks' | 'seq' | 'ackedSeq'>;

/** Columns to select, with the table named `record`. */
export const headColumns = ['id', 'bundle_id', 'release_hash', 'number', 'title', 'status', 'state_id', 'round', 'accepted_at', 'lead_unit_id', 'matter', 'urgency', 'marks', 'seq', 'acked_seq'].map(name => `record.${name}`);

/** Reads a row that was selected by `headColumns`. */
export function readHead(row: SqlRow): HeadRow {
  const head = fromRow<Record<string, unknown>>(row);
  return {...(head as unknown as HeadRow), acceptedAt: Number(head['acceptedAt']), marks: String(head['marks']).split(',').filter(Boolean) as CaseRecord['marks']};
}

/** A clock as the web apps show it, as of now. */
export function clockJson(deps: Pick<CaseDeps, 'words' | 'clock'>, view: ClockView): ClockJson {
  const now = deps.clock.now();
  return {...view, dueState: deps.words.dueState(view, now), rest: deps.words.rest(view, now)};
}

/** Heads of cases in the order given: one query for all their clocks, titles from memory. */
export async function headViews(deps: CaseDeps, rows: readonly HeadRow[]): Promise<readonly CaseHeadView[]> {
  const running = rows.filter(row => row.status === 'open').map(row => row.id);
  const clocks = running.length === 0 ? new Map<string, ClockView>() : await deps.clocks.leading(running);
  return Promise.all(rows.map(async row => {
    const found = await deps.releases.byHash(row.releaseHash);
    return headView(deps, found?.release ?? null, row, clocks.get(row.id) ?? null);
  }));
}

/** The head of one case. */
export async function headView(deps: CaseDeps, release: CompiledBundle | null, row: HeadRow, clock: ClockView | null): Promise<CaseHeadView> {
  const {caseFields} = release?.bundle.manifest ?? {caseFields: {title: ''}};
  const now = deps.clock.now();
  const word = async (name: string | undefined, value: string | null) => (release && name !== undefined && value !== null ? valueText(deps, release, name, value, now) : value);
  const urgency = 'urgency' in caseFields ? caseFields.urgency : undefined;
  const matter = 'matter' in caseFields ? caseFields.matter : undefined;
  const [urgencyTitleEn, matterTitleEn] = await Promise.all([englishTitle(deps, release, urgency, row.urgency), englishTitle(deps, release, matter, row.matter)]);
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    bundleId: row.bundleId,
    state: {id: row.stateId, title: release ? stateTitle(release, row.stateId) : {'zh-CN': row.stateId}},
    urgency: row.urgency,
    urgencyTitle: await word(urgency, row.urgency),
    ...(urgencyTitleEn === undefined ? {} : {urgencyTitleEn}),
    matterTitle: await word(matter, row.matter),
    ...(matterTitleEn === undefined ? {} : {matterTitleEn}),
    round: row.round,
    marks: [...row.marks, ...(row.ackedSeq < row.seq ? (['pending'] as const) : [])],
    acceptedAt: row.acceptedAt,
    leadUnitName: row.leadUnitId === null ? null : (deps.people.unit(row.leadUnitId)?.name ?? null),
    clock: clock && clockJson(deps, clock),
  };
}

/** The English title of a value that is a row of a catalog, where the row has one. */
async function englishTitle({catalogs, clock}: CaseDeps, release: CompiledBundle | null, name: string | undefined, value: string | null): Promise<string | undefined> {
  const catalog = release && name !== undefined ? factsOf(release).fields.get(name)?.['x-banli']?.catalog?.id : undefined;
  if (catalog === undefined || value === null) return undefined;
  return (await catalogs.rowTitle(catalog, value, clock.now()))?.en;
}
