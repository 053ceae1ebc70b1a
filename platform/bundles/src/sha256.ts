const size = 64;

/**
 * SHA-256 of a text in UTF-8, as 64 hex characters; the same in Node and in the browser, without waiting.
 * @see Source: FIPS 180-4.
 */
export function sha256(text: string): string {
  const bytes = pad(new TextEncoder().encode(text));
  const view = new DataView(bytes.buffer);
  const state = Uint32Array.from(initial);
  const words = new Uint32Array(64);
  for (let block = 0; block < bytes.length; block += size) {
    for (let index = 0; index < 16; index++) words[index] = view.getUint32(block + index * 4);
    for (let index = 16; index < 64; index++) words[index] = extend(words, index);
    mix(state, words);
  }
  return [...state].map(word => word.toString(16).padStart(8, '0')).join('');
}

const primes = firstPrimes(64);
const initial = primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime)));
const constants = Uint32Array.from(primes.map(prime => fraction(Math.cbrt(prime))));

function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Math.ceil((message.length + 9) / size) * size;
  const padded = new Uint8Array(length);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(message.length / 0x2000_0000));
  view.setUint32(length - 4, (message.length << 3) >>> 0);
  return padded;
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function extend(words: Uint32Array, index: number): number {
  const early = at(words, index - 15);
  const late = at(words, index - 2);
  const small0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
  const small1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
  return (at(words, index - 16) + small0 + at(words, index - 7) + small1) >>> 0;
}

function mix(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index++) {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + at(constants, index) + at(words, index)) | 0;
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (at(state, index) + word) >>> 0;
  });
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x1_0000_0000);
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every(prime => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
