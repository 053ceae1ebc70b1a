import type {LocalizedText} from '@banli/formats';
import {queryRows, type Tx} from '@banli/store';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {insertLines, insertOutbox, newOutboxRow} from './case-store.js';
import {inlineGraceMs, tryInline} from './commit.js';
import {releaseErrors} from './errors.js';
import {noCause} from './model.js';
import {takeNumbers} from './numbers.js';
import type {Relay} from './relay.js';
import {factsOf} from './release-facts.js';
import {readRecord} from './rows.js';
import {prepareStart, writeStart} from './start-work.js';
import {unattendedSteps, type UnattendedStep} from './unattended.js';

/** A case that another part of the platform opens for something of its own, on behalf of a person. */
export interface SideCaseRequest {
  readonly bundleId: string;
  readonly acceptingUnitId: string;
  /** Values by field; the bundle takes those that its forms have. Trusted: they are not checked against anybody's field rights. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Persons who count as having done the start step: a step that excludes it is never theirs. */
  readonly barred: readonly string[];
}

/** A side case that is worked out and waits to be written. */
export interface PreparedSideCase {
  /** Steps that nobody may take as things stand; not every case comes to every step. */
  readonly unattended: readonly UnattendedStep[];
  /** Writes it in the caller's transaction. */
  write(tx: Tx): Promise<{readonly caseId: string; readonly number: string}>;
  /** Brings it to the engine, after the commit; whatever goes wrong then is the relay's business. */
  deliver(): Promise<void>;
}

/** A person who finished a step of a case. */
export interface Doer {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
}

/** Cases as a tool of other parts of the platform. */
export interface SideCases {
  /** @returns `null` when no release of the bundle is in use. */
  prepare(actor: Actor, request: SideCaseRequest): Promise<PreparedSideCase | null>;
  /** Ends a case in the caller's transaction, whatever it waits for; nothing happens to one that is not open. Takes effect through its outbox. */
  end(tx: Tx, caseId: string, end: {readonly actor: Actor; readonly text: LocalizedText; readonly at: number}): Promise<void>;
  /** Brings what `end` wrote to the engine, after the commit. */
  deliver(caseId: string): Promise<void>;
  /** Who finished steps of a case, in that order; as of the transaction. */
  doers(tx: Tx, caseId: string): Promise<readonly Doer[]>;
}

/** Makes side cases. */
export function createSideCases(deps: CaseDeps, relay: Relay): SideCases {
  return {
    prepare: (actor, request) => prepareSideCase(deps, relay, actor, request),
    end: (tx, caseId, end) => endCase(deps, tx, caseId, end),
    async deliver(caseId) {
      try {
        await relay.deliver(caseId);
      } catch (error) {
        deps.log.warn('cases.side.relay', {caseId, error: error instanceof Error ? error.message : String(error)});
      }
    },
    async doers(tx, caseId) {
      const rows = await queryRows(tx, "select person_id, person_name, unit_id from case_timeline where case_id = ? and kind = 'completed' and person_id is not null order by at, place, id", [caseId]);
      return rows.map(row => ({personId: String(row['person_id']), personName: String(row['person_name'] ?? row['person_id']), unitId: String(row['unit_id'] ?? '')}));
    },
  };
}

async function prepareSideCase(deps: CaseDeps, relay: Relay, actor: Actor, request: SideCaseRequest): Promise<PreparedSideCase | null> {
  const found = await deps.releases.current(request.bundleId);
  if (!found) return null;
  const {release, definitionId} = found;
  const {fields, taskScoped, startStep} = factsOf(release);
  const at = deps.clock.now();
  const known = Object.entries(request.values).filter(([name]) => fields.has(name));
  const part = (isTaskScoped: boolean) => Object.fromEntries(known.filter(([name]) => taskScoped.has(name) === isTaskScoped));
  const prepared = prepareStart(deps, {
    release, definitionId, actor, acceptingUnitId: request.acceptingUnitId, outcome: startStep.outcomes[0] ?? null,
    values: part(false), taskValues: part(true), newFiles: [], layers: null, startKey: null, callId: null, barred: request.barred, at,
  });
  const areaCode = deps.people.unit(request.acceptingUnitId)?.areaCode ?? '';
  const written: {last: Awaited<ReturnType<typeof writeStart>> | null} = {last: null};
  return {
    unattended: unattendedSteps(release, deps.people, {...prepared.work.before, values: prepared.work.values, routing: prepared.work.routing}),
    async write(tx) {
      const [number = ''] = await takeNumbers(deps.store, tx, {pattern: release.bundle.manifest.numbering.pattern, areaCode, at}, 1);
      written.last = await writeStart(deps, tx, prepared, number);
      return {caseId: written.last.loaded.record.id, number};
    },
    async deliver() {
      if (written.last) await tryInline(deps, relay, written.last);
    },
  };
}

async function endCase(deps: CaseDeps, tx: Tx, caseId: string, {actor, text, at}: {readonly actor: Actor; readonly text: LocalizedText; readonly at: number}): Promise<void> {
  // Raising the numbers first takes the row's lock: whoever works on the case at this moment reads it again.
  const changed = await tx('case_record').where({id: caseId, status: 'open'}).update({seq: tx.raw('seq + 1'), lock_version: tx.raw('lock_version + 1'), pending_since: tx.raw('coalesce(pending_since, ?)', [at])});
  const [row] = changed === 0 ? [] : await queryRows(tx, 'select * from case_record where id = ?', [caseId]);
  if (!row) return;
  const record = readRecord(row, deps.vault);
  const found = await deps.releases.byHash(record.releaseHash, tx);
  if (!found) throw releaseErrors.UNKNOWN({hash: record.releaseHash});
  const cause = {...noCause, personId: actor.personId, personName: actor.personName, unitId: actor.unitId};
  await insertLines(deps, tx, found.release, record, at, [{kind: 'cancelled', text, personId: actor.personId, personName: actor.personName, unitId: actor.unitId === '' ? null : actor.unitId}]);
  await insertOutbox(deps, tx, found.release, [newOutboxRow({caseId, seq: record.seq, kind: 'cancel', at, operations: [{kind: 'cancel', reason: 'cancelled'}], cause, undo: null}, inlineGraceMs)]);
  await deps.audit.record(tx, {actor, action: 'case.cancel', subject: caseId, result: 'done', at, data: {reason: text['zh-CN']}});
}
