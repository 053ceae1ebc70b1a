import {randomFillSync, randomInt} from 'node:crypto';

/** Random bytes are fetched in bulk: one call for many ids. */
const pool = new Uint8Array(4096);
const randomLength = 12;
let used = pool.length;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** How many ids are told apart by their number before it begins anew. */
const numbers = 32 ** 4;
let number = randomInt(numbers / 2);

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

/** The number of the next id in 4 characters. */
function numberText(): string {
  number = (number + 1) % numbers;
  let text = '';
  for (let rest = number, index = 0; index < 4; index += 1) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/**
 * Makes an id of 26 characters that sorts by the moment it was made (10 characters of milliseconds, 4 that count, 12 random): what one process
 * makes at one moment sorts as it was made, too, save once in a million where the count begins anew.
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
  return timeText(now) + numberText() + random;
}
