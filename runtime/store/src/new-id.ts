import {randomFillSync} from 'node:crypto';

/** Random bytes are fetched in bulk: one call for many ids. */
const pool = new Uint8Array(4096);
const randomLength = 16;
let used = pool.length;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

let lastMoment = Number.NaN;
let lastTime = '';

/** The moment in 10 characters; many ids are made at one moment. */
function timeText(now: number): string {
  if (now === lastMoment) return lastTime;
  let time = '';
  for (let rest = now, index = 0; index < 10; index += 1) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  [lastMoment, lastTime] = [now, time];
  return time;
}

/**
 * Makes an id of 26 characters that sorts by the moment it was made (10 characters of milliseconds, 16 random).
 * Lower case, no i l o u, so it can be read aloud; binary collation keeps its order.
 */
export function newId(now: number = Date.now()): string {
  let random = '';
  if (used + randomLength > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  for (let index = 0; index < randomLength; index += 1) random += alphabet[(pool[used + index] ?? 0) % 32];
  used += randomLength;
  return timeText(now) + random;
}
