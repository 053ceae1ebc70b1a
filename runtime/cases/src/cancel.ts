import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {loadCase, type LoadedCase} from './case-store.js';
import {commitCommand, runCommand, tryInline} from './commit.js';
import {caseErrors, releaseErrors} from './errors.js';
import {noCause, type CaseRecord} from './model.js';
import type {Relay} from './relay.js';
import type {CompiledBundle} from '@banli/formats';
import {beginWork} from './work.js';
import {releaseOf} from './layers/case-layers.js';

/** Who cancels what, and why. */
export interface CancelInput {
  readonly caseId: string;
  readonly reason: string;
  readonly caseVersion: number;
}

/**
 * Cancels a case that no unit has held yet, and that was not answered without one.
 *
 * @throws AppError `CASE_UNKNOWN`, `CASE_ENDED`, `CASE_PENDING`, `CASE_CHANGED`, `CASE_CANCEL_FORBIDDEN`, `CASE_CANCEL_LATE`.
 */
export async function cancelCase(deps: CaseDeps, relay: Relay, actor: Actor, input: CancelInput): Promise<LoadedCase> {
  const committed = await runCommand(async () => {
    let loaded = await loadCase(deps, input.caseId);
    if (loaded && loaded.record.ackedSeq < loaded.record.seq) loaded = await relay.deliver(input.caseId);
    if (!loaded) throw caseErrors.UNKNOWN();
    const {record} = loaded;
    const found = await releaseOf(deps, record);
    if (!found) throw releaseErrors.UNKNOWN({hash: record.releaseHash});
    if (!hasCancelRight(found.release, record, actor)) throw caseErrors.CANCEL_FORBIDDEN();
    if (record.status !== 'open') throw caseErrors.ENDED();
    if (record.routing.wasHeld || isAnswered(found.release, record)) throw caseErrors.CANCEL_LATE();
    if (record.ackedSeq < record.seq) throw caseErrors.PENDING();
    if (input.caseVersion < record.valuesVersion) throw caseErrors.CHANGED();
    return commitCommand(deps, beginWork(found.release, record), loaded, actor, {
      kind: 'cancel',
      operations: [{kind: 'cancel', reason: 'cancelled'}],
      cause: {...noCause, personId: actor.personId, personName: actor.personName, unitId: actor.unitId},
      lines: [{kind: 'cancelled', text: {'zh-CN': `撤销：${input.reason}`, en: `Cancelled: ${input.reason}`}, personId: actor.personId, personName: actor.personName, unitId: actor.unitId}],
      files: [],
      auditData: {reason: input.reason},
    });
  });
  return tryInline(deps, relay, committed);
}

/** Whether the person may cancel this case now. */
export function mayCancel(release: CompiledBundle, record: CaseRecord, actor: Actor): boolean {
  return record.status === 'open' && !record.routing.wasHeld && !isAnswered(release, record) && hasCancelRight(release, record, actor);
}

/** Once the citizen sees it as closed, or closed once, it goes on to callback and rating whatever anybody wishes. */
function isAnswered({bundle: {manifest}}: CompiledBundle, {publicState, round}: CaseRecord): boolean {
  const closed = manifest.states.find(state => state.id === manifest.endState)?.public ?? null;
  return round > 1 || (closed !== null && publicState === closed);
}

/** The role must be named by the bundle, and the case be accepted by the person's own unit. */
function hasCancelRight(release: CompiledBundle, record: CaseRecord, actor: Actor): boolean {
  return actor.unitId === record.acceptingUnitId && actor.roles.some(role => release.bundle.permissions.cancel.includes(role));
}
