import type {CompiledBundle} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {CaseClocks, CaseEvent, CasePeople, ClockSubject} from './ports.js';
import type {CaseRecord} from './model.js';
import {buildContext, textOrNull} from './context.js';
import {factsOf} from './release-facts.js';
import type {ClockMove} from './work.js';

/** What clocks need to know of a case as it is now. */
export function subjectOf(release: CompiledBundle, people: CasePeople, record: CaseRecord): ClockSubject {
  return {
    caseId: record.id,
    number: record.number,
    bundleId: record.bundleId,
    releaseHash: record.releaseHash,
    rules: release.bundle.limits.clocks,
    ...(release.bundle.limits.pauses ? {pauses: release.bundle.limits.pauses} : {}),
    ...(release.bundle.limits.receivers ? {receivers: release.bundle.limits.receivers} : {}),
    matter: record.matter,
    urgency: record.urgency,
    industry: industryOf(release, record.values),
    areaCode: record.areaCode,
    round: record.round,
    ...(record.routing.paused === null ? {} : {isPaused: true}),
    context: buildContext(release, people, record),
  };
}

/** The industry of the enterprise that a case is about, where the form has a field for it and it is filled in. */
export function industryOf({bundle}: CompiledBundle, values: CaseRecord['values']): string | null {
  const {industry} = bundle.manifest.caseFields;
  return industry === undefined ? null : textOrNull(values[industry]);
}

/** Leaves out events that no clock listens to: most commands touch no clock and cost nothing then. */
export function relevantMoves(release: CompiledBundle, moves: readonly ClockMove[]): readonly ClockMove[] {
  const {clockEvents} = factsOf(release);
  return moves.filter(move => move.kind !== 'event' || clockEvents.has(move.event));
}

/** Moves the clocks of one case in the command's transaction; events in a row are handed over together. */
export async function moveClocks(clocks: CaseClocks, tx: Tx, subject: ClockSubject, moves: readonly ClockMove[], at: number): Promise<void> {
  let events: CaseEvent[] = [];
  let now = subject;
  const flush = async () => {
    if (events.length === 0) return;
    await clocks.apply(tx, now, events);
    // From the first move on it has clocks.
    now = subject.isNew === true ? {...subject, isNew: false} : subject;
    events = [];
  };
  for (const move of moves) {
    if (move.kind === 'event') {
      events.push({event: move.event, at, ...(move.strand === undefined ? {} : {strand: move.strand})});
      continue;
    }
    await flush();
    if (move.kind === 'extend') await clocks.extend(tx, now, move.request);
    if (move.kind === 'pause') await clocks.pause(tx, now, {from: move.from, until: move.until, reason: move.reason});
    if (move.kind === 'resume') await clocks.resume(tx, now, at);
  }
  await flush();
}
