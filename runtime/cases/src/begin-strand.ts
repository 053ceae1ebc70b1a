import type {CompiledBundle, FieldAccess, FormSchema, StrandByHand, StrandKind} from '@banli/formats';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import type {LoadedCase} from './case-store.js';
import {commitCommand, runCommand, tryInline} from './commit.js';
import {buildContext} from './context.js';
import {formOf} from './desk.js';
import {caseErrors} from './errors.js';
import {checkInput} from './input.js';
import {noCause, type CaseRecord} from './model.js';
import type {Relay} from './relay.js';
import {factsOf} from './release-facts.js';
import {readVisible} from './visible.js';
import {beginWork} from './work.js';

/** What a person sends to begin a strand by hand (to supervise a case). */
export interface BeginStrandInput {
  readonly caseId: string;
  /** Id of the bundle's `strands`. */
  readonly kind: string;
  /** Made by the page for what is asked once: sent again after a lost answer, it begins nothing more. */
  readonly beginKey?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A kind of strand that somebody may begin by hand. */
export interface OfferedStrand {
  readonly kind: StrandKind;
  readonly byHand: StrandByHand;
}

/** Kinds of strands that the person may begin in this case now: the release names one of his roles. */
export function offeredStrands({bundle: {manifest}}: CompiledBundle, record: CaseRecord, actor: Actor): readonly OfferedStrand[] {
  if (record.status !== 'open') return [];
  return (manifest.strands ?? []).flatMap(kind => (kind.byHand?.roles.some(role => actor.roles.includes(role)) ? [{kind, byHand: kind.byHand}] : []));
}

/** The form that a strand of the kind is filled in with: that of its first step. */
export function formOfStrand(release: CompiledBundle, {id}: StrandKind): FormSchema {
  const [stepId] = [...factsOf(release).strandOfStep].find(([, kind]) => kind.id === id) ?? [];
  const step = stepId === undefined ? undefined : release.steps[stepId];
  return step ? formOf(release, step) : factsOf(release).startForm;
}

/** Rights in the fields of a strand that is about to begin; all others are hidden. */
export function accessOfStrand({fields, requires = []}: StrandByHand): Readonly<Record<string, FieldAccess>> {
  return Object.fromEntries(fields.map(field => [field, requires.includes(field) ? 'required' : 'edit']));
}

/**
 * Begins a strand by hand, in a case that the person sees and has no task in, once for each key of his. The strand is there once the engine has taken the command.
 *
 * @throws AppError `CASE_UNKNOWN`, `CASE_ENDED`, `CASE_STRAND_FORBIDDEN`, `CASE_PENDING`, `CASE_INPUT`.
 * @see Source: requirements/xinjiang-hotline.md §2.6 (supervision is generated automatically or by hand)
 */
export async function beginStrand(deps: CaseDeps, relay: Relay, actor: Actor, input: BeginStrandInput): Promise<LoadedCase> {
  const committed = await runCommand(async () => {
    let seen = await readVisible(deps, actor, input.caseId);
    if (seen.record.ackedSeq < seen.record.seq) {
      await relay.deliver(input.caseId);
      seen = await readVisible(deps, actor, input.caseId);
    }
    const {record, release} = seen;
    if (wasBegun(record, actor, input)) return null;
    if (record.status !== 'open') throw caseErrors.ENDED();
    const offered = offeredStrands(release, record, actor).find(({kind}) => kind.id === input.kind);
    if (!offered) throw caseErrors.STRAND_FORBIDDEN();
    if (record.ackedSeq < record.seq) throw caseErrors.PENDING();
    const {byHand, kind} = offered;
    const at = deps.clock.now();
    const context = buildContext(release, deps.people, record, {actor, now: at});
    const checked = await checkInput(deps, {release, form: formOfStrand(release, kind), access: accessOfStrand(byHand), stored: record.values, sent: input.values, requires: byHand.requires ?? [], context, partial: false, at, unitId: actor.unitId});
    if (checked.problems.length > 0) throw caseErrors.INPUT({}, {problems: checked.problems});
    const values = Object.fromEntries(byHand.fields.filter(name => checked.values[name] !== undefined).map(name => [name, checked.values[name]]));
    return commitCommand(deps, beginWork(release, record), seen, actor, {
      kind: 'strand',
      operations: [{kind: 'message', messageName: byHand.message, variables: {}}],
      cause: {...noCause, personId: actor.personId, personName: actor.personName, unitId: actor.unitId, message: byHand.message, begins: {kind: kind.id, values, ...(input.beginKey === undefined ? {} : {beginKey: input.beginKey})}},
      lines: [],
      files: checked.newFiles,
      auditData: {strand: kind.id},
    });
  });
  return committed === null ? readVisible(deps, actor, input.caseId) : tryInline(deps, relay, committed);
}

function wasBegun({routing}: CaseRecord, {personId}: Actor, {beginKey}: BeginStrandInput): boolean {
  return beginKey !== undefined && routing.strands.some(strand => strand.beginKey === beginKey && strand.by?.personId === personId);
}
