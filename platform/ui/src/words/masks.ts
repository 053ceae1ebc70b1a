/** How a value is masked when it may not be read in full. */
export type MaskKind = 'phone' | 'idNumber' | 'name';

/**
 * Masks a value that came unmasked: `138****1234`, `6501**********1234`, `张*`. What is already masked or too short to mask stays as it is.
 * The server masks by right; this is for what the person has just typed and reads back.
 */
export function mask(value: string, kind: MaskKind): string {
  if (value.includes('*')) return value;
  if (kind === 'name') return value.length < 2 ? value : value[0] + '*'.repeat(Math.min(value.length - 1, 2));
  const [head, tail] = kind === 'phone' ? [3, 4] : [4, 4];
  if (value.length <= head + tail) return value;
  return value.slice(0, head) + '*'.repeat(value.length - head - tail) + value.slice(-tail);
}
