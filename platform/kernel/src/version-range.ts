/**
 * Says whether a version lies in a range: `1.2.3` is exactly that, `~1.2.3` the same minor, `^1.2.3` the same major (below 1.0 the same minor),
 * never older.
 */
export function inRange(version: string, range: string): boolean {
  const sign = /^[\^~]/.exec(range)?.[0] ?? '';
  const [major, minor, patch] = numbers(version);
  const [wantedMajor, wantedMinor, wantedPatch] = numbers(range.slice(sign.length));
  if (sign === '') return major === wantedMajor && minor === wantedMinor && patch === wantedPatch;
  if (major !== wantedMajor) return false;
  const sameMinor = minor === wantedMinor && patch >= wantedPatch;
  return sign === '~' || major === 0 ? sameMinor : minor > wantedMinor || sameMinor;
}

function numbers(version: string): [number, number, number] {
  const [major = Number.NaN, minor = Number.NaN, patch = Number.NaN] = version.split('.').map(Number);
  return [major, minor, patch];
}
