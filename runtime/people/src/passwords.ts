import {randomBytes, randomInt, scrypt, timingSafeEqual} from 'node:crypto';
import type {AppError} from '@banli/errors';
import {peopleErrors} from './errors.js';

/** Cost of a password hash: scrypt's N; 2^15 takes some 60 ms and 32 MB on one core. Tests take less. */
export interface PasswordCost {
  readonly n: number;
}

/** What production uses. @see Source: OWASP Password Storage, scrypt; own choice of N for 2-core servers. */
export const passwordCost: PasswordCost = {n: 32_768};

const blockSize = 8;
const keyBytes = 32;
const leastLength = 10;
const wellKnown = ['password', 'passw0rd', 'qwerty', 'asdfgh', 'admin', '123456', '888888', '666666', 'abc123', 'woaini', '5201314'];

/** Hashes a password with its own salt: `scrypt$N$salt$hash`. */
export async function hashPassword(password: string, cost: PasswordCost = passwordCost): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${cost.n}$${salt.toString('base64url')}$${(await derive(password, salt, cost.n)).toString('base64url')}`;
}

/** Whether a password belongs to a hash; takes the same time for both answers. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [kind, n, salt, expected] = hash.split('$');
  if (kind !== 'scrypt' || n === undefined || salt === undefined || expected === undefined) return false;
  const wanted = Buffer.from(expected, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), Number(n));
  return wanted.length === given.length && timingSafeEqual(given, wanted);
}

/**
 * Names what is wrong with a new password, or `null`.
 *
 * @see Source: GB/T 22239-2019 8.1.4.1 wants complexity; the figures are our own.
 */
export function passwordProblem(password: string, login: string): AppError | null {
  if (password.length < leastLength) return peopleErrors.PASSWORD_SHORT({least: leastLength});
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter(pattern => pattern.test(password)).length;
  if (classes < 3) return peopleErrors.PASSWORD_PLAIN();
  return password.toLowerCase().includes(login.toLowerCase()) || isGuessable(password) ? peopleErrors.PASSWORD_GUESSABLE() : null;
}

function isGuessable(password: string): boolean {
  return /(.)\1\1\1/.test(password) || wellKnown.some(word => password.toLowerCase().includes(word));
}

/** Makes a password that fits the policy and can be read aloud: four groups without look-alikes. */
export function createPassword(): string {
  const group = (alphabet: string, length: number) => Array.from({length}, () => alphabet[randomInt(alphabet.length)]).join('');
  const small = 'abcdefghjkmnpqrstuvwxyz';
  const password = `${group('ABCDEFGHJKMNPQRSTUVWXYZ', 1)}${group(small, 4)}-${group('23456789', 4)}-${group(small, 4)}`;
  return isGuessable(password) ? createPassword() : password;
}

/** `maxmem` must exceed 128·N·r, else Node refuses. */
function derive(password: string, salt: Buffer, n: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, {N: n, r: blockSize, p: 1, maxmem: 256 * n * blockSize}, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
