import {setMaxListeners} from 'node:events';
import {createSealer, type Sealer} from '@banli/audit';
import {createLoginGuard, createSessions} from '@banli/people';
import {newId} from '@banli/store';
import {every, systemClock} from '@banli/time';
import {safeError} from './http/index.js';
import {eventLog} from './log.js';
import type {Platform} from './platform.js';

const mostListeners = 50;
const smsPauseMs = 1_000;
const sweepPauseMs = 3_600_000;
const resumePauseMs = 5_000;
const tellPauseMs = 3_000;
const refusalPauseMs = 20_000;
const dispatchPauseMs = 1_000;

/**
 * Runs everything that goes on by itself until the signal: relay, change feed, reconciler, clocks, automatic dispatch, text messages, audit chain, notices of published catalogs.
 * Each takes its lease in the database, so several servers share the work. When all have ended, what they wrote to the audit log is sealed.
 */
export async function runLoops(platform: Platform, signal: AbortSignal): Promise<void> {
  // Each loop listens for the end, and some more than once: what Node takes for a leak above ten is how this is meant.
  setMaxListeners(mostListeners, signal);
  const log = eventLog(platform.logger);
  const {cases, clockLoop, clockPlans, sms, files, releases, catalogSubscriptions} = platform;
  const failed = (event: string) => (error: unknown) => log.error(event, {...safeError(error)});
  const sealer = openSealer(platform);
  await Promise.all([
    cases.loop.run(signal),
    cases.feed.run(signal),
    cases.reconciler.run(signal),
    clockLoop.run(signal),
    clockPlans.run(signal),
    sealer.run(signal),
    every(dispatchPauseMs, async () => void (await platform.dispatchRound()), {signal, onError: failed('cases.dispatch.failed'), waitFirst: true}),
    every(smsPauseMs, async () => void (await sms.deliverDue()), {signal, onError: failed('sms.round.failed')}),
    every(sweepPauseMs, async () => void (await files.sweep()), {signal, onError: failed('files.sweep.failed'), waitFirst: true}),
    every(sweepPauseMs, () => sweepSignIns(platform), {signal, onError: failed('people.sweep.failed'), waitFirst: true}),
    every(tellPauseMs, async () => void (await catalogSubscriptions.teller.round()), {signal, onError: failed('catalogs.telling.failed'), waitFirst: true}),
    every(refusalPauseMs, () => platform.refusals.flush(), {signal, onError: failed('audit.refusals.failed'), waitFirst: true}),
    every(resumePauseMs, () => releases.resume(), {signal, onError: failed('releases.resume.failed'), waitFirst: true}),
  ]);
  await platform.refusals.flush(true);
  await sealer.finish();
}

/** The sealer of this process: it puts rows into the chain where this process seals, and looks after those it wrote itself. */
export function openSealer({store, audit, logger}: Pick<Platform, 'store' | 'audit' | 'logger'>): Sealer {
  const log = eventLog(logger);
  return createSealer({store, ...audit, clock: systemClock, holder: newId(), onFault: fault => log.error('audit.chain.broken', {error: fault.message})});
}

/** Ended sessions and forgotten failures of login; by the machine's clock, as they are made. */
async function sweepSignIns({store}: Platform): Promise<void> {
  await createSessions(store, systemClock).sweep();
  await createLoginGuard(store).sweep(systemClock.now());
}
