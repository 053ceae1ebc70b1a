import {createHash} from 'node:crypto';
import {isIPv6} from 'node:net';
import {isAppError} from '@banli/errors';
import type {CitizenView} from '@banli/cases';
import {createLoginGuard, type Origin} from '@banli/people';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {serverErrors} from './errors.js';

/** A citizen's look at his case. @throws AppError `CASE_CITIZEN_UNKNOWN`, `SERVER_LOOK_LOCKED` */
export type CitizenLook = (asked: {readonly number: string; readonly code: string}, origin: Pick<Origin, 'address'>) => Promise<CitizenView>;

/** What the look needs. `clock` is the machine's own. */
export interface CitizenLookParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly look: (number: string, code: string) => Promise<CitizenView>;
  /** Told when somebody is locked out. */
  readonly log: (event: {readonly event: string; readonly address: string}) => void;
}

const lockMs = 15 * 60_000;
/** Wrong codes for one number: 480 guesses a day at most, of 100 million codes (own). */
const numberRule = {failures: 5, lockMs, forgetMs: lockMs};
/** Wrong codes from one address, whatever the number: a counter hall behind one address makes fewer mistakes (own). */
const addressRule = {failures: 20, lockMs, forgetMs: lockMs};

/**
 * Guards the citizen's look against guessing: wrong codes are counted by case number, existing or not, and by address. The count
 * for a number is booked before the code is looked at, so that many guesses at one moment are not many tries; the right code
 * clears it, but never the count of the address, or who has one case could guess at all others.
 */
export function createCitizenLook({store, clock, look, log}: CitizenLookParts): CitizenLook {
  const [byNumber, byAddress] = [createLoginGuard(store, numberRule), createLoginGuard(store, addressRule)];
  return async ({number, code}, {address}) => {
    const [numberKey, addressKey] = [indexOf('look', number.normalize('NFKC').trim().toUpperCase()), indexOf('looks-from', networkOf(address))];
    const now = clock.now();
    const until = (await byAddress.locked([addressKey], now)).get(addressKey);
    if (until !== undefined) throw serverErrors.LOOK_LOCKED({minutes: Math.ceil((until - now) / 60_000)});
    await book(byNumber, numberKey, now);
    try {
      const view = await look(number.normalize('NFKC').trim(), code);
      await byNumber.clear(numberKey);
      return view;
    } catch (error) {
      if (!isAppError(error, 'CASE_CITIZEN_UNKNOWN')) throw error;
      const count = await book(byAddress, addressKey, now);
      if (count === addressRule.failures) log({event: 'citizen.look.locked', address});
      throw error;
    }
  };
}

async function book(guard: ReturnType<typeof createLoginGuard>, key: string, now: number): Promise<number> {
  try {
    return await guard.book(key, now);
  } catch (error) {
    if (isAppError(error, 'PEOPLE_LOGIN_LOCKED')) throw serverErrors.LOOK_LOCKED({minutes: Number(error.details['minutes'])});
    throw error;
  }
}

function indexOf(kind: string, text: string): string {
  return createHash('sha256').update(`${kind}:${text}`).digest('hex');
}

/** Whoever has one IPv6 address has its whole /64. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.toLowerCase().split('::');
  const [left, right] = [head, tail ?? ''].map(part => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - (left?.length ?? 0) - (right?.length ?? 0));
  return [...(left ?? []), ...Array.from({length: zeros}, () => '0'), ...(right ?? [])].slice(0, 4).map(part => part.replace(/^0+(?=.)/, '')).join(':');
}
