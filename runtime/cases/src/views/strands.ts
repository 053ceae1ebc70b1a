import type {CaseViewJson} from '@banli/api';
import type {CompiledBundle, FieldAccess} from '@banli/formats';
import type {ClockView} from '../ports.js';
import type {CaseDeps} from '../deps.js';
import type {LoadedCase} from '../case-store.js';
import {textOrNull} from '../context.js';
import {formOf} from '../desk.js';
import type {CaseRecord, Strand} from '../model.js';
import {factsOf} from '../release-facts.js';
import {stepTitle} from '../step-words.js';
import {kindOf} from '../strands.js';
import {clockJson} from './heads.js';
import {fieldTitle, valueWords} from './titles.js';

type Access = Readonly<Record<string, FieldAccess>>;

const isSeen = (access: Access, name: string): boolean => (access[name] ?? 'hidden') !== 'hidden';

/** The number of a strand for who may read it; `null` without one. */
export function numberOf(release: CompiledBundle, strand: Strand, seen: Access): string | null {
  const field = kindOf(release, strand)?.number?.field;
  return field === undefined || !isSeen(seen, field) ? null : textOrNull(strand.values[field]);
}

/**
 * The strands of a case for who may read any of their fields: those that go on first, the latest on top, then those that have ended, the latest on top.
 *
 * @param seen - Rights in all fields, those of strands included.
 */
export async function strandViews(deps: CaseDeps, release: CompiledBundle, {record, tasks}: LoadedCase, seen: Access, clocks: readonly ClockView[]): Promise<CaseViewJson['strands']> {
  const shown = record.routing.strands.filter(strand => kindOf(release, strand)?.fields.some(name => isSeen(seen, name)));
  const ordered = shown.toReversed().sort((one, other) => Number(one.endedAt !== null) - Number(other.endedAt !== null));
  return Promise.all(ordered.map(async strand => {
    const clock = clocks.findLast(each => each.strand === strand.id);
    return {
      id: strand.id,
      title: kindOf(release, strand)?.title ?? {'zh-CN': strand.kind},
      number: numberOf(release, strand, seen),
      beganAt: strand.beganAt,
      endedAt: strand.endedAt,
      steps: tasks.filter(task => strand.taskIds.includes(task.id)).map(task => ({taskId: task.id, name: stepTitle(release, task.stepId), unitName: task.unitId === null ? null : (deps.people.unit(task.unitId)?.name ?? null)})),
      clock: clock && strand.endedAt === null ? clockJson(deps, clock) : null,
      fields: await strandFields(deps, release, strand, seen),
    };
  }));
}

async function strandFields(deps: CaseDeps, release: CompiledBundle, strand: Strand, seen: Access): Promise<CaseViewJson['strands'][number]['fields']> {
  const kind = kindOf(release, strand);
  const readable = Object.fromEntries((kind?.fields ?? []).filter(name => isSeen(seen, name) && name !== kind?.number?.field).map(name => [name, 'read' as const]));
  const step = [...factsOf(release).strandOfStep].find(([, each]) => each === kind)?.[0];
  const shownAt = step === undefined ? undefined : release.steps[step];
  const values = deps.forms.show(shownAt ? formOf(release, shownAt) : factsOf(release).startForm, readable, strand.values, {unmask: false});
  const filled = (kind?.fields ?? []).filter(name => name in readable && values[name] !== undefined && values[name] !== null && values[name] !== '');
  return Promise.all(filled.map(async name => {
    const {'zh-CN': zh, en} = await valueWords(deps, release, name, values[name], strand.beganAt);
    return {title: fieldTitle(release, name), value: zh, ...(en === undefined || en === zh ? {} : {valueEn: en})};
  }));
}

/** A clock with the number of its strand behind its name, where this person may read it: two of a kind are told apart. */
export function clockOfStrand(release: CompiledBundle, record: CaseRecord, clock: ClockView, seen: Access): ClockView['title'] {
  const strand = record.routing.strands.find(each => each.id === clock.strand);
  const number = strand && numberOf(release, strand, seen);
  if (!number) return clock.title;
  return {'zh-CN': `${clock.title['zh-CN']}（${number}）`, ...(clock.title.en === undefined ? {} : {en: `${clock.title.en} (${number})`})};
}
