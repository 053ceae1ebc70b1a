import type {Clock} from '@banli/time';
import {httpErrors} from './errors.js';

/** Lets a caller through so many times a minute; short bursts of a quarter of that are free. */
export interface RateLimit {
  /** @param perMinute - Of this caller, in place of the common figure. @throws AppError `HTTP_TOO_OFTEN` */
  take(key: string, perMinute?: number): void;
}

const mostKeys = 10_000;

/** Makes a limit kept in memory, for each process of its own; the oldest callers are forgotten first. */
export function createRateLimit(clock: Clock, common: number): RateLimit {
  const buckets = new Map<string, {rest: number; at: number}>();
  return {
    take(key, perMinute = common) {
      const now = clock.now();
      const known = buckets.get(key);
      const rest = known ? Math.min(perMinute, known.rest + ((now - known.at) / 60_000) * perMinute) : perMinute;
      if (rest < 1) throw httpErrors.TOO_OFTEN({seconds: Math.max(1, Math.ceil(((1 - rest) / perMinute) * 60))});
      buckets.delete(key);
      buckets.set(key, {rest: rest - 1, at: now});
      for (const oldest of buckets.keys()) {
        if (buckets.size <= mostKeys) break;
        buckets.delete(oldest);
      }
    },
  };
}
