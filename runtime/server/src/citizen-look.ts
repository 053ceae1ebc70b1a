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
/** Wrong codes for one number from one address: who mistypes waits, and keeps nobody else waiting (own). */
const pairRule = {failures: 5, lockMs, forgetMs: lockMs};
/** Wrong codes for one number from everywhere: it takes six networks to close it for its citizen, and they get 2,880 guesses a day of 100 million codes (own). */
const numberRule = {failures: 30, lockMs, forgetMs: lockMs};
/** Wrong codes from one address, whatever the number: a counter hall behind one address makes fewer mistakes (own). */
const addressRule = {failures: 20, lockMs, forgetMs: lockMs};

/**
 * Guards the citizen's look against guessing: wrong codes are counted by case number and address, by number alone with a larger bound, existing or not,
 * and by address. Counts for a number are booked before the code is looked at, so that many guesses at one moment are not many tries, first the narrow one:
 * what is refused there does not fill the wide one. The right code clears both, but never the count of the address, or who has one case could guess at all others.
 */
export function createCitizenLook({store, clock, look, log}: CitizenLookParts): CitizenLook {
  const [byPair, byNumber, byAddress] = [createLoginGuard(store, pairRule), createLoginGuard(store, numberRule), createLoginGuard(store, addressRule)];
  return async ({number, code}, {address}) => {
    const [asked, network] = [number.normalize('NFKC').trim(), networkOf(address)];
    const [numberKey, addressKey] = [indexOf('look', asked.toUpperCase()), indexOf('looks-from', network)];
    const pairKey = indexOf('look-from', `${network} ${asked.toUpperCase()}`);
    const now = clock.now();
    for (const [guard, key] of [[byAddress, addressKey], [byNumber, numberKey]] as const) {
      const until = (await guard.locked([key], now)).get(key);
      if (until !== undefined) throw serverErrors.LOOK_LOCKED({minutes: Math.ceil((until - now) / 60_000)});
    }
    await book(byPair, pairKey, now);
    const tries = await book(byNumber, numberKey, now);
    try {
      const view = await look(asked, code);
      await byPair.clear(pairKey);
      await byNumber.clear(numberKey);
      return view;
    } catch (error) {
      if (!isAppError(error, 'CASE_CITIZEN_UNKNOWN')) throw error;
      const count = await book(byAddress, addressKey, now);
      if (count === addressRule.failures || tries === numberRule.failures) log({event: 'citizen.look.locked', address});
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
