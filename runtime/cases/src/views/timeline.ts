import type {Static} from '@sinclair/typebox';
import type {TimelineLine} from '@banli/api';
import type {CompiledBundle, FieldAccess, LocalizedText} from '@banli/formats';
import type {SqlRow} from '@banli/store';
import type {Actor} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import type {LoadedCase} from '../case-store.js';
import type {CaseRecord} from '../model.js';
import {factsOf} from '../release-facts.js';
import {openValues} from '../sealing.js';
import {fieldTitle, valueWords} from './titles.js';
import {readingOf} from './reading.js';
import {numberOf} from './strands.js';

/** A line of the timeline as the web app shows it. */
export type TimelineView = Static<typeof TimelineLine>;

/** What happened to a case, oldest first; field values of a line only as far as the reader may see these fields now. */
export async function timelineView(deps: CaseDeps, release: CompiledBundle, actor: Actor, loaded: LoadedCase): Promise<readonly TimelineView[]> {
  const {seen} = await readingOf(deps, release, actor, loaded);
  const rows: SqlRow[] = await deps.store.knex('case_timeline').where({case_id: loaded.record.id}).orderBy('at').orderBy('place').orderBy('id');
  return Promise.all(rows.map(row => lineView(deps, release, actor, {record: loaded.record, access: seen}, row)));
}

interface TimelineReader {
  readonly record: CaseRecord;
  readonly access: Readonly<Record<string, FieldAccess>>;
}

async function lineView(deps: CaseDeps, release: CompiledBundle, actor: Actor, {record, access}: TimelineReader, row: SqlRow): Promise<TimelineView> {
  const data = row['data'] ? (JSON.parse(String(row['data'])) as {values?: Record<string, unknown>; strand?: string}) : {};
  const strand = record.routing.strands.find(each => each.id === data.strand);
  const number = strand ? numberOf(release, strand, access) : null;
  const unitId = textOf(row['unit_id']);
  return {
    id: String(row['id']),
    at: Number(row['at']),
    kind: String(row['kind']),
    text: withNumber(JSON.parse(String(row['text'])) as LocalizedText, number),
    stepId: textOf(row['step_id']),
    actorName: textOf(row['person_name']),
    unitName: unitId === null ? null : (deps.people.unit(unitId)?.name ?? null),
    fields: data.values ? await fieldsView(deps, release, actor, access, textOf(row['step_id']), openValues(data.values, deps.vault), Number(row['at'])) : [],
  };
}

/** A line of a strand says which one. */
function withNumber(text: LocalizedText, number: string | null): LocalizedText {
  if (number === null) return text;
  return {'zh-CN': `${text['zh-CN']}（${number}）`, ...(text.en === undefined ? {} : {en: `${text.en} (${number})`})};
}

async function fieldsView(deps: CaseDeps, release: CompiledBundle, actor: Actor, access: Readonly<Record<string, FieldAccess>>, stepId: string | null, values: Readonly<Record<string, unknown>>, at: number): Promise<TimelineView['fields']> {
  const formId = stepId === null ? null : release.steps[stepId]?.form;
  const form = (formId ? release.bundle.forms[formId] : undefined) ?? factsOf(release).startForm;
  // Values in the past are only read: a mask holds for them even where the field may be edited now.
  const readable = Object.fromEntries(Object.entries(access).map(([name, right]) => [name, right === 'hidden' ? right : ('read' as const)]));
  const shown = deps.forms.show(form, readable, values, {unmask: deps.mayUnmask(actor.roles)});
  return Promise.all(Object.entries(shown).map(async ([name, value]) => {
    const {'zh-CN': zh, en} = await valueWords(deps, release, name, value, at);
    return {title: fieldTitle(release, name), value: zh, ...(en === undefined || en === zh ? {} : {valueEn: en})};
  }));
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
