import type {AuditActor, AuditLog} from '@banli/audit';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';

/** A command of somebody signed in that was answered with a refusal. `subject`: what it was meant for, as far as its address tells. */
export interface Refusal {
  readonly actor: AuditActor;
  readonly routeId: string;
  readonly code: string;
  readonly status: number;
  readonly subject: string;
}

/** Writes refused commands to the audit log, outside of the transaction that was refused. */
export interface RefusalLog {
  /** Writes the first of a kind at once; more of the same person, route and code within a minute are only counted. Never throws. */
  note(refusal: Refusal): Promise<void>;
  /** Writes the counts of minutes that are over, or of all when the process ends. Never throws. */
  flush(isLast?: boolean): Promise<void>;
}

/** What it stands on. `clock` is the machine's own. */
export interface RefusalLogParts {
  readonly store: Store;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Answers that say somebody may not, came too late or sent what is wrong; others are faults or no command at all. */
export const refusedStatuses: ReadonlySet<number> = new Set([403, 409, 422]);

const windowMs = 60_000;
/** Kinds that are counted at a time; beyond them a kind is written each time it is forgotten, so nothing is lost. */
const mostKinds = 5_000;

interface Kind {
  readonly refusal: Refusal;
  readonly since: number;
  more: number;
}

/**
 * Makes the log of refusals: at most two rows for each person, route, code and minute, so that a client that hammers does not fill the disk.
 * @see Source: GB/T 22239-2019 8.1.4.3 (what users do is audited, with its result).
 */
export function createRefusalLog({store, audit, clock, onError}: RefusalLogParts): RefusalLog {
  const kinds = new Map<string, Kind>();
  const write = async ({actor, routeId, code, status, subject}: Refusal, count: number): Promise<void> => {
    try {
      await store.tx(tx => audit.record(tx, {actor, action: routeId, subject, result: 'refused', at: clock.now(), data: {code, status, count}}));
    } catch (error) {
      onError(error);
    }
  };
  const close = async (key: string, kind: Kind): Promise<void> => {
    kinds.delete(key);
    if (kind.more > 0) await write(kind.refusal, kind.more);
  };
  return {
    async note(refusal) {
      const key = `${refusal.actor.personId} ${refusal.routeId} ${refusal.code}`;
      const known = kinds.get(key);
      if (known && Math.abs(clock.now() - known.since) < windowMs) {
        known.more += 1;
        return;
      }
      kinds.delete(key);
      kinds.set(key, {refusal, since: clock.now(), more: 0});
      if (known && known.more > 0) await write(known.refusal, known.more);
      await write(refusal, 1);
      const [oldest] = kinds;
      if (kinds.size > mostKinds && oldest) await close(...oldest);
    },
    async flush(isLast = false) {
      for (const [key, kind] of [...kinds]) if (isLast || Math.abs(clock.now() - kind.since) >= windowMs) await close(key, kind);
    },
  };
}
