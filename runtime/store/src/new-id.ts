import {randomBytes} from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Makes an id of 26 characters that sorts by the moment it was made (10 characters of milliseconds, 16 random).
 * Lower case, no i l o u, so it can be read aloud; binary collation keeps its order.
 */
export function newId(now: number = Date.now()): string {
  let time = '';
  for (let rest = now, index = 0; index < 10; index += 1) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let random = '';
  for (const byte of randomBytes(16)) random += alphabet[byte % 32];
  return time + random;
}
