/** A share in words, cut down to a tenth of a percent: what is not all of it never reads 100 %. `null` where there is nothing to share. */
export function percentOf(part: number, whole: number): string | null {
  return whole === 0 ? null : `${Math.floor((part / whole) * 1_000) / 10}%`;
}
