import type {ClockSubject} from '@banli/cases';
import type {LapseStep, NoticeReceiver} from '@banli/formats';
import {parseDuration} from '@banli/time';
import type {LadderRung} from './deps.js';
import type {ClockFacts} from './model.js';

/** What is done at one moment after a lapse: a step of the application, or a rung of the catalog's ladder. */
export type ClimbStep = LapseStep | (LadderRung & {readonly do: 'tell'});

/** All that a lapse of a clock does, in order of time: the steps of the application, and behind those of the same moment the rungs of the catalog that name receivers. */
export function climbOf({lapse, ladder = []}: Pick<ClockFacts, 'lapse' | 'ladder'>): readonly ClimbStep[] {
  const rungs = ladder.filter(({receivers}) => receivers.length > 0).map(rung => ({...rung, do: 'tell' as const}));
  return rungs.length === 0 ? lapse : [...lapse, ...rungs].sort((a, b) => parseDuration(a.after) - parseDuration(b.after));
}

/** The receivers that codes name in the application of a case; what it does not know is left out. */
export function receiversOf(codes: readonly string[], {receivers = []}: Pick<ClockSubject, 'receivers'>): readonly NoticeReceiver[] {
  return codes.flatMap(code => receivers.find(({id}) => id === code) ?? []);
}

/**
 * Whether a notice of the application comes: always where the catalog's ladder names nobody whom the application knows; else only at the time of a rung that leaves it open who is told.
 */
export function isLeftToApplication({ladder = []}: Pick<ClockFacts, 'ladder'>, step: Pick<LapseStep, 'after'>, subject: Pick<ClockSubject, 'receivers'>): boolean {
  const open = ladder.filter(({receivers}) => receiversOf(receivers, subject).length === 0);
  return open.length === ladder.length || open.some(({after}) => parseDuration(after) === parseDuration(step.after));
}
